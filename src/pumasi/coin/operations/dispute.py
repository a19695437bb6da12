"""금액이 달라요: a sum waits in suspense until shop, silence or officer says whose it is (decisions 33).

    OPEN (payer's) -> RETURNED by the shop, or by silence after three working days | EXPLAINED by the shop
    OPEN (shop's)  -> decided by an officer, because a shop does not judge its own wish
    EXPLAINED      -> RETURNED | UPHELD by an officer who neither works there nor took part

Corrections know no minimum interval and no cap. Not here: the won part of a price, which the two settle by hand.
"""

from datetime import timedelta
from uuid import UUID

from django.db import transaction

from pumasi.coin.accounts import refund_target
from pumasi.coin.answers import Disputed
from pumasi.coin.district import district_tariff
from pumasi.coin.errors import (
    DisputeClosed,
    DisputeInBadOrder,
    DisputeNeedsOutsider,
    DisputeTooLarge,
    DisputeTooLate,
    DisputeUnknown,
    NotAllowed,
    PaymentDisputedAlready,
    PaymentSettled,
    ReasonMissing,
)
from pumasi.coin.models import (
    DISPUTE_ENDS,
    Dispute,
    DisputeReason,
    DisputeSide,
    DisputeState,
    DisputeStep,
    Payment,
    Refund,
)
from pumasi.coin.operations.refund import lapsed_in, locked_payment
from pumasi.coin.parties import DECIDERS, STAFF_ROLES, check_actor, check_role, check_staff, is_staff, venue
from pumasi.coin.remaining import left_of
from pumasi.coin.requests import is_first
from pumasi.coin.tariff import check_coins
from pumasi.coin.telling import tell_given_back
from pumasi.coin.working_days import working_day
from pumasi.kernel.acting import Acting
from pumasi.kernel.amount import Amount
from pumasi.kernel.clock import seoul_date
from pumasi.kernel.ids import derived_id
from pumasi.kernel.text import clean_text
from pumasi.ledger import kinds
from pumasi.ledger.chart import address, parts
from pumasi.ledger.posting import post_one
from pumasi.ledger.reads import receipt

ANSWER_DAYS = 3
WHY_LIMIT = 300
STEP = 100


def dispute(
    acting: Acting, *, payment_id: UUID, reason: DisputeReason, key: UUID, coins: int | None = None
) -> Disputed:
    """Payer or staff of the place say that the amount is wrong: `coins` whole coins (None = all left) are set aside.

    Once per payment, within the refund days (30) and before it is settled. Raises NoSuchPayment, NobodyActing,
    NotAllowed, BadCoins, PaymentDisputedAlready, DisputeTooLate, DisputeTooLarge, PaymentSettled and KeyReused; then
    nothing has changed.
    """
    if coins is not None:
        check_coins(coins)
    reason, tariff = DisputeReason(reason), district_tariff()
    body = {"payment": str(payment_id), "coins": coins or 0, "reason": reason.value}
    with transaction.atomic():
        if is_first(key, "DISPUTE", body, acting.at):
            payment = locked_payment(payment_id)
            side = _side(acting, payment)
            if Dispute.objects.filter(payment=payment).exists():
                raise PaymentDisputedAlready()
            until = payment.day + timedelta(days=tariff.refund_days)
            if seoul_date(acting.at) > until:
                raise DisputeTooLate(days=tariff.refund_days, until=until.isoformat())
            left = left_of(payment)
            amount = left if coins is None else Amount.whole(coins, tariff.unit).minor
            if not 0 < amount <= left:
                raise DisputeTooLarge(left=Amount(tariff.unit, left).text())
            if receipt(payment.key).get(payment.till, 0) < amount:
                raise PaymentSettled(days=tariff.refund_days)
            _set_aside(acting, payment, side=side, reason=reason, amount=amount, key=key)
        return _answer(Dispute.objects.get(key=key))


def accept_dispute(acting: Acting, *, dispute_id: UUID) -> Disputed:
    """Staff of the place agree with the payer: the sum goes back. Doing it again is one.

    Raises DisputeUnknown, NotAllowed, DisputeInBadOrder (the shop's own) and DisputeClosed.
    """
    with transaction.atomic():
        found = _locked(dispute_id)
        _check_answers(acting, found)
        state = state_of(found)
        if state is not DisputeState.RETURNED:
            if state is not DisputeState.OPEN:
                raise DisputeClosed()
            _return(acting, found, "")
        return _answer(found)


def explain_dispute(acting: Acting, *, dispute_id: UUID, why: str) -> Disputed:
    """Staff of the place say why the amount is right; an officer then decides. Raises ReasonMissing besides the above.

    Doing it again changes nothing: the first explanation stands.
    """
    why = _why(why)
    with transaction.atomic():
        found = _locked(dispute_id)
        _check_answers(acting, found)
        state = state_of(found)
        if state is not DisputeState.EXPLAINED:
            if state is not DisputeState.OPEN:
                raise DisputeClosed()
            _step(found, DisputeState.EXPLAINED, acting, why)
        return _answer(found)


def decide_dispute(acting: Acting, *, dispute_id: UUID, is_payer_right: bool, why: str) -> Disputed:
    """An officer decides with reasons. The same decision twice is one; another raises DisputeClosed.

    Raises DisputeUnknown, NotAllowed, ReasonMissing, DisputeNeedsOutsider and DisputeInBadOrder (the shop may still
    answer).
    """
    why = _why(why)
    officer = check_role(acting, *DECIDERS)
    with transaction.atomic():
        found = _locked(dispute_id)
        if officer in _took_part(found) or is_staff(officer, venue(found.payment.place_id), seoul_date(acting.at)):
            raise DisputeNeedsOutsider()
        state, wanted = state_of(found), DisputeState.RETURNED if is_payer_right else DisputeState.UPHELD
        if state is wanted:
            return _answer(found)
        if state in DISPUTE_ENDS:
            raise DisputeClosed()
        if state is DisputeState.OPEN and found.side == DisputeSide.PAYER:
            raise DisputeInBadOrder(until=found.answer_by.isoformat())
        if is_payer_right:
            _return(acting, found, why)
        else:
            _uphold(acting, found, why)
        return _answer(found)


def answer_overdue_disputes(acting: Acting) -> int:
    """Return every sum whose shop has been silent past its last day; how many. Safe to run again, kill and run twice.

    For a sweep: each dispute has a transaction of its own.
    """
    ended = DisputeStep.objects.exclude(state=DisputeState.OPEN).values("dispute_id")
    overdue = Dispute.objects.filter(side=DisputeSide.PAYER, answer_by__lt=seoul_date(acting.at)).exclude(key__in=ended)
    done = 0
    for dispute_id in list(overdue.order_by("answer_by", "key").values_list("key", flat=True)[:STEP]):
        with transaction.atomic():
            found = _locked(dispute_id)
            if state_of(found) is DisputeState.OPEN:
                _return(acting, found, "")
                done += 1
    return done


def state_of(found: Dispute) -> DisputeState:
    """Where the dispute stands: its latest step."""
    latest = DisputeStep.objects.filter(dispute=found).order_by("-id").values_list("state", flat=True)[0]
    return DisputeState(latest)


def _side(acting: Acting, payment: Payment) -> DisputeSide:
    actor = check_actor(acting)
    if payment.person_id in (actor, acting.subject):
        return DisputeSide.PAYER
    place = venue(payment.place_id)
    if not is_staff(actor, place, seoul_date(acting.at)):
        raise NotAllowed(role=STAFF_ROLES[place.kind][0])
    return DisputeSide.SHOP


def _set_aside(
    acting: Acting, payment: Payment, *, side: DisputeSide, reason: DisputeReason, amount: int, key: UUID
) -> None:
    transfer = post_one(
        kinds.dispute(key=key, at=acting.at, till=payment.till, case=key.hex, amount=amount, payment=payment.key)
    )
    day = seoul_date(acting.at)
    made = Dispute.objects.create(
        key=key,
        payment=payment,
        side=side,
        reason=reason,
        transfer=transfer,
        coins=amount,
        answer_by=working_day(day, ANSWER_DAYS),
        day=day,
        at=acting.at,
    )
    _step(made, DisputeState.OPEN, acting, "", transfer)


def _return(acting: Acting, found: Dispute, why: str) -> None:
    """The sum goes back to the payer as the same lots, and counts as a refund of the payment."""
    payment, unit = found.payment, district_tariff().unit
    key = derived_id("coin.dispute", str(found.key), "RETURNED")
    transfer = post_one(
        kinds.dispute_returned(
            key=key,
            at=acting.at,
            suspense=_suspense(found),
            wallet=refund_target(payment.person_id, payment.wallet, unit.code),
            amount=found.coins,
            payment=payment.key,
        )
    )
    row = Refund.objects.create(
        key=key,
        payment=payment,
        kind="DISPUTE",
        transfer=transfer,
        coins=found.coins,
        lapsed=lapsed_in(transfer),
        won=0,
        actor=acting.actor,
        day=seoul_date(acting.at),
        at=acting.at,
    )
    tell_given_back(row, unit)
    _step(found, DisputeState.RETURNED, acting, why, transfer)


def _uphold(acting: Acting, found: Dispute, why: str) -> None:
    key = derived_id("coin.dispute", str(found.key), "UPHELD")
    transfer = post_one(kinds.dispute_upheld(key=key, at=acting.at, suspense=_suspense(found), till=found.payment.till))
    _step(found, DisputeState.UPHELD, acting, why, transfer)


def _suspense(found: Dispute) -> str:
    return address("2500", parts(found.payment.till)[1], found.key.hex)


def _step(found: Dispute, state: DisputeState, acting: Acting, why: str, transfer: int | None = None) -> None:
    DisputeStep.objects.create(dispute=found, state=state, by=acting.actor, why=why, transfer=transfer, at=acting.at)


def _locked(dispute_id: UUID) -> Dispute:
    """The dispute under its payment's lock, which a refund takes too."""
    found = Dispute.objects.filter(key=dispute_id).first()
    if found is None:
        raise DisputeUnknown()
    locked_payment(found.payment_id)
    return Dispute.objects.select_related("payment").get(key=dispute_id)


def _check_answers(acting: Acting, found: Dispute) -> None:
    """Only staff of the place answer, nobody answers what they paid themselves, and no shop answers its own wish."""
    staff = check_staff(acting, venue(found.payment.place_id))
    if staff == found.payment.person_id:
        raise NotAllowed(role=STAFF_ROLES[venue(found.payment.place_id).kind][0])
    if found.side == DisputeSide.SHOP:
        raise DisputeInBadOrder(until=found.answer_by.isoformat())


def _took_part(found: Dispute) -> set[UUID | None]:
    said = DisputeStep.objects.filter(dispute=found).exclude(state__in=DISPUTE_ENDS)
    return {found.payment.person_id, *said.values_list("by", flat=True)}


def _why(why: str) -> str:
    why = clean_text(why.strip(), WHY_LIMIT)
    if not why:
        raise ReasonMissing(limit=WHY_LIMIT)
    return why


def _answer(found: Dispute) -> Disputed:
    return Disputed(
        key=found.key,
        payment_id=found.payment_id,
        coins=Amount(district_tariff().unit, found.coins),
        state=state_of(found).value,
        answer_by=found.answer_by,
    )
