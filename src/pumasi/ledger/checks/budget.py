"""The budget book must mirror the coins (ADR 0010); recomputed here from the moves alone, without `ledger/mirror.py`.

For each transfer: won legs = what the coins' change of place asks for. In total: encumbered + executed of a fund stay
within what was appropriated for it (coin.md I8).
"""

from collections import defaultdict
from collections.abc import Iterable

from pumasi.ledger.chart import BudgetState
from pumasi.ledger.checks.difference import Findings
from pumasi.ledger.checks.walk import Entry, Holder
from pumasi.ledger.journals import JOURNALS
from pumasi.ledger.store.scans import Row

# Kinds whose won legs are written out: orders, reservations, carry-over, closing. Only their encumbered won is derived.
_WRITTEN_OUT = frozenset(
    kind for kind, journal in JOURNALS.items() if any(s[0] == "B" or t[0] == "B" for s, t in journal.pairs)
)
_PROMISED, _PAID = BudgetState.ENCUMBERED, BudgetState.EXECUTED
_PROMISED_CODES = frozenset({"B200", "B110"})
_ORDERS = frozenset({"BUDGET_ORDER", "APPROPRIATION_CUT"})


class BudgetCheck:
    """Walks along with the transfers and keeps, per fund, what is promised, paid and appropriated."""

    def __init__(self, accounts: dict[int, Holder], findings: Findings) -> None:
        self._accounts = accounts
        self._findings = findings
        self._used: dict[str, int] = defaultdict(int)  # fund -> won value promised or paid
        self._appropriated: dict[str, int] = defaultdict(int)

    def check(self, entry: Entry) -> None:
        """Compare the won legs of one transfer with its moves."""
        promised: dict[str, int] = {}
        legs: dict[str, int] = {}
        converting = 0
        accounts = self._accounts
        for row in entry.moves:
            source, target = accounts[row[3]], accounts[row[4]]
            if source.state is target.state or row[12] is None:
                continue
            amount, fund, year, rate = row[7], row[9], row[10], row[12]
            for holder, value in ((source, -amount * rate), (target, amount * rate)):
                if holder.state is _PROMISED:
                    promised[fund] = promised.get(fund, 0) + value
                elif holder.state is BudgetState.CONVERTING:
                    converting += value
                else:
                    at = _leg(holder, fund, year, entry.day // 10_000)
                    legs[at] = legs.get(at, 0) + value
                if holder.state in (_PROMISED, _PAID):
                    self._used[fund] += value
        if converting:
            self._findings.add("conversion", "won value", 0, converting, transfer=entry.id)
        self._compare(entry, promised, legs)
        self._within_appropriation(entry, promised)

    def _compare(self, entry: Entry, promised: dict[str, int], legs: dict[str, int]) -> None:
        found_promised, found_legs = self._won_legs(entry.postings)
        if found_promised != promised:
            self._differs(entry, "encumbered", promised, found_promised, "B200+B110:KRW:")
        if found_legs != legs and entry.kind not in _WRITTEN_OUT:
            self._differs(entry, "mirror", legs, found_legs, "")
        if entry.kind in _ORDERS:
            for _, account, amount, _ in entry.postings:
                holder = self._accounts[account]
                if holder.code == "B000":
                    self._appropriated[holder.owner] -= amount

    def _won_legs(self, postings: Iterable[Row]) -> tuple[dict[str, int], dict[str, int]]:
        promised: dict[str, int] = {}
        legs: dict[str, int] = {}
        for _, account, amount, _ in postings:
            holder = self._accounts[account]
            if not holder.budget:
                continue
            if holder.code in _PROMISED_CODES:
                promised[holder.owner] = promised.get(holder.owner, 0) + amount
                if not promised[holder.owner]:
                    del promised[holder.owner]
            else:
                legs[holder.address] = amount
        return promised, legs

    def _differs(self, entry: Entry, check: str, wanted: dict[str, int], found: dict[str, int], prefix: str) -> None:
        for name in sorted(wanted.keys() | found.keys()):
            if wanted.get(name, 0) != found.get(name, 0):
                self._findings.add(
                    check, "won", wanted.get(name, 0), found.get(name, 0), transfer=entry.id, account=prefix + name
                )

    def _within_appropriation(self, entry: Entry, promised: dict[str, int]) -> None:
        funds = promised if entry.kind not in _ORDERS else self._appropriated
        for fund in funds:
            if self._used[fund] > self._appropriated[fund]:
                self._findings.add(
                    "appropriation", fund, f"at most {self._appropriated[fund]}", self._used[fund], transfer=entry.id
                )


def _leg(holder: Holder, fund: str, lot_year: int, year: int) -> str:
    """The won account where coins of a fund stand when they lie in `holder`, in a transfer of `year`."""
    programme = fund.rpartition("/")[0]
    if holder.state is _PAID:
        return f"B300:KRW:{programme}/{year}" if holder.owner == str(year) else f"B400:KRW:{programme}/{year}"
    if holder.state is BudgetState.RETURNED and lot_year != year:
        return f"B400:KRW:{programme}/{year}"
    return f"B100:KRW:{fund}"
