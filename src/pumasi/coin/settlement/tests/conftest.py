"""The street that most tests here start from."""

import pytest

from pumasi.coin.settlement.tests.street import Street


@pytest.fixture
def street(db: None) -> Street:
    """A budget, a resident with 200 coins, two shops with bank accounts."""
    made = Street()
    made.funds()
    made.earns(made.resident, 200)
    return made
