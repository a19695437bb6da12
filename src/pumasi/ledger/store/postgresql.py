"""The ledger on PostgreSQL: many writers, locks in one order, a batch in a handful of round trips.

Sets travel as array literals (`{1,2,3}`), which cost a tenth of Python lists. Everyday single commands take the
function in `postgresql_post_single.sql`. Not here: the rules (`planner.py`).
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import psycopg
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg import errors

from pumasi.ledger.chart import CHART, parts
from pumasi.ledger.commands import Command, problem
from pumasi.ledger.errors import AccountNotEmpty, UnknownAccount
from pumasi.ledger.store import postgresql_sql as sql
from pumasi.ledger.store.arrays import array, texts
from pumasi.ledger.store.contract import Account, Known, Lot, Need, Plan, Snapshot, Verdict
from pumasi.ledger.store.postgresql_single import POST_SINGLE, answer, question

ATTEMPTS = 5
YEAR_CLOSED = "23Y01"  # raised by ledger_transfer_is_balanced

type Rows = list[tuple[Any, ...]]


class PostgresStore:
    """See `contract.Store`. Speaks to psycopg itself: server-side binding, prepared statements, pipelines."""

    def __init__(self, connection: BaseDatabaseWrapper) -> None:
        connection.ensure_connection()
        raw = connection.connection
        if not isinstance(raw, psycopg.Connection):
            raise TypeError("not a PostgreSQL connection")
        raw.prepare_threshold = 0  # the ledger sends few different statements, and all of them often
        self._connection = connection
        self._db: psycopg.Connection[tuple[Any, ...]] = raw

    def open_account(self, address: str, at: int) -> None:
        row, unit, owner = parts(address)
        with self._connection.wrap_database_errors:
            self._run((sql.OPEN, (address, row.code, unit, owner, row.first_floor, at)))

    def close_account(self, address: str, at: int) -> None:
        with self._connection.wrap_database_errors:
            (closed,) = self._run((sql.CLOSE, (at, address)))
            (found,) = self._run((sql.LOCK, (array([address]),)))
        if closed:
            return
        if not found:
            raise UnknownAccount(address=address)
        account = _account(found[0])
        if not account.closed:
            raise AccountNotEmpty(address=address, balance=account.balance)

    def close_year(self, year: int, at: int) -> None:
        with self._connection.wrap_database_errors:
            self._run((sql.YEAR_ALONE, ()), (sql.CLOSE_YEAR, (year, at)))

    def snapshot(self, need: Need) -> Snapshot:
        keys = array(need.keys)
        receipts = array(a for a, _ in need.receipts), array(k for _, k in need.receipts)
        _, locked, known, due, terms, pools, taken, whole, years, transfers, births = self._run(
            (sql.YEAR_SHARED, ()),
            (sql.LOCK, (array(need.addresses),)),
            (sql.KNOWN, (keys,)),
            (sql.DUE, (keys,)),
            (sql.TERMS, (array(need.lots),)),
            (sql.POOLS, (array(need.pools),)),
            (sql.RECEIPTS, receipts),
            (sql.WHOLE, (array(need.whole),)),
            (sql.YEARS, ()),
            # Last, so that these ids lie above every id that was read.
            (sql.TRANSFER_IDS, (str(need.transfers),)),
            (sql.LOT_IDS, (str(need.births),)),
        )
        accounts = {account.address: account for account in map(_account, locked)}
        self._add_new(accounts, need.addresses)
        snapshot = Snapshot(
            accounts=accounts,
            known={key: Known(id_, digest) for key, id_, digest in known},
            positions={},
            whole=frozenset(accounts[a].id for a in need.whole if a in accounts),
            lots={row[0]: Lot(*row) for row in terms},
            due=dict((transfer, due_at) for transfer, due_at in due),
            closed_years=frozenset(year for (year,) in years),
            transfer_ids=[id_ for (id_,) in transfers],
            lot_ids=[id_ for (id_,) in births],
        )
        _read_positions(snapshot, need, [*pools, *taken, *whole])
        return snapshot

    def add_accounts(self, snapshot: Snapshot, addresses: Sequence[str]) -> None:
        missing = [a for a in addresses if a not in snapshot.accounts]
        (locked,) = self._run((sql.LOCK, (array(missing),)))
        snapshot.accounts.update((account.address, account) for account in map(_account, locked))
        self._add_new(snapshot.accounts, missing)

    def write(self, plan: Plan) -> None:
        read = [p for p in plan.positions if not p.added]
        opened_at = plan.transfers[0][4]
        self._run(
            *_rows(
                sql.OPENED, [(a.id, a.address, a.row.code, a.unit, a.owner, a.floor, opened_at) for a in plan.opened]
            ),
            *_rows(sql.POSTING, plan.postings),
            *_rows(sql.NEW_LOT, plan.lots),
            *_rows(sql.MOVE, plan.moves),
            *_rows(sql.FLOOR, plan.floors),
            *_rows(sql.PENDING, plan.pending),
            *_rows(sql.SETTLED, [(t,) for t in plan.settled]),
            *_rows(sql.ACCOUNT, plan.accounts),
            *_rows(sql.POSITION_GONE, [p[:3] for p in read if not p.amount]),
            *_rows(sql.POSITION_SET, [p[:4] for p in read if p.amount]),
            *_rows(sql.POSITION_ADD, [p[:4] for p in plan.positions if p.added]),
            (sql.TRANSFER, _transfers(plan)),
        )

    def attempt(self, work: Callable[[], list[Verdict]]) -> list[Verdict]:
        """Another writer may have used the same key, opened the same account or closed the year since it was read."""
        with self._connection.wrap_database_errors:
            for attempt in range(1, ATTEMPTS + 1):
                self._run((sql.SAVEPOINT, ()))
                try:
                    verdicts = work()
                except errors.Error as error:
                    self._run((sql.ROLLBACK, ()))
                    if attempt == ATTEMPTS or not _in_between(error):
                        raise
                else:
                    self._run((sql.RELEASE, ()))
                    return verdicts
        raise AssertionError("the last attempt returns or raises")

    def post_single(self, command: Command) -> Verdict | None:
        found = problem(command)
        if found is not None:
            return Verdict(found.code, None, found)
        values = question(command)
        if values is None:
            return None
        with self._connection.wrap_database_errors:
            row = psycopg.Cursor(self._db).execute(POST_SINGLE, values).fetchone()
        assert row is not None
        return answer(*row)

    def _add_new(self, accounts: dict[str, Account], addresses: Iterable[str]) -> None:
        """Accounts that open by themselves: they get an id now and a row with the plan that uses them."""
        absent = [a for a in addresses if a not in accounts and parts(a)[0].automatic]
        if not absent:
            return
        (ids,) = self._run((sql.ACCOUNT_IDS, (str(len(absent)),)))
        for (id_,), address in zip(ids, absent, strict=True):
            row, unit, owner = parts(address)
            accounts[address] = Account(id_, address, unit, owner, row, row.first_floor, 0, closed=False, new=True)

    def _run(self, *statements: tuple[str, Sequence[Any]]) -> list[Rows]:
        """Send all statements in one round trip; the rows of each."""
        with self._db.pipeline():
            cursors = [psycopg.Cursor(self._db).execute(query, values) for query, values in statements]
        return [cursor.fetchall() if cursor.description else [] for cursor in cursors]


def _in_between(error: errors.Error) -> bool:
    """True where trying again reads what another writer has committed meanwhile."""
    return isinstance(error, errors.UniqueViolation | errors.DeadlockDetected) or error.sqlstate == YEAR_CLOSED


def _account(row: tuple[Any, ...]) -> Account:
    id_, address, code, unit, owner, floor, balance, closed = row
    return Account(id_, address, unit, owner, CHART[code], floor, balance, closed)


def _read_positions(snapshot: Snapshot, need: Need, rows: Rows) -> None:
    """Note what lies where, and that nothing lies where nothing was found."""
    accounts, known, positions = snapshot.accounts, snapshot.known, snapshot.positions
    for address in need.pools:
        if address in accounts:
            positions[(accounts[address].id, 0)] = {}
    for address, key in need.receipts:
        if address in accounts and key in known:
            positions[(accounts[address].id, known[key].transfer)] = {}
    for account, origin, amount, *lot in rows:
        positions.setdefault((account, origin), {})[lot[0]] = amount
        snapshot.lots[lot[0]] = Lot(*lot)


def _rows(query: str, rows: Sequence[Sequence[object]]) -> list[tuple[str, Sequence[Any]]]:
    """The statement for these rows, column by column; none for no rows."""
    return [(query, [array(column) for column in zip(*rows, strict=True)])] if rows else []


def _transfers(plan: Plan) -> list[Any]:
    ids, keys, digests, kinds, ats, days, links, memos, dues = zip(*plan.transfers, strict=True)
    plain = [array(column) for column in (ids, keys, [d.hex() for d in digests], kinds, ats, days)]
    return [*plain, texts(links), texts(memos), array(dues)]
