"""Rule `index`: the entry's number is not its position."""

import pytest

from pumasi.verify.tests.making import NEW
from pumasi.verify.tests.public_rules.books import broken, log, move, next_leaf

GIFT = move("wallets", "wallets", {NEW: 5})


def test_an_entry_that_names_its_position_passes() -> None:
    assert broken(log(next_leaf("give", GIFT, index=3))) == []


@pytest.mark.parametrize("named", [1, 2, 4, 2**53 - 1])
def test_an_entry_that_names_another_is_refused(named: int) -> None:
    assert broken(log(next_leaf("give", GIFT, index=named))) == [("index", 3)]


def test_a_left_out_entry_shows_in_all_that_follow() -> None:
    first, second, third = (next_leaf("give", GIFT, index=index) for index in (3, 4, 5))

    assert broken(log(first, third)) == [("index", 4)]
    assert broken(log(second, first)) == [("index", 3), ("index", 4)]
