"""Random days: whatever the ledger posts, the record's public rules accept, and both say the same in the end."""

from itertools import count

import pytest
from django.conf import settings
from django.db import transaction
from hypothesis import given

from pumasi.ledger import posting
from pumasi.ledger.reads import without_leaf
from pumasi.ledger.tests.books import FUND, Books
from pumasi.ledger.tests.random_commands import STEPS, Script, Step
from pumasi.seal.queries import record_view
from pumasi.seal.tests.record import replayed, sealing

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(databases=["default", "keys"])]

numbers = count()


class _Undone(Exception):
    """Takes an example's rows back, so that the next one starts from nothing."""


@given(STEPS)
def test_any_days_can_be_sealed_in_blocks_of_any_size(steps: list[Step]) -> None:
    folder = settings.LOG_DIR.parent
    settings.LOG_DIR = folder / f"{next(numbers)}" / "log"
    settings.LOG_GUARD_FILE = settings.LOG_DIR.parent / "head.json"
    settings.JOURNAL_DIR = settings.LOG_DIR.parent / "journal"
    try:
        with transaction.atomic():
            books = Books.opened()
            books.order(FUND, 1500, 2200)
            for number, command in enumerate(Script(books).commands(steps)):
                posting.post([command])
                if number % 7 == 0:
                    _seal()
            _seal()
            replayed()
            assert without_leaf() == []
            assert record_view().drift == {}
            raise _Undone
    except _Undone:
        pass


def _seal() -> None:
    with sealing() as sealer:
        assert sealer.turn() is None
