"""What tests stand on: a node of their own, and a flush that append-only tables survive."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import django.db.backends.sqlite3.base  # noqa: F401  # first: its operations cannot be imported without it
import pytest
from django.conf import settings as node
from django.core.management.color import Style
from django.db.backends.sqlite3.base import DatabaseWrapper
from pytest_django import Settings


@pytest.fixture(scope="session", autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory) -> None:
    """The node of the tests keeps its files apart from every other node, and from the other workers."""
    node.HOME = tmp_path_factory.mktemp("home")


@pytest.fixture(scope="session")
def node_key_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("node") / "node.key"


@pytest.fixture(autouse=True)
def node_key(settings: Settings, node_key_file: Path) -> None:
    settings.NODE_KEY_FILE = node_key_file


@pytest.fixture(scope="session", autouse=True)
def flush_passes_triggers() -> Iterator[None]:
    """Transactional tests end by emptying all tables; on SQLite that is DELETE, which append-only triggers refuse.

    So the flush takes the triggers away first and puts them back. PostgreSQL truncates, which they do not see.
    """
    operations = DatabaseWrapper.ops_class
    original = operations.sql_flush

    def sql_flush(self: Any, style: Style, tables: Sequence[str], **options: Any) -> list[str]:
        statements = original(self, style, tables, **options)
        with self.connection.cursor() as cursor:
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name LIKE 'audit_%'")
            triggers = cursor.fetchall()
        drop = [f'DROP TRIGGER "{name}"' for name, _ in triggers]
        return [*drop, *statements, *(sql for _, sql in triggers)] if statements else statements

    patch = pytest.MonkeyPatch()
    patch.setattr(operations, "sql_flush", sql_flush)
    yield
    patch.undo()
