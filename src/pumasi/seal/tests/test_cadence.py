"""When a block is formed: at the top of an hour once twenty wait, and once a day whatever waits."""

from datetime import UTC, datetime

import pytest

from pumasi.seal.cadence import AT_ONCE, HOURLY


def seoul(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-11-{text}+09:00").astimezone(UTC)


LAST = seoul("24T13:00")


class TestHourly:
    @pytest.mark.parametrize(
        ("waiting", "considered", "last", "now", "due"),
        [
            (20, LAST, "24T13:00:02", "24T14:00:00", True),
            (20, LAST, "24T13:00:02", "24T14:59:59", True),  # late, because nobody looked at the top of the hour
            (20, LAST, "24T14:59:59", "24T15:00:00", False),  # so that the next hour is left out
            (19, LAST, "24T13:00:02", "24T14:00:00", False),
            (500, LAST, "24T12:00:02", "24T13:59:59", False),  # this hour has been decided
            (1, LAST, "24T12:00:02", "24T23:59:59", False),
            (1, LAST, "24T12:00:02", "25T00:00:00", True),
            (0, LAST, "24T12:00:02", "25T00:00:00", False),
            (19, seoul("25T00:00"), "24T12:00:02", "25T01:00:00", False),
            (1, None, "24T09:00:00", "24T10:10:10", True),
        ],
    )
    def test_is_due(self, waiting: int, considered: datetime | None, last: str, now: str, due: bool) -> None:
        assert HOURLY.is_due(waiting, considered, seoul(last), seoul(now)) is due


class TestAtOnce:
    def test_is_due_when_anything_waits(self) -> None:
        assert AT_ONCE.is_due(1, LAST, LAST, LAST)
        assert not AT_ONCE.is_due(0, None, LAST, LAST)
