"""A clock that stands still for the tests of the frame."""

import pytest
from pytest_django import Settings

from pumasi.civic.people.tests.factories import MORNING
from pumasi.civic.shell.tests.visiting import stand_still
from pumasi.kernel.clock import FixedClock


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> FixedClock:
    """2 March 2026, 10:00 in Seoul."""
    settings.WHITENOISE_AUTOREFRESH = True
    standing = FixedClock(MORNING)
    stand_still(monkeypatch, standing)
    return standing
