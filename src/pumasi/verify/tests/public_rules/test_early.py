"""Rule `early`: coins expire before the quarter of their last day has begun to pass."""

from datetime import date

import pytest

from pumasi.verify.tests.making import NEW, OLD
from pumasi.verify.tests.public_rules.books import EXPIRED, ISSUE, broken, log, mirror, move, next_leaf

NEVER = next_leaf("earn", [*move(ISSUE, "wallets", {"none": 50}), *mirror(50)])


@pytest.mark.parametrize("day", [date(2026, 10, 2), date(2026, 12, 31), date(2031, 1, 1)])
@pytest.mark.parametrize("kind", ["expire", "hold", "reverse"])
def test_coins_whose_quarter_has_begun_may_expire(kind: str, day: date) -> None:
    assert broken(log(next_leaf(kind, move("wallets", EXPIRED, {OLD: 5}), day=day))) == []


@pytest.mark.parametrize("day", [date(2026, 10, 1), date(2026, 9, 30), date(2025, 12, 31)])
@pytest.mark.parametrize("kind", ["expire", "hold", "reverse"])
def test_on_its_first_day_or_before_they_may_not(kind: str, day: date) -> None:
    # A coin's last day is inclusive: one that ends on the quarter's first day lapses on its second.
    assert broken(log(next_leaf(kind, move("wallets", EXPIRED, {OLD: 5}), day=day))) == [("early", 3)]


def test_coins_that_never_expire_do_not() -> None:
    lapse = next_leaf("expire", move("wallets", EXPIRED, {"none": 5}), index=4, day=date(9999, 12, 31))

    assert broken(log(NEVER, lapse)) == [("early", 4)]


def test_the_end_of_a_programme_may_take_all_coins() -> None:
    end = next_leaf("close", move("wallets", EXPIRED, {"none": 5, NEW: 5}), index=4)

    assert broken(log(NEVER, end)) == []


def test_coins_that_were_expired_may_come_back_at_any_time() -> None:
    end = next_leaf("close", move("wallets", EXPIRED, {NEW: 5}))
    back = next_leaf("close", move(EXPIRED, ISSUE, {NEW: 5}), index=4)

    assert broken(log(end, back)) == []
