"""Sealers on two machines with one database: PostgreSQL lets one of them work."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper

from pumasi.kernel.clock import FixedClock
from pumasi.seal.cadence import AT_ONCE
from pumasi.seal.errors import AnotherSealer
from pumasi.seal.models import Block, Sealer
from pumasi.seal.sealer import SealerAtWork
from pumasi.seal.store.lock import give_back, take
from pumasi.seal.tests.record import NOW, seal_all, sealing

pytestmark = [pytest.mark.postgres_only, pytest.mark.django_db(databases=["default", "keys"])]


@pytest.fixture
def elsewhere() -> Iterator[BaseDatabaseWrapper]:
    """A connection of another machine to the same database."""
    other = connections["default"].copy()
    yield other
    other.close()


class TestLock:
    def test_a_second_machine_is_refused_and_does_not_mark_the_record_as_stopped(
        self, elsewhere: BaseDatabaseWrapper
    ) -> None:
        seal_all()
        before = Sealer.objects.values().get(), Block.objects.count()
        assert take(elsewhere)
        settings.LOG_GUARD_FILE = Path(settings.LOG_GUARD_FILE).with_name("another-machine.json")

        with SealerAtWork(AT_ONCE, FixedClock(NOW)) as second, pytest.raises(AnotherSealer):
            second.turn()

        assert (Sealer.objects.values().get(), Block.objects.count()) == before

    def test_is_held_by_a_working_sealer_and_given_back_at_the_end(self, elsewhere: BaseDatabaseWrapper) -> None:
        with sealing() as sealer:
            assert sealer.turn() is None
            sealer.start(NOW)  # as after a refusal: taken once all the same
            during = take(elsewhere)

        assert (during, take(elsewhere)) == (False, True)

    def test_is_taken_again_at_the_start_after_a_lost_connection(self, elsewhere: BaseDatabaseWrapper) -> None:
        with sealing() as sealer:
            assert sealer.turn() is None
            give_back(connection)  # what the server does when the connection ends
            assert take(elsewhere)

            with pytest.raises(AnotherSealer):
                sealer.start(NOW)
