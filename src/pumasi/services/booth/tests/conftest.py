"""A stand for tests: the service switched on in a demo, the practice tariff, a clock that stands still."""

from importlib import import_module
from pathlib import Path

import pytest
from pytest_django import Settings

from pumasi.civic.places.operations import set_state
from pumasi.civic.shell.tests.visiting import stand_still
from pumasi.coin.tests.world import MORNING, World, acts
from pumasi.kernel.clock import FixedClock


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> FixedClock:
    """Monday 5 October 2026, 10:00 in Seoul."""
    standing = FixedClock(MORNING)
    stand_still(monkeypatch, standing)
    return standing


@pytest.fixture
def switched_on(settings: Settings, tmp_path: Path, clock: FixedClock) -> None:
    settings.WHITENOISE_AUTOREFRESH = True
    settings.HOME, settings.DEMO, settings.BOOTH, settings.BOOTH_HOST = tmp_path, True, True, "192.168.0.10"
    settings.ALLOWED_HOSTS = ["localhost", ".localhost", "192.168.0.10", "testserver"]
    settings.PUMASI_TARIFF = "booth"
    import_module(settings.ROOT_URLCONF)  # the addresses of a district, read while the stand is off
    settings.INSTALLED_APPS = [*settings.INSTALLED_APPS, "pumasi.services.booth"]
    settings.ROOT_URLCONF = "pumasi.services.booth.tests.urls"


@pytest.fixture
def stand(db: None, switched_on: None) -> World:
    """The world with a budget, whose gym is the station: goods, bottles, volunteering."""
    world = World()
    world.funds()
    takes = ["HANGER", "CLEAR_PET", "VOLUNTEERING"]
    set_state(acts(world.cashier), world.gym, accepts=takes, needs=[], daily_limit=None, item_limits={})
    return world
