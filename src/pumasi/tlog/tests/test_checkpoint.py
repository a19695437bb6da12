"""The text of a checkpoint: exactly what it says, and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pumasi.tlog.checkpoint import Checkpoint, parse_checkpoint
from pumasi.tlog.errors import BadCheckpoint
from pumasi.tlog.tests.notes import CHECKPOINT

TEXT = "seocho.example/coin\n73894\nSBNJTRN+FjG7owHVrKtue7eqdM4RhdRWVl71HXN2d7I=\n"
ROOT = CHECKPOINT.root


def refusal(text: str) -> str:
    with pytest.raises(BadCheckpoint) as refused:
        parse_checkpoint(text)
    return refused.value.reason


class TestText:
    def test_is_the_pinned_one(self) -> None:
        assert CHECKPOINT.text == TEXT
        assert parse_checkpoint(TEXT) == CHECKPOINT

    @pytest.mark.parametrize(
        "checkpoint",
        [
            Checkpoint("a b+c", 0, ROOT),
            Checkpoint("서초", 2**63 - 1, ROOT),
            Checkpoint("a", 1, ROOT, ("one", " ", "세 줄")),
        ],
    )
    def test_is_read_as_it_was_written(self, checkpoint: Checkpoint) -> None:
        assert parse_checkpoint(checkpoint.text) == checkpoint

    @given(st.text(max_size=3), st.integers(0, len(TEXT)), st.integers(0, 3))
    def test_no_second_text_means_the_same_checkpoint(self, put: str, place: int, cut: int) -> None:
        text = TEXT[:place] + put + TEXT[place + cut :]
        try:
            checkpoint = parse_checkpoint(text)
        except BadCheckpoint:
            return
        assert checkpoint.text == text


class TestRefusals:
    @pytest.mark.parametrize(
        ("text", "reason"),
        [
            ("", "not three lines or more"),
            ("\n\n\n", "not a decimal number"),
            (TEXT[:-1], "not three lines or more"),
            ("a\n1\n", "not three lines or more"),
            (TEXT + "x", "not three lines or more"),
            (TEXT + "\n", "not an extension line"),
            (TEXT + "x\n\n", "not an extension line"),
            (TEXT + "\nx\n", "not an extension line"),
            ("\n" + TEXT, "not a decimal number"),
            (TEXT.replace("seocho.example/coin", ""), "not an origin"),
            (TEXT.replace("seocho", "seo\rcho"), "not an origin"),
            (TEXT.replace("seocho", "seo\x00cho"), "not an origin"),
            (TEXT.replace("73894", "073894"), "decimal number with leading zeros"),
            (TEXT.replace("73894", "00"), "decimal number with leading zeros"),
            (TEXT.replace("73894", "-1"), "not a decimal number"),
            (TEXT.replace("73894", "+1"), "not a decimal number"),
            (TEXT.replace("73894", ""), "not a decimal number"),
            (TEXT.replace("73894", str(2**63)), "not a decimal number"),
            (TEXT.replace("SBNJ", "SBN"), "not base64"),
            (TEXT.replace("d7I=", "d7J="), "base64 is not canonical"),
            (TEXT.replace("SBNJ", ""), "not 32 bytes"),
            (TEXT.replace("SBNJ", "SBNJAAAA"), "not 32 bytes"),
            ("a\n0\n\n", "not 32 bytes"),
        ],
    )
    def test_other_texts_are_refused(self, text: str, reason: str) -> None:
        assert refusal(text) == reason

    @pytest.mark.parametrize(
        ("origin", "size", "root", "extensions", "reason"),
        [
            ("a\n9", 1, ROOT, (), "not an origin"),
            ("a", -1, ROOT, (), "size out of range"),
            ("a", 2**63, ROOT, (), "size out of range"),
            ("a", 1, ROOT[1:], (), "root is not 32 bytes"),
            ("a", 1, b"", (), "root is not 32 bytes"),
            ("a", 1, ROOT, ("",), "not an extension line"),
            ("a", 1, ROOT, ("x\n\n— b",), "not an extension line"),
        ],
    )
    def test_none_is_made_that_could_not_be_read(
        self, origin: str, size: int, root: bytes, extensions: tuple[str, ...], reason: str
    ) -> None:
        with pytest.raises(BadCheckpoint) as refused:
            Checkpoint(origin, size, root, extensions)

        assert refused.value.reason == reason
