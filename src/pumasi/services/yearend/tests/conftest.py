"""A street at the turn of the year 2026, and the clock that the page tests start from."""

from collections.abc import Iterator

import pytest
from django.utils.translation import override
from pytest_django import Settings

from pumasi.civic.shell.tests.visiting import stand_still
from pumasi.kernel.clock import FixedClock
from pumasi.services.yearend.tests.turn import JANUARY, Turn


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> FixedClock:
    """4 January 2027, 10:00 in Seoul."""
    settings.WHITENOISE_AUTOREFRESH = True
    standing = FixedClock(JANUARY)
    stand_still(monkeypatch, standing)
    return standing


@pytest.fixture(autouse=True)
def in_korean() -> Iterator[None]:
    """What is asked for beside a request is Korean, whatever language the last request left behind."""
    with override("ko"):
        yield


@pytest.fixture
def turn(db: None, clock: FixedClock) -> Turn:
    """Staff whose roles last into 2027, budgets for both years, a resident with 100 coins of December."""
    made = Turn()
    made.opens_both_years()
    return made
