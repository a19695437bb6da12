"""Claim by a place's code, confirm in person, and measure a visit by two codes: one transaction each, once per key.

Not here: prices, caps and budget (`coin.award` decides and may refuse), and whether a code is good (`civic.codes`).
"""

from uuid import UUID

from django.db import transaction

from pumasi.civic.codes.operations import spend_scan
from pumasi.civic.visits.operations import check_in, check_out
from pumasi.civic.visits.queries import VisitFacts, open_visit
from pumasi.coin.district import district_tariff
from pumasi.coin.errors import EvidenceNotAccepted, QuantityTooSmall
from pumasi.coin.operations import answer_paid
from pumasi.coin.tariff import EvidenceKind
from pumasi.kernel.acting import Acting
from pumasi.kernel.clock import seoul_date
from pumasi.services.deeds.errors import NotCheckedIn, VisitTooShort
from pumasi.services.deeds.models import Evidence, State
from pumasi.services.deeds.operations.steps import Told, submit, weigh
from pumasi.services.deeds.queries.claims import state_of


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

    Small counts are issued at once or wait for budget; larger ones and hours go to the place's staff: two hands.
    `is_paid` is the answer to "were you already paid for this?", None where it was not asked. Raises what `spend_scan`
    and `award` raise, SaidPaid, and ClaimKeyReused; then nothing has changed.
    """
    with transaction.atomic():
        scan = spend_scan(scan_id, person_id, key, acting.at)
        if is_paid is not None:
            answer_paid(acting, person_id=person_id, key=key, is_paid=is_paid)
        told = Told(scan.subject, person_id, kind, quantity, Evidence.CODE, scan.id, scan.used_at)
        claim, state = submit(acting, told, key)
        return state or weigh(acting, claim)


def confirm_in_person(acting: Acting, *, place_id: UUID, scan_id: UUID, kind: str, quantity: int, key: UUID) -> State:
    """Staff of a place confirm the deed of the person whose rotating code they have scanned.

    Raises what `spend_scan` and `award` raise (NotAllowed for who is no staff there), and ClaimKeyReused.
    """
    if acting.actor is None:
        raise ValueError("a confirmation needs a person who confirms")
    with transaction.atomic():
        scan = spend_scan(scan_id, acting.actor, key, acting.at)
        told = Told(place_id, scan.subject, kind, quantity, Evidence.STAFF, scan.id, scan.used_at)
        claim, state = submit(acting, told, key)
        return state or weigh(acting, claim)


def arrive(acting: Acting, *, person_id: UUID, scan_id: UUID, kind: str, key: UUID) -> VisitFacts:
    """Begin to measure hours: the person has come, and the scan of the place's code shows it.

    Raises EvidenceNotAccepted for a kind that takes no attendance, and what `spend_scan` and `check_in` raise.
    """
    with transaction.atomic():
        scan = spend_scan(scan_id, person_id, key, acting.at)
        row = district_tariff().kind(kind)
        district_tariff().row_in_force(kind, seoul_date(acting.at))
        if EvidenceKind.ATTENDANCE not in row.evidence:
            raise EvidenceNotAccepted(given=Evidence.ATTENDANCE.value, accepted=", ".join(row.evidence))
        found, _ = check_in(acting, person_id=person_id, place_id=scan.subject, activity=kind)
    return found


def leave(acting: Acting, *, person_id: UUID, scan_id: UUID, key: UUID, is_paid: bool) -> State | None:
    """End the measuring with a second code of the same place; the claim carries the key.

    The visit proves the minutes, so that the claim is made of it and of nothing that was typed. `is_paid` answers
    "were you already paid for this?": after a yes the visit is over, and None says that no claim was made. Raises
    NotCheckedIn, VisitTooShort (less than the tariff's first step; the visit then goes on), and what `award` raises.
    """
    with transaction.atomic():
        scan = spend_scan(scan_id, person_id, key, acting.at)
        known = state_of(key)
        if known is not None:
            return known
        here = open_visit(person_id, acting.at)
        if here is None or here.place_id != scan.subject or here.session_id is not None:
            raise NotCheckedIn()
        gone = check_out(acting, visit_id=here.id)
        if is_paid:
            return None
        answer_paid(acting, person_id=person_id, key=key, is_paid=False)
        try:
            minutes = max(1, gone.minutes)
            told = Told(here.place_id, person_id, here.activity, minutes, Evidence.ATTENDANCE, here.id, scan.used_at)
            claim, _ = submit(acting, told, key)
            return weigh(acting, claim)
        except QuantityTooSmall as refusal:
            raise VisitTooShort(minutes=gone.minutes) from refusal
