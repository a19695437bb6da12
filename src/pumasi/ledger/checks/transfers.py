"""What must hold in each single transfer, and along each account's chain of balances.

Written from the rules, not from `planner.py`: the planner's mistakes must show here.
"""

from pumasi.ledger.chart import CHART
from pumasi.ledger.checks.difference import Findings
from pumasi.ledger.checks.walk import Entry, Holder, seoul_day
from pumasi.ledger.journals import JOURNALS
from pumasi.ledger.store.scans import Row

_SPENT_IN_ORDER = frozenset({"GIFT", "PAY", "HOLD", "DONATE"})


class TransferCheck:
    """Walks along with the transfers; balances and limits of `accounts` grow as it goes."""

    def __init__(self, accounts: dict[int, Holder], closed_years: dict[int, int], findings: Findings) -> None:
        self._accounts = accounts
        self._closed_at = closed_years
        self._findings = findings
        self._ends: dict[int, bool] = {}  # closed year -> a transfer from after its closing has been seen
        self._days: dict[int, int] = {}  # hours since 1970 -> yyyymmdd in Seoul

    def check(self, entry: Entry) -> None:
        """All checks of one transfer."""
        for _, account, change in entry.floors:
            holder = self._accounts[account]
            holder.limit = (holder.limit or 0) + change
        self._postings(entry)
        self._day(entry)
        if self._closed_at:
            self._closed_year(entry)

    def _postings(self, entry: Entry) -> None:
        if not entry.postings:
            self._findings.add("empty", "postings", "at least 2", 0, transfer=entry.id)
        sides = _SIDES.get(entry.kind)
        if sides is None:
            self._findings.add("journal", "kind", "a kind of ledger/journals.py", entry.kind, transfer=entry.id)
        gives, takes, writes_budget = sides or _ANYTHING
        sums: dict[str, int] = {}
        accounts = self._accounts
        for transfer, account, amount, balance in entry.postings:
            holder = accounts[account]
            # Moves of lots and the mirror have checks of their own; the other accounts are checked by their side.
            if (
                holder.code not in (gives if amount < 0 else takes)
                and not holder.keeps_lots
                and (writes_budget or not holder.budget)
            ):
                self._findings.add(
                    "journal",
                    entry.kind,
                    "an account of this journal",
                    amount,
                    transfer=transfer,
                    account=holder.address,
                )
            after = holder.balance + amount
            if after != balance:
                self._findings.add("chain", "balance", after, balance, transfer=transfer, account=holder.address)
            holder.balance = balance
            if balance < 0 and not holder.control:
                self._findings.add("sign", "balance", "at least 0", balance, transfer=transfer, account=holder.address)
            if holder.limit is not None and balance < holder.limit:
                self._findings.add(
                    "limit", "balance", f"at least {holder.limit}", balance, transfer=transfer, account=holder.address
                )
            unit = holder.unit
            sums[unit] = sums.get(unit, 0) + amount
        for unit, total in sums.items():
            if total:
                self._findings.add("zero_sum", unit, 0, total, transfer=entry.id)

    def _day(self, entry: Entry) -> None:
        hour = entry.at // 3_600_000_000
        day = self._days.get(hour)
        if day is None:
            if len(self._days) > 100_000:
                self._days.clear()
            day = self._days[hour] = seoul_day(entry.at)
        if day != entry.day:
            self._findings.add("day", "day", day, entry.day, transfer=entry.id)

    def _closed_year(self, entry: Entry) -> None:
        year = entry.day // 10_000
        if self._ends.get(year):
            self._findings.add("closed_year", str(year), "no transfer after closing", entry.kind, transfer=entry.id)
        for closed, at in self._closed_at.items():
            if entry.at > at:
                self._ends[closed] = True


class MoveCheck:
    """The moves of lots: they make the postings, lots are born once, and coins lie under their receipts."""

    def __init__(self, accounts: dict[int, Holder], findings: Findings) -> None:
        self._accounts = accounts
        self._findings = findings

    def check(self, entry: Entry) -> None:
        """All checks of one transfer's moves."""
        accounts = self._accounts
        net: dict[int, int] = {}
        born: set[int] = set()
        pairs, in_order = _PAIRS.get(entry.kind, _NONE), entry.kind in _SPENT_IN_ORDER
        for n, row in enumerate(entry.moves, 1):
            if row[1] != n:
                self._findings.add("move_order", "move", n, row[1], transfer=entry.id)
            source, target, amount = accounts[row[3]], accounts[row[4]], row[7]
            net[source.id] = net.get(source.id, 0) - amount
            net[target.id] = net.get(target.id, 0) + amount
            if (source.code, target.code) not in pairs:
                pair = f"{source.code} to {target.code}"
                self._findings.add("journal", "move", f"a move of {entry.kind}", pair, transfer=entry.id)
            if not row[8] == source.unit == target.unit:
                units = f"{source.unit}, {target.unit}"
                self._findings.add("move_unit", f"lot {row[2]}", str(row[8]), units, transfer=entry.id)
            if not source.keeps_lots:
                self._birth(entry, row, source, born)
            before, after = row[5], row[6]
            if (before != 0) is not source.by_origin or (
                after not in (row[0], before) or not after if target.by_origin else after
            ):
                self._origin(row, source, target)
            if in_order or target.code == "3100":
                self._lapse(entry, row, target)
        self._sums(entry, net)

    def _sums(self, entry: Entry, net: dict[int, int]) -> None:
        for _, account, amount, _ in entry.postings:
            moved = net.pop(account, 0)
            if moved != amount and self._accounts[account].keeps_lots:
                self._findings.add(
                    "move_sum", "posting", moved, amount, transfer=entry.id, account=self._accounts[account].address
                )
        for account, moved in net.items():
            if moved:
                self._findings.add(
                    "move_sum", "posting", moved, 0, transfer=entry.id, account=self._accounts[account].address
                )

    def _birth(self, entry: Entry, row: Row, source: Holder, born: set[int]) -> None:
        lot, amount, fund, year, whole, of = row[2], row[7], row[9], row[10], row[13], row[14]
        if amount != whole or of != entry.id or fund != source.owner or lot in born:
            wanted = f"{whole} in transfer {of} from {fund}"
            found = f"{amount} in transfer {entry.id} from {source.owner}"
            self._findings.add("birth", f"lot {lot}", wanted, found, transfer=entry.id, account=source.address)
        if fund is not None and not fund.endswith(f"/{year}"):
            self._findings.add("birth", f"fiscal year of lot {lot}", fund, year, transfer=entry.id)
        born.add(lot)

    def _origin(self, row: Row, source: Holder, target: Holder) -> None:
        transfer, before, after = row[0], row[5], row[6]
        if (before != 0) != source.by_origin:
            self._findings.add(
                "move_origin", f"move {row[1]}", "a receipt" if source.by_origin else 0, before,
                transfer=transfer, account=source.address,
            )  # fmt: skip
        allowed = (transfer, before) if target.by_origin else (0,)
        if after not in allowed or (target.by_origin and not after):
            wanted = " or ".join(str(origin) for origin in sorted(set(allowed)) if origin or not target.by_origin)
            self._findings.add(
                "move_origin", f"move {row[1]}", wanted, after, transfer=transfer, account=target.address
            )

    def _lapse(self, entry: Entry, row: Row, target: Holder) -> None:
        expires = row[11]
        if entry.kind in _SPENT_IN_ORDER:
            if expires is not None and expires < entry.day:
                self._findings.add("lapsed", f"lot {row[2]}", f"spent by {expires}", entry.day, transfer=entry.id)
        elif target.code == "3100" and entry.kind != "WIND_DOWN" and (expires is None or expires >= entry.day):
            self._findings.add(
                "lapsed", f"lot {row[2]}", f"valid until {expires or 'ever'}", f"expired {entry.day}", transfer=entry.id
            )


_ALL_CODES = frozenset(CHART)
_ANYTHING = (_ALL_CODES, _ALL_CODES, False)  # of a kind that is not known, only that it is unknown is said
_NONE: frozenset[tuple[str, str]] = frozenset()
_PAIRS = {kind: journal.pairs for kind, journal in JOURNALS.items()}
_SIDES = {
    kind: (
        frozenset(source for source, _ in journal.pairs),
        frozenset(target for _, target in journal.pairs),
        any(source[0] == "B" or target[0] == "B" for source, target in journal.pairs),
    )
    for kind, journal in JOURNALS.items()
}
