"""The liability note of 31 December: what is promised and to whom by class, fund and won; from the postings alone.

It can be drawn up again at any later time and says the same, because it adds up what was posted by that day. Every sum
is compared with the trial balance of the same day.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from pumasi.civic.places.queries import names_of
from pumasi.civic.shell.language import page_language
from pumasi.coin.district import district_tariff
from pumasi.coin.settlement.models import FacilityClose
from pumasi.kernel.amount import Amount
from pumasi.ledger.chart import KRW, BudgetState, Pool
from pumasi.ledger.reads import LotsLine, TrialLine, lots_at, owners_at, trial_balance_at
from pumasi.services.yearend.queries.dates import Dates
from pumasi.services.yearend.queries.words import pool_name, won

_FUNDS = ("B000", "B100", "B200", "B110", "B300", "B400")
_OWED = ("K200", "K300")
_CLAIMED = ("K210", "K220")


@dataclass(frozen=True)
class Line:
    """Coins of one class born in one fiscal year, and their value at the rates of their lots."""

    pool: Pool
    year: int
    coins: Amount
    won: int

    @property
    def name(self) -> str:
        return pool_name(self.pool)

    @property
    def won_text(self) -> str:
        return won(self.won)


@dataclass(frozen=True)
class FundLine:
    """One line of the budget in won, as it stood on the day."""

    fund: str
    appropriated: int
    free: int
    encumbered: int
    carried_over: int
    executed: int
    returned: int

    @property
    def texts(self) -> tuple[str, ...]:
        figures = (
            self.appropriated, self.free, self.encumbered, self.carried_over, self.executed, self.returned,
        )  # fmt: skip
        return tuple(won(each) for each in figures)


@dataclass(frozen=True)
class FacilityLine:
    """Coin-paid fees of one own facility: revenue, and the equal expense for the coins."""

    name: str
    closes: int
    coins: Amount
    won: int

    @property
    def won_text(self) -> str:
        return won(self.won)


@dataclass(frozen=True)
class Note:
    """outstanding: promised to somebody; ended: paid out, lapsed or taken back. owed, claimed: won beside the coins.

    matches: coins of each account are those of the trial balance, issued is the sum of the classes, and what is
    encumbered in the budget is the value of what is outstanding.
    """

    day: date
    issued: Amount
    outstanding: tuple[Line, ...]
    ended: tuple[Line, ...]
    funds: tuple[FundLine, ...]
    owed: tuple[tuple[str, int], ...]
    claimed: tuple[tuple[str, int], ...]
    facilities: tuple[FacilityLine, ...]
    matches: bool

    @property
    def coins(self) -> Amount:
        return sum((each.coins for each in self.outstanding), start=Amount(self.issued.unit, 0))

    @property
    def won(self) -> int:
        return sum(each.won for each in self.outstanding)

    @property
    def won_text(self) -> str:
        return won(self.won)

    @property
    def facilities_won(self) -> str:
        return won(sum(each.won for each in self.facilities))


def note(dates: Dates) -> Note:
    """The note of this year, as of its last day; before that day as of now."""
    unit, lots, trial = district_tariff().unit, lots_at(dates.last_day), trial_balance_at(dates.last_day)
    placed = [each for each in lots if each.row.pool is not Pool.ISSUED and each.unit == unit.code]
    outstanding = _lines([each for each in placed if each.row.state is BudgetState.ENCUMBERED])
    ended = _lines([each for each in placed if each.row.state is not BudgetState.ENCUMBERED])
    funds = _funds(dates.last_day)
    issued = -sum(line.balance for line in trial if line.row.pool is Pool.ISSUED and line.unit == unit.code)
    return Note(
        day=dates.last_day,
        issued=Amount(unit, issued),
        outstanding=outstanding,
        ended=ended,
        funds=funds,
        owed=_won_accounts(trial, _OWED),
        claimed=_won_accounts(trial, _CLAIMED),
        facilities=_facilities(dates),
        matches=_same(lots, trial)
        and issued == sum(each.coins.minor for each in outstanding + ended)
        and sum(each.encumbered + each.carried_over for each in funds) == sum(each.won for each in outstanding),
    )


def _lines(lots: list[LotsLine]) -> tuple[Line, ...]:
    unit, found = district_tariff().unit, defaultdict[tuple[Pool, int], list[int]](lambda: [0, 0])
    for each in lots:
        sums = found[each.row.pool, each.fiscal_year]
        sums[0] += each.amount
        sums[1] += each.won
    order = list(Pool)
    keys = sorted(found, key=lambda key: (order.index(key[0]), key[1]))
    return tuple(Line(pool, year, Amount(unit, found[pool, year][0]), found[pool, year][1]) for pool, year in keys)


def _funds(day: date) -> tuple[FundLine, ...]:
    by_code = {code: owners_at(code, day) for code in _FUNDS}
    names = sorted({owner for owners in by_code.values() for owner in owners})
    figures = {name: [by_code[code].get(name, 0) for code in _FUNDS] for name in names}
    return tuple(FundLine(name, -first, *rest) for name, (first, *rest) in figures.items())


def _won_accounts(trial: list[TrialLine], codes: tuple[str, ...]) -> tuple[tuple[str, int], ...]:
    korean = page_language() == "ko"
    found = {line.row.code: line for line in trial if line.unit == KRW}
    return tuple(
        (f"{code} {found[code].row.ko if korean else found[code].row.en}", found[code].balance)
        for code in codes
        if code in found
    )


def _facilities(dates: Dates) -> tuple[FacilityLine, ...]:
    unit = district_tariff().unit
    first = dates.closes.replace(year=dates.closes.year - 1)
    sums: defaultdict[UUID, list[int]] = defaultdict(lambda: [0, 0, 0])
    closes = FacilityClose.objects.filter(at__gte=first, at__lt=dates.closes)
    for place, coins, value in closes.values_list("place_id", "coins", "won"):
        sums[place] = [had + more for had, more in zip(sums[place], (1, coins, value), strict=True)]
    names = names_of(sums, page_language())
    return tuple(
        FacilityLine(names[place], times, Amount(unit, coins), value)
        for place, (times, coins, value) in sorted(sums.items(), key=lambda each: names[each[0]])
    )


def _same(lots: list[LotsLine], trial: list[TrialLine]) -> bool:
    by_code: defaultdict[tuple[str, str], int] = defaultdict(int)
    for each in lots:
        by_code[each.row.code, each.unit] += each.amount
    return {key: amount for key, amount in by_code.items() if amount} == {
        (line.row.code, line.unit): line.balance for line in trial if line.row.coin and line.balance
    }
