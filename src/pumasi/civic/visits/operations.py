"""Check in, check out, open a session, call its roll: one transaction each.

Whoever is checked in twice, by two leaders at once, is on the roll once: a unique constraint settles it. Who may open a
session at a place is asked by the service that does it.
"""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction

from pumasi.civic.audit.operations import record
from pumasi.civic.people.queries import person
from pumasi.civic.places.queries import place
from pumasi.civic.visits.errors import (
    NoLeaderHere,
    NotThisDay,
    SessionClosed,
    SessionTimesUnusable,
    SessionUnknown,
    VisitOpenElsewhere,
    VisitOverAlready,
    VisitStepUnusable,
    VisitUnknown,
)
from pumasi.civic.visits.models import NEXT, Leader, Session, Span, Stage, Visit
from pumasi.civic.visits.queries import (
    LONGEST,
    SessionFacts,
    VisitFacts,
    is_leader,
    session_facts,
    visit,
    visits_of,
)
from pumasi.kernel.acting import Acting
from pumasi.kernel.clock import KST, seoul_date
from pumasi.kernel.ids import new_id
from pumasi.kernel.text import clean_text

# A roll may be opened this long before the session starts, and a paper list typed in until the next evening.
EARLY, LATE = timedelta(hours=1), timedelta(days=1)
# Who is called while everybody queues has been there from the start: 300 people are not called at once.
CALLING = timedelta(minutes=15)


def check_in(acting: Acting, *, person_id: UUID, place_id: UUID, activity: str) -> tuple[VisitFacts, bool]:
    """A person has come and started; again at the same place: the same visit. Answers whether it is new.

    Raises PersonClosed, PlaceClosed, PlaceNotOpenYet, VisitOpenElsewhere (with since when).
    """
    person(person_id).must_be_open()
    place(place_id).must_be_open(seoul_date(acting.at))
    with transaction.atomic():
        return _in(acting, Visit(person_id=person_id, place_id=place_id, activity=activity), acting.at)


def check_out(acting: Acting, *, visit_id: UUID) -> VisitFacts:
    """The person has left; again: the same answer. Raises VisitUnknown, VisitStepUnusable, VisitOverAlready."""
    return step(acting, visit_id=visit_id, stage=Stage.ENDED)


def step(acting: Acting, *, visit_id: UUID, stage: Stage) -> VisitFacts:
    """Bring a visit to its next stage (later steps of the city: called to a counter, started there)."""
    with transaction.atomic():
        row = _locked(visit_id)
        before = visit(visit_id)
        if before.stage is stage:
            return before
        if before.stage in (Stage.ENDED, Stage.CANCELLED):
            raise VisitOverAlready()
        if stage not in NEXT[before.stage]:
            raise VisitStepUnusable(state=before.stage.value, wanted=stage.value)
        if stage is Stage.ENDED and before.arrived_at <= acting.at - LONGEST:
            raise VisitOverAlready()
        _span(acting, row, stage, acting.at)
    return visit(visit_id)


def open_session(
    acting: Acting, *, place_id: UUID, activity: str, title: str, starts_at: datetime, ends_at: datetime, key: UUID
) -> SessionFacts:
    """Open a session at a place, once per key; who opens it leads it. Raises SessionTimesUnusable, PlaceClosed."""
    if acting.actor is None:
        raise ValueError("a session is opened by somebody")
    if not timedelta() < ends_at - starts_at <= LONGEST:
        raise SessionTimesUnusable(hours=LONGEST // timedelta(hours=1))
    place(place_id).must_be_open(seoul_date(starts_at))
    with transaction.atomic():
        row, is_new = Session.objects.get_or_create(
            id=key,
            defaults={
                "place_id": place_id,
                "activity": activity,
                "title": clean_text(title.strip(), 60),
                "starts_at": starts_at,
                "ends_at": ends_at,
                "opened_by": acting.actor,
            },
        )
        if is_new:
            Leader.objects.create(session=row, person_id=acting.actor, added_by=acting.actor, added_at=acting.at)
            record(acting, "visits.open_session", row.id)
    return session_facts(row)


def add_leader(acting: Acting, *, session_id: UUID, person_id: UUID) -> None:
    """Let another person call the roll too. Raises SessionUnknown, NoLeaderHere (the actor is none), PersonClosed."""
    person(person_id).must_be_open()
    with transaction.atomic():
        _leading(acting, session_id)
        Leader.objects.get_or_create(
            session_id=session_id, person_id=person_id, defaults={"added_by": acting.actor, "added_at": acting.at}
        )
        record(acting, "visits.add_leader", person_id)


def call(acting: Acting, *, session_id: UUID, person_id: UUID) -> tuple[VisitFacts, bool]:
    """A leader has seen this person: on the roll, once, whichever leader was first. Answers whether it is new.

    Raises SessionUnknown, NoLeaderHere, NotThisDay, SessionClosed, PersonClosed, VisitOpenElsewhere.
    """
    person(person_id).must_be_open()
    with transaction.atomic():
        row = _leading(acting, session_id)
        known = Visit.objects.filter(session=row, person_id=person_id).first()
        if known is not None:
            return visit(known.id), False
        _must_be_on(row, acting.at)
        made = Visit(person_id=person_id, place_id=row.place_id, session=row, activity=row.activity)
        if acting.at >= row.ends_at:
            # A paper list is typed in afterwards: where its people are by now is their own affair.
            made.is_open = False
            return _added(acting, made, row.starts_at)
        return _in(acting, made, row.starts_at if acting.at <= row.starts_at + CALLING else acting.at)


def close_session(acting: Acting, *, session_id: UUID, left: Mapping[UUID, datetime], away: Collection[UUID]) -> None:
    """Check-out: all stay until the end; `left` (visit -> when) went earlier, `away` (visits) were called by mistake.

    The end is the session's, or now where it is closed before. Closing again is no harm and changes nothing. Raises
    SessionUnknown, NoLeaderHere.
    """
    with transaction.atomic():
        row = _leading(acting, session_id)
        if row.closed_at is not None:
            return
        for each in visits_of(session_id):
            if each.stage is not Stage.STARTED or each.started_at is None:
                continue
            gone = min(max(left.get(each.id, acting.at), each.started_at), row.ends_at, max(acting.at, each.started_at))
            _span(acting, Visit.objects.get(id=each.id), Stage.CANCELLED if each.id in away else Stage.ENDED, gone)
        row.closed_at = acting.at
        row.save(update_fields=["closed_at"])
        record(acting, "visits.close_session", row.id)


def _in(acting: Acting, made: Visit, at: datetime) -> tuple[VisitFacts, bool]:
    found = Visit.objects.select_for_update().filter(person_id=made.person_id, is_open=True).first()
    if found is not None:
        before = visit(found.id)
        if (found.place_id, found.session_id) == (made.place_id, made.session_id):
            if before.arrived_at > at - LONGEST:
                return before, False
        elif before.arrived_at > at - LONGEST:
            raise VisitOpenElsewhere(since=before.arrived_at.astimezone(KST).strftime("%H:%M"))
        _span(acting, found, Stage.CANCELLED, before.arrived_at + LONGEST)
    return _added(acting, made, at)


def _added(acting: Acting, made: Visit, at: datetime) -> tuple[VisitFacts, bool]:
    made.id = new_id(acting.at)
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError:
        twin = Visit.objects.filter(person_id=made.person_id, place_id=made.place_id, session=made.session).last()
        if twin is None:
            raise
        return visit(twin.id), False
    _span(acting, made, Stage.STARTED, at)
    return visit(made.id), True


def _span(acting: Acting, row: Visit, stage: Stage, at: datetime) -> None:
    Span.objects.create(visit=row, stage=stage, at=at, by=acting.actor, channel=acting.channel.value)
    if stage in (Stage.ENDED, Stage.CANCELLED):
        row.is_open = False
        row.save(update_fields=["is_open"])


def _locked(visit_id: UUID) -> Visit:
    row = Visit.objects.select_for_update().filter(id=visit_id).first()
    if row is None:
        raise VisitUnknown()
    return row


def _leading(acting: Acting, session_id: UUID) -> Session:
    """The session, locked against its closing, for one of its leaders."""
    row = Session.objects.select_for_update().filter(id=session_id).first()
    if row is None:
        raise SessionUnknown()
    if acting.actor is None or not is_leader(session_id, acting.actor):
        raise NoLeaderHere()
    return row


def _must_be_on(row: Session, at: datetime) -> None:
    if row.closed_at is not None:
        raise SessionClosed(closed_at=row.closed_at.astimezone(KST).strftime("%Y-%m-%d %H:%M"))
    if not row.starts_at - EARLY <= at <= row.ends_at + LATE:
        raise NotThisDay(day=seoul_date(row.starts_at).isoformat())
