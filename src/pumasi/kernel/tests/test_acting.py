"""Who acts is part of every operation."""

from datetime import UTC, datetime
from uuid import UUID

import pytest

from pumasi.kernel.acting import Acting, Channel


class TestActing:
    def test_holds_who_for_whom_through_what_why_and_when(self) -> None:
        acting = Acting(UUID(int=1), UUID(int=2), Channel.DESK, "join", datetime(2026, 1, 1, tzinfo=UTC))

        assert acting.channel == "DESK"
        assert {channel.value for channel in Channel} == {
            "PHONE", "DESK", "CARD", "KIOSK", "MACHINE", "PAPER", "VOICE", "API", "JOB",
        }  # fmt: skip

    def test_a_naive_moment_is_a_bug(self) -> None:
        with pytest.raises(ValueError, match="time zone"):
            Acting(None, None, Channel.JOB, "sweep", datetime(2026, 1, 1, tzinfo=UTC).replace(tzinfo=None))
