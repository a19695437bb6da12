"""The ledger on SQLite: one writer at a time (BEGIN IMMEDIATE), sets go in and out as JSON arrays or executemany."""

import json
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db.backends.base.base import BaseDatabaseWrapper

from pumasi.ledger.chart import CHART, parts
from pumasi.ledger.commands import Command
from pumasi.ledger.errors import AccountNotEmpty, UnknownAccount
from pumasi.ledger.store.contract import Account, Known, Lot, Need, Plan, Snapshot, Verdict

_OPEN = (
    "insert into ledger_account (address, code, unit, owner, floor, opened_at) values (?, ?, ?, ?, ?, ?)"
    " on conflict (address) do nothing"
)
_OPENED = "insert into ledger_account (id, address, code, unit, owner, floor, opened_at) values (?, ?, ?, ?, ?, ?, ?)"
_CLOSE = "update ledger_account set closed_at = ? where address = ? and closed_at is null and balance = 0"
_ACCOUNTS = (
    "select id, address, code, unit, owner, floor, balance, closed_at is not null from ledger_account"
    " where address in (select value from json_each(?))"
)
_LOT = "l.id, l.unit, l.fund, l.fiscal_year, l.expires, l.rate, l.amount, l.born"
_POOLS = (
    f"select p.account_id, p.origin, p.amount, {_LOT} from json_each(?) j"
    " join ledger_position p on p.account_id = j.value and p.origin = 0 join ledger_lot l on l.id = p.lot_id"
)
_RECEIPTS = (
    f"select p.account_id, p.origin, p.amount, {_LOT} from json_each(?) j"
    " join ledger_position p on p.account_id = j.value ->> 0 and p.origin = j.value ->> 1"
    " join ledger_lot l on l.id = p.lot_id"
)
_WHOLE = (
    f"select p.account_id, p.origin, p.amount, {_LOT} from json_each(?) j"
    " join ledger_position p on p.account_id = j.value join ledger_lot l on l.id = p.lot_id"
)
_TERMS = f"select {_LOT} from ledger_lot l where l.id in (select value from json_each(?))"
_DUE = "select transfer_id, due_at from ledger_pending where transfer_id in (select value from json_each(?))"
_POSTING = "insert into ledger_posting (account_id, transfer_id, amount, balance) values (?, ?, ?, ?)"
_NEW_LOT = (
    "insert into ledger_lot (id, unit, fund, fiscal_year, expires, rate, amount, born) values (?, ?, ?, ?, ?, ?, ?, ?)"
)
_MOVE = (
    "insert into ledger_lot_move (transfer_id, n, lot_id, source_id, target_id, origin_before, origin_after, amount)"
    " values (?, ?, ?, ?, ?, ?, ?, ?)"
)
_FLOOR = "insert into ledger_floor_change (transfer_id, account_id, change) values (?, ?, ?)"
_PENDING = "insert into ledger_pending (transfer_id, kind, due_at) values (?, ?, ?)"
_SETTLED = "delete from ledger_pending where transfer_id = ?"
_TRANSFER = (
    "insert into ledger_transfer (id, key, digest, kind, at, day, link, memo, due_at)"
    " values (?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_ACCOUNT = "update ledger_account set balance = ?, floor = ? where id = ?"
_POSITION_ADD = (
    "insert into ledger_position (account_id, origin, lot_id, amount) values (?, ?, ?, ?)"
    " on conflict (account_id, origin, lot_id) do update set amount = amount + excluded.amount"
)
_POSITION_SET = (
    "insert into ledger_position (account_id, origin, lot_id, amount) values (?, ?, ?, ?)"
    " on conflict (account_id, origin, lot_id) do update set amount = excluded.amount"
)
_POSITION_GONE = "delete from ledger_position where account_id = ? and origin = ? and lot_id = ?"
_YEAR = "insert into ledger_closed_year (year, closed_at) values (?, ?) on conflict (year) do nothing"


class SqliteStore:
    """See `contract.Store`. Speaks to sqlite3 itself: a batch writes thousands of rows."""

    def __init__(self, connection: BaseDatabaseWrapper) -> None:
        connection.ensure_connection()
        raw = connection.connection
        if not isinstance(raw, sqlite3.Connection):
            raise TypeError("not a SQLite connection")
        self._db = raw

    def open_account(self, address: str, at: int) -> None:
        row, unit, owner = parts(address)
        self._db.execute(_OPEN, (address, row.code, unit, owner, row.first_floor, at))

    def close_account(self, address: str, at: int) -> None:
        if self._db.execute(_CLOSE, (at, address)).rowcount:
            return
        found = self._accounts([address]).get(address)
        if found is None:
            raise UnknownAccount(address=address)
        if not found.closed:
            raise AccountNotEmpty(address=address, balance=found.balance)

    def snapshot(self, need: Need) -> Snapshot:
        accounts = self._accounts(need.addresses)
        self._add_new(accounts, need.addresses)
        known = self._known(need.keys)
        snapshot = Snapshot(
            accounts=accounts,
            known=known,
            positions={},
            whole=frozenset(accounts[a].id for a in need.whole if a in accounts),
            lots=self._terms(need.lots),
            due=self._due(known),
            closed_years=frozenset(y for (y,) in self._db.execute("select year from ledger_closed_year")),
            transfer_ids=self._next("ledger_transfer", need.transfers),
            lot_ids=self._next("ledger_lot", need.births),
        )
        pools: list[int] = [accounts[a].id for a in need.pools if a in accounts]
        receipts = [(accounts[a].id, known[k].transfer) for a, k in need.receipts if a in accounts and k in known]
        for account in pools:
            snapshot.positions[(account, 0)] = {}
        for receipt in receipts:
            snapshot.positions[receipt] = {}
        self._held(snapshot, _WHOLE, sorted(snapshot.whole))
        self._held(snapshot, _POOLS, [a for a in pools if a not in snapshot.whole])
        self._held(snapshot, _RECEIPTS, [list(r) for r in receipts if r[0] not in snapshot.whole])
        return snapshot

    def add_accounts(self, snapshot: Snapshot, addresses: Sequence[str]) -> None:
        missing = [a for a in addresses if a not in snapshot.accounts]
        snapshot.accounts.update(self._accounts(missing))
        self._add_new(snapshot.accounts, missing)

    def write(self, plan: Plan) -> None:
        many = self._db.executemany
        opened_at = plan.transfers[0][4]
        many(_OPENED, [(a.id, a.address, a.row.code, a.unit, a.owner, a.floor, opened_at) for a in plan.opened])
        many(_NEW_LOT, plan.lots)
        many(_POSTING, plan.postings)
        many(_MOVE, plan.moves)
        many(_FLOOR, plan.floors)
        many(_PENDING, plan.pending)
        many(_SETTLED, [(t,) for t in plan.settled])
        many(_ACCOUNT, [(balance, floor, id_) for id_, balance, floor in plan.accounts])
        read = [p for p in plan.positions if not p.added]
        many(_POSITION_GONE, [p[:3] for p in read if not p.amount])
        many(_POSITION_SET, [p[:4] for p in read if p.amount])
        many(_POSITION_ADD, [p[:4] for p in plan.positions if p.added])
        many(_TRANSFER, [(t[0], t[1].bytes, *t[2:]) for t in plan.transfers])

    def attempt(self, work: Callable[[], list[Verdict]]) -> list[Verdict]:
        """The only writer: nobody comes in between."""
        return work()

    def post_single(self, command: Command) -> Verdict | None:
        """In one process there are no round trips to save."""
        return None

    def close_year(self, year: int, at: int) -> None:
        self._db.execute(_YEAR, (year, at))

    def _add_new(self, accounts: dict[str, Account], addresses: Iterable[str]) -> None:
        """Accounts that open by themselves, under ids that nobody has: they are written with the plan."""
        absent = [a for a in addresses if a not in accounts and parts(a)[0].automatic]
        if not absent:
            return
        first = max(self._next("ledger_account", 1)[0], 1 + max((a.id for a in accounts.values()), default=0))
        for id_, address in enumerate(absent, first):
            row, unit, owner = parts(address)
            accounts[address] = Account(id_, address, unit, owner, row, row.first_floor, 0, closed=False, new=True)

    def _accounts(self, addresses: Iterable[str]) -> dict[str, Account]:
        rows = self._db.execute(_ACCOUNTS, (json.dumps(list(addresses)),))
        return {r[1]: Account(r[0], r[1], r[3], r[4], CHART[r[2]], r[5], r[6], bool(r[7])) for r in rows}

    def _known(self, keys: Sequence[UUID]) -> dict[UUID, Known]:
        found: dict[UUID, Known] = {}
        for start in range(0, len(keys), 500):
            chunk = keys[start : start + 500]
            marks = ",".join("?" * len(chunk))
            rows = self._db.execute(
                f"select key, id, digest from ledger_transfer where key in ({marks})", [k.bytes for k in chunk]
            )
            found.update((UUID(bytes=key), Known(id_, digest)) for key, id_, digest in rows)
        return found

    def _due(self, known: dict[UUID, Known]) -> dict[int, int]:
        return dict(self._db.execute(_DUE, (json.dumps([k.transfer for k in known.values()]),)))

    def _terms(self, lots: Sequence[int]) -> dict[int, Lot]:
        if not lots:
            return {}
        return {row[0]: Lot(*row) for row in self._db.execute(_TERMS, (json.dumps(lots),))}

    def _held(self, snapshot: Snapshot, query: str, wanted: Sequence[Any]) -> None:
        if not wanted:
            return
        for account, origin, amount, *lot in self._db.execute(query, (json.dumps(wanted),)):
            snapshot.positions.setdefault((account, origin), {})[lot[0]] = amount
            snapshot.lots[lot[0]] = Lot(*lot)

    def _next(self, table: str, count: int) -> range:
        (last,) = self._db.execute(f"select coalesce(max(id), 0) from {table}").fetchone()
        return range(last + 1, last + 1 + count)
