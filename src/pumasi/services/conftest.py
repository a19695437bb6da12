"""Where the tests of every service start: a small district, at a clock that stands still. Some rooms have more."""

import pytest
from pytest_django import Settings

from pumasi.civic.shell.tests.visiting import stand_still
from pumasi.coin.tests.world import MORNING, World
from pumasi.kernel.clock import FixedClock


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> FixedClock:
    """5 October 2026, 10:00 in Seoul."""
    settings.WHITENOISE_AUTOREFRESH = True
    standing = FixedClock(MORNING)
    stand_still(monkeypatch, standing)
    return standing


@pytest.fixture
def world(db: None, clock: FixedClock) -> World:
    """People, places and a budget of 50,000 coins."""
    district = World()
    district.funds()
    return district
