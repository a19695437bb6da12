"""Rule `limit`: more is issued than orders authorised, at the end of a block."""

from pumasi.verify.tests.making import NEW, order_leaf
from pumasi.verify.tests.public_rules.books import COINS, ISSUE, ORDERED, broken, log, mirror, move, next_leaf

LEFT = ORDERED - sum(COINS.values())


def test_all_that_was_authorised_may_be_issued() -> None:
    assert broken(log(next_leaf("earn", [*move(ISSUE, "wallets", {NEW: LEFT}), *mirror(LEFT)]))) == []


def test_one_more_is_refused() -> None:
    assert broken(log(next_leaf("earn", [*move(ISSUE, "wallets", {NEW: LEFT + 1}), *mirror(LEFT)]))) == [("limit", 3)]


def test_what_never_was_authorised_is_refused() -> None:
    elsewhere = next_leaf("earn", move("1100:SC:carbon/2027", "wallets", {NEW: 1}))

    assert broken(log(elsewhere)) == [("limit", 3)]


def test_an_order_counts_for_its_whole_block() -> None:
    more = next_leaf("earn", move(ISSUE, "wallets", {NEW: LEFT + 5}))
    same, later = (order_leaf(4, name="second", coins=5, won=5, block=block) for block in (2, 3))

    assert broken(log(more, same)) == []
    assert broken(log(more, later)) == [("limit", 3)]


def test_a_cut_below_what_is_issued_is_refused() -> None:
    exact, deeper = (order_leaf(3, name="cut", kind="CUT", coins=LEFT + by, won=1, block=2) for by in (0, 1))

    assert broken(log(exact)) == []
    assert broken(log(deeper)) == [("limit", 3)]
