"""What is stored beside the postings: balances and limits of accounts, the supply identity, what is pending."""

from collections import defaultdict

from pumasi.ledger.chart import Pool
from pumasi.ledger.checks.difference import Findings
from pumasi.ledger.checks.walk import Holder
from pumasi.ledger.store import scans


def check(accounts: dict[int, Holder], findings: Findings) -> None:
    """Compare stored balances and limits with what the walk added up, then the supply of each unit."""
    for holder in accounts.values():
        if holder.stored_balance != holder.balance:
            findings.add("stored_balance", "balance", holder.balance, holder.stored_balance, account=holder.address)
        if holder.stored_limit != holder.limit:
            findings.add(
                "stored_limit", "limit", _or_none(holder.limit), _or_none(holder.stored_limit), account=holder.address
            )
        if holder.closed_at is not None and holder.balance:
            findings.add("closed_account", "balance", 0, holder.balance, account=holder.address)
    _supply(accounts, findings)


def _supply(accounts: dict[int, Holder], findings: Findings) -> None:
    """Issued = the sum of all other classes, by the stored balances (decisions 4)."""
    issued: dict[str, int] = defaultdict(int)
    others: dict[str, int] = defaultdict(int)
    for holder in accounts.values():
        if holder.row.pool is Pool.ISSUED:
            issued[holder.unit] -= holder.stored_balance
        elif holder.row.pool is not Pool.WON:
            others[holder.unit] += holder.stored_balance
    for unit in sorted(issued.keys() | others.keys()):
        if issued[unit] != others[unit]:
            findings.add("supply", unit, issued[unit], others[unit])


def waiting(using: str) -> dict[int, str]:
    """Transfer -> kind of everything that waits for a moment, by where coins and won lie."""
    found = {int(row[0]): str(row[1]) for row in scans.scan(scans.WAITING_LOTS, using)}
    found.update((int(row[0]), str(row[1])) for row in scans.scan(scans.WAITING_WON, using))
    return found


def check_pending(using: str, findings: Findings) -> None:
    """Each waiting transfer has one row of its kind, and each row something that waits."""
    left = waiting(using)
    for transfer, kind, _ in scans.scan(scans.PENDING, using):
        expected = left.pop(transfer, "nothing")
        if expected != kind:
            findings.add("pending", "row", expected, kind, transfer=transfer)
    for transfer, kind in sorted(left.items()):
        findings.add("pending", "row", kind, "none", transfer=transfer)


def _or_none(value: int | None) -> int | str:
    return "none" if value is None else value
