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
    CoinRefusal,
    DailyLimitReached,
    MonthlyLimitReached,
    PairLimitReached,
    PlaceFull,
    PlaceLimitReached,
)
from pumasi.coin.models import CapCounter
from pumasi.coin.tariff import Cap, CapScope, Part, Tariff
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
    """`amount` that one person earns, as `part`, by a deed of kind `kind` at a place on a day."""

    person_id: UUID
    place_id: UUID
    kind: str
    day: date
    amount: Amount
    part: Part = Part.RESIDENT


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


@dataclass(frozen=True)
class Counted:
    """`kept` are the uses that may be paid; `warnings` the caps that are now at 80 % or more."""

    kept: tuple[Use, ...]
    warnings: tuple[CapUse, ...]


def count(tariff: Tariff, uses: Sequence[Use]) -> Counted:
    """Count these uses against every cap that holds.

    A shop's share falls away when the shop's pool of the day is used up. Every other cap that has not enough left
    raises its CapReached (the first in file order) with what is left and until when; the caller's transaction then
    undoes the counting.
    """
    counters = _locked({_key(cap, use) for use in uses for cap in tariff.caps_for(use.kind, use.day, use.part)})
    kept: list[Use] = []
    touched: dict[str, CapUse] = {}
    for use in uses:
        standings = {
            _key(cap, use): _cap_use(tariff, cap, use, counters[_key(cap, use)].used + use.amount.minor)
            for cap in tariff.caps_for(use.kind, use.day, use.part)
        }
        if any(after.scope is CapScope.SHOP_DAY and after.used > after.limit for after in standings.values()):
            continue
        for after in standings.values():
            if after.used > after.limit:
                raise _refusal(tariff, after, use)
        for key, after in standings.items():
            counters[key].used = after.used.minor
        touched |= standings
        kept.append(use)
    CapCounter.objects.bulk_update(counters.values(), ["used"])
    return Counted(tuple(kept), tuple(after for after in touched.values() if after.is_warning))


def count_deed(place_id: UUID, day: date, limit: int) -> None:
    """Count one deed against the number that a place confirms per day (civic.places); raises PlaceFull."""
    key = _deeds_key(place_id, day)
    counter = _locked({key})[key]
    if counter.used >= limit:
        raise PlaceFull(day=day.isoformat(), limit=limit)
    counter.used += 1
    counter.save(update_fields=["used"])


def count_each(tariff: Tariff, uses: Sequence[Use], daily_limit: int | None) -> list[CoinRefusal | None]:
    """Count residents' uses at one place in order, each for itself: what does not fit is refused alone, counts nothing.

    daily_limit: how many deeds the place confirms per day; None = no limit.
    """
    counters = _locked({key for use in uses for key in _keys(tariff, use, daily_limit)})
    used = {key: counter.used for key, counter in counters.items()}
    verdicts = _weighed(tariff, uses, used, daily_limit)
    changed = [counter for key, counter in counters.items() if counter.used != used[key]]
    for counter in changed:
        counter.used = used[counter.key]
    CapCounter.objects.bulk_update(changed, ["used"], batch_size=200)
    return verdicts


def foresee_each(tariff: Tariff, uses: Sequence[Use], daily_limit: int | None) -> list[CoinRefusal | None]:
    """What `count_each` would answer now; reads only."""
    keys = {key for use in uses for key in _keys(tariff, use, daily_limit)}
    rows = CapCounter.objects.in_bulk(sorted(keys))
    used = {key: rows[key].used if key in rows else 0 for key in keys}
    return _weighed(tariff, uses, used, daily_limit)


def standing(tariff: Tariff, use: Use) -> list[CapUse]:
    """How every cap stands before this use, in file order; reads only, for "N coins left today"."""
    caps = tariff.caps_for(use.kind, use.day, use.part)
    rows = CapCounter.objects.in_bulk([_key(cap, use) for cap in caps])
    used = {key: row.used for key, row in rows.items()}
    return [_cap_use(tariff, cap, use, used.get(_key(cap, use), 0)) for cap in caps]


def period_end(scope: CapScope, day: date) -> date:
    """The last day (Seoul) on which a use of `day` counts against a cap of this scope."""
    return month_end(day) if scope is CapScope.PERSON_MONTH else day


def _weighed(
    tariff: Tariff, uses: Sequence[Use], used: dict[str, int], daily_limit: int | None
) -> list[CoinRefusal | None]:
    """A refusal or None for each use; `used` grows by what fits."""
    verdicts: list[CoinRefusal | None] = []
    for use in uses:
        after = [
            _cap_use(tariff, cap, use, used[_key(cap, use)] + use.amount.minor)
            for cap in tariff.caps_for(use.kind, use.day, use.part)
        ]
        over = next((each for each in after if each.used > each.limit), None)
        deeds = _deeds_key(use.place_id, use.day)
        if over is not None:
            verdicts.append(_refusal(tariff, over, use))
        elif daily_limit is not None and used[deeds] >= daily_limit:
            verdicts.append(PlaceFull(day=use.day.isoformat(), limit=daily_limit))
        else:
            verdicts.append(None)
            for key in _keys(tariff, use, daily_limit):
                used[key] += 1 if key == deeds else use.amount.minor
    return verdicts


def _keys(tariff: Tariff, use: Use, daily_limit: int | None) -> list[str]:
    keys = [_key(cap, use) for cap in tariff.caps_for(use.kind, use.day, use.part)]
    return keys if daily_limit is None else [*keys, _deeds_key(use.place_id, use.day)]


def _deeds_key(place_id: UUID, day: date) -> str:
    return f"PLACE_DEEDS|{place_id.hex}|{day.isoformat()}"


def _cap_use(tariff: Tariff, cap: Cap, use: Use, used: int) -> CapUse:
    limit = Amount.whole(cap.coins, tariff.unit)
    return CapUse(cap.scope, cap.kind, limit, Amount(tariff.unit, used), period_end(cap.scope, use.day))


def _refusal(tariff: Tariff, after: CapUse, use: Use) -> CapReached:
    left = after.left + use.amount
    return _REFUSALS[after.scope](
        limit=after.limit.text(), left=left.text(), until=after.until.isoformat(), days=tariff.appeal_days
    )


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
        CapScope.SHOP_DAY: use.place_id.hex,
        CapScope.PAIR_DAY: f"{use.person_id.hex}@{use.place_id.hex}",
    }[cap.scope]
    period = f"{use.day:%Y-%m}" if cap.scope is CapScope.PERSON_MONTH else use.day.isoformat()
    return f"{cap.scope.value}|{cap.kind}|{whom}|{period}"
