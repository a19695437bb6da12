"""The district and the clock that the page tests of this service start from."""

import pytest

from pumasi.coin.tests.world import World
from pumasi.kernel.clock import FixedClock


@pytest.fixture
def world(db: None, clock: FixedClock) -> World:
    """People and places."""
    return World()
