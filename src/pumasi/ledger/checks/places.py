"""Where the coins lie: recomputed from every move and compared with the stored positions and the lots' amounts.

A place is (account, receipt, lot). Places of coins that still circulate are kept one by one, so that nothing can be
taken from where it does not lie. Places where coins have come to rest grow for ever; they are only summed, each times
a secret number of its own: two sums are equal when all places are (but for a chance of about 2^-61). When anything
differs, the slow way names it: all moves sorted by place beside all positions.
"""

import os
from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

from pumasi.ledger.chart import BudgetState
from pumasi.ledger.checks.difference import Findings
from pumasi.ledger.checks.walk import Entry, Holder
from pumasi.ledger.store import scans

type Key = tuple[int, int, int]
_AT_REST = frozenset({BudgetState.EXECUTED, BudgetState.RETURNED})


class PlaceDifference(NamedTuple):
    """A place whose stored amount is not what the moves left there; 0: no row."""

    key: Key
    expected: int
    found: int


class PlaceCheck:
    """Walks along with the moves."""

    def __init__(self, accounts: dict[int, Holder], findings: Findings) -> None:
        self._accounts = accounts
        self._findings = findings
        self._salt = int.from_bytes(os.urandom(8))
        self._alive: dict[Key, int] = {}
        self._at_rest = 0  # sum of amount x the place's number
        self._parts = 0  # sum over lots of (born - gone back to a control) x the lot's number
        self._lots = 0

    def check(self, entry: Entry) -> None:
        """Take the coins of one transfer from where they lay and put them where they went."""
        accounts, alive, salt = self._accounts, self._alive, self._salt
        for row in entry.moves:
            lot, source_id, target_id, before, after, amount = row[2:8]
            source, target = accounts[source_id], accounts[target_id]
            if not source.keeps_lots:
                self._parts += hash((salt, lot)) * (row[13] or 0)
                self._lots += 1
            elif source.state in _AT_REST:
                self._at_rest -= hash((salt, source_id, before, lot)) * amount
            else:
                key = (source_id, before, lot)
                left = alive.get(key, 0) - amount
                if left:
                    alive[key] = left
                    if left < 0:
                        self._below_zero(entry.id, key, left)
                else:
                    del alive[key]
            if not target.keeps_lots:
                self._parts -= hash((salt, lot)) * amount
            elif target.state in _AT_REST:
                self._at_rest += hash((salt, target_id, after, lot)) * amount
            else:
                key = (target_id, after, lot)
                alive[key] = alive.get(key, 0) + amount

    def _below_zero(self, transfer: int, key: Key, left: int) -> None:
        account, origin, lot = key
        self._findings.add(
            "place", f"lot {lot}, receipt {origin}", "at least 0", left,
            transfer=transfer, account=self._accounts[account].address,
        )  # fmt: skip

    def finish(self, using: str, lots: int) -> None:
        """Compare with the stored positions; `lots` is how many there are."""
        accounts, alive, salt = self._accounts, self._alive, self._salt
        totals: dict[int, int] = {}
        differs = False
        for account, origin, lot, amount in scans.scan(scans.POSITIONS, using):
            totals[account] = totals.get(account, 0) + amount
            self._parts -= hash((salt, lot)) * amount
            if accounts[account].state in _AT_REST:
                self._at_rest -= hash((salt, account, origin, lot)) * amount
            elif alive.pop((account, origin, lot), 0) != amount:
                differs = True
        if differs or self._at_rest or any(alive.values()):
            name_places(accounts, using, self._findings)
        self._check_lots(using, lots)
        for holder in accounts.values():
            total = totals.get(holder.id, 0)
            if total != holder.balance and (holder.keeps_lots or total):
                self._findings.add("lot_total", "lots", holder.balance, total, account=holder.address)

    def _check_lots(self, using: str, lots: int) -> None:
        if self._parts:
            for lot, amount, parts in scans.scan(scans.LOTS_TORN, using):
                self._findings.add("lot_whole", f"lot {lot}", int(amount), int(parts))
        if self._lots != lots:
            for lot, born, amount in scans.scan(scans.LOTS_UNBORN, using):
                self._findings.add("birth", f"lot {lot}", int(amount), "no move", transfer=born)


def name_places(accounts: dict[int, Holder], using: str, findings: Findings) -> None:
    """Note every place that differs, in order."""
    for (account, origin, lot), expected, found in compared(accounts, using):
        findings.add("position", f"lot {lot}, receipt {origin}", expected, found, account=accounts[account].address)


def compared(accounts: dict[int, Holder], using: str) -> Iterator[PlaceDifference]:
    """The places that differ, in order. Both sides come sorted, so that memory does not grow with them."""
    stored = (((a, o, lot), amount) for a, o, lot, amount in scans.scan(scans.POSITIONS, using))
    mine = _recomputed(accounts, using)
    left, right = next(mine, None), next(stored, None)
    while left is not None or right is not None:
        if right is None or (left is not None and left[0] < right[0]):
            assert left is not None
            yield PlaceDifference(left[0], left[1], 0)
            left = next(mine, None)
        elif left is None or right[0] < left[0]:
            yield PlaceDifference(right[0], 0, right[1])
            right = next(stored, None)
        else:
            if left[1] != right[1]:
                yield PlaceDifference(left[0], left[1], right[1])
            left, right = next(mine, None), next(stored, None)


def _recomputed(accounts: dict[int, Holder], using: str) -> Iterator[tuple[Key, int]]:
    """(place, amount) of everything that lies somewhere, by the moves alone."""
    for key, rows in groupby(scans.scan(scans.PLACES, using), key=lambda row: row[:3]):
        amount = sum(row[3] for row in rows)
        if amount and accounts[key[0]].keeps_lots:
            yield key, amount
