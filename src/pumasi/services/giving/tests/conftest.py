"""The square and the clock that tests of this service start from."""

from pathlib import Path

import pytest
from pytest_django import Settings

from pumasi.civic.shell.tests.visiting import stand_still
from pumasi.coin.tariff_file import DATA
from pumasi.coin.tests.world import MORNING
from pumasi.kernel.clock import FixedClock
from pumasi.services.giving.tests.square import Square


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> FixedClock:
    """5 October 2026, 10:00 in Seoul."""
    settings.WHITENOISE_AUTOREFRESH = True
    standing = FixedClock(MORNING)
    stand_still(monkeypatch, standing)
    return standing


@pytest.fixture
def square(db: None, clock: FixedClock) -> Square:
    """A verified charity; the resident has 100 coins, the neighbour 60."""
    made = Square()
    made.funds()
    made.earns(made.resident, 100)
    made.earns(made.neighbour, 60)
    return made


@pytest.fixture
def stops_at_target(settings: Settings, tmp_path: Path) -> None:
    """A district whose campaigns end when they are full."""
    path = tmp_path / "giving.toml"
    path.write_text((DATA / "giving.toml").read_text(encoding="utf-8").replace('"ACCEPT"', '"STOP"'))
    settings.PUMASI_GIVING = str(path)
