"""Moments and days as the books keep them: microseconds since 1970 (UTC), and yyyymmdd in Asia/Seoul."""

from datetime import UTC, date, datetime

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def micros(moment: datetime) -> int:
    """Microseconds since 1970 (UTC), exact."""
    delta = moment - _EPOCH
    return (delta.days * 86_400 + delta.seconds) * 1_000_000 + delta.microseconds


def day_number(day: date) -> int:
    """yyyymmdd."""
    return day.year * 10_000 + day.month * 100 + day.day
