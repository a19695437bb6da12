"""The books as they stood at the end of a day: the same figures for ever, whatever happens afterwards."""

from datetime import date

import pytest

from pumasi.ledger import reads
from pumasi.ledger.tests.books import Books

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]

FIRST, SECOND = date(2026, 3, 2), date(2026, 3, 3)


@pytest.fixture
def two_days(books: Books) -> Books:
    """On the first day 15 come in and 5 are spent; on the second 4 more are spent and 1 comes in at another rate."""
    books.earn("2100:w1", 10)
    books.earn("2100:w2", 5, rate=1)
    books.pay("2100:w1", "2200:s1", 5)
    books.later(days=1)
    books.pay("2100:w1", "2200:s1", 4)
    books.earn("2100:w2", 1, rate=3)
    return books


def lots(day: date) -> list[tuple[str, int, int, int]]:
    return [(line.row.code, line.fiscal_year, line.amount, line.won) for line in reads.lots_at(day)]


def test_lots_lie_where_they_lay_on_the_day(two_days: Books) -> None:
    assert lots(FIRST) == [("1100", 2026, -15, -25), ("2100", 2026, 10, 15), ("2200", 2026, 5, 10)]
    assert lots(SECOND) == [("1100", 2026, -16, -28), ("2100", 2026, 7, 10), ("2200", 2026, 9, 18)]
    assert lots(date(2026, 3, 1)) == []


def test_lots_are_the_trial_balance_of_the_day(two_days: Books) -> None:
    for day in (FIRST, SECOND):
        trial = {line.row.code: line.balance for line in reads.trial_balance_at(day) if line.row.coin}
        assert {code: amount for code, _, amount, _ in lots(day)} == trial


def test_the_last_day_is_the_trial_balance_of_now(two_days: Books) -> None:
    now = [(line.row.code, line.unit, line.balance) for line in reads.trial_balance() if line.balance]
    assert [(line.row.code, line.unit, line.balance) for line in reads.trial_balance_at(SECOND)] == now


def test_owners_of_a_code(two_days: Books) -> None:
    assert reads.owners_at("2100", FIRST) == {"w1": 5, "w2": 5}
    assert reads.owners_at("2100", SECOND) == {"w1": 1, "w2": 6}


def test_what_would_lapse_is_added_up_by_last_day(two_days: Books) -> None:
    for wallet, amount in (("2100:w1", 3), ("2100:w1", 2), ("2100:w2", 4)):
        two_days.earn(wallet, amount, expires=date(2026, 6, 30))
    two_days.earn("2100:w1", 9, expires=date(2026, 7, 1))

    assert reads.lapsing_by_day("SC", FIRST, date(2026, 6, 30)) == [(date(2026, 6, 30), 2, 9, 18)]
    assert reads.lapsing_by_day("SC", date(2026, 7, 1), date(2026, 12, 31)) == [(date(2026, 7, 1), 1, 9, 18)]


def test_what_came_and_went_by_owner_and_kind(two_days: Books) -> None:
    assert reads.wallets_by_kind("SC", FIRST, SECOND) == {
        "w1": {"EARN": (10, 0), "PAY": (0, 9)},
        "w2": {"EARN": (6, 0)},
    }
    assert reads.wallets_by_kind("SC", SECOND, SECOND, "w1") == {"w1": {"PAY": (0, 4)}}


def test_the_lots_of_one_transfer_name_the_transfer_that_made_them(two_days: Books) -> None:
    earned = two_days.earn("2100:w1", 3)
    paid = two_days.pay("2100:w1", "2200:s1", 2)
    transfer = reads.transfer_of(paid.key)
    assert transfer is not None
    (old, new) = reads.lots_of(transfer)
    assert (old.amount, new.amount, new.born) == (1, 1, reads.transfer_of(earned.key))
