"""Visits and sessions as frozen facts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from pumasi.civic.visits.errors import SessionUnknown, VisitUnknown
from pumasi.civic.visits.models import Leader, Session, Span, Stage, Visit

# Somebody who has not checked out by then has forgotten it: the visit proves nothing and ends by itself.
LONGEST = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class VisitFacts:
    """A visit with its latest stage; `minutes` are whole minutes from STARTED to ENDED, 0 before that."""

    id: UUID
    person_id: UUID
    place_id: UUID
    session_id: UUID | None
    activity: str
    stage: Stage
    arrived_at: datetime
    started_at: datetime | None
    ended_at: datetime | None

    @property
    def minutes(self) -> int:
        if self.started_at is None or self.ended_at is None:
            return 0
        return int((self.ended_at - self.started_at).total_seconds() // 60)


@dataclass(frozen=True, slots=True)
class SessionFacts:
    """A session; `closed_at` None while its roll is open."""

    id: UUID
    place_id: UUID
    activity: str
    title: str
    starts_at: datetime
    ends_at: datetime
    opened_by: UUID
    closed_at: datetime | None


def visit(visit_id: UUID) -> VisitFacts:
    """One visit; raises VisitUnknown."""
    row = Visit.objects.filter(id=visit_id).first()
    if row is None:
        raise VisitUnknown()
    return _facts([row])[0]


def open_visit(person_id: UUID, at: datetime) -> VisitFacts | None:
    """Where a person is checked in now; a visit that nobody ended in twelve hours does not count."""
    row = Visit.objects.filter(person_id=person_id, is_open=True).first()
    found = _facts([row])[0] if row else None
    return found if found and found.arrived_at > at - LONGEST else None


def visits_of(session_id: UUID) -> list[VisitFacts]:
    """Everybody on the roll of a session, in the order in which they were called."""
    return _facts(Visit.objects.filter(session_id=session_id).order_by("id"))


def number_on_roll(visit_id: UUID) -> int:
    """The place of a visit on the roll of its session, from 1."""
    session_id = Visit.objects.values_list("session_id", flat=True).get(id=visit_id)
    return 1 if session_id is None else Visit.objects.filter(session_id=session_id, id__lte=visit_id).count()


def session(session_id: UUID) -> SessionFacts:
    """One session; raises SessionUnknown."""
    row = Session.objects.filter(id=session_id).first()
    if row is None:
        raise SessionUnknown()
    return session_facts(row)


def sessions_at(places: Sequence[UUID], since: datetime) -> list[SessionFacts]:
    """Sessions at these places that end after `since`, the latest first, at most 50."""
    rows = Session.objects.filter(place_id__in=places, ends_at__gt=since).order_by("-starts_at", "id")[:50]
    return [session_facts(row) for row in rows]


def sessions_led_by(person_id: UUID, since: datetime) -> list[SessionFacts]:
    """Sessions whose roll this person calls and that end after `since`, the latest first, at most 50."""
    led = Leader.objects.filter(person_id=person_id).values("session_id")
    rows = Session.objects.filter(id__in=led, ends_at__gt=since).order_by("-starts_at", "id")[:50]
    return [session_facts(row) for row in rows]


def is_leader(session_id: UUID, person_id: UUID) -> bool:
    """Whether this person calls the roll of the session."""
    return Leader.objects.filter(session_id=session_id, person_id=person_id).exists()


def leaders_of(session_id: UUID) -> list[UUID]:
    """Who calls the roll, in the order in which they were added."""
    return list(Leader.objects.filter(session_id=session_id).order_by("id").values_list("person_id", flat=True))


def session_facts(row: Session) -> SessionFacts:
    """The frozen facts of a row."""
    return SessionFacts(
        row.id, row.place_id, row.activity, row.title, row.starts_at, row.ends_at, row.opened_by, row.closed_at
    )


def _facts(rows: Iterable[Visit]) -> list[VisitFacts]:
    """Two queries for any number of visits."""
    found = list(rows)
    moments: dict[UUID, dict[str, datetime]] = {row.id: {} for row in found}
    latest: dict[UUID, str] = {}
    for span in Span.objects.filter(visit_id__in=[row.id for row in found]).order_by("id"):
        moments[span.visit_id][span.stage] = span.at
        latest[span.visit_id] = span.stage
    return [
        VisitFacts(
            id=row.id,
            person_id=row.person_id,
            place_id=row.place_id,
            session_id=row.session_id,
            activity=row.activity,
            stage=Stage(latest[row.id]),
            arrived_at=min(moments[row.id].values()),
            started_at=moments[row.id].get(Stage.STARTED),
            ended_at=moments[row.id].get(Stage.ENDED),
        )
        for row in found
    ]
