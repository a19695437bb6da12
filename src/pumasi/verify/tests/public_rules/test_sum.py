"""Rule `sum`: the postings of one unit and one vintage do not sum to zero."""

import pytest

from pumasi.verify.tests.making import NEW, OLD, Move
from pumasi.verify.tests.public_rules.books import FREE, SPENT, broken, log, move, next_leaf


def test_what_is_taken_is_given() -> None:
    assert broken(log(next_leaf("spend", move("wallets", "takings", {NEW: 5, OLD: 7})))) == []


@pytest.mark.parametrize(
    "moves",
    [
        [("wallets", {NEW: -5}), ("wallets", {NEW: 6})],
        [("wallets", {NEW: -5})],
        [("wallets", {NEW: -5}), ("wallets", {OLD: 5})],
        [("wallets", {NEW: -5, OLD: -5}), ("wallets", {NEW: 10})],
        [("wallets", {NEW: -5}), ("wallets", {NEW: 5}), (FREE, {"won": -5}), (SPENT, {"won": 4})],
    ],
)
def test_what_comes_from_nowhere_or_goes_nowhere_is_refused(moves: list[Move]) -> None:
    assert broken(log(next_leaf("give", moves))) == [("sum", 3)]
