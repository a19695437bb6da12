"""The district and the clock that tests of this service start from."""

import pytest
from pytest_django import Settings

from pumasi.civic.people.models import RoleName
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
    """The resident has 40 coins; the reviewer is a second dong official."""
    made = World()
    made.funds()
    made.earns(made.resident, 40)
    made.grants(made.reviewer, RoleName.DONG_OFFICIAL)
    return made
