"""Requests to see the names behind a payment, and where they stand."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from pumasi.coin.settlement.paper import receipt_number
from pumasi.services.yearend.models import NameAsk, NameGrant

SHOWN = 50


@dataclass(frozen=True)
class AskLine:
    """One request. `until` None: nobody has agreed yet; `may_agree`, `may_look` are the viewer's."""

    id: UUID
    transfer: int
    number: str
    order_number: str
    reason: str
    at: datetime
    until: datetime | None
    is_over: bool
    may_agree: bool
    may_look: bool


def ask_lines(viewer: UUID, *, agrees: bool, looks: bool, at: datetime) -> list[AskLine]:
    """The newest requests; two queries."""
    rows = list(NameAsk.objects.select_related("payment").order_by("-at")[:SHOWN])
    until = dict(NameGrant.objects.filter(asked__in=rows).values_list("asked_id", "until"))
    return [
        AskLine(
            id=row.id,
            transfer=row.payment.transfer,
            number=receipt_number(row.payment.day.isoformat(), row.payment.transfer),
            order_number=row.order_number,
            reason=row.reason,
            at=row.at,
            until=until.get(row.id),
            is_over=row.id in until and until[row.id] < at,
            may_agree=agrees and row.id not in until and row.asked_by_id != viewer,
            may_look=looks and row.asked_by_id == viewer and row.id in until and until[row.id] >= at,
        )
        for row in rows
    ]


def open_asks() -> QuerySet[NameAsk]:
    """Requests that nobody has agreed to."""
    return NameAsk.objects.exclude(id__in=NameGrant.objects.values("asked_id"))


def granted(ask_id: UUID) -> NameGrant | None:
    """The agreement to a request, or None."""
    return NameGrant.objects.filter(asked=ask_id).select_related("asked__payment").first()
