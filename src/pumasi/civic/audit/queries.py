"""What a person may know about looks at their data."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Max

from pumasi.civic.audit.models import AuditRow, Kind


@dataclass(frozen=True, slots=True)
class LookSeen:
    """One look at a person's data: who by role (never by name), when, through what, at what and why."""

    id: UUID
    at: datetime
    by_role: str
    channel: str
    action: str
    purpose: str


def looks_at(person_id: UUID, *, before: UUID | None = None, limit: int = 50) -> list[LookSeen]:
    """The person's own log, newest first; `before` is the id of the last row of the page before."""
    rows = AuditRow.objects.filter(whom=person_id, kind=Kind.LOOK).order_by("-id")
    if before is not None:
        rows = rows.filter(id__lt=before)
    return [LookSeen(row.id, row.at, row.actor_role, row.channel, row.action, row.purpose) for row in rows[:limit]]


def last_seen(people: Iterable[UUID], before: datetime) -> dict[UUID, datetime]:
    """Person -> when they last did something or looked at somebody's data before a moment; one query."""
    rows = AuditRow.objects.filter(actor__in=set(people), at__lt=before).order_by("actor").values_list("actor")
    return {actor: last for actor, last in rows.annotate(last=Max("at")) if actor is not None}


def last_done(person_id: UUID, actions: Iterable[str], until: datetime) -> dict[str, datetime]:
    """Action -> when the person last did it, for those of `actions` that they have done; one query."""
    rows = AuditRow.objects.filter(actor=person_id, at__lte=until, action__in=set(actions)).order_by("action")
    return dict(rows.values_list("action").annotate(last=Max("at")))
