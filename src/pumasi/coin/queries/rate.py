"""Before and after of a change of the coin's won value, for every wallet, hold, till and escrow. Reads only.

Accounts are named by their kind and a running number, never by a person. Coins that are not converted keep the value
at which they were earned or paid; sums of won are equal before and after.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from pumasi.coin.rates import converted
from pumasi.coin.tariff import Tariff
from pumasi.kernel.amount import Amount
from pumasi.ledger.chart import CHART
from pumasi.ledger.reads import accounts_of, lots, receipts_in

WALLETS = ("2100", "2140", "2150")
TIED = ("2110", "2120", "2200", "2220", "2300", "2400", "2500", "2700")


@dataclass(frozen=True)
class RateLine:
    """One account: coins and won before and after."""

    code: str
    name_ko: str
    name_en: str
    number: int
    before: Amount
    won_before: int
    after: Amount
    won_after: int

    @property
    def won_before_text(self) -> str:
        return f"{self.won_before:,}"

    @property
    def won_after_text(self) -> str:
        return f"{self.won_after:,}"


@dataclass(frozen=True)
class RatePreview:
    """`groups` sums the lines of each kind of account; `lines` are all of them."""

    old_won: int
    new_won: int
    converts: bool
    groups: tuple[RateLine, ...]
    lines: tuple[RateLine, ...]

    @property
    def won_before(self) -> int:
        return sum(line.won_before for line in self.lines)

    @property
    def won_after(self) -> int:
        return sum(line.won_after for line in self.lines)


def rate_preview(tariff: Tariff, day: date, *, converts: bool) -> RatePreview:
    """What the value that holds on `day` does to all coins as they lie now."""
    new = tariff.unit.won_per_minor(day)
    lines = [*_wallets(tariff, new, converts=converts), *_tied(tariff)]
    groups = [_group(tariff, code, [line for line in lines if line.code == code]) for code in (*WALLETS, *TIED)]
    return RatePreview(
        old_won=tariff.unit.won_rate(date.fromordinal(day.toordinal() - 1)),
        new_won=tariff.unit.won_rate(day),
        converts=converts,
        groups=tuple(group for group in groups if group.number),
        lines=tuple(lines),
    )


def _wallets(tariff: Tariff, new: int, *, converts: bool) -> Iterator[RateLine]:
    for code in WALLETS:
        number = 0
        for address, unit, _, _, held in accounts_of(code):
            if not held or unit != tariff.unit.code:
                continue
            number += 1
            before = won = after = won_after = 0
            for lot in lots(address):
                taken, becomes = converted(lot.amount, lot.rate, new) if converts and lot.rate != new else (0, 0)
                before, won = before + lot.amount, won + lot.amount * lot.rate
                after += lot.amount - taken + becomes
                won_after += (lot.amount - taken) * lot.rate + becomes * new
            yield _line(tariff, code, number, (before, won, after, won_after))


def _tied(tariff: Tariff) -> Iterator[RateLine]:
    for code in TIED:
        found: dict[str, tuple[int, int]] = {}
        for each in receipts_in(code, tariff.unit.code):
            coins, won = found.get(each.owner, (0, 0))
            found[each.owner] = (coins + each.amount, won + each.won)
        for number, (coins, won) in enumerate(found.values(), start=1):
            yield _line(tariff, code, number, (coins, won, coins, won))


def _line(tariff: Tariff, code: str, number: int, sums: tuple[int, int, int, int]) -> RateLine:
    row, (before, won, after, won_after) = CHART[code], sums
    unit = tariff.unit
    return RateLine(code, row.ko, row.en, number, Amount(unit, before), won, Amount(unit, after), won_after)


def _group(tariff: Tariff, code: str, lines: list[RateLine]) -> RateLine:
    sums = (
        sum(line.before.minor for line in lines),
        sum(line.won_before for line in lines),
        sum(line.after.minor for line in lines),
        sum(line.won_after for line in lines),
    )
    return _line(tariff, code, len(lines), sums)
