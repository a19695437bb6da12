"""What tests stand on: a node of their own, and a flush that append-only tables survive."""

from collections.abc import Callable, Iterator, Sequence
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as node
from django.core.management.color import Style
from django.db.backends.postgresql.base import DatabaseWrapper as Postgres
from django.db.backends.sqlite3.base import DatabaseWrapper as Sqlite
from pytest_django import Settings


@pytest.fixture(scope="session", autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory) -> None:
    """The node of the tests keeps its files apart from every other node, and from the other workers."""
    node.HOME = tmp_path_factory.mktemp("home")


_RECORDS = count(1)


@pytest.fixture(autouse=True)
def record(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Every test that seals begins a record of its own."""
    folder = tmp_path_factory.getbasetemp() / f"record-{next(_RECORDS)}"
    settings.LOG_DIR = folder / "log"
    settings.LOG_KEY_FILE = folder / "log.key"
    settings.LOG_GUARD_FILE = folder / "guard" / "head.json"
    settings.PROMISE_KEY_FILE = folder / "promise.key"
    settings.JOURNAL_DIR = folder / "journal"
    settings.RECOVERY_KEY_FILE = folder / "recovery.pub"


@pytest.fixture(scope="session")
def node_key_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("node") / "node.key"


@pytest.fixture(autouse=True)
def node_key(settings: Settings, node_key_file: Path) -> None:
    settings.NODE_KEY_FILE = node_key_file


# Django's flush knows models only; the ledger's tables have none. Children first, because keys are checked at once.
_LEDGER = [
    "ledger_position", "ledger_pending", "ledger_floor_change", "ledger_lot_move", "ledger_posting", "ledger_transfer",
    "ledger_lot", "ledger_account", "ledger_closed_year",
]  # fmt: skip


# Tables of any room whose triggers refuse to lose a row.
_GUARDED = """
select distinct c.relname from pg_trigger t join pg_class c on c.oid = t.tgrelid
where not t.tgisinternal and c.relnamespace = current_schema()::regnamespace order by 1
"""


@pytest.fixture(scope="session", autouse=True)
def flush_empties_all() -> Iterator[None]:
    """Transactional tests end by emptying all tables, the ledger's too, though triggers refuse it: they step aside."""
    patch = pytest.MonkeyPatch()
    for operations in (Sqlite.ops_class, Postgres.ops_class):
        patch.setattr(operations, "sql_flush", _flush(operations.sql_flush))
    yield
    patch.undo()


def _flush(original: Callable[..., list[str]]) -> Callable[..., list[str]]:
    def sql_flush(self: Any, style: Style, tables: Sequence[str], **options: Any) -> list[str]:
        here = set(self.connection.introspection.table_names())
        ledger = [table for table in _LEDGER if table in here]
        statements = original(self, style, [*ledger, *tables], **options)
        if not statements:
            return []
        with self.connection.cursor() as cursor:
            if self.connection.vendor == "postgresql":
                cursor.execute(_GUARDED)
                guarded = [table for (table,) in cursor.fetchall()]
                off, on = (
                    [f"alter table {table} {word} trigger user" for table in guarded] for word in ("disable", "enable")
                )
                return [*off, *statements, *on]
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND sql IS NOT NULL")
            triggers = cursor.fetchall()
        return [*(f'DROP TRIGGER "{name}"' for name, _ in triggers), *statements, *(sql for _, sql in triggers)]

    return sql_flush
