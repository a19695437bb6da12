"""The small district of `coin.tests.world`, at a clock that stands still: Monday 5 October 2026, 10:00 in Seoul."""

import pytest

from pumasi.coin.tests.world import World
from pumasi.kernel.clock import FixedClock


@pytest.fixture
def world(db: None, clock: FixedClock) -> World:
    return World()
