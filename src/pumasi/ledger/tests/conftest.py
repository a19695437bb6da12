"""Fixtures of the ledger's tests: books with a budget, and the two ways PostgreSQL posts a single command."""

import pytest
from django.conf import settings

from pumasi.ledger.store.postgresql import PostgresStore
from pumasi.ledger.tests.books import Books


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    chosen = any(mark.args[0] == "path" for mark in metafunc.definition.iter_markers("parametrize"))
    if "path" in metafunc.fixturenames and not chosen:
        on_postgres = settings.DATABASES["default"]["ENGINE"].endswith("postgresql")
        metafunc.parametrize("path", ["single", "batch"] if on_postgres else ["batch"], indirect=True)


@pytest.fixture
def path(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """How single commands are posted: by the database's function, or by the batch path."""
    if request.param == "batch":
        monkeypatch.setattr(PostgresStore, "post_single", lambda _store, _command: None)
    return str(request.param)


@pytest.fixture
def books(path: str, db: None) -> Books:
    """Books with 1,000,000 minor units to issue and 2,000,000 won, two wallets, a shop, a facility and a campaign."""
    return Books.opened()
