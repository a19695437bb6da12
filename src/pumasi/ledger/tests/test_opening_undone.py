"""The way back of an opening balance, on every store."""

from datetime import date

import pytest

from pumasi.ledger import kinds, posting, reads
from pumasi.ledger.commands import Command
from pumasi.ledger.tests.books import Books

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]

LATER = date(2028, 12, 31)


def test_an_opening_balance_goes_back_whole_and_its_money_returns_to_the_budget(books: Books) -> None:
    for target, other in (("2100:w1", "2100:w2"), ("2200:s1", "2200:s2")):
        opening = kinds.opening(
            key=books.key(), at=books.at, target=books.of(target), amount=70, terms=books.terms(LATER), memo="import ab"
        )
        books.done(opening)
        opened = reads.openings("import ab")[-1]
        assert (opened.key, opened.address, opened.lot.amount) == (opening.key, books.of(target), 70)

        def undo(source: str, amount: int, came: reads.Opened = opened) -> Command:
            return kinds.opening_undone(
                key=books.key(), at=books.at, source=books.of(source), case="import-ab", amount=amount,
                lot=came.lot.lot, opened=came.key,
            )  # fmt: skip

        posting.open_account(other[:4], "SC", books.prefix + other[5:], at=books.at)
        assert books.refused(undo(other, 70)) in {"unknown_lot", "refund_exceeds_captured"}
        assert books.legs(undo(target, 70)) == {
            target: -70, "3200:import-ab": 70, "B200:gd/2026": -140, "B100:gd/2026": 140,
        }  # fmt: skip
        assert books.refused(undo(target, 1)) in {"unknown_lot", "refund_exceeds_captured"}
