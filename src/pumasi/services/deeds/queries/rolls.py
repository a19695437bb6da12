"""Sessions and their rolls for the pages: by number, never by name."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count
from django.utils.translation import gettext as _

from pumasi.civic.places.queries import names_of
from pumasi.civic.shell.language import page_language
from pumasi.civic.visits.errors import SessionUnknown
from pumasi.civic.visits.models import Stage
from pumasi.civic.visits.queries import SessionFacts, leaders_of, session, sessions_at, sessions_led_by, visits_of
from pumasi.kernel.ids import derived_id
from pumasi.services.deeds.models import RollApproval, State
from pumasi.services.deeds.queries.claims import latest_steps
from pumasi.services.deeds.queries.kinds import printed_name
from pumasi.services.deeds.queries.visits import minutes_text

KEPT = timedelta(days=31)


@dataclass(frozen=True)
class RollLine:
    """One session in a list."""

    id: UUID
    title: str
    place: str
    starts_at: datetime
    is_closed: bool


@dataclass(frozen=True)
class OnRoll:
    """One of those on the roll: a number, since when, and how long in the end."""

    number: int
    visit_id: UUID
    since: datetime
    said: str


@dataclass(frozen=True)
class RollPage:
    """A session for somebody who may see it. `paid`, `to_ask`, `waiting` count once it has been approved."""

    id: UUID
    title: str
    what: str
    place: str
    starts_at: datetime
    ends_at: datetime
    count: int
    leaders: int
    last: tuple[OnRoll, ...]
    everybody: tuple[OnRoll, ...]
    is_closed: bool
    is_leader: bool
    may_approve: bool
    is_approved: bool
    paid: int
    waiting: int
    to_ask: int


def rolls_for(person_id: UUID, places: Sequence[UUID], at: datetime) -> list[RollLine]:
    """The sessions of the last month that this person leads or that are at these places, the latest first."""
    found = {each.id: each for each in (*sessions_led_by(person_id, at - KEPT), *sessions_at(places, at - KEPT))}
    names = names_of({each.place_id for each in found.values()}, page_language())
    rows = sorted(found.values(), key=lambda each: each.starts_at, reverse=True)
    return [RollLine(r.id, r.title, names[r.place_id], r.starts_at, r.closed_at is not None) for r in rows]


def roll_page(session_id: UUID, person_id: UUID, places: Sequence[UUID], *, all_places: bool) -> RollPage | None:
    """A session, for its leaders and the staff of its place; None for everybody else."""
    try:
        held = session(session_id)
    except SessionUnknown:
        return None
    leaders = leaders_of(session_id)
    at_place = held.place_id in places or all_places
    if person_id not in leaders and not at_place:
        return None
    visits = visits_of(session_id)
    everybody = tuple(
        OnRoll(number, each.id, each.arrived_at, _said(each.stage, each.minutes))
        for number, each in enumerate(visits, start=1)
    )
    approval = RollApproval.objects.filter(session_id=session_id).exclude(finished_at=None).exists()
    counts = _counts([each.id for each in visits]) if approval else {}
    hands = {*leaders, *(each.person_id for each in visits)}
    page = _page(held, everybody, counts, is_approved=approval)
    return replace(
        page,
        leaders=len(leaders),
        is_leader=person_id in leaders,
        may_approve=at_place and person_id not in hands and page.is_closed and not approval,
    )


def _page(held: SessionFacts, everybody: tuple[OnRoll, ...], counts: dict[str, int], *, is_approved: bool) -> RollPage:
    """The page as nobody in particular sees it."""
    paid, waiting = counts.get(State.ISSUED, 0), counts.get(State.WAITLISTED, 0)
    return RollPage(
        id=held.id,
        title=held.title,
        what=printed_name(held.activity),
        place=names_of([held.place_id], page_language())[held.place_id],
        starts_at=held.starts_at,
        ends_at=held.ends_at,
        count=len(everybody),
        leaders=0,
        last=tuple(reversed(everybody[-5:])),
        everybody=everybody,
        is_closed=held.closed_at is not None,
        is_leader=False,
        may_approve=False,
        is_approved=is_approved,
        paid=paid,
        waiting=waiting,
        to_ask=sum(counts.values()) - paid - waiting,
    )


def _counts(visits: Sequence[UUID]) -> dict[str, int]:
    claims = [derived_id("deeds.visit", each.hex) for each in visits]
    rows = latest_steps().filter(claim__in=claims).values_list("state").annotate(count=Count("id"))
    return dict(rows)


def _said(stage: Stage, minutes: int) -> str:
    if stage is Stage.ENDED:
        return minutes_text(minutes)
    return _("called by mistake") if stage is Stage.CANCELLED else _("here")
