"""The book as it was written: transfer by transfer, each with its postings, its moves of lots and its limits.

Ordered scans are merged, so that a book of any length needs the memory of one transfer, plus its list of accounts.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple
from uuid import UUID

from pumasi.ledger.chart import CHART, KRW, BudgetState, ChartRow, Lots, Pool
from pumasi.ledger.checks.difference import Findings
from pumasi.ledger.store import scans
from pumasi.ledger.store.scans import Row

_END = 1 << 63  # after every transfer
_DAY_MICROS = 86_400_000_000
_SEOUL_MICROS = 9 * 3_600_000_000
_OUTSIDE = ChartRow("?", "없는 계정과목", "Not in the chart", "", Pool.WON, BudgetState.OUTSIDE, Lots.NONE, True)


@dataclass(slots=True)
class Holder:
    """An account with what the walk has added up so far (`balance`, `limit`) beside what is stored."""

    id: int
    address: str
    code: str
    unit: str
    owner: str
    row: ChartRow
    stored_limit: int | None
    stored_balance: int
    opened_at: int
    closed_at: int | None
    limit: int | None
    balance: int = 0
    keeps_lots: bool = field(init=False)
    by_origin: bool = field(init=False)
    control: bool = field(init=False)
    budget: bool = field(init=False)
    state: BudgetState = field(init=False)

    def __post_init__(self) -> None:
        self.keeps_lots = self.row.lots is not Lots.NONE
        self.by_origin = self.row.lots is Lots.BY_ORIGIN
        self.control = self.row.control
        self.budget = self.code[0] == "B"
        self.state = self.row.state


class LotMove(NamedTuple):
    """A move joined with its lot; `lot_amount` and `born` are None when there is no such lot."""

    transfer: int
    n: int
    lot: int
    source: int
    target: int
    before: int
    after: int
    amount: int
    unit: str
    fund: str
    fiscal_year: int
    expires: int | None
    rate: int
    lot_amount: int | None
    born: int | None


class Entry(NamedTuple):
    """One transfer: postings are (transfer, account, amount, balance), floors (transfer, account, change)."""

    id: int
    kind: str
    at: int
    day: int
    memo: str
    key: UUID | bytes | memoryview
    postings: list[Row]
    moves: list[Row]
    floors: list[Row]


class Holders(dict[int, Holder]):
    """Every account by id. An id that no account has is noted once, and stands for an account outside the chart."""

    def __init__(self, findings: Findings) -> None:
        super().__init__()
        self._findings = findings

    def __missing__(self, account: int) -> Holder:
        self._findings.add("account", f"id {account}", "an account", "none")
        self[account] = Holder(account, f"?:?:{account}", "?", "?", str(account), _OUTSIDE, None, 0, 0, None, None)
        return self[account]


def holders(using: str, findings: Findings) -> Holders:
    """Every account by id, all amounts at their beginning."""
    found = Holders(findings)
    for id_, address, code, unit, owner, floor, balance, opened, closed in scans.scan(scans.ACCOUNTS, using):
        row = CHART.get(code)
        if row is None or address != f"{code}:{unit}:{owner}" or row.coin == (unit == KRW):
            findings.add("account", "address", f"{code}:{unit}:{owner}", address, account=address)
        row = row or _OUTSIDE
        found[id_] = Holder(id_, address, code, unit, owner, row, floor, balance, opened, closed, row.first_floor)
    return found


def entries(using: str, findings: Findings) -> Iterator[Entry]:
    """All transfers in order, each with its rows."""
    postings = _Groups(scans.scan(scans.POSTINGS, using), "posting", findings)
    moves = _Groups(scans.scan(scans.MOVES, using), "move", findings)
    floors = _Groups(scans.scan(scans.FLOOR_CHANGES, using), "limit change", findings)
    for id_, kind, at, day, memo, key in scans.scan(scans.TRANSFERS, using):
        yield Entry(id_, kind, at, day, memo, key, postings.of(id_), moves.of(id_), floors.of(id_))
    for group in (postings, moves, floors):
        group.rest()


class _Groups:
    """Rows ordered by transfer, handed out one transfer at a time; a row of no transfer is an orphan."""

    def __init__(self, rows: Iterable[Row], name: str, findings: Findings) -> None:
        self._groups = groupby(rows, key=itemgetter(0))
        self._name = name
        self._findings = findings
        self._transfer, self._rows = self._turn()

    def of(self, transfer: int) -> list[Row]:
        """The rows of one transfer; transfers are asked for in ascending order."""
        while self._transfer < transfer:
            self._orphan()
        if self._transfer > transfer:
            return []
        rows = self._rows
        self._transfer, self._rows = self._turn()
        return rows

    def rest(self) -> None:
        """What is left after the last transfer belongs to none."""
        while self._transfer < _END:
            self._orphan()

    def _turn(self) -> tuple[int, list[Row]]:
        for transfer, rows in self._groups:
            return transfer, list(rows)
        return _END, []

    def _orphan(self) -> None:
        self._findings.add("orphan", self._name, "a transfer", "none", transfer=self._transfer)
        self._transfer, self._rows = self._turn()


def seoul_day(at: int) -> int:
    """yyyymmdd in Asia/Seoul of microseconds since 1970."""
    day = date(1970, 1, 1) + timedelta(days=(at + _SEOUL_MICROS) // _DAY_MICROS)
    return day.year * 10_000 + day.month * 100 + day.day
