"""The small district of `coin.tests.world`, at a clock that stands still: Monday 5 October 2026, 10:00 in Seoul."""

import pytest
from pytest_django import Settings

from pumasi.civic.shell.tests.visiting import stand_still
from pumasi.coin.tests.world import MORNING, World
from pumasi.kernel.clock import FixedClock


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> FixedClock:
    settings.WHITENOISE_AUTOREFRESH = True
    standing = FixedClock(MORNING)
    stand_still(monkeypatch, standing)
    return standing


@pytest.fixture
def world(db: None, clock: FixedClock) -> World:
    return World()
