"""What is stored beside the postings: balances and limits of accounts, the supply identity, what is pending."""

from collections import defaultdict
from collections.abc import Iterator

from pumasi.ledger.chart import Pool
from pumasi.ledger.checks.difference import Difference, Findings
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


def waiting(using: str) -> dict[int, tuple[str, int]]:
    """Transfer -> (kind, due moment) of everything that waits, by where coins and won lie."""
    found = {transfer: (kind, due_at) for transfer, kind, due_at in scans.scan(scans.WAITING_LOTS, using)}
    found.update((transfer, (kind, due_at)) for transfer, kind, due_at in scans.scan(scans.WAITING_WON, using))
    return found


def pending_differences(using: str) -> Iterator[tuple[Difference, tuple[str, int] | None]]:
    """What is said to wait and does not, or waits otherwise; with the (kind, due moment) that it should say."""
    left = waiting(using)
    for transfer, kind, due_at in list(scans.scan(scans.PENDING, using)):
        expected = left.pop(transfer, None)
        if expected is None:
            yield Difference("pending", "row", "nothing", kind, transfer), None
        elif expected[0] != kind:
            yield Difference("pending", "row", expected[0], kind, transfer), expected
        elif expected[1] != due_at:
            yield Difference("pending", "due moment", expected[1], due_at, transfer), expected
    for transfer, expected in sorted(left.items()):
        yield Difference("pending", "row", expected[0], "none", transfer), expected


def check_pending(using: str, findings: Findings) -> None:
    """Each waiting transfer has one row of its kind and moment, and each row something that waits."""
    for found, _ in pending_differences(using):
        findings.add(found.check, found.what, found.expected, found.found, transfer=found.transfer)


def _or_none(value: int | None) -> int | str:
    return "none" if value is None else value
