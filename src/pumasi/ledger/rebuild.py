"""Rebuilding what is derived: balances, limits, positions and pending rows, from the append-only tables alone.

One transaction: all or nothing. On healthy books nothing changes.
"""

from dataclasses import dataclass

from django.db import transaction

from pumasi.ledger.checks.accounts import pending_differences
from pumasi.ledger.checks.difference import Difference, Findings
from pumasi.ledger.checks.places import compared
from pumasi.ledger.checks.walk import Holder, holders
from pumasi.ledger.store import repairs, scans


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What differed, in order; `written` says that it was put right."""

    differences: tuple[Difference, ...]
    written: bool


def rebuild(*, dry_run: bool = False, using: str = "default") -> Rebuilt:
    """Derive everything anew. `dry_run` only says what differs.

    A dry run does the same work and takes it back: it sees what a rebuild would see.
    """
    with transaction.atomic(using=using):
        before = transaction.savepoint_create(using=using)
        repairs.lock(using)
        accounts = holders(using, Findings())
        made = [*_accounts(accounts, using), *_positions(accounts, using), *_pending(using)]
        if dry_run:
            transaction.savepoint_rollback(before, using=using)
        else:
            transaction.savepoint_commit(before, using=using)
    return Rebuilt(tuple(made), not dry_run)


def _accounts(accounts: dict[int, Holder], using: str) -> list[Difference]:
    for account, total in scans.scan(scans.POSTING_TOTALS, using):
        accounts[account].balance = int(total)
    for _, account, change in scans.scan(scans.FLOOR_CHANGES, using):
        accounts[account].limit = (accounts[account].limit or 0) + change
    found, wrong = [], []
    for holder in accounts.values():
        if holder.balance != holder.stored_balance:
            found.append(
                Difference("stored_balance", "balance", holder.balance, holder.stored_balance, None, holder.address)
            )
        if holder.limit != holder.stored_limit:
            found.append(
                Difference("stored_limit", "limit", str(holder.limit), str(holder.stored_limit), None, holder.address)
            )
        if (holder.balance, holder.limit) != (holder.stored_balance, holder.stored_limit):
            wrong.append({"balance": holder.balance, "floor": holder.limit, "account": holder.id})
    repairs.repair(repairs.ACCOUNT, wrong, using)
    return found


def _positions(accounts: dict[int, Holder], using: str) -> list[Difference]:
    found: list[Difference] = []
    right: list[dict[str, int]] = []
    gone: list[dict[str, int]] = []
    for (account, origin, lot), expected, stored in compared(accounts, using):
        what = f"lot {lot}, receipt {origin}"
        found.append(Difference("position", what, expected, stored, None, accounts[account].address))
        place = {"account": account, "origin": origin, "lot": lot, "amount": expected}
        (right if expected else gone).append(place)
    repairs.repair(repairs.POSITION_GONE, [{k: p[k] for k in ("account", "origin", "lot")} for p in gone], using)
    repairs.repair(repairs.POSITION, right, using)
    return found


def _pending(using: str) -> list[Difference]:
    """What waits is seen by where coins and won lie, so this comes last."""
    found, right, gone = [], [], []
    for difference, expected in pending_differences(using):
        found.append(difference)
        if expected is None:
            gone.append({"transfer": difference.transfer})
        else:
            right.append({"transfer": difference.transfer, "kind": expected[0], "due_at": expected[1]})
    repairs.repair(repairs.PENDING_GONE, gone, using)
    repairs.repair(repairs.PENDING, right, using)
    return found
