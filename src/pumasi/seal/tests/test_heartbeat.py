"""A living sealer notices within a heartbeat that the published files are not what it signed last."""

import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings

from pumasi.kernel.clock import FixedClock
from pumasi.ledger.tests.stories import S1, W1, pay, small_book
from pumasi.seal.cadence import AT_ONCE
from pumasi.seal.errors import RecordLost
from pumasi.seal.models import Sealer
from pumasi.seal.sealer import HEARTBEAT
from pumasi.seal.tests.record import NOW, files, replayed, sealing

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(databases=["default", "keys"])]


def gone(_: bytes) -> None:
    shutil.rmtree(settings.LOG_DIR)


def older(before: bytes) -> None:
    (Path(settings.LOG_DIR) / "checkpoint").write_bytes(before)


@pytest.mark.parametrize("spoil", [gone, older])
def test_files_that_are_lost_are_said_and_made_again(spoil: Callable[[bytes], None]) -> None:
    story = small_book()
    clock = FixedClock(NOW)
    with sealing(AT_ONCE, clock) as sealer:
        assert sealer.turn() is None
        before = files().checkpoint() or b""
        pay(story, W1, S1, 100)
        assert sealer.turn() is None
        newest = files().checkpoint()
        spoil(before)

        clock.advance(HEARTBEAT - timedelta(seconds=1))
        early = sealer.turn()
        clock.advance(timedelta(seconds=1))
        found = sealer.turn()
        stopped = Sealer.objects.get().stopped
        again = sealer.turn()

    assert (early, type(found), stopped, again) == (None, RecordLost, "seal_record_lost", None)
    assert Sealer.objects.get().stopped == ""
    assert files().checkpoint() == newest
    assert replayed().size == 9
