"""The whole book in the language of beancount, so that somebody else's program checks ours.

Coins are commodities held at cost: won per coin, the day of birth, and the lot (with its receipt) as the label, so that
beancount's own booking follows every lot. Coin legs and won legs stand in transactions of their own: each has to
balance alone, exactly (no tolerance). At the end every account's balance is asserted.

A transfer may be dated before the one it builds on (an import): beancount reads in order of date, so the date written
is the latest so far, and the true day stands beside it.
"""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import TextIO

from pumasi.ledger.checks.difference import Findings
from pumasi.ledger.checks.walk import Entry, Holder, entries, holders, seoul_day
from pumasi.ledger.journals import JOURNALS
from pumasi.ledger.reads import as_uuid, day_of
from pumasi.ledger.store import scans
from pumasi.ledger.store.scans import Row
from pumasi.ledger.tables import SCALES, decimal

_ROOTS = {"1": "Equity", "2": "Liabilities", "3": "Equity", "4": "Liabilities", "B": "Equity"}
_ROOTS_BY_CODE = {"K000": "Equity", "K100": "Assets", "K210": "Assets", "K220": "Assets"}
_HEAD = """option "title" "품앗이 원장 Pumasi ledger"
option "operating_currency" "KRW"
option "tolerance_multiplier" "0"
"""


def account_name(address: str) -> str:
    """A beancount account for an address; different addresses have different names."""
    code, unit, owner = address.split(":")
    root = _ROOTS_BY_CODE.get(code) or _ROOTS.get(code[0], "Liabilities")
    letters = (letter if letter.isalnum() else f"-{ord(letter):02x}" for letter in owner)
    return f"{root}:{unit}:{code}:O{''.join(letters)}"


def label(lot: int, origin: int) -> str:
    """The label of a lot in a place: with its receipt where the account keeps receipts."""
    return f"lot-{lot}/receipt-{origin}" if origin else f"lot-{lot}"


def write(file: TextIO, scales: Mapping[str, int] = SCALES, using: str = "default") -> int:
    """Write the book; how many transfers. `file` is opened with `encoding="utf-8"`."""
    with scans.snapshot(using):
        accounts = holders(using, Findings())
        book = _Book(accounts, scales)
        file.write(_HEAD)
        first = min([seoul_day(a.opened_at) for a in accounts.values()] + _first_days(using), default=20000101)
        for holder in accounts.values():
            file.write(book.opening(holder, _day(first)))
        count = 0
        for entry in entries(using, Findings()):
            file.writelines(book.transfer(entry))
            count += 1
        file.writelines(book.ending(max(first, book.day)))
    return count


def _first_days(using: str) -> list[int]:
    return [int(row[0]) for row in scans.scan(scans.FIRST_DAY, using) if row[0] is not None]


class _Book:
    """What has to be known on the way: the latest date, the days on which lots were born, the balances."""

    def __init__(self, accounts: dict[int, Holder], scales: Mapping[str, int]) -> None:
        self._accounts = accounts
        self._scales = scales
        self._names = {holder.id: account_name(holder.address) for holder in accounts.values()}
        self._balances: dict[int, int] = dict.fromkeys(accounts, 0)
        self._born: dict[int, str] = {}  # lot -> date, in beancount's order of days
        self.day = 0

    def opening(self, holder: Holder, day: str) -> str:
        booking = ' "STRICT"' if holder.keeps_lots else ' "NONE"'
        return (
            f"{day} open {self._names[holder.id]} {holder.unit}{booking}\n"
            f"  address: {_text(holder.address)}\n"
            f"  name-ko: {_text(holder.row.ko)}\n  name-en: {_text(holder.row.en)}\n"
        )

    def transfer(self, entry: Entry) -> Iterator[str]:
        """The transactions of one transfer: coins of each unit, then won."""
        self.day = max(self.day, entry.day)
        lines: dict[str, list[str]] = {}
        moved: dict[int, int] = {}
        for row in entry.moves:
            lines.setdefault(row[8], []).extend(self._move(row))
            moved[row[3]] = moved.get(row[3], 0) - row[7]
            moved[row[4]] = moved.get(row[4], 0) + row[7]
        for _, account, amount, _ in entry.postings:
            holder = self._accounts[account]
            self._balances[account] += amount
            if amount != moved.get(account, 0):
                rest = decimal(amount - moved.get(account, 0), self._scale(holder.unit))
                lines.setdefault(holder.unit, []).append(f"  {self._names[account]}  {rest} {holder.unit}\n")
        for made in lines.values():
            yield self._heading(entry)
            yield from made

    def _heading(self, entry: Entry) -> str:
        journal = JOURNALS[entry.kind]
        text = (
            f"\n{_day(self.day)} * {_text(journal.ko)} {_text(journal.en)} #{entry.kind} ^transfer-{entry.id}\n"
            f'  key: "{as_uuid(entry.key)}"\n'
        )
        if entry.day != self.day:
            text += f"  day: {_day(entry.day)}\n"
        return text + (f"  memo: {_text(entry.memo)}\n" if entry.memo else "")

    def _move(self, row: Row) -> Iterator[str]:
        _, _, lot, source, target, before, after, amount, unit, fund, _, expires, rate, _, _ = row
        scale = self._scale(unit)
        won = f"{rate * 10**scale} KRW"
        born = not self._accounts[source].keeps_lots
        if born:
            self._born[lot] = _day(self.day)
        for account, origin, change in ((source, before, -amount), (target, after, amount)):
            cost = f"{{{won}, {self._born[lot]}, {_text(label(lot, origin))}}}"
            held = cost if self._accounts[account].keeps_lots else f"@ {won}"
            yield f"  {self._names[account]}  {decimal(change, scale)} {unit} {held}\n"
        if born:
            yield f"    fund: {_text(fund)}\n"
            if expires is not None:
                yield f"    expires: {_day(expires)}\n"

    def ending(self, last: int) -> Iterator[str]:
        """Balance assertions on the day after the last, then the closed accounts."""
        day = day_of(last) or date(2000, 1, 1)
        yield "\n"
        for holder in self._accounts.values():
            total = decimal(self._balances[holder.id], self._scale(holder.unit))
            yield f"{day + timedelta(days=1)} balance {self._names[holder.id]}  {total} {holder.unit}\n"
        for holder in self._accounts.values():
            if holder.closed_at is not None:
                yield f"{day + timedelta(days=2)} close {self._names[holder.id]}\n"

    def _scale(self, unit: str) -> int:
        return self._scales.get(unit, 0)


def _day(number: int) -> str:
    return f"{number // 10_000:04d}-{number // 100 % 100:02d}-{number % 100:02d}"


def _text(text: str) -> str:
    """A beancount string: quotes, backslashes and line ends are escaped."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return f'"{escaped}"'
