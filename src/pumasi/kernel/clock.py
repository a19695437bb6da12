"""Time comes from here: the injected clock, Seoul's calendar, and the demo clock that all processes share.

This is the only module that asks the machine for the time. Moments are aware datetimes in UTC; days are Seoul's.
Not here: the list of public holidays, which is data and is passed in.
"""

import json
import os
from collections.abc import Container
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Protocol

from pumasi.kernel.errors import ClockFileBroken, ClockOnlyForward

# Korea has kept +09:00 without summer time since 1988-10-08; every date of the programme is later.
KST = timezone(timedelta(hours=9), "KST")
MAX_SHIFT = timedelta(days=3660)


class Clock(Protocol):
    """What tells the time: one method, so that tests and the demo can stand in."""

    def now(self) -> datetime:
        """The present moment, aware, in UTC."""


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)


class FixedClock:
    """A clock that stands still until it is told to advance."""

    def __init__(self, moment: datetime) -> None:
        self._moment = in_utc(moment)

    def now(self) -> datetime:
        return self._moment

    def advance(self, by: timedelta) -> None:
        self._moment += by


class DemoClock:
    """A clock ahead of the one beneath by an offset in a small file, so that every process sees a shift at once.

    The file is `{"offset_seconds": n}`; without it the offset is zero. It is read again when its inode, size or time
    changes.
    """

    def __init__(self, path: Path, beneath: Clock | None = None) -> None:
        self._path = path
        self._beneath = beneath or SystemClock()
        self._seen: tuple[int, int, int] | None = None
        self._offset = timedelta()

    def now(self) -> datetime:
        """The shifted moment in UTC; raises ClockFileBroken when the file cannot be understood."""
        self._refresh()
        return self._beneath.now() + self._offset

    @staticmethod
    def shift(path: Path, by: timedelta) -> timedelta:
        """Move the demo forward and return the whole offset. The write is an atomic rename: readers see old or new.

        One operator shifts at a time; two shifts in the same instant may count as one.
        """
        offset = _read_offset(path) + timedelta(seconds=int(by.total_seconds()))
        if by < timedelta() or offset > MAX_SHIFT:
            raise ClockOnlyForward(days=MAX_SHIFT.days)
        beside = path.with_name(f"{path.name}.{os.getpid()}.new")
        beside.write_text(json.dumps({"offset_seconds": int(offset.total_seconds())}), encoding="ascii")
        beside.replace(path)
        return offset

    def _refresh(self) -> None:
        try:
            stat = self._path.stat()
        except FileNotFoundError:
            self._seen, self._offset = None, timedelta()
            return
        seen = (stat.st_ino, stat.st_size, stat.st_mtime_ns)
        if seen != self._seen:
            self._offset = _read_offset(self._path)
            self._seen = seen


def _read_offset(path: Path) -> timedelta:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return timedelta()
    except (ValueError, RecursionError, OSError) as error:
        raise ClockFileBroken(name=path.name) from error
    seconds = content.get("offset_seconds") if isinstance(content, dict) else None
    if type(seconds) is not int or not 0 <= seconds <= MAX_SHIFT.total_seconds():
        raise ClockFileBroken(name=path.name)
    return timedelta(seconds=seconds)


def in_utc(moment: datetime) -> datetime:
    """The same moment in UTC; ValueError for a naive one, because nobody knows which moment that is."""
    if moment.utcoffset() is None:
        raise ValueError("a moment needs a time zone")
    return moment.astimezone(UTC)


def seoul_date(moment: datetime) -> date:
    """The calendar day in Seoul at this moment."""
    return in_utc(moment).astimezone(KST).date()


def fiscal_year(day: date) -> int:
    """The budget year of a day: the calendar year (지방재정법 제6조)."""
    return day.year


def month_end(day: date) -> date:
    """The last day of the day's month."""
    first_of_next = date(day.year + day.month // 12, day.month % 12 + 1, 1) if day < date(9999, 12, 1) else None
    return first_of_next - timedelta(days=1) if first_of_next else date(9999, 12, 31)


def is_business_day(day: date, holidays: Container[date]) -> bool:
    """Whether offices work: Monday to Friday and not one of `holidays`."""
    return day.weekday() < 5 and day not in holidays


def add_business_days(day: date, days: int, holidays: Container[date]) -> date:
    """The `days`-th business day after `day`; 0 gives `day` itself or, when offices rest, the next day they work."""
    if days < 0:
        raise ValueError("business days are counted forward")
    while days > 0 or not is_business_day(day, holidays):
        day += timedelta(days=1)
        if days > 0 and is_business_day(day, holidays):
            days -= 1
    return day
