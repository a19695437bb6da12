"""What accepted deeds of a span would have earned under a drafted change: a replay in memory, nothing is written.

Exact: prices of the kinds that the change touches, full batches, and every cap, counted in the order of acceptance from
the first of the month on. Not simulated, as the page says: deeds never claimed or refused, kinds that did not exist,
shops' shares that had fallen away, daily limits of places, and how people would have behaved.
"""

from collections import ChainMap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from pumasi.coin.caps import Use, settle
from pumasi.coin.errors import CapReached, CoinRefusal
from pumasi.coin.tariff import Part, Tariff, on_day
from pumasi.kernel.amount import Amount


@dataclass(frozen=True, slots=True)
class PastShare:
    """One share as it was paid, in minor units."""

    person: UUID
    part: Part
    coins: int


@dataclass(frozen=True, slots=True)
class PastDeed:
    """One accepted deed."""

    kind: str
    quantity: int
    day: date
    place: UUID
    shares: tuple[PastShare, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """One deed: what it earned and what it would have earned, in minor units; `is_capped` when a cap refuses it."""

    deed: PastDeed
    actual: int
    simulated: int
    is_capped: bool


def replay(before: Tariff, after: Tariff, on: date, deeds: Iterable[PastDeed]) -> list[Outcome]:
    """The outcomes in order. `after` is the tariff with the change, `on` its first day.

    A kind whose row differs on that day earns by the new row; caps that differ hold as they will on that day.
    """
    touched = {code for code in after.kinds if _row(before, code, on) != _row(after, code, on)}
    capped_by = _standing(after, on) if _caps(before, on) != _caps(after, on) else after
    used: dict[str, int] = {}
    found = []
    for deed in deeds:
        actual = sum(share.coins for share in deed.shares)
        day = on if deed.kind in touched else deed.day
        uses = _uses(after, deed, day)
        tried: ChainMap[str, int] = ChainMap({}, used)
        try:
            kept = settle(capped_by, uses, tried).kept
        except CapReached:
            found.append(Outcome(deed, actual, 0, is_capped=True))
            continue
        used.update(tried.maps[0])
        found.append(Outcome(deed, actual, sum(use.amount.minor for use in kept), is_capped=False))
    return found


def _uses(tariff: Tariff, deed: PastDeed, day: date) -> Sequence[Use]:
    """What the deed asks of the caps at the price of `day`; nothing when the kind earns nothing then."""
    try:
        priced = tariff.price(deed.kind, day, deed.quantity)
    except CoinRefusal:
        return ()
    return [
        Use(share.person, deed.place, deed.kind, deed.day, amount, share.part)
        for share in deed.shares
        if (amount := _of(share, priced.amount, priced.shop))
    ]


def _of(share: PastShare, resident: Amount, shop: Amount) -> Amount:
    return shop if share.part is Part.SHOP else resident


def _row(tariff: Tariff, code: str, day: date) -> tuple[int, int] | None:
    kind = tariff.kinds.get(code)
    row = on_day(kind.rows, day) if kind else None
    return (row.coins, row.shop_coins) if row else None


def _caps(tariff: Tariff, day: date) -> set[tuple[str, str, int]]:
    return {(cap.scope, cap.kind, cap.coins) for cap in tariff.caps if on_day((cap,), day)}


def _standing(tariff: Tariff, day: date) -> Tariff:
    """The tariff with the caps of `day`, as if they had always held."""
    caps = tuple(replace(cap, starts=date.min, until=None) for cap in tariff.caps if on_day((cap,), day))
    return replace(tariff, caps=caps)
