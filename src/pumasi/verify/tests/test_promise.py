"""Promises: four lines, one key."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from pumasi.tlog.errors import BadLog
from pumasi.tlog.note import Signer, sign
from pumasi.verify.errors import BadPromise
from pumasi.verify.promise import Promise, parse_promise, promise_text
from pumasi.verify.tests.making import ORIGIN, private_key

SIGNER = Signer(f"{ORIGIN}/promise", private_key("promise"))
BEFORE = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
TEXT = promise_text(ORIGIN, bytes(32), BEFORE)


def note(text: str, signer: Signer = SIGNER) -> bytes:
    return f"{text}\n{sign(text, signer)}".encode()


class TestAPromise:
    def test_is_the_four_lines_of_the_page(self) -> None:
        title, origin, commitment, before = TEXT.splitlines()

        assert (title, origin) == ("pumasi/promise/v1", "seocho.example/coin")
        assert (commitment, before) == ("A" * 43 + "=", "before 2026-11-24T02:00:00Z")

    def test_is_read(self) -> None:
        assert parse_promise(note(TEXT), SIGNER.verifier) == Promise(ORIGIN, bytes(32), BEFORE)

    def test_names_its_moment_in_utc(self) -> None:
        seoul = timezone(timedelta(hours=9))

        assert promise_text(ORIGIN, bytes(32), datetime(2026, 11, 24, 11, 0, tzinfo=seoul)) == TEXT

    def test_needs_its_signature(self) -> None:
        with pytest.raises(BadLog, match="no signature of a known key"):
            parse_promise(note(TEXT, Signer(SIGNER.name, private_key("somebody"))), SIGNER.verifier)

    def test_is_signed_by_the_key_of_its_log(self) -> None:
        other = Signer("other.example/coin/promise", private_key("promise"))

        with pytest.raises(BadPromise, match="signed by another log's key"):
            parse_promise(note(TEXT, other), other.verifier)

    @pytest.mark.parametrize(
        ("text", "reason"),
        [
            (TEXT + "more\n", "not the four lines of a promise"),
            (TEXT.replace("v1", "v2"), "not the four lines of a promise"),
            (TEXT.replace("Z", "+00:00"), "not the four lines of a promise"),
            (TEXT.replace("AAA=", "AAB="), "not the four lines of a promise"),
            (TEXT.replace("11-24", "11-31"), "no such moment"),
            (TEXT.replace("02:00:00", "24:00:00"), "no such moment"),
        ],
    )
    def test_other_lines_are_refused(self, text: str, reason: str) -> None:
        with pytest.raises(BadPromise) as refused:
            parse_promise(note(text), SIGNER.verifier)

        assert refused.value.reason == reason

    @pytest.mark.parametrize(
        ("origin", "commitment", "before"),
        [
            (ORIGIN, bytes(31), BEFORE),
            ("no spaces", bytes(32), BEFORE),
            (ORIGIN, bytes(32), BEFORE + timedelta(microseconds=1)),
        ],
    )
    def test_what_could_not_be_read_is_not_promised(self, origin: str, commitment: bytes, before: datetime) -> None:
        with pytest.raises(BadPromise, match="not what a promise can say"):
            promise_text(origin, commitment, before)
