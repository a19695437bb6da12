"""Rule `negative`: a class of a vintage, or a public account, is below zero at the end of a block."""

from pumasi.verify.tests.making import NEW, OLD
from pumasi.verify.tests.public_rules.books import CAMPAIGN, COINS, broken, log, mirror, move, next_leaf


def test_all_that_is_there_may_be_taken() -> None:
    assert broken(log(next_leaf("spend", move("wallets", "takings", COINS)))) == []


def test_one_more_of_a_vintage_is_refused() -> None:
    spent = next_leaf("spend", move("wallets", "takings", {OLD: COINS[OLD] + 1}))

    assert broken(log(spent)) == [("negative", 3)]


def test_one_vintage_does_not_stand_in_for_another() -> None:
    assert broken(log(next_leaf("spend", move("wallets", "takings", {"2028Q1": 1})))) == [("negative", 3)]


def test_entries_of_one_block_may_stand_in_any_order() -> None:
    back = next_leaf("reverse", move("takings", "wallets", {NEW: 5}), index=3)
    spent = next_leaf("spend", move("wallets", "takings", {NEW: 5}), index=4)
    later = next_leaf("spend", move("wallets", "takings", {NEW: 5}), index=4, block=3)

    assert broken(log(back, spent)) == []
    assert broken(log(back, later)) == [("negative", 3)]


def test_one_public_account_does_not_stand_in_for_another() -> None:
    given = next_leaf("donate", move("wallets", CAMPAIGN, {NEW: 5}))
    taken = next_leaf("donate", move("2400:SC:camp-2", "3400:SC:2026", {NEW: 5}), index=4)

    assert broken(log(given, taken)) == [("negative", 4)]


def test_the_budget_is_not_overspent() -> None:
    assert ("negative", 3) in broken(log(next_leaf("earn", mirror(1_000_000))))


def test_controls_may_be_below_zero() -> None:
    returned = next_leaf("close", [("B000:KRW:carbon/2026", {"won": 5}), ("B400:KRW:carbon/2026", {"won": -5})])
    cash = next_leaf("budget", [("K300:KRW:camp-1", {"won": -5}), ("K000:KRW:carbon", {"won": 5})], index=4)

    found = broken(log(returned, cash))

    assert set(found) == {("negative", 4)}  # the payable K300, not B400
