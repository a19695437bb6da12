"""What only PostgreSQL can show: round trips, rights, and writers that meet."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import ProgrammingError, connection, transaction
from psycopg.pq import Trace

from pumasi.ledger import kinds, posting
from pumasi.ledger.commands import Command
from pumasi.ledger.store import roles
from pumasi.ledger.tests.books import TABLES, Books, codes, dump

pytestmark = [pytest.mark.postgres_only, pytest.mark.django_db]

LAPSED = date(2026, 2, 28)


# Round trips


def _round_trips(work: Callable[[], object], tmp_path: Path) -> int:
    """How often the client waits for the server: every Sync or simple Query that libpq sends."""
    raw = connection.connection
    assert isinstance(raw, psycopg.Connection)
    with (tmp_path / "trace").open("w+") as trace:
        raw.pgconn.trace(trace.fileno())
        raw.pgconn.set_trace_flags(Trace.SUPPRESS_TIMESTAMPS)
        try:
            work()
        finally:
            raw.pgconn.untrace()
        trace.seek(0)
        return sum(line.split("\t")[0] == "F" and line.split("\t")[2] in {"Sync\n", "Query"} for line in trace)


@pytest.mark.parametrize("path", ["single"], indirect=True)
def test_an_everyday_command_takes_one_round_trip(books: Books, tmp_path: Path) -> None:
    books.earn("2100:w1", 100)
    pay = books.payment("2100:w1", "2200:s1", 10, won=5)
    refund = kinds.refund(
        key=books.key(), at=books.at, till=books.of("2200:s1"), wallet=books.of("2100:w1"), amount=4, payment=pay.key
    )
    hold = kinds.hold(key=books.key(), at=books.at, wallet=books.of("2100:w1"), amount=4, until=books.at)
    too_much = books.payment("2100:w1", "2200:s1", 1000)
    for command in (pay, refund, hold, too_much, pay):
        assert _round_trips(lambda c=command: posting.post([c]), tmp_path) == 1  # type: ignore[misc]


@pytest.mark.parametrize("path", ["batch"], indirect=True)
def test_a_batch_takes_five_round_trips_however_large(books: Books, tmp_path: Path) -> None:
    books.earn("2100:w1", 1000)
    for size in (1, 100):
        batch = [books.payment("2100:w1", "2200:s1", 1) for _ in range(size)]
        assert _round_trips(lambda b=batch: posting.post(b), tmp_path) == 4  # type: ignore[misc]
        batch = [_earning(books) for _ in range(size)]
        assert _round_trips(lambda b=batch: posting.post(b), tmp_path) <= 6  # type: ignore[misc]


def _earning(books: Books) -> Command:
    return kinds.earn(key=books.key(), at=books.at, wallet=books.of("2100:w1"), amount=1, terms=books.terms())


# Rights


@pytest.fixture
def granted(books: Books) -> Books:
    """Books on which three roles of this test have the rights of the web, the audit and the seal role."""
    roles.grant(connection, "pumasi_test_web", "pumasi_test_audit", "pumasi_test_seal")
    with connection.cursor() as cursor:
        cursor.execute("grant pumasi_test_web, pumasi_test_audit, pumasi_test_seal to current_user")
    return books


def _as(role: str, statement: str) -> bool:
    """True when the role may do it; nothing stays."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"set local role {role}")
            cursor.execute(statement)
            transaction.set_rollback(True)
    except ProgrammingError as error:
        if isinstance(error.__cause__, psycopg.errors.InsufficientPrivilege):
            return False
        raise
    return True


FORBIDDEN = (
    *(f"delete from ledger_{table}" for table in TABLES if table not in {"position", "pending"}),
    *(f"truncate ledger_{table}" for table in TABLES),
    *(f"drop table ledger_{table}" for table in TABLES),
    *(f"alter table ledger_{table} disable trigger all" for table in TABLES),
    "update ledger_account set owner = owner",
    "update ledger_account set opened_at = 0",
    "update ledger_transfer set memo = ''",
    "update ledger_transfer set key = key",
    "update ledger_transfer set leaf_index = 1",
    "update ledger_posting set amount = amount",
    "update ledger_lot set rate = rate",
    "update ledger_lot_move set amount = amount",
    "update ledger_position set lot_id = lot_id",
    "update ledger_pending set due_at = 0",
    "update ledger_floor_change set change = 0",
    "update ledger_closed_year set closed_at = 0",
    "drop function ledger_refuse() cascade",
    "alter sequence ledger_transfer_id_seq restart",
    "select setval('ledger_transfer_id_seq', 1)",
    "create temporary table ledger_posting (id bigint)",
    "set session_replication_role = replica",
)


def test_the_web_role_posts_and_can_do_nothing_else(granted: Books) -> None:
    books = granted
    with connection.cursor() as cursor:
        cursor.execute("set local role pumasi_test_web")
    books.earn("2100:w1", 100)
    hold = kinds.hold(key=books.key(), at=books.at, wallet=books.of("2100:w1"), amount=60, until=books.at)
    release = kinds.release(key=books.key(), at=books.at, wallet=books.of("2100:w1"), amount=60, hold=hold.key)
    assert codes([hold]) + codes([release]) == ["posted", "posted"]
    assert codes([books.payment("2100:w1", "2200:s1", 100), _earning(books)]) == ["posted", "posted"]
    posting.close_fiscal_year(2020, at=books.at)
    posting.close_account(posting.open_account("2100", "SC", "w9", at=books.at), at=books.at)
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
        cursor.execute("reset role")
    before = dump()
    assert [s for s in FORBIDDEN if _as("pumasi_test_web", s)] == []
    assert dump() == before


def test_the_audit_role_reads_everything_and_changes_nothing(granted: Books) -> None:
    granted.earn("2100:w1", 100)
    before = dump()
    for table in TABLES:
        assert _as("pumasi_test_audit", f"select * from ledger_{table}")
        assert not _as("pumasi_test_audit", f"insert into ledger_{table} default values")
    more = (
        "delete from ledger_position",
        "delete from ledger_pending",
        "update ledger_account set balance = 0",
        "update ledger_transfer set leaf_index = 1",
        "update ledger_position set amount = 1",
        "select nextval('ledger_transfer_id_seq')",
    )
    assert [s for s in (*FORBIDDEN, *more) if _as("pumasi_test_audit", s)] == []
    assert dump() == before


# Writers that meet


@pytest.fixture
def committed(path: str, transactional_db: None) -> Iterator[Books]:
    """Books that other connections see; the tables are emptied afterwards."""
    with transaction.atomic():
        books = Books.opened()
    yield books
    names = ", ".join(f"ledger_{table}" for table in TABLES)
    with transaction.atomic(), connection.cursor() as cursor:
        for switch in ("disable", "enable"):
            for table in TABLES:
                cursor.execute(f"alter table ledger_{table} {switch} trigger user")
            if switch == "disable":
                cursor.execute(f"truncate {names}")


def _in_its_own_transaction(work: Callable[[], Any]) -> Any:
    try:
        with transaction.atomic():
            return work()
    finally:
        connection.close()


def _until_it_waits(beside: Future[Any]) -> None:
    """Return once the other connection waits for a lock of ours, or is done."""
    with connection.cursor() as cursor:
        while not beside.done():
            cursor.execute("select exists (select from pg_locks where not granted)")
            if cursor.fetchone() == (True,):
                return


def _meet(first: Callable[[], Any], second: Callable[[], Any]) -> tuple[Any, Any]:
    """`first` is done but not committed when `second` starts; it is committed once `second` waits for it."""
    with ThreadPoolExecutor(1) as threads:
        with transaction.atomic():
            one = first()
            beside = threads.submit(_in_its_own_transaction, second)
            _until_it_waits(beside)
        return one, beside.result()


def test_a_key_used_on_other_accounts_at_the_same_moment_is_refused(committed: Books) -> None:
    books = committed
    with transaction.atomic():
        books.earn("2100:w1", 10)
        books.earn("2100:w2", 10)
    first = books.payment("2100:w1", "2200:s1", 3)
    second = replace(books.payment("2100:w2", "2300:f1", 4), key=first.key)
    other = books.payment("2100:w2", "2300:f1", 5)
    assert _meet(lambda: codes([first]), lambda: codes([second])) == (["posted"], ["key_reused"])
    batches = ([books.payment("2100:w1", "2200:s1", 1)], [replace(second, key=other.key), other])
    batches[0][0] = replace(batches[0][0], key=other.key)
    assert _meet(lambda: codes(batches[0]), lambda: codes(batches[1])) == (["posted"], ["key_reused", "key_reused"])
    assert (books.balance("2100:w1"), books.balance("2100:w2")) == (6, 10)


def test_the_same_command_at_the_same_moment_has_one_effect(committed: Books) -> None:
    books = committed
    with transaction.atomic():
        books.earn("2100:w1", 10)
    pay = books.payment("2100:w1", "2200:s1", 3)
    assert _meet(lambda: codes([pay]), lambda: codes([pay])) == (["posted"], ["replayed"])
    assert books.balance("2100:w1") == 7


def test_two_writers_may_open_the_same_account(committed: Books) -> None:
    books = committed
    with transaction.atomic():
        waits = [_waiting(books, name) for name in ("2100:w1", "2100:w2")]
    books.later(days=1)
    vests = [
        kinds.vest(key=books.key(), at=books.at, wallet=books.of(name), amount=5, earned=earn.key)
        for name, earn in zip(("2100:w1", "2100:w2"), waits, strict=True)
    ]
    assert _meet(lambda: codes(vests[:1]), lambda: codes(vests[1:])) == (["posted"], ["posted"])
    assert books.balance("3100:2026") == 10
    opened = [row for row in dump()["account"] if row[2] == "3100"]
    assert len(opened) == 1
    assert [row[3] for row in dump()["posting"] if row[0] == opened[0][0]] == [5, 10]


def _waiting(books: Books, name: str) -> Command:
    return books.done(
        kinds.earn(
            key=books.key(),
            at=books.at,
            wallet=books.of(name),
            amount=5,
            terms=books.terms(LAPSED),
            vest_at=books.at + timedelta(days=1),
        )
    )


def test_a_year_closes_between_transfers(committed: Books) -> None:
    books = committed
    earns: Sequence[Command] = [_earning(books), _earning(books)]
    close = lambda: posting.close_fiscal_year(2026, at=books.at)  # noqa: E731
    assert _meet(lambda: codes(earns[:1]), close) == (["posted"], None)
    assert books.balance("2100:w1") == 1


def test_who_waits_for_a_closing_year_is_refused(committed: Books) -> None:
    earn = _earning(committed)
    close = lambda: posting.close_fiscal_year(2026, at=committed.at)  # noqa: E731
    assert _meet(close, lambda: codes([earn])) == (None, ["fiscal_year_closed"])
    assert committed.balance("2100:w1") == 0


def test_writers_that_want_the_same_accounts_in_another_order_do_not_block_each_other(committed: Books) -> None:
    books = committed
    with transaction.atomic():
        books.earn("2100:w1", 100)
        books.earn("2100:w2", 100)

    def gifts(source: str, target: str) -> list[Command]:
        return [
            kinds.gift(key=books.key(), at=books.at, wallet=books.of(source), to=books.of(target), amount=1)
            for _ in range(25)
        ]

    there, back = gifts("2100:w1", "2100:w2"), gifts("2100:w2", "2100:w1")

    def each(commands: list[Command]) -> set[str]:
        return {posting.post([command])[0].code for command in commands}

    assert _meet(lambda: each(there), lambda: each(back)) == ({"posted"}, {"posted"})
    assert (books.balance("2100:w1"), books.balance("2100:w2")) == (100, 100)


def test_the_web_role_works_on_other_tables_and_owns_none(granted: Books) -> None:
    roles.grant_elsewhere(connection, "pumasi_test_web", "pumasi_test_seal")
    with connection.cursor() as cursor:
        cursor.execute("set local role pumasi_test_web")
        cursor.execute("insert into django_session values ('k', 'd', now())")
        cursor.execute("delete from django_session where session_key = 'k'")
        assert cursor.rowcount == 1
        cursor.execute("reset role")
        cursor.execute("select count(*) from pg_tables where tableowner = 'pumasi_test_web'")
        assert cursor.fetchone() == (0,)


def test_the_seal_role_gives_places_in_the_log_and_posts_nothing(granted: Books) -> None:
    granted.earn("2100:w1", 100)
    roles.grant_elsewhere(connection, "pumasi_test_web", "pumasi_test_seal")
    place = "update ledger_transfer set leaf_index = 1 where id = (select min(id) from ledger_transfer)"
    work = ("insert into seal_sealer (id, journal, stopped) values (1, 0, '')", "delete from seal_journalled")

    assert [s for s in (place, *work) if not _as("pumasi_test_seal", s)] == []
    assert [s for s in (place, *work) if _as("pumasi_test_web", s)] == []
    assert _as("pumasi_test_web", "select * from seal_block")
    forbidden = [s for s in FORBIDDEN if "leaf_index" not in s]
    posts = [f"insert into ledger_{table} default values" for table in TABLES]
    assert [s for s in (*forbidden, *posts, "delete from django_session") if _as("pumasi_test_seal", s)] == []
