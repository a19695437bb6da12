"""Rule `late`: lapsed coins are spent or donated."""

from datetime import date, timedelta

import pytest

from pumasi.verify.tests.making import NEW, OLD
from pumasi.verify.tests.public_rules.books import CAMPAIGN, ISSUE, broken, log, mirror, move, next_leaf

END = date(2026, 12, 31)  # of the quarter OLD
TARGETS = {"spend": "takings", "donate": CAMPAIGN}


@pytest.mark.parametrize("days", [-90, 0, 1, 92])
@pytest.mark.parametrize("kind", TARGETS)
def test_until_the_longest_hold_has_passed_it_may_be(kind: str, days: int) -> None:
    spent = next_leaf(kind, move("wallets", TARGETS[kind], {OLD: 5}), day=END + timedelta(days))

    assert broken(log(spent)) == []


@pytest.mark.parametrize("days", [93, 400, 300_000])
@pytest.mark.parametrize("kind", TARGETS)
def test_after_that_it_is_refused(kind: str, days: int) -> None:
    spent = next_leaf(kind, move("wallets", TARGETS[kind], {OLD: 5}), day=END + timedelta(days))

    assert broken(log(spent)) == [("late", 3)]


def test_a_gift_moves_lapsed_coins_only_to_another_wallet() -> None:
    assert broken(log(next_leaf("give", move("wallets", "wallets", {OLD: 5}), day=END + timedelta(400)))) == []


def test_coins_that_never_lapse_are_never_late() -> None:
    earned = next_leaf("earn", [*move(ISSUE, "wallets", {"none": 50}), *mirror(50)])
    spent = next_leaf("spend", move("wallets", "takings", {"none": 50}), index=4, day=date(9999, 12, 31))

    assert broken(log(earned, spent)) == []


def test_an_amount_of_several_vintages_is_held_vintage_by_vintage() -> None:
    spent = next_leaf("spend", move("wallets", "takings", {NEW: 5, OLD: 5}), day=END + timedelta(93))

    assert broken(log(spent)) == [("late", 3)]
