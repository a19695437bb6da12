"""The square and the clock that tests of this service start from."""

from pathlib import Path

import pytest
from pytest_django import Settings

from pumasi.coin.tariff_file import DATA
from pumasi.kernel.clock import FixedClock
from pumasi.services.giving.tests.square import Square


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
