"""Caps of the tariff, counted and checked under lock in the award's own transaction (decisions 6).

Each cap has one counter row per person, place or pair and period; counters are locked in key order, so that two awards
never wait for each other in a circle. Not here: which caps exist (the tariff file).
"""

from collections.abc import Iterable, Mapping, MutableMapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from pumasi.coin.errors import (
    CapReached,
    CoinRefusal,
    DailyLimitReached,
    LevelMonthReached,
    MonthlyLimitReached,
    PairLimitReached,
    PlaceFull,
    PlaceLimitReached,
    PlaceTakesNoMore,
)
from pumasi.coin.models import CapCounter
from pumasi.coin.tariff import Cap, CapScope, Part, Tariff, on_day
from pumasi.kernel.amount import Amount
from pumasi.kernel.clock import month_end

WARN_PERCENT = 80
_MONTHLY = (CapScope.PERSON_MONTH, CapScope.L0_MONTH)

_REFUSALS: Mapping[CapScope, type[CapReached]] = {
    CapScope.PERSON_DAY: DailyLimitReached,
    CapScope.PERSON_MONTH: MonthlyLimitReached,
    CapScope.PLACE_DAY: PlaceLimitReached,
    CapScope.PAIR_DAY: PairLimitReached,
    CapScope.L0_MONTH: LevelMonthReached,
}


@dataclass(frozen=True)
class Use:
    """`amount` that one person earns, as `part`, by a deed of kind `kind` (`pieces` of it) at a place on a day.

    is_l0: nobody has checked this person's identity yet (`civic.people`), so that the caps of that level hold too.
    """

    person_id: UUID
    place_id: UUID
    kind: str
    day: date
    amount: Amount
    part: Part = Part.RESIDENT
    pieces: int = 0
    is_l0: bool = False


@dataclass(frozen=True)
class PlaceLimits:
    """What a place itself takes per day (civic.places): deeds, and pieces by kind. None, no entry: no limit."""

    deeds: int | None
    pieces: Mapping[str, int]


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
    counters = _locked({_key(cap, use) for use in uses for cap in _caps(tariff, use)})
    used = {key: counter.used for key, counter in counters.items()}
    counted = settle(tariff, uses, used)
    for key, counter in counters.items():
        counter.used = used[key]
    _keep(counters.values())
    return counted


def settle(tariff: Tariff, uses: Sequence[Use], used: MutableMapping[str, int]) -> Counted:
    """The rule of `count` without a database: `used` says how far each cap is used (minor units), and is kept up.

    Raises as `count`; `used` may then hold some of these uses.
    """
    whole = tariff.unit.minor_per_whole
    kept: list[Use] = []
    near: dict[str, CapUse] = {}
    for use in uses:
        caps = [(_key(cap, use), cap) for cap in _caps(tariff, use)]
        after = {key: used.get(key, 0) + use.amount.minor for key, _ in caps}
        over = [(key, cap) for key, cap in caps if after[key] > cap.coins * whole]
        if any(cap.scope is CapScope.SHOP_DAY for _, cap in over):
            continue
        if over:
            key, cap = over[0]
            raise _refusal(tariff, _cap_use(tariff, cap, use, after[key]), use)
        used.update(after)
        near |= {
            key: _cap_use(tariff, cap, use, after[key])
            for key, cap in caps
            if after[key] * 100 >= cap.coins * whole * WARN_PERCENT
        }
        kept.append(use)
    return Counted(tuple(kept), tuple(near.values()))


def count_deed(place_id: UUID, day: date, limit: int) -> None:
    """Count one deed against the number that a place confirms per day (civic.places); raises PlaceFull."""
    key = _deeds_key(place_id, day)
    counter = _locked({key})[key]
    if counter.used >= limit:
        raise PlaceFull(day=day.isoformat(), limit=limit)
    counter.used += 1
    counter.save(update_fields=["used"])


def count_items(use: Use, limit: int) -> None:
    """Count pieces against the number that a place takes per day and kind (civic.places); raises PlaceTakesNoMore."""
    key = _items_key(use.place_id, use.kind, use.day)
    counter = _locked({key})[key]
    if counter.used + use.pieces > limit:
        raise PlaceTakesNoMore(day=use.day.isoformat(), limit=limit, left=limit - counter.used)
    counter.used += use.pieces
    counter.save(update_fields=["used"])


def taken_today(place_id: UUID, kinds: Sequence[str], day: date) -> tuple[int, Mapping[str, int]]:
    """How many deeds, and pieces by kind, were counted against the place's own limits of that day; reads only."""
    deeds, keys = _deeds_key(place_id, day), {kind: _items_key(place_id, kind, day) for kind in kinds}
    rows = CapCounter.objects.in_bulk([deeds, *keys.values()])
    used = {key: row.used for key, row in rows.items()}
    return used.get(deeds, 0), {kind: used.get(key, 0) for kind, key in keys.items()}


def taken_of(pairs: Iterable[tuple[UUID, str]], day: date) -> Mapping[tuple[UUID, str], int]:
    """Pieces of kinds that were counted against places' limits of pieces on a day, by (place, kind); reads only."""
    keys = {_items_key(place, kind, day): (place, kind) for place, kind in pairs}
    rows = CapCounter.objects.in_bulk(list(keys)) if keys else {}
    return {keys[key]: row.used for key, row in rows.items()}


def count_each(tariff: Tariff, uses: Sequence[Use], limits: PlaceLimits) -> list[CoinRefusal | None]:
    """Count residents' uses at one place in order: what does not fit is refused alone and counts nothing."""
    counters = _locked({key for use in uses for key in _steps(tariff, use, limits)})
    used = {key: counter.used for key, counter in counters.items()}
    verdicts = _weighed(tariff, uses, used, limits)
    changed = [counter for key, counter in counters.items() if counter.used != used[key]]
    for counter in changed:
        counter.used = used[counter.key]
    _keep(changed)
    return verdicts


def foresee_each(tariff: Tariff, uses: Sequence[Use], limits: PlaceLimits) -> list[CoinRefusal | None]:
    """What `count_each` would answer now; reads only."""
    keys = {key for use in uses for key in _steps(tariff, use, limits)}
    rows = CapCounter.objects.in_bulk(sorted(keys))
    used = {key: rows[key].used if key in rows else 0 for key in keys}
    return _weighed(tariff, uses, used, limits)


def standing(tariff: Tariff, use: Use) -> list[CapUse]:
    """How every cap stands before this use, in file order; reads only, for "N coins left today"."""
    caps = _caps(tariff, use)
    rows = CapCounter.objects.in_bulk([_key(cap, use) for cap in caps])
    used = {key: row.used for key, row in rows.items()}
    return [_cap_use(tariff, cap, use, used.get(_key(cap, use), 0)) for cap in caps]


def nearly_used(tariff: Tariff, person_id: UUID, day: date) -> list[CapUse]:
    """The caps over one person alone that are used to 80 % or more on `day`, in file order; reads only, one query."""
    use = Use(person_id, person_id, "*", day, Amount(tariff.unit, 0))
    personal = (CapScope.PERSON_DAY, CapScope.PERSON_MONTH, CapScope.L0_MONTH)
    caps = {_key(cap, use): cap for cap in tariff.caps if cap.scope in personal and on_day((cap,), day)}
    rows = CapCounter.objects.filter(key__in=caps)
    used = {row.key: _cap_use(tariff, caps[row.key], use, row.used) for row in rows}
    return [used[key] for key in caps if key in used and used[key].is_warning]


def period_end(scope: CapScope, day: date) -> date:
    """The last day (Seoul) on which a use of `day` counts against a cap of this scope."""
    return month_end(day) if scope in _MONTHLY else day


def _weighed(
    tariff: Tariff, uses: Sequence[Use], used: dict[str, int], limits: PlaceLimits
) -> list[CoinRefusal | None]:
    """A refusal or None for each use; `used` grows by what fits."""
    verdicts: list[CoinRefusal | None] = []
    for use in uses:
        verdict = _verdict(tariff, use, used, limits)
        verdicts.append(verdict)
        if verdict is None:
            for key, step in _steps(tariff, use, limits).items():
                used[key] += step
    return verdicts


def _verdict(tariff: Tariff, use: Use, used: Mapping[str, int], limits: PlaceLimits) -> CoinRefusal | None:
    """The caps first, then the limits of the place, as in `award`."""
    for cap in _caps(tariff, use):
        after = _cap_use(tariff, cap, use, used[_key(cap, use)] + use.amount.minor)
        if after.used > after.limit:
            return _refusal(tariff, after, use)
    day, pieces = use.day.isoformat(), limits.pieces.get(use.kind)
    if limits.deeds is not None and used[_deeds_key(use.place_id, use.day)] >= limits.deeds:
        return PlaceFull(day=day, limit=limits.deeds)
    if pieces is not None:
        left = pieces - used[_items_key(use.place_id, use.kind, use.day)]
        if use.pieces > left:
            return PlaceTakesNoMore(day=day, limit=pieces, left=left)
    return None


def _steps(tariff: Tariff, use: Use, limits: PlaceLimits) -> dict[str, int]:
    """By how much this use moves each counter that it touches."""
    steps = {_key(cap, use): use.amount.minor for cap in _caps(tariff, use)}
    if limits.deeds is not None:
        steps[_deeds_key(use.place_id, use.day)] = 1
    if use.kind in limits.pieces:
        steps[_items_key(use.place_id, use.kind, use.day)] = use.pieces
    return steps


def _deeds_key(place_id: UUID, day: date) -> str:
    return f"PLACE_DEEDS|{place_id.hex}|{day.isoformat()}"


def _items_key(place_id: UUID, kind: str, day: date) -> str:
    return f"PLACE_ITEMS|{kind}|{place_id.hex}|{day.isoformat()}"


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


def _keep(counters: Iterable[CapCounter]) -> None:
    """Write how far these counters are used. They are there and locked: each row meets its own and updates it."""
    CapCounter.objects.bulk_create(counters, update_conflicts=True, unique_fields=["key"], update_fields=["used"])


def _caps(tariff: Tariff, use: Use) -> tuple[Cap, ...]:
    return tariff.caps_for(use.kind, use.day, use.part, is_l0=use.is_l0)


def _key(cap: Cap, use: Use) -> str:
    whom = {
        CapScope.PERSON_DAY: use.person_id.hex,
        CapScope.PERSON_MONTH: use.person_id.hex,
        CapScope.L0_MONTH: use.person_id.hex,
        CapScope.PLACE_DAY: use.place_id.hex,
        CapScope.SHOP_DAY: use.place_id.hex,
        CapScope.PAIR_DAY: f"{use.person_id.hex}@{use.place_id.hex}",
    }[cap.scope]
    period = f"{use.day:%Y-%m}" if cap.scope in _MONTHLY else use.day.isoformat()
    return f"{cap.scope.value}|{cap.kind}|{whom}|{period}"
