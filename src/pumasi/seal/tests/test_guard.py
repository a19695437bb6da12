"""The guard outside the database: without it nothing is signed, and only a person makes it anew."""

import shutil
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction

from pumasi.ledger.reads import without_leaf
from pumasi.ledger.tests.stories import S1, W1, pay, small_book
from pumasi.seal.errors import FilesUnusable, GuardLost, NothingSigned, SignedMoreThanKnown
from pumasi.seal.tests.record import adopt_guard, files, refused, replayed, seal_all, sealing

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(databases=["default", "keys"])]


class TestGuard:
    def test_a_guard_that_is_gone_signs_nothing(self) -> None:
        story = small_book()
        seal_all()
        pay(story, W1, S1, 100)
        settings.LOG_GUARD_FILE.unlink()

        refused(GuardLost)

        assert not settings.LOG_GUARD_FILE.exists()
        assert len(without_leaf()) == 1

    def test_a_guard_that_goes_under_a_working_sealer_signs_nothing(self) -> None:
        story = small_book()
        with sealing() as sealer:
            assert sealer.turn() is None
            before = files().checkpoint()
            pay(story, W1, S1, 100)
            settings.LOG_GUARD_FILE.unlink()
            found = sealer.turn()

        assert isinstance(found, GuardLost)
        assert files().checkpoint() == before
        assert not settings.LOG_GUARD_FILE.exists()

    def test_a_guard_out_of_a_backup_signs_nothing(self) -> None:
        story = small_book()
        seal_all()
        old = settings.LOG_GUARD_FILE.read_bytes()
        pay(story, W1, S1, 100)
        seal_all()
        settings.LOG_GUARD_FILE.write_bytes(old)

        refused(GuardLost)

    def test_a_guard_that_cannot_be_read_stops_it(self) -> None:
        small_book()
        seal_all()
        settings.LOG_GUARD_FILE.write_text("")

        refused(FilesUnusable)


class TestAdoptGuard:
    def test_makes_the_lost_guard_anew_and_sealing_goes_on(self) -> None:
        story = small_book()
        seal_all()
        before = settings.LOG_GUARD_FILE.read_bytes()
        settings.LOG_GUARD_FILE.unlink()

        assert adopt_guard() == 8

        assert settings.LOG_GUARD_FILE.read_bytes() == before
        pay(story, W1, S1, 100)
        seal_all()
        assert replayed().size == 9

    def test_has_nothing_to_begin_with_before_the_first_block(self) -> None:
        with pytest.raises(NothingSigned):
            adopt_guard()

        assert not settings.LOG_GUARD_FILE.exists()

    @pytest.mark.parametrize("left", ["checkpoint", "guard"])
    def test_never_takes_a_database_of_yesterday(self, left: str) -> None:
        story = small_book()
        seal_all()
        sid = transaction.savepoint_create()
        pay(story, W1, S1, 100)
        seal_all()
        transaction.savepoint_rollback(sid)
        shutil.rmtree(settings.JOURNAL_DIR)  # else it would tell
        lost = {"checkpoint": settings.LOG_GUARD_FILE, "guard": Path(settings.LOG_DIR) / "checkpoint"}[left]
        lost.unlink()

        with pytest.raises(SignedMoreThanKnown):
            adopt_guard()

        assert settings.LOG_GUARD_FILE.exists() == (left == "guard")
