"""The journal of blocks: whatever was committed can be read again with the recovery key, and with nothing else."""

import json
import os
import shutil
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from django.conf import settings
from django.db import transaction

from pumasi.civic.people.errors import SealBroken
from pumasi.kernel.clock import FixedClock
from pumasi.ledger.reads import without_leaf
from pumasi.ledger.tests.stories import S1, W1, full_book, pay, small_book
from pumasi.ledger.whole import whole_transfers
from pumasi.seal.cadence import HOURLY
from pumasi.seal.errors import JournalAhead
from pumasi.seal.journal import KEPT, Journal, opened, record
from pumasi.seal.models import Journalled, Sealer
from pumasi.seal.sealer import SealerAtWork
from pumasi.seal.tests.record import NOW, adopt_guard, seal_all, sealing

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(databases=["default", "keys"])]


def written() -> list[Path]:
    return sorted(Path(settings.JOURNAL_DIR).glob("*.journal"))


def secret() -> X25519PrivateKey:
    path = Path(settings.RECOVERY_KEY_FILE)
    return X25519PrivateKey.from_private_bytes(bytes.fromhex(path.with_name(f"{path.name}.secret").read_text()))


class TestJournal:
    def test_holds_every_transfer_whole_for_the_recovery_key(self) -> None:
        full_book()
        expected = [record(whole) for whole in whole_transfers([each.transfer for each in without_leaf()])]

        with sealing() as sealer:
            sealer.turn()

        (file,) = written()
        found = opened(1, file.read_bytes(), secret())
        assert found == json.loads(json.dumps(expected))
        assert b"2100:SC" not in file.read_bytes()

    def test_does_not_open_under_another_number_key_or_with_a_bit_changed(self) -> None:
        small_book()
        with sealing() as sealer:
            sealer.turn()
        data = written()[0].read_bytes()

        for number, bytes_, key in (
            (2, data, secret()),
            (1, data, X25519PrivateKey.generate()),
            (1, data[:-1] + bytes([data[-1] ^ 1]), secret()),
            (1, data[:20] + bytes([data[20] ^ 1]) + data[21:], secret()),
        ):
            with pytest.raises(SealBroken):
                opened(number, bytes_, key)

    def test_has_a_transfer_before_any_block_tells_of_it(self, monkeypatch: pytest.MonkeyPatch) -> None:
        story = small_book()
        late: list[int] = []

        def ship_then_another_commits(sealer: SealerAtWork, now: datetime) -> int:
            count = original(sealer, now)
            if not late:
                pay(story, W1, S1, 100)
                late.append(without_leaf()[-1].transfer)
            return count

        original = SealerAtWork._ship
        monkeypatch.setattr(SealerAtWork, "_ship", ship_then_another_commits)
        with sealing() as sealer:
            sealer.turn()
            still_waiting = [each.transfer for each in without_leaf()]
            sealer.turn()

        assert still_waiting == late
        assert without_leaf() == []
        assert len(written()) == 2

    def test_goes_on_where_it_stopped_and_forgets_what_is_published(self) -> None:
        story = small_book()
        with sealing() as sealer:
            sealer.turn()
        pay(story, W1, S1, 100)
        with sealing() as sealer:
            sealer.turn()

        assert [len(opened(n, file.read_bytes(), secret())) for n, file in enumerate(written(), 1)] == [7, 1]
        assert Journalled.objects.count() == 0

    def test_of_a_database_of_yesterday_stops_the_sealer_and_names_what_is_missing(self) -> None:
        story = small_book()
        seal_all()
        yesterday = transaction.savepoint_create()
        for number in (2, 3):
            pay(story, W1, S1, 100)
            with sealing(HOURLY, FixedClock(NOW + timedelta(minutes=1))) as sealer:
                assert sealer.turn() is None
            os.utime(written()[-1], (NOW.timestamp() + 60 * number, NOW.timestamp() + 60 * number))
        before = [file.read_bytes() for file in written()]
        transaction.savepoint_rollback(yesterday)
        pay(story, W1, S1, 200)

        with sealing() as sealer:
            found = sealer.turn()

        assert isinstance(found, JournalAhead)
        assert found.facts == {
            "first": 2,
            "last": 3,
            "since": "2026-11-25 14:32",
            "until": "2026-11-25 14:33",
            "signed": 8,
            "known": 8,
        }
        assert Sealer.objects.get().stopped == "seal_journal_ahead"
        assert [file.read_bytes() for file in written()] == before
        assert len(without_leaf()) == 1

    def test_of_a_database_of_yesterday_gives_no_new_guard(self) -> None:
        story = small_book()
        seal_all()
        yesterday = transaction.savepoint_create()
        pay(story, W1, S1, 100)
        seal_all()
        transaction.savepoint_rollback(yesterday)
        settings.LOG_GUARD_FILE.unlink()
        shutil.rmtree(settings.LOG_DIR)

        with pytest.raises(JournalAhead):
            adopt_guard()

        assert not settings.LOG_GUARD_FILE.exists()

    def test_that_a_database_rolled_back_under_the_sealer_does_not_know_stops_it(self) -> None:
        story = small_book()
        with sealing(HOURLY, FixedClock(NOW + timedelta(minutes=1))) as sealer:
            assert sealer.turn() is None
            yesterday = transaction.savepoint_create()
            pay(story, W1, S1, 100)
            assert sealer.turn() is None
            transaction.savepoint_rollback(yesterday)
            written()[-1].unlink()  # even so
            found = sealer.turn()

        assert isinstance(found, JournalAhead)
        assert (found.facts["first"], found.facts["last"], found.facts["since"]) == (2, 2, "?")

    @pytest.mark.parametrize("step", [(Journal, "write"), (Journalled.objects, "bulk_create")])
    def test_of_a_sealer_that_dies_again_and_again_is_not_taken_for_a_rollback(
        self, step: tuple[object, str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def die(*_: object) -> None:
            raise KeyboardInterrupt

        story = small_book()
        seal_all()
        pay(story, W1, S1, 100)
        for _ in range(3):
            with monkeypatch.context() as patch, sealing() as sealer:
                patch.setattr(*step, die)
                with pytest.raises(KeyboardInterrupt):
                    sealer.turn()

        seal_all()

        assert without_leaf() == []
        assert len(opened(5, written()[-1].read_bytes(), secret())) == 1

    def test_is_kept_for_thirty_days(self) -> None:
        story = small_book()
        with sealing() as sealer:
            sealer.turn()
        old = (NOW - KEPT - timedelta(seconds=1)).timestamp()
        os.utime(written()[0], (old, old))
        pay(story, W1, S1, 100)

        with sealing() as sealer:
            sealer.turn()

        assert [file.name for file in written()] == ["000000000002.journal"]
