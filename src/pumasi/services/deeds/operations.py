"""Claim coins for a deed, have hours looked at by staff, confirm a deed in person: one transaction each, once per key.

Not here: prices, caps and budget (`coin.award` decides and may refuse), and whether a code is good (`civic.codes`).
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from pumasi.civic.codes.operations import Scan, spend_scan
from pumasi.coin.answers import Payee
from pumasi.coin.district import district_tariff
from pumasi.coin.operations import answer_paid, award
from pumasi.coin.tariff import Measure, Part
from pumasi.kernel.acting import Acting
from pumasi.services.deeds.errors import ClaimDecidedAlready, ClaimKeyReused
from pumasi.services.deeds.models import NEXT, Claim, ClaimStep, Evidence, State
from pumasi.services.deeds.queries.claims import keeper_of, state_of


def claim_by_code(
    acting: Acting,
    *,
    person_id: UUID,
    scan_id: UUID,
    kind: str,
    quantity: int,
    key: UUID,
    is_paid: bool | None = None,
) -> State:
    """A resident at a place claims `quantity` of `kind` (the tariff's measure) with the scan of its rotating code.

    Pieces and uses are issued at once or wait for budget; hours go to the place's staff, because a code shows that
    somebody was there and not for how long. `is_paid` is the answer to "were you already paid for this?", None where it
    was not asked. Raises what `spend_scan` and `award` raise, SaidPaid, and ClaimKeyReused; then nothing has changed.
    """
    with transaction.atomic():
        scan = spend_scan(scan_id, person_id, key, acting.at)
        if is_paid is not None:
            answer_paid(acting, person_id=person_id, key=key, is_paid=is_paid)
        told = _Told(scan.subject, person_id, kind, quantity, Evidence.CODE)
        claim, state = _sent(acting, scan, told, key)
        if state is not None:
            return state
        if needs_look(kind):
            _step(claim, State.REVIEW, None, acting.at)
            return State.REVIEW
        _step(claim, State.AUTO_OK, None, acting.at)
        return _award(acting, claim, f"CODE:{scan.id}", None)


def confirm_in_person(acting: Acting, *, place_id: UUID, scan_id: UUID, kind: str, quantity: int, key: UUID) -> State:
    """Staff of a place confirm the deed of the person whose rotating code they have scanned.

    Raises what `spend_scan` and `award` raise (NotAllowed for who is no staff there), and ClaimKeyReused.
    """
    if acting.actor is None:
        raise ValueError("a confirmation needs a person who confirms")
    with transaction.atomic():
        scan = spend_scan(scan_id, acting.actor, key, acting.at)
        told = _Told(place_id, scan.subject, kind, quantity, Evidence.STAFF)
        claim, state = _sent(acting, scan, told, key)
        if state is not None:
            return state
        _step(claim, State.AUTO_OK, acting.actor, acting.at)
        return _award(acting, claim, f"STAFF:{scan.id}", None)


def decide(acting: Acting, *, claim_id: UUID, is_right: bool) -> State:
    """Staff look at a claim that waits for them. The same decision twice is one; another raises ClaimDecidedAlready.

    The view has checked that the claim lies at a place of theirs; `award` checks it again.
    """
    with transaction.atomic():
        claim = Claim.objects.select_for_update().get(id=claim_id)
        state = state_of(claim_id)
        if state is None or state is not State.REVIEW:
            if state is None or (state is State.REJECTED) is is_right:
                raise ClaimDecidedAlready()
            return state
        if not is_right:
            _step(claim, State.REJECTED, acting.actor, acting.at)
            return State.REJECTED
        return _award(acting, claim, f"STAFF:{claim.scan}", claim.done_at)


def needs_look(kind: str) -> bool:
    """Whether a claim by code waits for staff: hours do."""
    return district_tariff().kind(kind).measure is Measure.MINUTE


@dataclass(frozen=True)
class _Told:
    """What a claim says: where, who, what, how much, by which evidence."""

    place_id: UUID
    person_id: UUID
    kind: str
    quantity: int
    evidence: Evidence


def _sent(acting: Acting, scan: Scan, told: _Told, key: UUID) -> tuple[Claim, State | None]:
    """The claim of this key, and its state when it had been sent before."""
    earlier = Claim.objects.filter(id=key).first()
    if earlier is not None:
        before = (earlier.scan, earlier.place_id, earlier.kind, earlier.quantity)
        if before != (scan.id, told.place_id, told.kind, told.quantity):
            raise ClaimKeyReused()
        return earlier, state_of(key)
    district_tariff().kind(told.kind)
    claim = Claim.objects.create(
        id=key,
        person_id=told.person_id,
        place_id=told.place_id,
        kind=told.kind,
        quantity=told.quantity,
        evidence=told.evidence,
        scan=scan.id,
        done_at=scan.used_at,
        sent_at=acting.at,
    )
    ClaimStep.objects.create(claim=claim, state=State.SUBMITTED, by=acting.actor, at=acting.at)
    return claim, None


def _award(acting: Acting, claim: Claim, evidence_ref: str, deed_at: datetime | None) -> State:
    answer = award(
        acting,
        kind=claim.kind,
        quantity=claim.quantity,
        place_id=claim.place_id,
        payees=_payees(claim, acting.at),
        evidence_ref=evidence_ref,
        key=claim.id,
        deed_at=deed_at,
    )
    state = State.WAITLISTED if answer.is_waiting else State.ISSUED
    _step(claim, state, acting.actor, acting.at)
    return state


def _payees(claim: Claim, at: datetime) -> list[Payee]:
    payees = [Payee(claim.person_id, Part.RESIDENT)]
    keeper = keeper_of(claim.place_id, at) if Part.SHOP in district_tariff().kind(claim.kind).payees else None
    if keeper is not None and keeper != claim.person_id:
        payees.append(Payee(keeper, Part.SHOP))
    return payees


def _step(claim: Claim, state: State, by: UUID | None, at: datetime) -> None:
    if state not in NEXT.get(state_of(claim.id), frozenset()):
        raise AssertionError(f"a claim cannot move to {state}")
    ClaimStep.objects.create(claim=claim, state=state, by=by, at=at)
