"""The sealer: what it publishes, what a kill at any step leaves, and when it refuses to sign."""

import shutil
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from errno import ENOSPC
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.conf import settings
from django.db import DatabaseError, OperationalError, connection, transaction
from pytest_django import Settings

from pumasi.kernel.clock import FixedClock
from pumasi.ledger import kinds
from pumasi.ledger.commands import Terms
from pumasi.ledger.posting import open_account, post_one
from pumasi.ledger.reads import without_leaf
from pumasi.ledger.tests.stories import S1, W1, Story, full_book, open_all, order, pay, small_book
from pumasi.ledger.whole import assign_leaf_indexes
from pumasi.seal import guard as guards
from pumasi.seal import sealer as sealers
from pumasi.seal.cadence import AT_ONCE, HOURLY
from pumasi.seal.errors import (
    AnotherSealer,
    DatabaseAway,
    EntriesChanged,
    FilesUnusable,
    RulesBroken,
    SignedAnotherRoot,
    SignedMoreThanKnown,
    TileConflict,
)
from pumasi.seal.files import LogFiles
from pumasi.seal.journal import Journal
from pumasi.seal.models import Block, Entry, Sealer
from pumasi.seal.sealer import SealerAtWork
from pumasi.seal.tests.record import (
    NOW,
    adopt_guard,
    checkpoint,
    entries,
    files,
    leaves,
    refused,
    replayed,
    seal_all,
    sealing,
)
from pumasi.tlog.tree import root
from pumasi.verify.errors import BadEntry
from pumasi.verify.leaf import Leaf
from pumasi.verify.replay import Replay

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(databases=["default", "keys"])]


def everything() -> dict[str, bytes]:
    """Every published file."""
    folder = Path(settings.LOG_DIR)
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


class TestFounding:
    def test_begins_with_the_rules_alone_in_block_0(self) -> None:
        seal_all()

        (first,) = leaves()
        assert first.genesis is not None
        assert (first.block, first.genesis.origin, first.genesis.district, first.genesis.rules) == (
            0,
            "seocho.example/coin",
            "11650",
            "pumasi-1",
        )
        assert checkpoint().checkpoint.size == 1
        assert files().policy() == f"log {checkpoint().log.vkey}\nquorum none\n".encode()

    def test_nothing_new_makes_no_block(self) -> None:
        small_book()
        seal_all()
        before = everything()

        seal_all()

        assert everything() == before
        assert Block.objects.count() == 2


class TestSealing:
    def test_gives_each_transfer_one_place_and_publishes_a_tree_that_verifies(self) -> None:
        full_book()

        seal_all()

        assert without_leaf() == []
        assert [leaf.index for leaf in leaves()] == list(range(len(leaves())))
        assert sorted(Entry.objects.exclude(transfer=None).values_list("index", flat=True)) == list(
            range(1, len(leaves()))
        )
        replayed()

    def test_blocks_grow_the_same_tree(self) -> None:
        story = small_book()
        seal_all()
        first = checkpoint().checkpoint
        for _ in range(3):
            pay(story, W1, S1, 100)
            seal_all()

        assert [block.size for block in Block.objects.order_by("number")] == [1, 8, 9, 10, 11]
        assert checkpoint().checkpoint.size == 11
        assert root(first.size, files().read(11)) == first.root
        assert replayed().size == 11

    def test_a_tree_beyond_one_tile_verifies_too(self) -> None:
        story = small_book()
        for _ in range(40):
            story.post(kinds.gift(key=story.key(), at=story.at, wallet=W1, to="2100:SC:w2", amount=1))
        for part in range(7):
            for _ in range(40):
                story.post(kinds.gift(key=story.key(), at=story.at, wallet=W1, to="2100:SC:w2", amount=1))
            if part % 2:
                seal_all()
        seal_all()

        assert checkpoint().checkpoint.size == 328
        assert {"tile/0/000", "tile/0/001.p/72", "tile/1/000.p/1", "tile/entries/000"} <= set(everything())
        replayed()

    def test_the_order_in_a_block_is_not_that_of_the_books(self) -> None:
        full_book()
        in_time = [each.transfer for each in without_leaf()]

        seal_all()

        in_log = list(Entry.objects.exclude(transfer=None).order_by("index").values_list("transfer", flat=True))
        assert set(in_log) == set(in_time)
        assert in_log != in_time

    def test_a_transfer_takes_its_index_once(self) -> None:
        small_book()
        seal_all()
        taken = Entry.objects.exclude(transfer=None).first()
        assert taken is not None
        assert taken.transfer is not None

        with pytest.raises(DatabaseError), transaction.atomic():
            assign_leaf_indexes([(taken.index + 1000, taken.transfer)])

    def test_hourly_waits_for_the_hour_and_for_company(self) -> None:
        story = Story(datetime(2026, 11, 25, 1, tzinfo=UTC))
        open_all()
        order(story)
        clock = FixedClock(datetime(2026, 11, 25, 5, 10, tzinfo=UTC))
        with sealing(HOURLY, clock) as sealer:
            sealer.turn()
            founded = Block.objects.count()
            for _ in range(25):
                with transaction.atomic():
                    at = clock.now()
                    post_one(kinds.earn(key=story.key(), at=at, wallet=W1, amount=10, terms=_terms()))
            sealer.turn()
            too_soon = Block.objects.count()
            clock.advance(timedelta(minutes=50))
            sealer.turn()

        assert (founded, too_soon, Block.objects.count()) == (1, 1, 2)
        assert without_leaf() == []


class TestAppendOnly:
    @pytest.mark.parametrize(
        "change",
        [
            lambda: Entry.objects.update(leaf=b"{}"),
            lambda: Entry.objects.filter(index=3).delete(),
            lambda: Block.objects.filter(number=1).update(root=bytes(32)),
            lambda: Block.objects.filter(number=1).update(note=None, published_at=None),
            lambda: Block.objects.filter(number=1).update(note="other"),
        ],
    )
    def test_the_database_refuses_to_change_what_was_sealed(self, change: Callable[[], object]) -> None:
        small_book()
        seal_all()
        before = list(Entry.objects.order_by("index").values_list("index", "leaf")), everything()

        with pytest.raises(DatabaseError), transaction.atomic():
            change()

        assert (list(Entry.objects.order_by("index").values_list("index", "leaf")), everything()) == before


STEPS = ("commit", "tiles", "guard", "signature", "checkpoint", "note")


class Killed(Exception):
    """Stands for kill -9 at one step."""


def kill_at(step: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the sealer die just before a step; what it has done by then stays."""

    def die(*_: Any, **__: Any) -> Any:
        raise Killed

    targets: dict[str, tuple[Any, str]] = {
        "commit": (Block.objects, "create"),
        "tiles": (LogFiles, "write_tiles"),
        "guard": (guards.Guard, "note"),
        "signature": (sealers, "sign"),
    }
    if step in targets:
        monkeypatch.setattr(*targets[step], die)
        return
    original = LogFiles.write

    def write(self: LogFiles, name: str, data: bytes) -> None:
        if step == "checkpoint" and name == "checkpoint":
            raise Killed
        original(self, name, data)
        if step == "note" and name == "checkpoint":
            raise Killed

    monkeypatch.setattr(LogFiles, "write", write)


class TestKilled:
    @pytest.mark.parametrize("step", STEPS)
    def test_the_next_start_finishes_with_the_same_bytes(self, step: str, monkeypatch: pytest.MonkeyPatch) -> None:
        small_book()
        with sealing() as sealer:
            sealer.start(NOW)
            with monkeypatch.context() as patch:
                kill_at(step, patch)
                with pytest.raises(Killed):
                    sealer.look(NOW)
        left = everything()
        committed = Block.objects.order_by("number").values_list("number", "root")[1:]

        seal_all()

        assert without_leaf() == []
        assert replayed().size == 8
        assert [bytes(root) for _, root in committed] in ([], [checkpoint().checkpoint.root])
        assert {name: data for name, data in everything().items() if name in left and name.startswith("tile")} == {
            name: data for name, data in left.items() if name.startswith("tile")
        }

    def test_lost_files_are_made_again_from_the_database(self) -> None:
        full_book()
        seal_all()
        before = everything()
        shutil.rmtree(settings.LOG_DIR)

        with sealing() as sealer:
            sealer.turn()

        assert everything() == before

    def test_a_start_goes_over_the_commitments_once_however_many_blocks_there_are(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        story = small_book()
        for _ in range(3):
            pay(story, W1, S1, 100)
            seal_all()
        done: list[str] = []

        def counted(name: str) -> Callable[[Replay], object]:
            original = getattr(Replay, name)

            def call(replay: Replay) -> object:
                done.append(name)
                return original(replay)

            return call

        for name in ("copy", "end"):
            monkeypatch.setattr(Replay, name, counted(name))

        with sealing() as sealer:
            sealer.start(NOW)

        assert Block.objects.count() == 4
        assert done == ["end"]

    def test_changing_files_that_were_cut_are_made_again(self) -> None:
        small_book()
        seal_all()
        before = everything()
        for name in ("checkpoint", "solvency.json", "policy"):
            path = Path(settings.LOG_DIR) / name
            path.write_bytes(path.read_bytes()[:20])

        seal_all()

        assert everything() == before


class TestRefusals:
    @pytest.mark.parametrize("lost", ["checkpoint", "guard"])
    def test_a_database_of_yesterday_is_noticed(self, lost: str) -> None:
        story = small_book()
        seal_all()
        sid = transaction.savepoint_create()
        pay(story, W1, S1, 100)
        seal_all()
        tiles = Path(settings.LOG_DIR) / "tile" / "entries" / "000.p" / "9"
        transaction.savepoint_rollback(sid)
        shutil.rmtree(settings.JOURNAL_DIR)  # else it would tell

        assert tiles.exists()
        {"checkpoint": Path(settings.LOG_DIR) / "checkpoint", "guard": Path(settings.LOG_GUARD_FILE)}[lost].unlink()
        refused(SignedMoreThanKnown)

    def test_another_entry_at_a_published_place_is_noticed_without_the_guard(self) -> None:
        story = small_book()
        seal_all()
        sid = transaction.savepoint_create()
        pay(story, W1, S1, 100)
        seal_all()
        published = files().checkpoint() or b""
        transaction.savepoint_rollback(sid)
        shutil.rmtree(settings.JOURNAL_DIR)  # else it would tell
        shutil.rmtree(settings.LOG_DIR)
        settings.LOG_GUARD_FILE.unlink()
        adopt_guard()
        pay(story, W1, S1, 200)
        seal_all()
        (Path(settings.LOG_DIR) / "checkpoint").write_bytes(published)

        refused(SignedAnotherRoot)

    def test_another_entry_at_a_signed_place_is_noticed(self, settings: Settings) -> None:
        story = small_book()
        seal_all()
        sid = transaction.savepoint_create()
        pay(story, W1, S1, 100)
        seal_all()
        guarded = settings.LOG_GUARD_FILE
        transaction.savepoint_rollback(sid)
        shutil.rmtree(settings.JOURNAL_DIR)  # else it would tell
        shutil.rmtree(settings.LOG_DIR)
        pay(story, W1, S1, 200)
        settings.LOG_GUARD_FILE = guarded.with_name("another.json")
        adopt_guard()
        seal_all()
        settings.LOG_GUARD_FILE = guarded

        refused(SignedAnotherRoot)

    def test_a_published_file_that_says_something_else_is_noticed(self) -> None:
        small_book()
        seal_all()
        (Path(settings.LOG_DIR) / "tile" / "entries" / "000.p" / "8").write_bytes(b"\x00\x02{}")

        refused(TileConflict)

    def test_an_entry_changed_by_somebody_with_the_databases_keys_is_noticed(self) -> None:
        small_book()
        seal_all()
        _without_triggers("seal_entry", lambda: Entry.objects.filter(index=2).update(leaf=bytes(entries()[3])))

        refused(EntriesChanged)

    def test_an_issue_without_an_order_stops_the_record_and_nothing_is_committed(self) -> None:
        small_book()
        seal_all()
        with transaction.atomic():
            open_account("2100", "SC", "thief", at=NOW)
            post_one(
                kinds.budget_order(
                    key=UUID(int=10**6), at=NOW, unit="SC", fund="good-deed/2026", coins=10**9, won=10**9
                )
            )

        with SealerAtWork(AT_ONCE, FixedClock(NOW)) as sealer:
            found = sealer.turn()

        assert isinstance(found, RulesBroken)
        assert found.facts["rule"] == "order"
        assert len(without_leaf()) == 1
        assert Block.objects.count() == 2

    def test_what_stopped_it_can_be_gone_the_next_time(self) -> None:
        small_book()
        seal_all()
        path = Path(settings.LOG_DIR) / "tile" / "entries" / "000.p" / "8"
        good = path.read_bytes()
        path.write_bytes(b"\x00\x02{}")
        refused(TileConflict)
        path.write_bytes(good)

        seal_all()

        assert Sealer.objects.get().stopped == ""

    @pytest.mark.parametrize("step", [(LogFiles, "write_tiles"), (guards.Guard, "note"), (Journal, "write")])
    def test_a_full_disk_stops_it_until_there_is_room(
        self, step: tuple[type[object], str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def full(*_: object) -> None:
            raise OSError(ENOSPC, "No space left on device")

        story = small_book()
        seal_all()
        pay(story, W1, S1, 100)
        with monkeypatch.context() as patch:
            patch.setattr(*step, full)
            refused(FilesUnusable)

        seal_all()

        assert Sealer.objects.get().stopped == ""
        assert replayed().size == 9

    def test_a_transfer_that_no_entry_can_hold_stops_it_and_is_named(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def too_long(_: Leaf) -> bytes:
            raise BadEntry("longer than 65535 bytes")

        story = small_book()
        seal_all()
        pay(story, W1, S1, 100)
        monkeypatch.setattr(sealers, "encode", too_long)

        with sealing() as sealer:
            found = sealer.turn()

        assert isinstance(found, RulesBroken)
        assert found.facts["rule"] == "grammar"
        assert f"transfer {without_leaf()[0].transfer}: " in str(found.facts["reason"])

    def test_a_database_that_is_away_is_asked_again(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def away(*_: object) -> None:
            raise OperationalError("the server closed the connection\nunexpectedly")

        small_book()
        with sealing() as sealer:
            with monkeypatch.context() as patch:
                patch.setattr(sealer, "start", away)
                found = sealer.turn()
            again = sealer.turn()

        assert isinstance(found, DatabaseAway)
        assert found.facts["reason"] == "the server closed the connection"
        assert again is None
        assert replayed().size == 8

    def test_one_sealer_at_a_time(self) -> None:
        with sealing(), pytest.raises(AnotherSealer), sealing():
            pass


def _terms() -> Terms:
    return Terms("good-deed/2026", None, 1)


def _without_triggers(table: str, change: Callable[[], object]) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("set constraints all immediate")
            cursor.execute(f"alter table {table} disable trigger user")
            change()
            cursor.execute(f"alter table {table} enable trigger user")
            return
        cursor.execute("select name, sql from sqlite_master where type = 'trigger' and tbl_name = %s", [table])
        triggers = cursor.fetchall()
        for name, _ in triggers:
            cursor.execute(f"drop trigger {name}")
        change()
        for _, sql in triggers:
            cursor.execute(sql)
