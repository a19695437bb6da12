"""A district with officers and a budget of three years, into which the tests move."""

import pytest

from pumasi.coin.moving.tests.district import District


@pytest.fixture
def moving(db: None) -> District:
    """People by role; no budget yet."""
    return District()
