"""The district and the clock that tests of this service start from."""

import pytest

from pumasi.civic.people.models import RoleName
from pumasi.coin.tests.world import World
from pumasi.kernel.clock import FixedClock


@pytest.fixture
def world(db: None, clock: FixedClock) -> World:
    """The resident has 40 coins; the reviewer is a second dong official."""
    made = World()
    made.funds()
    made.earns(made.resident, 40)
    made.grants(made.reviewer, RoleName.DONG_OFFICIAL)
    return made
