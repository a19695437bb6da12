"""Clawback 환수: coins of a deed that was not right go back, after notice, hearing and the days for an objection.

From the decision on what is in the wallet is held, so that it is still there when no way back is left; what has been
spent before is owed in won and never taken below zero. Not here: the way of a case (`coin.hearings`).
"""

from datetime import timedelta
from uuid import UUID

from django.db import transaction

from pumasi.coin.accounts import open_wallet, refund_target, wallet
from pumasi.coin.district import PROGRAMME, district_tariff
from pumasi.coin.errors import QuantityTooSmall
from pumasi.coin.hearings import operations as hearings
from pumasi.coin.hearings.errors import KeptTooMuch, NothingToTakeBack
from pumasi.coin.hearings.models import Case, Kind, State
from pumasi.coin.hearings.operations import Opening
from pumasi.coin.hearings.queries import due_to_end, last_step
from pumasi.coin.models import Award, Claim, ClaimShare
from pumasi.coin.parties import holder, is_closed, wallet_owner
from pumasi.coin.tariff import Part
from pumasi.kernel.acting import Acting
from pumasi.kernel.clock import seoul_date
from pumasi.kernel.ids import derived_id
from pumasi.ledger import kinds
from pumasi.ledger.chart import address
from pumasi.ledger.commands import Command
from pumasi.ledger.posting import post_one
from pumasi.ledger.reads import lots, receipt, spendable

# Longer than the days for an objection and for deciding it; then the ledger lets go by itself.
HELD = timedelta(days=180)


def propose_clawback(acting: Acting, *, claim_id: UUID, keep: int, why: str, clause: str, key: UUID) -> list[UUID]:
    """Give notice to everybody whom the claim has paid: one case for each, once per `key`; returns their ids.

    keep: the quantity that was right, in the measure of the tariff; 0 takes everything back. Raises NothingToTakeBack,
    KeptTooMuch, and what `hearings.open_case` raises; then nobody has been told anything.
    """
    claim = Claim.objects.filter(key=claim_id).first()
    awards = list(Award.objects.filter(share__claim=claim_id).select_related("share").order_by("share_id"))
    if claim is None or not awards:
        raise NothingToTakeBack()
    if keep < 0 or keep >= claim.counted:
        raise KeptTooMuch(counted=claim.counted)
    with transaction.atomic():
        cases = [
            hearings.open_case(
                acting,
                Opening(Kind.CLAWBACK, each.share.person_id, each.ledger_key, too_much, why, clause),
                derived_id("coin.clawback", key.hex, each.share_id),
            )
            for each in awards
            if (too_much := _too_much(claim, each.share, keep)) > 0
        ]
    return [each.id for each in cases]


def decide_clawback(acting: Acting, *, case_id: UUID, stands: bool, why: str, urgent: str = "") -> None:
    """Another officer decides; what the wallet has of it is held from now on. Raises what `hearings.decide` raises."""
    with transaction.atomic():
        case = hearings.decide(acting, case_id=case_id, stands=stands, why=why, urgent=urgent)
        if not stands:
            _release(acting, case)
        elif not is_closed(case.person_id):
            _hold(acting, case)


def decide_clawback_objection(acting: Acting, *, case_id: UUID, granted: bool, why: str) -> None:
    """A third officer decides the objection; granted: what was held is free again."""
    with transaction.atomic():
        case = hearings.decide_objection(acting, case_id=case_id, granted=granted, why=why)
        if granted:
            _release(acting, case)


def finish_clawbacks(acting: Acting) -> list[UUID]:
    """Take back what no objection stands against any more; returns the claims. One transaction for each case."""
    done = []
    for case_id in due_to_end(Kind.CLAWBACK, seoul_date(acting.at)):
        with transaction.atomic():
            case = Case.objects.select_for_update().get(id=case_id)
            if last_step(case_id).state in (State.DECIDED, State.UPHELD):
                _take(acting, case)
                hearings.finish(acting, case_id=case_id)
                done.append(Award.objects.get(ledger_key=case.subject).share.claim_id)
    return done


def _too_much(claim: Claim, share: ClaimShare, keep: int) -> int:
    """Minor units of a share beyond what the right quantity earns; a share that a cap has cut is not cut twice."""
    try:
        priced = district_tariff().price(claim.kind, claim.day, keep) if keep else None
    except QuantityTooSmall:
        priced = None
    if priced is None:
        return share.coins
    return share.coins - (priced.shop if share.part == Part.SHOP else priced.amount).minor


def _hold(acting: Acting, case: Case) -> None:
    unit, day = district_tariff().unit.code, seoul_date(acting.at)
    source = open_wallet(holder(case.person_id), unit, acting.at)
    amount = min(spendable(source, day), case.coins)
    key = _hold_key(case)
    if amount and not receipt(key):
        post_one(kinds.hold(key=key, at=acting.at, wallet=source, amount=amount, until=acting.at + HELD))


def _release(acting: Acting, case: Case) -> None:
    key = _hold_key(case)
    held = receipt(key).get(address("2110", district_tariff().unit.code, wallet_owner(case.person_id)), 0)
    if held:
        name = derived_id("coin.clawback.release", case.id.hex)
        post_one(kinds.release(key=name, at=acting.at, wallet=_purse(case), amount=held, hold=key))


def _take(acting: Acting, case: Case) -> None:
    """What still waits to vest first, then the very lots of the deed, then any; the rest is owed in won."""
    _release(acting, case)
    award = Award.objects.get(ledger_key=case.subject)
    unit, owner = district_tariff().unit.code, wallet_owner(case.person_id)
    pending = min(receipt(case.subject).get(address("2120", unit, owner), 0), case.coins)
    if pending:
        post_one(
            kinds.clawback_pending(
                key=derived_id("coin.clawback.pending", case.id.hex),
                at=acting.at,
                wallet=address("2100", unit, owner),
                case=case.id.hex,
                amount=pending,
                earned=case.subject,
            )
        )
    if pending < case.coins:
        post_one(_claim_back(acting, case, award.transfer, case.coins - pending))


def _claim_back(acting: Acting, case: Case, born: int, amount: int) -> Command:
    source = _purse(case)
    named, left = [], amount
    for lot in lots(source):
        if lot.born == born and left:
            named.append((lot.lot, min(lot.amount, left)))
            left -= named[-1][1]
    return kinds.clawback(
        key=derived_id("coin.clawback.take", case.id.hex),
        at=acting.at,
        wallet=source,
        case=case.id.hex,
        amount=amount,
        lots=named,
        programme=PROGRAMME,
    )


def _purse(case: Case) -> str:
    """Where the person's coins lie now: the wallet, that of somebody who moved away, or an estate."""
    unit = district_tariff().unit.code
    if is_closed(case.person_id):
        return refund_target(case.person_id, address("2100", unit, wallet_owner(case.person_id)), unit)
    return wallet(holder(case.person_id), unit)


def _hold_key(case: Case) -> UUID:
    return derived_id("coin.clawback.hold", case.id.hex)
