"""A log as files: what may lie there, and what a missing, cut or changed file leads to."""

from collections.abc import Callable
from pathlib import Path

import pytest

from pumasi.tlog.checkpoint import Checkpoint
from pumasi.tlog.errors import BadLog
from pumasi.tlog.tree import root
from pumasi.verify.audit import Audit, audit
from pumasi.verify.directory import entries, read_checkpoint
from pumasi.verify.errors import BadLogFiles
from pumasi.verify.tests.making import Made, make_log

LOG = make_log(600, witnesses=3)
BUNDLES = ["tile/entries/000", "tile/entries/001", "tile/entries/002.p/88"]
TILES = ["tile/0/000", "tile/0/001", "tile/0/002.p/88", "tile/1/000.p/2"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return LOG.write(tmp_path)


def audited(folder: Path) -> Audit:
    return audit(folder, LOG.policy)


def cut(data: bytes) -> bytes:
    return data[:-1]


def flipped(data: bytes) -> bytes:
    return data[:-1] + bytes([data[-1] ^ 1])


class TestAGoodLog:
    def test_lies_in_these_files(self, folder: Path) -> None:
        found = sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())

        assert found == sorted(["checkpoint", "policy", *BUNDLES, *TILES])

    def test_passes(self, folder: Path) -> None:
        found = audited(folder)

        assert (found.problems, found.found, found.tiles, found.tiles_absent) == ((), 0, 4, 0)
        assert found.verified.checkpoint.root == root(600, LOG.read)
        assert found.solvency == found.replay.solvency("seocho.example/coin")

    @pytest.mark.parametrize("size", [0, 1, 255, 256, 257, 511, 512, 600])
    def test_of_any_size_passes(self, size: int, tmp_path: Path) -> None:
        found = audited(LOG.write(tmp_path, size))

        assert (found.problems, found.replay.size, found.tiles_absent) == ((), size, 0)

    @pytest.mark.parametrize("size", [1, 300, 512, 599])
    def test_may_have_grown_since_its_checkpoint(self, size: int, folder: Path) -> None:
        (folder / "checkpoint").write_bytes(LOG.checkpoint(size))
        for path in ("tile/entries/002.p", "tile/0/002.p"):  # a full bundle and tile have replaced the partial ones
            for partial in (folder / path).iterdir():
                partial.unlink()
            (folder / path).rmdir()
        grown = make_log(768)
        grown.write(folder)
        (folder / "checkpoint").write_bytes(LOG.checkpoint(size))

        found = audited(folder)

        assert (found.problems, found.replay.size) == ((), size)
        assert list(entries(folder, size)) == LOG.entries[:size]

    def test_needs_no_tiles_of_hashes(self, folder: Path) -> None:
        for path in TILES:
            (folder / path).unlink()

        assert (audited(folder).tiles, audited(folder).tiles_absent) == (0, 4)

    def test_shows_each_entry(self, folder: Path) -> None:
        seen: list[int] = []

        audit(folder, LOG.policy, lambda leaf: seen.append(leaf.index))

        assert seen == list(range(600))


class TestABrokenLog:
    @pytest.mark.parametrize("path", BUNDLES)
    def test_with_a_bundle_missing_is_refused(self, path: str, folder: Path) -> None:
        (folder / path).unlink()

        with pytest.raises(BadLogFiles, match="is missing"):
            audited(folder)

    @pytest.mark.parametrize("path", BUNDLES)
    @pytest.mark.parametrize("change", [cut, lambda data: data + b"\0", lambda data: b""])
    def test_with_a_bundle_of_another_length_is_refused(
        self, change: Callable[[bytes], bytes], path: str, folder: Path
    ) -> None:
        (folder / path).write_bytes(change((folder / path).read_bytes()))

        with pytest.raises(BadLog, match="bundle is too"):
            audited(folder)

    @pytest.mark.parametrize("path", BUNDLES)
    def test_with_a_changed_entry_is_refused(self, path: str, folder: Path) -> None:
        (folder / path).write_bytes(flipped((folder / path).read_bytes()))

        with pytest.raises(BadLogFiles) as refused:
            audited(folder)

        assert refused.value.reason in {
            "the entries do not make the checkpoint's root",
            f"{TILES[BUNDLES.index(path)]} holds other hashes than the entries have",
        }

    @pytest.mark.parametrize("path", TILES)
    @pytest.mark.parametrize("change", [cut, flipped, lambda data: data[32:] + data[:32]])
    def test_with_a_changed_tile_is_refused(self, change: Callable[[bytes], bytes], path: str, folder: Path) -> None:
        (folder / path).write_bytes(change((folder / path).read_bytes()))

        with pytest.raises(BadLogFiles) as refused:
            audited(folder)

        assert refused.value.reason == f"{path} holds other hashes than the entries have"

    def test_without_a_checkpoint_is_refused(self, folder: Path) -> None:
        (folder / "checkpoint").unlink()

        with pytest.raises(BadLogFiles, match="checkpoint is missing"):
            read_checkpoint(folder)

    def test_with_a_checkpoint_without_end_is_refused(self, folder: Path) -> None:
        (folder / "checkpoint").write_bytes(bytes(1_000_001))

        with pytest.raises(BadLogFiles, match="checkpoint is too long"):
            audited(folder)

    def test_of_a_size_that_it_does_not_have_is_refused_at_once(self, folder: Path) -> None:
        (folder / "checkpoint").write_bytes(LOG.signed(Checkpoint(LOG.origin, 2**62, bytes(32))))

        with pytest.raises(BadLogFiles, match="tile/entries/002 is missing"):
            audited(folder)

    def test_with_extension_lines_is_refused(self, folder: Path) -> None:
        checkpoint = Checkpoint(LOG.origin, 600, root(600, LOG.read), ("more",))
        (folder / "checkpoint").write_bytes(LOG.signed(checkpoint))

        with pytest.raises(BadLogFiles, match="a checkpoint with extension lines"):
            audited(folder)


def test_a_log_that_breaks_rules_is_told_with_all_of_them(tmp_path: Path) -> None:
    made = Made([*LOG.entries[:59], LOG.entries[5], b"{}"], [()] * 61, witnesses=3)

    found = audited(made.write(tmp_path))

    assert [(problem.rule, problem.index) for problem in found.problems] == [
        ("index", 59),
        ("block", 59),
        ("grammar", 60),
        ("twice", 59),
        ("twice", 59),
    ]
    assert found.found == 5
