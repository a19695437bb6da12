"""Deadlines rest when offices do."""

from datetime import date

import pytest

from pumasi.coin.working_days import working_day


@pytest.mark.parametrize(
    ("day", "days", "due"),
    [
        (date(2026, 9, 23), 1, date(2026, 9, 28)),  # Chuseok, Thursday to Saturday, then a Sunday
        (date(2026, 2, 13), 3, date(2026, 2, 23)),  # Seollal, Monday to Wednesday
        (date(2026, 10, 2), 1, date(2026, 10, 6)),  # the substitute for a Saturday's National Foundation Day
        (date(2026, 6, 2), 1, date(2026, 6, 4)),  # a local election
        (date(2026, 12, 31), 0, date(2026, 12, 31)),
        (date(2027, 1, 1), 0, date(2027, 1, 4)),
    ],
)
def test_deadlines_skip_public_holidays(day: date, days: int, due: date) -> None:
    assert working_day(day, days) == due
