"""A day beside the provider's list, and what is to be settled. At one's own places, or everywhere for the treasury."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from pumasi.services.pos.models import ENDS, Sale, SaleStep, State, WonBack

ByReference = dict[str, tuple[int, UUID]]


class Found(StrEnum):
    MATCHED = "MATCHED"
    MISSING_HERE = "MISSING_HERE"
    MISSING_THERE = "MISSING_THERE"
    DIFFERS = "DIFFERS"


@dataclass(frozen=True)
class Compared:
    """One movement: the won here and there (below zero: given back), None where it is missing."""

    reference: str
    found: Found
    here: int | None
    there: int | None


@dataclass(frozen=True)
class Unsettled:
    """A sale that has not ended."""

    id: UUID
    place_id: UUID
    state: str
    coins: int
    won: int
    at: datetime


def compared(day: date, listed: Iterable[tuple[str, int]], places: Sequence[UUID] | None) -> list[Compared]:
    """Our captures and refunds of a day beside the provider's, differences first.

    places: only movements at these (and then none that is missing here, whose place nobody knows); None: all.
    """
    ours, theirs = _ours(day), dict(listed)
    answers = []
    for each in sorted(ours.keys() | theirs.keys()):
        if places is not None and (each not in ours or ours[each][1] not in places):
            continue
        here, there = ours[each][0] if each in ours else None, theirs.get(each)
        answers.append(Compared(each, _found(here, there), here, there))
    return sorted(answers, key=lambda each: each.found is Found.MATCHED)


def unsettled(places: Sequence[UUID] | None) -> list[Unsettled]:
    """Sales that wait for the pass, oldest first, at most 100."""
    rows = Sale.objects.exclude(id__in=SaleStep.objects.filter(state__in=ENDS).values("sale_id"))
    if places is not None:
        rows = rows.filter(place_id__in=places)
    return [
        Unsettled(
            row.id,
            row.place_id,
            SaleStep.objects.filter(sale=row).order_by("-id").values_list("state", flat=True)[0],
            row.coins,
            row.won,
            row.at,
        )
        for row in rows.order_by("at", "id")[:100]
    ]


def _found(here: int | None, there: int | None) -> Found:
    if here is None:
        return Found.MISSING_HERE
    if there is None:
        return Found.MISSING_THERE
    return Found.MATCHED if here == there else Found.DIFFERS


def _ours(day: date) -> ByReference:
    taken = SaleStep.objects.filter(state=State.DONE, day=day).select_related("sale")
    back = WonBack.objects.filter(day=day).select_related("sale")
    return {
        **{row.reference: (row.sale.won, row.sale.place_id) for row in taken},
        **{row.reference: (-row.won, row.sale.place_id) for row in back},
    }
