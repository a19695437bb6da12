"""The district and the clock that the page tests of this service start from."""

from collections.abc import Callable

import pytest
from pytest_django import Settings

from pumasi.civic.shell.tests.visiting import stand_still
from pumasi.coin.tests.world import MORNING, World
from pumasi.kernel.clock import FixedClock
from pumasi.seal.cadence import AT_ONCE
from pumasi.seal.sealer import SealerAtWork


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


@pytest.fixture
def seal(clock: FixedClock) -> Callable[[], None]:
    """Publishes what waits."""

    def publish() -> None:
        with SealerAtWork(AT_ONCE, clock) as sealer:
            assert sealer.turn() is None

    return publish
