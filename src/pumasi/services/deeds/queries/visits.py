"""Visits as the pages of good deeds show them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from pumasi.civic.visits.queries import open_visit
from pumasi.services.deeds.queries.kinds import printed_name


@dataclass(frozen=True)
class OpenHere:
    """A visit that is being measured: what, since when, how long so far."""

    what: str
    since: datetime
    so_far: str


def open_here(person_id: UUID, place_id: UUID, at: datetime) -> OpenHere | None:
    """The visit of a person at this place that is not over, or None."""
    found = open_visit(person_id, at)
    if found is None or found.place_id != place_id or found.session_id is not None or found.started_at is None:
        return None
    minutes = int((at - found.started_at).total_seconds() // 60)
    return OpenHere(printed_name(found.activity), found.started_at, minutes_text(minutes))


def minutes_text(minutes: int) -> str:
    """Minutes as people say them: 95 -> "1시간 35분"."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return _("%(rest)s minutes") % {"rest": rest}
    return _("%(hours)s h %(rest)s min") % {"hours": hours, "rest": rest}
