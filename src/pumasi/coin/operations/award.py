"""Award: a proven good deed earns coins for those who did it, or a place in the waiting list. It is never lost.

Order of things: tariff of the deed's day, place, people, evidence, self-award, caps (under lock), then the ledger.
Not here: whether the deed happened; services bring the evidence (decisions 6).
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction

from pumasi.civic.people.models import RoleName
from pumasi.coin import caps
from pumasi.coin.answers import Awarded, Payee
from pumasi.coin.district import district_tariff
from pumasi.coin.errors import (
    DeedInFuture,
    DeedNotHere,
    EvidenceNotAccepted,
    NobodyActing,
    OwnShopDeed,
    SelfAward,
    WrongPayees,
)
from pumasi.coin.issuing import issue_or_queue, recalled
from pumasi.coin.models import Claim, ClaimShare
from pumasi.coin.parties import Venue, birth_year, check_role, check_staff, earner, is_keeper, open_venue
from pumasi.coin.requests import is_first
from pumasi.coin.tariff import EvidenceKind, Kind, Part, Priced, Tariff
from pumasi.kernel.acting import Acting, Channel
from pumasi.kernel.amount import Amount
from pumasi.kernel.clock import seoul_date
from pumasi.kernel.text import clean_text

MAX_PAYEES = 30
EVIDENCE_LIMIT = 120
# Proofs that stand on a person's word: that person is somebody else than whoever earns (decisions 21d, coin.md 3.3).
_CONFIRMED_BY_STAFF = frozenset({EvidenceKind.STAFF, EvidenceKind.ATTENDANCE, EvidenceKind.PHOTO})


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
    When the budget is used up, or others wait already, the claim joins the waiting list and `rank` says where.
    Raises the tariff's refusals, PlaceUnknown, PlaceClosed, DeedNotHere, EvidenceNotAccepted, WrongPayees, SelfAward,
    OwnShopDeed, NotAllowed, TooYoung, MovedAway, a CapReached, and KeyReused; then nothing has changed.
    """
    tariff = district_tariff()
    evidence, reference = _evidence(tariff.kind(kind), clean_text(evidence_ref, EVIDENCE_LIMIT))
    moment = deed_at or acting.at
    if moment > acting.at:
        raise DeedInFuture()
    day = seoul_date(moment)
    priced = tariff.price(kind, day, quantity)
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
        place = open_venue(place_id, day)
        _check_deed(acting, tariff.kind(kind), evidence, place, payees)
        _check_payees(tariff, priced, place, payees, day=day, today=seoul_date(acting.at))
        amounts = {payee: _amount(priced, payee.part) for payee in payees}
        uses = [caps.Use(payee.person_id, place_id, kind, day, amount) for payee, amount in amounts.items()]
        warnings = caps.count(tariff, uses)
        if place.daily_limit is not None:
            caps.count_deed(place_id, day, place.daily_limit)
        claim = Claim.objects.create(
            key=key,
            kind=kind,
            quantity=quantity,
            counted=priced.counted,
            day=day,
            place_id=place_id,
            evidence_kind=evidence.value,
            evidence_ref=reference,
            act=priced.row.act.code,
            actor=acting.actor,
            channel=acting.channel.value,
            at=acting.at,
        )
        vest_days = tariff.vests_after(evidence)
        vest_on = seoul_date(acting.at) + timedelta(days=vest_days) if vest_days else None
        ClaimShare.objects.bulk_create(
            ClaimShare(
                claim=claim, person_id=payee.person_id, part=payee.part.value, coins=amount.minor, vest_on=vest_on
            )
            for payee, amount in amounts.items()
        )
        issue_or_queue(tariff, claim, acting.at)
        return recalled(key, warnings=tuple(warnings))


def _evidence(kind: Kind, evidence_ref: str) -> tuple[EvidenceKind, str]:
    word, _, reference = evidence_ref.partition(":")
    if not reference or word not in kind.evidence:
        raise EvidenceNotAccepted(given=word[:20], accepted=", ".join(kind.evidence))
    return EvidenceKind(word), reference


def _check_deed(acting: Acting, kind: Kind, evidence: EvidenceKind, place: Venue, payees: Sequence[Payee]) -> None:
    """The right kind of place, and a proof that does not rest on the earner's own word."""
    if place.kind not in kind.places:
        raise DeedNotHere()
    if evidence is EvidenceKind.MACHINE:
        if acting.channel not in (Channel.MACHINE, Channel.KIOSK, Channel.API, Channel.JOB):
            raise EvidenceNotAccepted(given=evidence.value, accepted=Channel.MACHINE.value)
        return
    if acting.actor is None:
        raise NobodyActing()
    doers = {payee.person_id for payee in payees if payee.part is Part.RESIDENT}
    if evidence is EvidenceKind.CODE:
        return
    if acting.actor in doers:
        raise SelfAward()
    if evidence in _CONFIRMED_BY_STAFF:
        check_staff(acting, place)
    else:
        check_role(acting, RoleName.DONG_OFFICIAL)


def _check_payees(
    tariff: Tariff, priced: Priced, place: Venue, payees: Sequence[Payee], *, day: date, today: date
) -> None:
    """Known, old enough, still members, nobody twice; the shop's share goes to its keeper, who is not the doer."""
    people = [payee.person_id for payee in payees]
    doers = [payee for payee in payees if payee.part is Part.RESIDENT]
    shops = [payee for payee in payees if payee.part is Part.SHOP]
    if not doers or len(payees) > MAX_PAYEES or len(set(people)) != len(people):
        raise WrongPayees(what=f"1-{MAX_PAYEES}")
    if len(shops) > (1 if priced.shop.minor else 0):
        raise WrongPayees(what=Part.SHOP.value)
    for payee in doers:
        if is_keeper(payee.person_id, place, today):
            raise OwnShopDeed()
        earner(payee.person_id, today)
        tariff.check_age(priced.row, day, birth_year(payee.person_id))
    for payee in shops:
        if not is_keeper(payee.person_id, place, today):
            raise WrongPayees(what=Part.SHOP.value)
        earner(payee.person_id, today)


def _amount(priced: Priced, part: Part) -> Amount:
    return priced.shop if part is Part.SHOP else priced.amount
