"""A person's webhooks and what was sent to them; at which places a person may have one."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from pumasi.civic.hooks.models import Delivery, Endpoint
from pumasi.civic.people.queries import roles_of

# What can be heard, in the order of the form. What each says: docs/webhooks.md.
PAID, UNDONE, REFUNDED, SETTLED = TYPES = (
    "payment.received",
    "payment.undone",
    "payment.refunded",
    "settlement.paid",
)
BOTH_SECRETS = timedelta(hours=24)
SHOWN = 50


@dataclass(frozen=True)
class EndpointLine:
    """A webhook without its secret. `is_failing`: the latest try was not good."""

    id: UUID
    place_id: UUID
    url: str
    events: tuple[str, ...]
    made_at: datetime
    is_live: bool
    is_failing: bool
    end_reason: str


@dataclass(frozen=True)
class DeliveryLine:
    """One message: its last try and, while it waits after one, the next."""

    id: UUID
    type: str
    at: datetime
    state: str
    tries: int
    tried_at: datetime | None
    status: int | None
    problem: str
    due_at: datetime


def places_of(person_id: UUID, on: date) -> list[UUID]:
    """Where the person holds a role on that day, and so may hear what happens."""
    return sorted({each.place_id for each in roles_of(person_id, on) if each.place_id})


def endpoints_of(person_id: UUID) -> list[EndpointLine]:
    """A person's webhooks, newest first, at most 100."""
    return [_line(row) for row in Endpoint.objects.filter(person_id=person_id).order_by("-made_at")[:100]]


def endpoint_of(person_id: UUID, endpoint_id: UUID) -> EndpointLine | None:
    """One webhook of the person; None for anybody else's."""
    row = Endpoint.objects.filter(person_id=person_id, id=endpoint_id).first()
    return _line(row) if row else None


def deliveries_to(endpoint_id: UUID) -> list[DeliveryLine]:
    """The latest messages to a webhook, newest first, at most SHOWN."""
    rows = Delivery.objects.filter(endpoint_id=endpoint_id).select_related("event").order_by("-id")[:SHOWN]
    return [
        DeliveryLine(
            row.id,
            row.event.type,
            row.event.at,
            row.state,
            row.tries,
            row.tried_at,
            row.status,
            row.problem,
            row.due_at,
        )
        for row in rows
    ]


def versions(row: Endpoint, at: datetime) -> list[int]:
    """The secret's versions that sign at that moment, newest first: the earlier one too for a day."""
    is_new = row.renewed_at is not None and at < row.renewed_at + BOTH_SECRETS
    return [row.version, row.version - 1] if is_new else [row.version]


def _line(row: Endpoint) -> EndpointLine:
    return EndpointLine(
        row.id,
        row.place_id,
        row.url,
        tuple(row.events.split()),
        row.made_at,
        row.ended_at is None,
        row.failing_since is not None,
        row.end_reason,
    )
