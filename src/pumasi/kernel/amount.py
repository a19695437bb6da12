"""Amounts of coins, hours, points and won: whole minor units of one unit, and never a float.

Not here: balances, lots and rounding policies of a tariff; they belong to the ledger and the coin.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import total_ordering
from typing import Self

from pumasi.kernel.errors import (
    AmountOutOfRange,
    AmountUnreadable,
    CannotSplit,
    RateNotWhole,
    RateUnknown,
    UnitMismatch,
)

# The largest integer that every language of the log reads exactly (RFC 8785, appendix D).
MAX_MINOR = 2**53 - 1
_DECIMAL = re.compile(r"(-?)([0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.([0-9]+))?", re.ASCII)


class UnitKind(StrEnum):
    COIN = "COIN"
    HOUR = "HOUR"
    POINT = "POINT"
    KRW = "KRW"


@dataclass(frozen=True, slots=True)
class Rate:
    """From `starts` on, one whole unit is worth `won` won."""

    starts: date
    won: int


@dataclass(frozen=True, slots=True)
class Unit:
    """What is counted. `scale` 0 to 4 is the number of decimals; `rates` is the dated won value, oldest first."""

    code: str
    scale: int
    kind: UnitKind
    rates: tuple[Rate, ...] = ()

    def __post_init__(self) -> None:
        if not re.fullmatch(r"[A-Z][A-Z0-9]{0,7}", self.code):
            raise ValueError(f"a unit code is 1 to 8 capital letters and digits, not {self.code!r}")
        if type(self.scale) is not int or not 0 <= self.scale <= 4:
            raise ValueError("a scale is 0 to 4")
        days = [rate.starts for rate in self.rates]
        if days != sorted(set(days)):
            raise ValueError("rates are listed oldest first, one per day")
        if any(type(rate.won) is not int or rate.won < 0 for rate in self.rates):
            raise ValueError("a rate is a whole number of won")

    @property
    def minor_per_whole(self) -> int:
        return int(10**self.scale)

    def won_rate(self, day: date) -> int:
        """Won per whole unit on that day; raises RateUnknown before the first rate."""
        known = [rate.won for rate in self.rates if rate.starts <= day]
        if not known:
            raise RateUnknown(unit=self.code, day=day.isoformat())
        return known[-1]

    def won_per_minor(self, day: date) -> int:
        """Won per minor unit on that day; raises RateNotWhole when that is not a whole number."""
        won = self.won_rate(day)
        if won % self.minor_per_whole:
            raise RateNotWhole(unit=self.code, day=day.isoformat(), won=won)
        return won // self.minor_per_whole


# The won of the currency reform of 1962-06-10 is worth itself.
KRW = Unit("KRW", 0, UnitKind.KRW, (Rate(date(1962, 6, 10), 1),))


@total_ordering
@dataclass(frozen=True, slots=True, eq=True)
class Amount:
    """`minor` minor units of `unit`, |minor| <= 2^53-1. A float or a bool is a TypeError: it is a bug, not an input."""

    unit: Unit
    minor: int

    def __post_init__(self) -> None:
        _whole_number(self.minor)
        if abs(self.minor) > MAX_MINOR:
            raise AmountOutOfRange(limit=MAX_MINOR)

    @classmethod
    def parse(cls, text: str, unit: Unit) -> Self:
        """What a person typed: "12.5", "1,234.50", "-3"; raises AmountUnreadable for anything else."""
        match = _DECIMAL.fullmatch(text) if len(text) <= 32 else None
        decimals = (match[3] or "") if match else ""
        if match is None or len(decimals) > unit.scale:
            raise AmountUnreadable(text=text[:32], scale=unit.scale)
        minor = int(match[2].replace(",", "") + decimals.ljust(unit.scale, "0"))
        return cls(unit, -minor if match[1] else minor)

    @classmethod
    def whole(cls, count: int, unit: Unit) -> Self:
        """`count` whole units."""
        return cls(unit, _whole_number(count) * unit.minor_per_whole)

    def __add__(self, other: "Amount") -> "Amount":
        return Amount(self.unit, self.minor + self._same(other))

    def __sub__(self, other: "Amount") -> "Amount":
        return Amount(self.unit, self.minor - self._same(other))

    def __neg__(self) -> "Amount":
        return Amount(self.unit, -self.minor)

    def __mul__(self, times: int) -> "Amount":
        return Amount(self.unit, self.minor * _whole_number(times))

    __rmul__ = __mul__

    def __lt__(self, other: "Amount") -> bool:
        return self.minor < self._same(other)

    def __bool__(self) -> bool:
        return self.minor != 0

    def text(self, language: str = "ko") -> str:
        """Digits for people: "1,234.5". Korean and English write numbers alike; any other language is a ValueError."""
        if language[:2] not in {"ko", "en"}:
            raise ValueError(f"no way of writing numbers is known for {language!r}")
        whole, rest = divmod(abs(self.minor), self.unit.minor_per_whole)
        decimals = f"{rest:0{self.unit.scale}d}".rstrip("0") if rest else ""
        return f"{'-' if self.minor < 0 else ''}{whole:,}{'.' if decimals else ''}{decimals}"

    def signed(self) -> str:
        """Digits of a movement: "+20", "−1,234.5" with a minus sign that is read as one, "0"."""
        return ("+" if self.minor > 0 else "") + self.text().replace("-", "−")

    def _same(self, other: "Amount") -> int:
        if not isinstance(other, Amount):
            raise TypeError("an amount is counted with amounts only")
        if other.unit != self.unit:
            raise UnitMismatch(left=self.unit.code, right=other.unit.code)
        return other.minor


def split(amount: Amount, weights: Sequence[int]) -> list[Amount]:
    """Share an amount by weights; the parts sum to it exactly. Largest remainder, earlier weights first on a tie."""
    if not weights or any(_whole_number(weight) < 0 for weight in weights) or not sum(weights):
        raise CannotSplit()
    size, total = abs(amount.minor), sum(weights)
    parts = [size * weight // total for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda index: (-(size * weights[index] % total), index))
    for index in by_remainder[: size - sum(parts)]:
        parts[index] += 1
    return [Amount(amount.unit, -part if amount.minor < 0 else part) for part in parts]


def _whole_number(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError(f"an amount is a whole number, not {type(value).__name__}")
    return value
