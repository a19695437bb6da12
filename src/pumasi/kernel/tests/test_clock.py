"""Time is injected; days are Seoul's; the demo clock is one for all processes."""

import os
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pumasi.kernel.clock import (
    KST,
    DemoClock,
    FixedClock,
    SystemClock,
    add_business_days,
    fiscal_year,
    is_business_day,
    month_end,
    seoul_date,
)
from pumasi.kernel.errors import ClockFileBroken, ClockOnlyForward

NOON = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
NEW_YEAR = frozenset({date(2027, 1, 1)})


class TestSeoul:
    def test_year_ends_nine_hours_before_utc(self) -> None:
        before = datetime(2026, 12, 31, 14, 59, 59, tzinfo=UTC)

        assert seoul_date(before) == date(2026, 12, 31)
        assert seoul_date(before + timedelta(seconds=1)) == date(2027, 1, 1)
        assert fiscal_year(seoul_date(before)) == 2026
        assert fiscal_year(seoul_date(before + timedelta(seconds=1))) == 2027
        assert seoul_date(datetime(2026, 12, 31, 23, 0, tzinfo=KST)) == date(2026, 12, 31)

    def test_a_naive_moment_is_a_bug(self) -> None:
        with pytest.raises(ValueError, match="time zone"):
            seoul_date(NOON.replace(tzinfo=None))

    @pytest.mark.parametrize(
        ("day", "end"),
        [
            (date(2026, 2, 1), date(2026, 2, 28)),
            (date(2028, 2, 28), date(2028, 2, 29)),
            (date(2100, 2, 3), date(2100, 2, 28)),
            (date(2000, 2, 3), date(2000, 2, 29)),
            (date(2026, 12, 31), date(2026, 12, 31)),
            (date(2026, 4, 30), date(2026, 4, 30)),
            (date(9999, 12, 5), date(9999, 12, 31)),
        ],
    )
    def test_month_ends_with_leap_years(self, day: date, end: date) -> None:
        assert month_end(day) == end

    @given(st.dates())
    def test_month_end_is_the_last_day_of_the_same_month(self, day: date) -> None:
        end = month_end(day)

        assert (end.year, end.month) == (day.year, day.month)
        assert end == date.max or (end + timedelta(days=1)).day == 1


class TestBusinessDays:
    def test_rest_on_weekends_and_holidays(self) -> None:
        assert is_business_day(date(2026, 12, 31), NEW_YEAR)
        assert not is_business_day(date(2027, 1, 1), NEW_YEAR)
        assert not is_business_day(date(2027, 1, 2), NEW_YEAR)

    @pytest.mark.parametrize(
        ("day", "days", "result"),
        [
            (date(2026, 12, 31), 0, date(2026, 12, 31)),
            (date(2026, 12, 31), 1, date(2027, 1, 4)),
            (date(2027, 1, 1), 0, date(2027, 1, 4)),
            (date(2027, 1, 2), 1, date(2027, 1, 4)),
            (date(2026, 12, 28), 3, date(2026, 12, 31)),
            (date(2026, 12, 28), 7, date(2027, 1, 7)),
        ],
    )
    def test_are_counted_after_the_day(self, day: date, days: int, result: date) -> None:
        assert add_business_days(day, days, NEW_YEAR) == result

    def test_are_not_counted_backwards(self) -> None:
        with pytest.raises(ValueError, match="forward"):
            add_business_days(date(2026, 1, 1), -1, NEW_YEAR)


class TestClocks:
    def test_fixed_clock_moves_only_when_told(self) -> None:
        clock = FixedClock(NOON.astimezone(KST))

        clock.advance(timedelta(days=1))

        assert clock.now() == NOON + timedelta(days=1)
        assert clock.now().tzinfo is UTC

    def test_system_clock_is_aware_and_in_utc(self) -> None:
        assert SystemClock().now().tzinfo is UTC


class TestDemoClock:
    def test_follows_the_clock_beneath_until_shifted(self, tmp_path: Path) -> None:
        path = tmp_path / "clock.json"
        clock = DemoClock(path, FixedClock(NOON))
        assert clock.now() == NOON

        DemoClock.shift(path, timedelta(days=7))
        assert clock.now() == NOON + timedelta(days=7)

        assert DemoClock.shift(path, timedelta(hours=1)) == timedelta(days=7, hours=1)
        assert clock.now() == NOON + timedelta(days=7, hours=1)

        path.unlink()
        assert clock.now() == NOON

    def test_a_shift_by_another_process_is_seen_at_once(self, tmp_path: Path) -> None:
        path = tmp_path / "clock.json"
        clock = DemoClock(path, FixedClock(NOON))
        assert clock.now() == NOON
        program = (
            "import sys; from datetime import timedelta; from pathlib import Path;"
            "from pumasi.kernel.clock import DemoClock; DemoClock.shift(Path(sys.argv[1]), timedelta(days=40))"
        )

        source = str(Path(__file__).parents[3])
        subprocess.run([sys.executable, "-c", program, str(path)], check=True, env={**os.environ, "PYTHONPATH": source})

        assert clock.now() == NOON + timedelta(days=40)

    def test_reads_the_file_only_when_it_changed(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        path = tmp_path / "clock.json"
        DemoClock.shift(path, timedelta(days=1))
        clock = DemoClock(path, FixedClock(NOON))
        clock.now()

        def never(*_: object, **__: object) -> str:
            raise AssertionError("read again")

        monkeypatch.setattr(Path, "read_text", never)
        assert clock.now() == NOON + timedelta(days=1)

    def test_leaves_nothing_beside_the_file(self, tmp_path: Path) -> None:
        DemoClock.shift(tmp_path / "clock.json", timedelta(days=1))

        assert [path.name for path in tmp_path.iterdir()] == ["clock.json"]

    @pytest.mark.parametrize(
        "content",
        [
            *("", "{", "[]", "7", "{}", '{"offset_seconds":"7"}', '{"offset_seconds":1.5}', '{"offset_seconds":true}'),
            *('{"offset_seconds":-1}', '{"offset_seconds":999999999999}', "[" * 100000),
        ],
    )
    def test_a_broken_file_is_named(self, tmp_path: Path, content: str) -> None:
        path = tmp_path / "clock.json"
        path.write_text(content)

        with pytest.raises(ClockFileBroken) as refusal:
            DemoClock(path, FixedClock(NOON)).now()

        assert refusal.value.facts == {"name": "clock.json"}
        with pytest.raises(ClockFileBroken):
            DemoClock.shift(path, timedelta(days=1))
        assert path.read_text() == content

    @pytest.mark.parametrize("by", [timedelta(seconds=-1), timedelta(days=3661)])
    def test_moves_forward_only_and_not_too_far(self, tmp_path: Path, by: timedelta) -> None:
        path = tmp_path / "clock.json"

        with pytest.raises(ClockOnlyForward):
            DemoClock.shift(path, by)

        assert not path.exists()
