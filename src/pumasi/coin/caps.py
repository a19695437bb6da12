"""Caps of the tariff, counted and checked under lock in the award's own transaction (decisions 6).

Each cap has one counter row per person, place or pair and period; counters are locked in key order, so that two awards
never wait for each other in a circle. Not here: which caps exist (the tariff file).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from pumasi.coin.errors import (
    CapReached,
    DailyLimitReached,
    MonthlyLimitReached,
    PairLimitReached,
    PlaceFull,
    PlaceLimitReached,
)
from pumasi.coin.models import CapCounter
from pumasi.coin.tariff import Cap, CapScope, Tariff
from pumasi.kernel.amount import Amount
from pumasi.kernel.clock import month_end

WARN_PERCENT = 80

_REFUSALS: Mapping[CapScope, type[CapReached]] = {
    CapScope.PERSON_DAY: DailyLimitReached,
    CapScope.PERSON_MONTH: MonthlyLimitReached,
    CapScope.PLACE_DAY: PlaceLimitReached,
    CapScope.PAIR_DAY: PairLimitReached,
}


@dataclass(frozen=True)
class Use:
    """`amount` that one person earns by a deed of kind `kind` at a place on a day."""

    person_id: UUID
    place_id: UUID
    kind: str
    day: date
    amount: Amount


@dataclass(frozen=True)
class CapUse:
    """How far one cap is used: for the warning at 80 % and for "N left until ...". Amounts are of the tariff's unit."""

    scope: CapScope
    kind: str
    limit: Amount
    used: Amount
    until: date

    @property
    def left(self) -> Amount:
        return self.limit - self.used

    @property
    def is_warning(self) -> bool:
        return self.used.minor * 100 >= self.limit.minor * WARN_PERCENT


def count(tariff: Tariff, uses: Sequence[Use]) -> list[CapUse]:
    """Count these uses against every cap that holds; returns the caps that are now at 80 % or more.

    Raises the CapReached of the first cap (in file order) that has not enough left, with what is left and until when;
    the caller's transaction then undoes all counting.
    """
    entries = [(_key(cap, use), cap, use) for use in uses for cap in tariff.caps_for(use.kind, use.day)]
    counters = _locked({key for key, _, _ in entries})
    touched: dict[str, CapUse] = {}
    for key, cap, use in entries:
        limit, used = Amount.whole(cap.coins, tariff.unit), Amount(tariff.unit, counters[key].used)
        until = period_end(cap.scope, use.day)
        if used + use.amount > limit:
            raise _REFUSALS[cap.scope](
                limit=limit.text(), left=(limit - used).text(), until=until.isoformat(), days=tariff.appeal_days
            )
        counters[key].used = (used + use.amount).minor
        touched[key] = CapUse(cap.scope, cap.kind, limit, used + use.amount, until)
    CapCounter.objects.bulk_update(counters.values(), ["used"])
    return [use for use in touched.values() if use.is_warning]


def count_deed(place_id: UUID, day: date, limit: int) -> None:
    """Count one deed against the number that a place confirms per day (civic.places); raises PlaceFull."""
    key = f"PLACE_DEEDS|{place_id.hex}|{day.isoformat()}"
    counter = _locked({key})[key]
    if counter.used >= limit:
        raise PlaceFull(day=day.isoformat(), limit=limit)
    counter.used += 1
    counter.save(update_fields=["used"])


def standing(tariff: Tariff, use: Use) -> list[CapUse]:
    """How every cap stands before this use, in file order; reads only, for "N coins left today"."""
    caps = tariff.caps_for(use.kind, use.day)
    rows = CapCounter.objects.in_bulk([_key(cap, use) for cap in caps])
    return [
        CapUse(
            cap.scope,
            cap.kind,
            Amount.whole(cap.coins, tariff.unit),
            Amount(tariff.unit, rows[key].used if (key := _key(cap, use)) in rows else 0),
            period_end(cap.scope, use.day),
        )
        for cap in caps
    ]


def period_end(scope: CapScope, day: date) -> date:
    """The last day (Seoul) on which a use of `day` counts against a cap of this scope."""
    return month_end(day) if scope is CapScope.PERSON_MONTH else day


def _locked(keys: set[str]) -> dict[str, CapCounter]:
    ordered = sorted(keys)
    CapCounter.objects.bulk_create([CapCounter(key=key) for key in ordered], ignore_conflicts=True)
    rows = CapCounter.objects.select_for_update().filter(key__in=ordered).order_by("key")
    return {row.key: row for row in rows}


def _key(cap: Cap, use: Use) -> str:
    whom = {
        CapScope.PERSON_DAY: use.person_id.hex,
        CapScope.PERSON_MONTH: use.person_id.hex,
        CapScope.PLACE_DAY: use.place_id.hex,
        CapScope.PAIR_DAY: f"{use.person_id.hex}@{use.place_id.hex}",
    }[cap.scope]
    period = f"{use.day:%Y-%m}" if cap.scope is CapScope.PERSON_MONTH else use.day.isoformat()
    return f"{cap.scope.value}|{cap.kind}|{whom}|{period}"
