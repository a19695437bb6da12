"""The clock and the district that the page tests of this service start from."""

import pytest
from pytest_django import Settings

from pumasi.civic.shell.tests.visiting import stand_still
from pumasi.coin.moving.tests.district import District
from pumasi.coin.tests.world import MORNING
from pumasi.kernel.clock import FixedClock


@pytest.fixture
def moving(db: None, monkeypatch: pytest.MonkeyPatch, settings: Settings) -> District:
    """5 October 2026, 10:00 in Seoul; officers, no budget yet."""
    settings.WHITENOISE_AUTOREFRESH = True
    stand_still(monkeypatch, FixedClock(MORNING))
    return District()
