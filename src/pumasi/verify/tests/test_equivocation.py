"""Two checkpoints of one log: evidence, no contradiction, or nothing that can be said."""

from pathlib import Path

import pytest

from pumasi.tlog.checkpoint import Checkpoint
from pumasi.tlog.errors import BadLog
from pumasi.verify.equivocation import Compared, NotOneLog, Verdict, compare
from pumasi.verify.tests.making import Made, make_log

LOG = make_log(300, witnesses=1)
KEYS = [log.key for log in LOG.policy.logs]


def other_history(size: int) -> bytes:
    """What the same key signs about a log that never was."""
    return LOG.signed(Checkpoint(LOG.origin, size, bytes([size % 256]) * 32))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return LOG.write(tmp_path)


def verdict(first: bytes, second: bytes, folder: Path | None = None) -> Verdict:
    compared: Compared = compare(first, second, KEYS, folder)
    return compared.verdict


class TestWithoutTheLog:
    def test_two_roots_of_one_size_are_evidence(self) -> None:
        found = compare(LOG.checkpoint(200), other_history(200), KEYS)

        assert found.verdict is Verdict.CONFLICT
        assert (found.first.size, found.second.root) == (200, b"\xc8" * 32)

    def test_the_same_checkpoint_is_none(self) -> None:
        assert verdict(LOG.checkpoint(200), LOG.checkpoint(200)) is Verdict.CONSISTENT

    def test_of_different_sizes_nothing_can_be_said(self) -> None:
        assert verdict(LOG.checkpoint(200), other_history(100)) is Verdict.UNDECIDED

    def test_no_quorum_is_needed(self) -> None:
        alone = Made(LOG.entries, LOG.openings)

        assert verdict(alone.checkpoint(200), other_history(200)) is Verdict.CONFLICT


class TestWithTheLog:
    @pytest.mark.parametrize(("first", "second"), [(100, 200), (200, 100), (1, 300), (0, 300)])
    def test_two_beginnings_are_consistent(self, first: int, second: int, folder: Path) -> None:
        assert verdict(LOG.checkpoint(first), LOG.checkpoint(second), folder) is Verdict.CONSISTENT

    @pytest.mark.parametrize("swap", [False, True])
    def test_another_history_is_evidence(self, swap: bool, folder: Path) -> None:
        first, second = (other_history(100), LOG.checkpoint(200))[:: -1 if swap else 1]

        found = compare(first, second, KEYS, folder)

        assert found.verdict is Verdict.CONFLICT
        assert {found.first.size, found.second.size} == {100, 300}  # the lie, and what the files were signed as

    def test_a_checkpoint_beyond_the_files_leaves_it_open(self, folder: Path) -> None:
        assert verdict(LOG.checkpoint(100), other_history(400), folder) is Verdict.UNDECIDED

    def test_a_lie_within_the_files_shows_whatever_the_other_says(self, folder: Path) -> None:
        assert verdict(other_history(100), other_history(400), folder) is Verdict.CONFLICT

    def test_files_that_do_not_make_their_checkpoint_prove_nothing(self, folder: Path) -> None:
        (folder / "checkpoint").write_bytes(other_history(300))

        with pytest.raises(NotOneLog, match="do not make the root"):
            verdict(LOG.checkpoint(100), LOG.checkpoint(200), folder)

    def test_files_of_another_log_prove_nothing(self, tmp_path: Path) -> None:
        other = make_log(300, origin="other.example/coin")

        with pytest.raises(NotOneLog, match="those of another log"):
            compare(LOG.checkpoint(1), LOG.checkpoint(2), [*KEYS, other.signer.verifier], other.write(tmp_path))


class TestNotOneLog:
    def test_checkpoints_of_two_logs(self) -> None:
        other = make_log(10, origin="other.example/coin")

        with pytest.raises(NotOneLog, match="not of one log and key"):
            compare(LOG.checkpoint(10), other.checkpoint(), [*KEYS, other.signer.verifier])

    def test_checkpoints_of_two_keys(self) -> None:
        other = make_log(10, seed=b"other")

        with pytest.raises(NotOneLog, match="not of one log and key"):
            compare(LOG.checkpoint(10), other.checkpoint(), [*KEYS, other.signer.verifier])

    def test_a_checkpoint_signed_by_another_log_s_key(self) -> None:
        other = make_log(10, origin="other.example/coin")
        odd = other.signed(Checkpoint(LOG.origin, 10, bytes(32)))

        with pytest.raises(NotOneLog, match="signed by another log"):
            compare(LOG.checkpoint(10), odd, [*KEYS, other.signer.verifier])

    def test_a_note_that_nobody_known_signed(self) -> None:
        with pytest.raises(BadLog, match="no signature of a known key"):
            compare(LOG.checkpoint(10), make_log(10, seed=b"other").checkpoint(), KEYS)
