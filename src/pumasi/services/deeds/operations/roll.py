"""Calling the roll of a session: codes one after the other, numbers, paper lists; then one award for everybody.

Several leaders call at the same time. Whoever is on the roll twice is on it once. A second person, of the staff of the
place, approves; nobody approves a roll on which they stand (decisions 35). Not here: visits and sessions themselves.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from pumasi.civic.codes import grammar
from pumasi.civic.codes.errors import CodeAlreadyUsed, CodeUnknown
from pumasi.civic.codes.grammar import Kind as CodeKind
from pumasi.civic.codes.operations import scan
from pumasi.civic.codes.queries import read_code
from pumasi.civic.people.queries import Told, find_members
from pumasi.civic.visits.errors import NoLeaderHere
from pumasi.civic.visits.models import Stage
from pumasi.civic.visits.operations import call, close_session, open_session
from pumasi.civic.visits.queries import SessionFacts, VisitFacts, leaders_of, number_on_roll, session, visits_of
from pumasi.coin.district import district_tariff
from pumasi.coin.errors import DeedNotHere, EvidenceNotAccepted
from pumasi.coin.parties import check_confirmer, open_venue
from pumasi.coin.tariff import EvidenceKind, Measure
from pumasi.kernel.acting import Acting
from pumasi.kernel.clock import seoul_date
from pumasi.kernel.ids import derived_id
from pumasi.kernel.result import Refusal
from pumasi.services.deeds.errors import MemberNotFound, RollNeedsSecondPerson, RollNotClosed
from pumasi.services.deeds.models import Evidence, RollApproval, State
from pumasi.services.deeds.operations.many import Line, settle

CHUNK = 100


@dataclass(frozen=True)
class Called:
    """One call: `number` is the place on the roll, `is_new` False when the person was on it already."""

    number: int
    is_new: bool
    visit_id: UUID


def open_roll(
    acting: Acting, *, place_id: UUID, kind: str, title: str, starts_at: datetime, ends_at: datetime, key: UUID
) -> SessionFacts:
    """Staff of a place (or the admin of a bound organisation) open a session whose hours earn; they lead it.

    Raises NotAllowed, DeedNotHere, EvidenceNotAccepted, SessionTimesUnusable and what the tariff raises.
    """
    day = seoul_date(starts_at)
    tariff, venue = district_tariff(), open_venue(place_id, day)
    check_confirmer(acting, venue)
    row = tariff.kind(kind)
    tariff.row_in_force(kind, day)
    if EvidenceKind.ATTENDANCE not in row.evidence or row.measure is not Measure.MINUTE:
        raise EvidenceNotAccepted(given=Evidence.ATTENDANCE.value, accepted=", ".join(row.evidence))
    if venue.kind not in row.places:
        raise DeedNotHere()
    return open_session(
        acting, place_id=place_id, activity=kind, title=title, starts_at=starts_at, ends_at=ends_at, key=key
    )


def call_by_code(acting: Acting, *, session_id: UUID, text: str) -> Called:
    """Put whoever shows this code or card on the roll; a code that another leader has just scanned is no fault.

    Never inside another transaction (a miss is kept). Raises what `scan` and `call` raise.
    """
    _must_lead(acting, session_id)
    body = grammar.read(text, CodeKind.PERSON)
    if body is not None and body.kind not in (CodeKind.PERSON, CodeKind.CARD):
        raise CodeUnknown()
    key = derived_id("deeds.roll", session_id.hex, str(acting.actor), text)
    try:
        person_id = scan(acting, text, key, CodeKind.PERSON).subject
    except CodeAlreadyUsed:
        person_id = read_code(text, acting.at, CodeKind.PERSON).subject
        if person_id not in {each.person_id for each in visits_of(session_id)}:
            raise
    return _called(acting, session_id, person_id)


def call_by_number(acting: Acting, *, session_id: UUID, told: Told) -> Called:
    """Put a member on the roll by telephone number, or by its last four digits and the year of birth.

    Raises MemberNotFound and what `call` raises.
    """
    _must_lead(acting, session_id)
    (person_id,) = find_members(acting, [told])
    if person_id is None:
        raise MemberNotFound()
    return _called(acting, session_id, person_id)


def call_list(acting: Acting, *, session_id: UUID, told: Sequence[Told]) -> list[Called | Refusal]:
    """Type a paper list in: an answer for each line."""
    _must_lead(acting, session_id)
    answers: list[Called | Refusal] = []
    for person_id in find_members(acting, told):
        try:
            if person_id is None:
                raise MemberNotFound()
            answers.append(_called(acting, session_id, person_id))
        except Refusal as refusal:
            answers.append(refusal)
    return answers


def close_roll(acting: Acting, *, session_id: UUID, left: Mapping[UUID, datetime], away: Sequence[UUID]) -> None:
    """Check-out: all stay until the end; tick who left (visit -> when) and who was called by mistake (visits)."""
    close_session(acting, session_id=session_id, left=left, away=away)


def approve_roll(acting: Acting, *, session_id: UUID) -> dict[State, int]:
    """A second person approves: everybody on the roll earns for their minutes. How many came to which state.

    In transactions of at most 100, so that a kill half-way is finished by approving again. Raises RollNotClosed,
    RollNeedsSecondPerson and NotAllowed.
    """
    held = session(session_id)
    check_confirmer(acting, open_venue(held.place_id, seoul_date(held.starts_at)))
    if held.closed_at is None:
        raise RollNotClosed()
    roll = visits_of(session_id)
    if acting.actor in {*leaders_of(session_id), *(each.person_id for each in roll)}:
        raise RollNeedsSecondPerson()
    assert acting.actor is not None
    with transaction.atomic():
        RollApproval.objects.get_or_create(session_id=session_id, defaults={"by": acting.actor, "at": acting.at})
    lines = [_line(each) for each in roll if each.stage is Stage.ENDED and each.minutes]
    counts: dict[State, int] = {}
    for start in range(0, len(lines), CHUNK):
        with transaction.atomic():
            RollApproval.objects.select_for_update().get(session_id=session_id)
            for state in settle(acting, place_id=held.place_id, lines=lines[start : start + CHUNK]).values():
                counts[state or State.DUPLICATE] = counts.get(state or State.DUPLICATE, 0) + 1
    with transaction.atomic():
        RollApproval.objects.filter(session_id=session_id, finished_at=None).update(finished_at=acting.at)
    return counts


def _must_lead(acting: Acting, session_id: UUID) -> None:
    """Nobody else learns who is a member."""
    if acting.actor not in leaders_of(session(session_id).id):
        raise NoLeaderHere()


def _called(acting: Acting, session_id: UUID, person_id: UUID) -> Called:
    found, is_new = call(acting, session_id=session_id, person_id=person_id)
    return Called(number_on_roll(found.id), is_new, found.id)


def _line(visit: VisitFacts) -> Line:
    assert visit.ended_at is not None
    return Line(
        claim_id=derived_id("deeds.visit", visit.id.hex),
        person_id=visit.person_id,
        kind=visit.activity,
        quantity=visit.minutes,
        evidence=Evidence.ATTENDANCE,
        proof=visit.id,
        done_at=visit.ended_at,
    )
