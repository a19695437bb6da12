"""Award: a proven good deed earns coins for those who did it, or a place in the waiting list. It is never lost.

Order of things: tariff of the deed's day, place, people, evidence, self-award, caps (under lock), then the ledger.
Not here: whether the deed happened; services bring the evidence (decisions 6).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction

from pumasi.civic.people.models import RoleName
from pumasi.civic.places.models import Need
from pumasi.coin import caps, levels
from pumasi.coin.answers import Awarded, Payee
from pumasi.coin.attempts import note
from pumasi.coin.district import district_tariff, one_tariff
from pumasi.coin.errors import (
    DeedInFuture,
    DeedNotHere,
    EvidenceNotAccepted,
    ItemNotAccepted,
    NobodyActing,
    OwnShopDeed,
    PlaceIsFullToday,
    SelfAward,
    WrongPayees,
)
from pumasi.coin.freezes import check_not_frozen
from pumasi.coin.issuing import answer, issue_or_queue, rank_of, recalled
from pumasi.coin.models import Claim, ClaimShare
from pumasi.coin.paid_hours import check_unpaid
from pumasi.coin.parties import Holder, Venue, check_confirmer, check_role, earner, is_keeper, open_venue
from pumasi.coin.requests import is_first
from pumasi.coin.tariff import EvidenceKind, Kind, Measure, Part, Priced, Tariff, check_quantity
from pumasi.kernel.acting import Acting, Channel
from pumasi.kernel.clock import seoul_date
from pumasi.kernel.text import clean_text

MAX_PAYEES = 30
EVIDENCE_LIMIT = 120
_MACHINES = frozenset({Channel.MACHINE, Channel.KIOSK, Channel.API, Channel.JOB})
# Proofs that stand on a person's word: that person is somebody else than whoever earns.
_CONFIRMED_IN_PERSON = frozenset({EvidenceKind.STAFF, EvidenceKind.ATTENDANCE, EvidenceKind.PHOTO})


@one_tariff()
def award(
    acting: Acting,
    *,
    kind: str,
    quantity: int,
    place_id: UUID,
    payees: Sequence[Payee],
    evidence_ref: str,
    key: UUID,
    deed_at: datetime | None = None,
) -> Awarded:
    """Price a deed by the tariff of its day, count it against the caps and issue the coins, once per `key`.

    quantity: integer count of the kind's measure (items, minutes, grams, uses ...).
    payees: the doers (each earns the full price) and, where the kind pays the shop too, its keeper with Part.SHOP.
    evidence_ref: `KIND:reference`, KIND one of the kind's evidence kinds, e.g. "CODE:<use of a rotating code>".
    deed_at: when the deed was done; None = `acting.at`.
    A shop's share falls away when the shop's pool of the day is used up. When the budget is used up, or others wait
    already, the claim joins the waiting list and `rank` says where.
    Raises the tariff's refusals, PlaceUnknown, PlaceClosed, DeedNotHere, EvidenceNotAccepted, WrongPayees, SelfAward,
    OwnShopDeed, NotAllowed, TooYoung, MovedAway, an EarningFrozen, PaidElsewhere (minutes that end at `deed_at`), a
    CapReached, and KeyReused; then nothing has changed.
    """
    kind_row = district_tariff().kind(kind)
    evidence, reference = evidence_of(kind_row, clean_text(evidence_ref, EVIDENCE_LIMIT))
    day = seoul_date(deed_at or acting.at)
    if deed_at is not None and deed_at > acting.at:
        raise DeedInFuture()
    check_quantity(quantity)
    body = {
        "kind": kind,
        "quantity": quantity,
        "place": str(place_id),
        "evidence": evidence_ref,
        "payees": [[str(payee.person_id), payee.part.value] for payee in payees],
        "day": day.isoformat() if deed_at else "",
    }
    with transaction.atomic():
        if not is_first(key, "AWARD", body, acting.at):
            return recalled(key)
        place, done_at = open_venue(place_id, day), deed_at or acting.at
        deed = Deed(kind_row, quantity, place, day, done_at, evidence, reference, tuple(payees))
        return _accepted(acting, deed, key)


@dataclass(frozen=True)
class Deed:
    """A claim that has been read and is now to be checked."""

    kind: Kind
    quantity: int
    place: Venue
    day: date
    at: datetime
    evidence: EvidenceKind
    reference: str
    payees: tuple[Payee, ...]


def _accepted(acting: Acting, deed: Deed, key: UUID) -> Awarded:
    """Check and count the deed, keep the claim and issue or queue it."""
    tariff = district_tariff()
    priced = tariff.price(deed.kind.code, deed.day, deed.quantity)
    check_not_frozen(deed.kind, deed.place.place_id, acting.at)
    check_proof(acting, deed)
    earners = _check_payees(tariff, priced, deed, acting.at)
    check_hours(deed)
    uses = [_use(deed, priced, payee, earners[payee.person_id]) for payee in deed.payees]
    counted = caps.count(tariff, uses)
    for use in counted.kept:
        levels.check_room(tariff, earners[use.person_id], use.amount, deed.day)
    _count_at_place(deed, counted.kept[0])
    claim = Claim.objects.create(
        key=key,
        kind=deed.kind.code,
        quantity=deed.quantity,
        counted=priced.counted,
        day=deed.day,
        place_id=deed.place.place_id,
        evidence_kind=deed.evidence.value,
        evidence_ref=deed.reference,
        act=priced.row.act.code,
        actor=acting.actor,
        channel=acting.channel.value,
        at=acting.at,
    )
    vest_days = tariff.vests_after(deed.evidence)
    vest_on = seoul_date(acting.at) + timedelta(days=vest_days) if vest_days else None
    shares = ClaimShare.objects.bulk_create(
        ClaimShare(claim=claim, person_id=use.person_id, part=use.part.value, coins=use.amount.minor, vest_on=vest_on)
        for use in counted.kept
    )
    transfers = issue_or_queue(tariff, claim, shares, acting.at)
    rank = None if transfers else rank_of(claim)
    return answer(claim, shares, transfers, rank=rank, warnings=counted.warnings)


def _count_at_place(deed: Deed, use: caps.Use) -> None:
    """The limits that the place has set itself (civic.places), under the same locks as the caps."""
    place = deed.place.facts
    check_room(deed)
    if place.daily_limit is not None:
        caps.count_deed(place.id, deed.day, place.daily_limit)
    if deed.kind.code in place.item_limits:
        caps.count_items(use, place.item_limits[deed.kind.code])


def check_room(deed: Deed) -> None:
    """Raises PlaceIsFullToday when the place has said that it wants no more of this kind today."""
    if deed.place.facts.need(deed.kind.code, deed.day) is Need.FULL:
        raise PlaceIsFullToday()


def check_hours(deed: Deed) -> None:
    """Raises PaidElsewhere when somebody else has paid for the minutes that end at the deed's moment."""
    if deed.kind.measure is Measure.MINUTE:
        doers = [payee.person_id for payee in deed.payees if payee.part is Part.RESIDENT]
        check_unpaid(doers, ends_at=deed.at, minutes=deed.quantity, days=district_tariff().appeal_days)


def _use(deed: Deed, priced: Priced, payee: Payee, owner: Holder) -> caps.Use:
    amount = priced.shop if payee.part is Part.SHOP else priced.amount
    return caps.Use(
        payee.person_id,
        deed.place.place_id,
        deed.kind.code,
        deed.day,
        amount,
        payee.part,
        pieces=deed.quantity,
        is_l0=levels.is_unchecked(owner.level),
    )


def evidence_of(kind: Kind, evidence_ref: str) -> tuple[EvidenceKind, str]:
    word, _, reference = evidence_ref.partition(":")
    if not reference or word not in kind.evidence:
        raise EvidenceNotAccepted(given=word[:20], accepted=", ".join(kind.evidence))
    return EvidenceKind(word), reference


def check_proof(acting: Acting, deed: Deed) -> None:
    """The right kind of place, and a proof that does not rest on the earner's own word."""
    if deed.place.kind not in deed.kind.places:
        raise DeedNotHere()
    if not deed.place.facts.accepts_item(deed.kind.code):
        raise ItemNotAccepted()
    if deed.evidence is EvidenceKind.MACHINE:
        if acting.channel not in _MACHINES:
            raise EvidenceNotAccepted(given=deed.evidence.value, accepted=Channel.MACHINE.value)
        return
    if acting.actor is None:
        raise NobodyActing()
    if deed.evidence is EvidenceKind.CODE:
        return
    if acting.actor in [payee.person_id for payee in deed.payees if payee.part is Part.RESIDENT]:
        raise note(SelfAward(), acting.actor, deed.place.place_id, acting.at)
    if deed.evidence in _CONFIRMED_IN_PERSON:
        check_confirmer(acting, deed.place)
    else:
        check_role(acting, RoleName.DONG_OFFICIAL)


def _check_payees(tariff: Tariff, priced: Priced, deed: Deed, at: datetime) -> dict[UUID, Holder]:
    """Who earns, by the id that was named.

    Known, old enough, still members, nobody twice; the shop's share goes to its keeper, who is not the doer.
    """
    today = seoul_date(at)
    people = [payee.person_id for payee in deed.payees]
    doers = [payee.person_id for payee in deed.payees if payee.part is Part.RESIDENT]
    shops = [payee.person_id for payee in deed.payees if payee.part is Part.SHOP]
    if not doers or len(people) > MAX_PAYEES or len(set(people)) != len(people):
        raise WrongPayees(what=f"1-{MAX_PAYEES}")
    if len(shops) > (1 if priced.shop.minor else 0):
        raise WrongPayees(what=Part.SHOP.value)
    found: dict[UUID, Holder] = {}
    for doer in doers:
        if is_keeper(doer, deed.place, today):
            raise note(OwnShopDeed(), doer, deed.place.place_id, at)
        found[doer] = earner(doer, today)
        tariff.check_age(priced.row, deed.day, found[doer].birth_year)
    for keeper in shops:
        if not is_keeper(keeper, deed.place, today):
            raise WrongPayees(what=Part.SHOP.value)
        found[keeper] = earner(keeper, today)
    return found
