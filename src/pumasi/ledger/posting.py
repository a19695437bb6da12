"""Posting: the one door into the books.

`post` decides and writes a batch inside the caller's transaction, so that civic state and money commit together
(decisions 1). A refusal is an answer for its command alone; the others are posted.
"""

from collections.abc import Sequence
from datetime import datetime

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from pumasi.ledger import chart
from pumasi.ledger.commands import Command
from pumasi.ledger.errors import BatchTooLarge, NoTransaction
from pumasi.ledger.moments import micros
from pumasi.ledger.needs import budget_addresses, need_of
from pumasi.ledger.planner import Planner
from pumasi.ledger.store.contract import Store, Verdict
from pumasi.ledger.store.postgresql import PostgresStore
from pumasi.ledger.store.sqlite import SqliteStore

BATCH_LIMIT = 5000


def post(commands: Sequence[Command], using: str = "default") -> list[Verdict]:
    """Decide and write 1 to 5,000 commands, in order; one verdict for each.

    Raises NoTransaction outside an open transaction and BatchTooLarge; nothing is written then.
    """
    if not 0 < len(commands) <= BATCH_LIMIT:
        raise BatchTooLarge(limit=BATCH_LIMIT, count=len(commands))
    store = _store(using)
    if len(commands) == 1:
        verdict = store.post_single(commands[0])
        if verdict is not None:
            return [verdict]
    return _post_batch(store, commands)


def post_one(command: Command, using: str = "default") -> int:
    """Post one command; the transfer's id, also when it was posted before. Raises the refusal."""
    (verdict,) = post([command], using)
    if verdict.refusal is not None:
        raise verdict.refusal
    assert verdict.transfer is not None
    return verdict.transfer


def open_account(code: str, unit: str, owner: str, *, at: datetime, using: str = "default") -> str:
    """Open the account (again: nothing happens) and return its address; raises BadAddress."""
    address = chart.address(code, unit, owner)
    chart.parts(address)
    _store(using).open_account(address, micros(at))
    return address


def close_account(address: str, *, at: datetime, using: str = "default") -> None:
    """Close an account for good; raises UnknownAccount, AccountNotEmpty."""
    _store(using).close_account(address, micros(at))


def close_fiscal_year(year: int, *, at: datetime, using: str = "default") -> None:
    """From now on nothing can be dated in `year`."""
    _store(using).close_year(year, micros(at))


def _post_batch(store: Store, commands: Sequence[Command]) -> list[Verdict]:
    def work() -> list[Verdict]:
        snapshot = store.snapshot(need_of(commands))
        budget = budget_addresses(commands, snapshot)
        if budget:
            store.add_accounts(snapshot, budget)
        plan = Planner(snapshot).decide(commands)
        if plan.transfers:
            store.write(plan)
        return plan.verdicts

    return store.attempt(work)


def _store(using: str) -> Store:
    connection: BaseDatabaseWrapper = connections[using]
    if not connection.in_atomic_block:
        raise NoTransaction()
    return PostgresStore(connection) if connection.vendor == "postgresql" else SqliteStore(connection)
