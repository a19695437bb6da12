"""The street and the clock that the page tests of this service start from."""

import pytest
from pytest_django import Settings

from pumasi.civic.shell.tests.visiting import stand_still
from pumasi.coin.settlement.tests.street import SETTLING, Street
from pumasi.kernel.clock import FixedClock


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> FixedClock:
    """26 October 2026, 10:00 in Seoul."""
    settings.WHITENOISE_AUTOREFRESH = True
    standing = FixedClock(SETTLING)
    stand_still(monkeypatch, standing)
    return standing


@pytest.fixture
def street(db: None, clock: FixedClock) -> Street:
    """A budget, a resident with 200 coins, two shops with bank accounts."""
    made = Street()
    made.funds()
    made.earns(made.resident, 200)
    return made
