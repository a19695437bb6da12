"""Where the coins lie: recomputed from every move, place by place, and compared with the stored positions.

A place is (account, receipt, lot). Both sides come in the same order, so that one walk compares any number of them.
"""

from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

from pumasi.ledger.checks.difference import Findings
from pumasi.ledger.checks.walk import Holder
from pumasi.ledger.store import scans

type Key = tuple[int, int, int]


class PlaceDifference(NamedTuple):
    """A place whose stored amount is not what the moves left there; 0: no row."""

    key: Key
    expected: int
    found: int


def check(accounts: dict[int, Holder], using: str, findings: Findings) -> None:
    """Compare places with positions, then lots with their parts, then accounts with their lots."""
    for key, expected, found in compared(accounts, using, findings):
        account, origin, lot = key
        address = accounts[account].address if account in accounts else str(account)
        findings.add("position", f"lot {lot}, receipt {origin}", expected, found, account=address)
    for lot, amount, parts in scans.scan(scans.LOTS_TORN, using):
        findings.add("lot_whole", f"lot {lot}", int(amount), int(parts))
    for lot, born, amount in scans.scan(scans.LOTS_UNBORN, using):
        findings.add("birth", f"lot {lot}", int(amount), "no move", transfer=born)
    totals = {account: int(total) for account, total in scans.scan(scans.LOT_TOTALS, using)}
    for holder in accounts.values():
        total = totals.get(holder.id, 0)
        if holder.keeps_lots and total != holder.balance:
            findings.add("lot_total", "lots", holder.balance, total, account=holder.address)


def compared(accounts: dict[int, Holder], using: str, findings: Findings) -> Iterator[PlaceDifference]:
    """The places that differ, in order; histories that dip below zero go into `findings`."""
    stored = (((a, o, lot), amount) for a, o, lot, amount in scans.scan(scans.POSITIONS, using))
    mine = _recomputed(accounts, using, findings)
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


def _recomputed(accounts: dict[int, Holder], using: str, findings: Findings) -> Iterator[tuple[Key, int]]:
    """(place, amount) of everything that lies somewhere, by the moves alone."""
    for account, rows in groupby(scans.scan(scans.PLACES, using), key=lambda row: row[0]):
        holder = accounts.get(account)
        if holder is None or not holder.keeps_lots:
            continue
        current: Key | None = None
        amount = 0
        for _, origin, lot, transfer, _, change in rows:
            if current is None or current[2] != lot or current[1] != origin:
                if current is not None and amount:
                    yield current, amount
                current, amount = (account, origin, lot), 0
            amount += change
            if amount < 0:
                findings.add(
                    "place", f"lot {lot}, receipt {origin}", "at least 0", amount,
                    transfer=transfer, account=holder.address,
                )  # fmt: skip
        if current is not None and amount:
            yield current, amount
