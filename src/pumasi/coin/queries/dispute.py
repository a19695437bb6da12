"""Disputes as payer, shop and officer may see them: all steps, the same for each side, and never who paid."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet

from pumasi.coin.district import district_tariff
from pumasi.coin.models import DISPUTE_ENDS, Dispute, DisputeSide, DisputeState, DisputeStep
from pumasi.coin.parties import venue
from pumasi.kernel.amount import Amount

PAGE = 50


@dataclass(frozen=True)
class DisputeLine:
    """One step. `by_node` is true for a return because the shop was silent."""

    state: str
    at: datetime
    why: str
    by_node: bool


@dataclass(frozen=True)
class DisputeView:
    """A dispute with its steps, oldest first; `answer_by` is the shop's last day."""

    key: UUID
    payment_id: UUID
    place_id: UUID
    place_ko: str
    place_en: str
    paid_at: datetime
    side: str
    reason: str
    coins: Amount
    state: str
    answer_by: date
    steps: tuple[DisputeLine, ...]

    @property
    def is_open(self) -> bool:
        return self.state not in DISPUTE_ENDS

    @property
    def waits_for_shop(self) -> bool:
        return self.state == DisputeState.OPEN and self.side == DisputeSide.PAYER


def dispute_of(payment_id: UUID) -> DisputeView | None:
    """The dispute about a payment, or None."""
    found = _views(Dispute.objects.filter(payment_id=payment_id))
    return found[0] if found else None


def dispute_view(dispute_id: UUID) -> DisputeView | None:
    """One dispute, or None."""
    found = _views(Dispute.objects.filter(key=dispute_id))
    return found[0] if found else None


def disputes_to_answer(places: Sequence[UUID]) -> list[DisputeView]:
    """What waits for an answer of these places, the next last day first."""
    beyond = DisputeStep.objects.exclude(state=DisputeState.OPEN).values("dispute_id")
    return _views(_open().filter(payment__place_id__in=places, side=DisputeSide.PAYER).exclude(key__in=beyond))


def disputes_to_decide() -> list[DisputeView]:
    """What waits for an officer: explained by the shop, or reported by it; the oldest first."""
    explained = DisputeStep.objects.filter(state=DisputeState.EXPLAINED).values("dispute_id")
    by_shop = _open().filter(side=DisputeSide.SHOP)
    return _views(by_shop | _open().filter(key__in=explained))


def _open() -> QuerySet[Dispute]:
    ended = DisputeStep.objects.filter(state__in=DISPUTE_ENDS).values("dispute_id")
    return Dispute.objects.exclude(key__in=ended)


def _views(rows: QuerySet[Dispute]) -> list[DisputeView]:
    found = list(rows.select_related("payment").order_by("answer_by", "key")[:PAGE])
    steps: dict[UUID, list[DisputeStep]] = {each.key: [] for each in found}
    for step in DisputeStep.objects.filter(dispute__in=found).order_by("id"):
        steps[step.dispute_id].append(step)
    return [_view(each, steps[each.key]) for each in found]


def _view(row: Dispute, steps: Sequence[DisputeStep]) -> DisputeView:
    place = venue(row.payment.place_id)
    return DisputeView(
        key=row.key,
        payment_id=row.payment_id,
        place_id=place.place_id,
        place_ko=place.name_ko,
        place_en=place.name_en,
        paid_at=row.payment.at,
        side=row.side,
        reason=row.reason,
        coins=Amount(district_tariff().unit, row.coins),
        state=steps[-1].state,
        answer_by=row.answer_by,
        steps=tuple(DisputeLine(each.state, each.at, each.why, each.by is None) for each in steps),
    )
