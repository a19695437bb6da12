"""The district that most tests of this room start from."""

import pytest

from pumasi.coin.tests.world import World


@pytest.fixture
def world(db: None) -> World:
    """People, places and a budget of 50,000 coins."""
    district = World()
    district.funds()
    return district
