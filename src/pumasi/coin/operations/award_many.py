"""Award many deeds at one place in one transaction: rolls of an event, lists of an organisation (decisions 1).

Each wish is one resident's deed and stands alone: one is refused, the others are paid. The rules are those of `award`;
only the way to them is set-based. Not here: two payees, outcomes.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction

from pumasi.coin import caps, levels
from pumasi.coin.answers import Payee
from pumasi.coin.attempts import note
from pumasi.coin.district import district_tariff, one_tariff
from pumasi.coin.errors import DeedInFuture, OwnShopDeed, WrongPayees
from pumasi.coin.freezes import check_not_frozen
from pumasi.coin.issuing import issue_or_queue_many
from pumasi.coin.models import Claim, ClaimShare, Request, Waiting
from pumasi.coin.operations.award import EVIDENCE_LIMIT, Deed, check_hours, check_proof, check_room, evidence_of
from pumasi.coin.paid_hours import with_paid_hours
from pumasi.coin.parties import Member, Venue, holder, is_keeper, members, open_venue
from pumasi.coin.requests import first_ones
from pumasi.coin.tariff import EvidenceKind, Part, Priced, check_quantity
from pumasi.kernel.acting import Acting
from pumasi.kernel.clock import seoul_date
from pumasi.kernel.result import Refusal
from pumasi.kernel.text import clean_text

MAX_WISHES = 500


@dataclass(frozen=True)
class Wish:
    """One resident's deed; the fields are those of `award`."""

    key: UUID
    kind: str
    quantity: int
    person_id: UUID
    evidence_ref: str
    deed_at: datetime


@dataclass(frozen=True)
class Granted:
    """A wish that was accepted, now or with the same key before; `is_waiting`: it stands in the waiting list."""

    is_waiting: bool


@one_tariff()
def award_many(acting: Acting, *, place_id: UUID, wishes: Sequence[Wish]) -> dict[UUID, Granted | Refusal]:
    """Award at most 500 wishes at one place; an answer for each key. The caller holds a lock on where they come from.

    A refused wish changes nothing and may come again with its key; see `award` for the refusals.
    """
    if len(wishes) > MAX_WISHES or len({wish.key for wish in wishes}) != len(wishes):
        raise WrongPayees(what=f"1-{MAX_WISHES}")
    by_key = {wish.key: wish for wish in wishes}
    with transaction.atomic():
        first = first_ones({wish.key: _body(place_id, wish) for wish in wishes}, "AWARD", acting.at)
        answers: dict[UUID, Granted | Refusal] = {
            k: answer for k, answer in first.items() if isinstance(answer, Refusal)
        }
        again = [key for key, answer in first.items() if answer is False]
        waiting = set(Waiting.objects.filter(claim__in=again, issued_at=None).values_list("claim_id", flat=True))
        answers |= {key: Granted(key in waiting) for key in again}
        fresh = [by_key[key] for key, answer in first.items() if answer is True]
        answers |= _decided(acting, place_id, fresh)
    return answers


@one_tariff()
def foresee_many(acting: Acting, *, place_id: UUID, wishes: Sequence[Wish]) -> dict[UUID, Refusal | None]:
    """What `award_many` would refuse now, for any number of wishes; reads only. None: it would be accepted."""
    read = _read(acting, place_id, wishes)
    deeds = [each for each in read.values() if isinstance(each, _Read)]
    verdicts = caps.foresee_each(district_tariff(), [each.use for each in deeds], _limits(deeds))
    over = {each.wish.key: verdict for each, verdict in zip(deeds, verdicts, strict=True)}
    return {key: each if isinstance(each, Refusal) else over[key] for key, each in read.items()}


@dataclass(frozen=True)
class _Read:
    """A wish that keeps every rule but the caps, priced."""

    wish: Wish
    deed: Deed
    priced: Priced
    use: caps.Use


def _decided(acting: Acting, place_id: UUID, wishes: Sequence[Wish]) -> dict[UUID, Granted | Refusal]:
    tariff = district_tariff()
    read = _read(acting, place_id, wishes)
    answers: dict[UUID, Granted | Refusal] = {key: each for key, each in read.items() if isinstance(each, Refusal)}
    deeds = [each for each in read.values() if isinstance(each, _Read)]
    verdicts = caps.count_each(tariff, [each.use for each in deeds], _limits(deeds))
    answers |= {each.wish.key: over for each, over in zip(deeds, verdicts, strict=True) if over is not None}
    kept = [each for each, over in zip(deeds, verdicts, strict=True) if over is None]
    claims = [_claim(acting, each) for each in kept]
    Claim.objects.bulk_create(claims)
    ClaimShare.objects.bulk_create(
        ClaimShare(
            claim=claim, person_id=each.use.person_id, part=each.use.part.value, coins=each.use.amount.minor, vest_on=on
        )
        for claim, each in zip(claims, kept, strict=True)
        for on in [_vest_on(acting, each)]
    )
    waiting = issue_or_queue_many(tariff, claims, acting.at)
    _forget_refused(answers)
    return answers | {claim.key: Granted(claim.key in waiting) for claim in claims}


def _forget_refused(answers: Mapping[UUID, Granted | Refusal]) -> None:
    """A refused key may be tried again (decisions 3)."""
    refused = [key for key, answer in answers.items() if isinstance(answer, Refusal)]
    Request.objects.filter(key__in=refused).delete()


def _read(acting: Acting, place_id: UUID, wishes: Sequence[Wish]) -> dict[UUID, "_Read | Refusal"]:
    known = members((wish.person_id for wish in wishes), seoul_date(acting.at))
    rules = _Rules(acting, place_id, with_paid_hours(set(known)))
    found: dict[UUID, _Read | Refusal] = {}
    for wish in wishes:
        try:
            found[wish.key] = _one(rules, wish, known[wish.person_id])
        except Refusal as refusal:
            found[wish.key] = refusal
    return found


def _one(rules: "_Rules", wish: Wish, member: Member) -> _Read:
    """Every rule but the caps, in the order of `award`."""
    tariff = district_tariff()
    kind = tariff.kind(wish.kind)
    evidence, reference = evidence_of(kind, clean_text(wish.evidence_ref, EVIDENCE_LIMIT))
    day = seoul_date(wish.deed_at)
    if wish.deed_at > rules.acting.at:
        raise DeedInFuture()
    check_quantity(wish.quantity)
    deed = Deed(kind, wish.quantity, rules.venue(day), day, wish.deed_at, evidence, reference, (Payee(wish.person_id),))
    priced = tariff.price(wish.kind, day, wish.quantity)
    rules.check(deed)
    if is_keeper(wish.person_id, deed.place, seoul_date(rules.acting.at)):
        raise note(OwnShopDeed(), wish.person_id, deed.place.place_id, rules.acting.at)
    if member.refusal is not None:
        raise member.refusal
    tariff.check_age(priced.row, day, member.birth_year)
    if wish.person_id in rules.paid_elsewhere:
        check_hours(deed)
    check_room(deed)
    use = caps.Use(
        wish.person_id,
        deed.place.place_id,
        wish.kind,
        day,
        priced.amount,
        pieces=wish.quantity,
        is_l0=levels.is_unchecked(member.level),
    )
    if use.is_l0:
        levels.check_room(tariff, holder(wish.person_id), priced.amount, day)
    return _Read(wish, deed, priced, use)


class _Rules:
    """What holds for all wishes of a day, or of a kind, asked of the database once."""

    def __init__(self, acting: Acting, place_id: UUID, paid_elsewhere: set[UUID]) -> None:
        self.acting, self._place_id, self.paid_elsewhere = acting, place_id, paid_elsewhere
        self._venues: dict[date, Venue | Refusal] = {}
        self._proofs: dict[tuple[str, EvidenceKind], Refusal | None] = {}

    def venue(self, day: date) -> Venue:
        """The place, open on that day; raises what `open_venue` raises."""
        if day not in self._venues:
            try:
                self._venues[day] = open_venue(self._place_id, day)
            except Refusal as refusal:
                self._venues[day] = refusal
        found = self._venues[day]
        if isinstance(found, Refusal):
            raise found
        return found

    def check(self, deed: Deed) -> None:
        """Freezes and `check_proof`; all but "nobody confirms their own deed" is the same for each deed of a kind."""
        if self.acting.actor == deed.payees[0].person_id:
            check_not_frozen(deed.kind, deed.place.place_id, self.acting.at)
            check_proof(self.acting, deed)
            return
        about = (deed.kind.code, deed.evidence)
        if about not in self._proofs:
            try:
                check_not_frozen(deed.kind, deed.place.place_id, self.acting.at)
                check_proof(self.acting, deed)
                self._proofs[about] = None
            except Refusal as refusal:
                self._proofs[about] = refusal
        known = self._proofs[about]
        if known is not None:
            raise known


def _claim(acting: Acting, read: _Read) -> Claim:
    return Claim(
        key=read.wish.key,
        kind=read.wish.kind,
        quantity=read.wish.quantity,
        counted=read.priced.counted,
        day=read.deed.day,
        place_id=read.deed.place.place_id,
        evidence_kind=read.deed.evidence.value,
        evidence_ref=read.deed.reference,
        act=read.priced.row.act.code,
        actor=acting.actor,
        channel=acting.channel.value,
        at=acting.at,
    )


def _vest_on(acting: Acting, read: _Read) -> date | None:
    days = district_tariff().vests_after(read.deed.evidence)
    return seoul_date(acting.at) + timedelta(days=days) if days else None


def _limits(read: Sequence[_Read]) -> caps.PlaceLimits:
    if not read:
        return caps.PlaceLimits(None, {})
    place = read[0].deed.place.facts
    return caps.PlaceLimits(place.daily_limit, place.item_limits)


def _body(place_id: UUID, wish: Wish) -> Mapping[str, object]:
    """The same body as `award` has for the same wish, so that either of them answers the other's key."""
    return {
        "kind": wish.kind,
        "quantity": wish.quantity,
        "place": str(place_id),
        "evidence": wish.evidence_ref,
        "payees": [[str(wish.person_id), Part.RESIDENT.value]],
        "day": seoul_date(wish.deed_at).isoformat(),
    }
