"""Where a sale stands, and its next step. Each step commits before the next call to the provider."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from pumasi.kernel.clock import seoul_date
from pumasi.kernel.ids import derived_id
from pumasi.services.pos.models import Sale, SaleStep, State
from pumasi.services.pos.operations.plugged import provider
from pumasi.services.pos.operations.provider import Answer, Outcome


def state_of(sale: Sale) -> State:
    """The latest step."""
    return State(SaleStep.objects.filter(sale=sale).order_by("-id").values_list("state", flat=True)[0])


def reference(sale: Sale, state: State) -> str:
    """The provider's number of that step."""
    return SaleStep.objects.get(sale=sale, state=state).reference


def go(
    sale: Sale,
    at: datetime,
    since: State,
    to: State,
    *,
    answer: Answer | None = None,
    reason: str = "",
    also: Callable[[], object] | None = None,
) -> bool:
    """Take one step, with what belongs to it (`also`) in the same transaction; False when somebody else took one."""
    with transaction.atomic():
        Sale.objects.select_for_update().get(id=sale.id)
        if state_of(sale) is not since:
            return False
        if also is not None:
            also()
        SaleStep.objects.create(
            sale=sale,
            state=to,
            reference=answer.reference if answer else "",
            reason=(answer.reason if answer else "") or reason,
            day=seoul_date(at),
            at=at,
        )
    return True


def key_of(sale: Sale, what: str) -> UUID:
    """The key of a call about this sale."""
    return derived_id("pos", what, sale.id.hex)


def sure(first: Answer, key: UUID) -> Answer:
    """An answer that can be built on: what is not approved at once is asked for once more by its key."""
    if first.outcome is Outcome.APPROVED:
        return first
    known = provider().status(key)
    return first if known.outcome is Outcome.NEVER else known
