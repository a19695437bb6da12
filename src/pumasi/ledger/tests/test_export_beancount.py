"""The outside auditor: beancount's own loader reads our book, finds nothing wrong, and arrives at our balances."""

import io
from collections import defaultdict
from decimal import Decimal

import pytest
from beancount import loader
from beancount.core.data import Balance, Directive, Transaction
from beancount.core.position import Cost

from pumasi.ledger import export_beancount, reads
from pumasi.ledger.checks.difference import Findings
from pumasi.ledger.checks.walk import holders
from pumasi.ledger.store import scans
from pumasi.ledger.tables import decimal
from pumasi.ledger.tests import stories

SCALES = {"SC": 2, "KRW": 0}


def exported() -> str:
    """The book as text."""
    file = io.StringIO()
    export_beancount.write(file)
    return file.getvalue()


def loaded(text: str) -> tuple[list[Directive], list[str]]:
    """(entries, the messages of all errors) of beancount's loader with its checks."""
    entries, errors, _ = loader.load_string(text)
    return entries, [error.message for error in errors]


@pytest.mark.django_db
class TestABookWithEveryJournal:
    def test_is_accepted_without_an_error(self) -> None:
        stories.full_book()

        entries, errors = loaded(exported())

        assert errors == []
        assert sum(isinstance(entry, Balance) for entry in entries) == len(holders("default", Findings()))

    def test_has_the_same_balance_in_every_account(self) -> None:
        stories.full_book()

        entries, _ = loaded(exported())

        theirs: dict[str, Decimal] = defaultdict(Decimal)
        for posting in (p for entry in entries if isinstance(entry, Transaction) for p in entry.postings):
            assert posting.units is not None
            theirs[posting.account] += posting.units.number or 0
        ours = {
            export_beancount.account_name(holder.address): Decimal(
                decimal(reads.balance(holder.address), SCALES[holder.unit])
            )
            for holder in holders("default", Findings()).values()
        }
        assert {name: total for name, total in theirs.items() if total} == {n: t for n, t in ours.items() if t}

    def test_has_the_same_lots_in_every_account(self) -> None:
        stories.full_book()

        entries, _ = loaded(exported())

        theirs: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
        for posting in (p for entry in entries if isinstance(entry, Transaction) for p in entry.postings):
            if posting.cost is not None:
                assert posting.units is not None
                theirs[(posting.account, str(posting.cost.label))] += posting.units.number or 0
        accounts = holders("default", Findings())
        ours = {
            (
                export_beancount.account_name(accounts[account].address),
                export_beancount.label(lot, origin),
            ): Decimal(decimal(amount, 2))
            for account, origin, lot, amount in scans.scan(scans.POSITIONS, "default")
        }
        assert {place: total for place, total in theirs.items() if total} == ours

    def test_keeps_korean_quotes_and_backslashes(self) -> None:
        stories.full_book()

        entries, _ = loaded(exported())

        opening = next(e for e in entries if isinstance(e, Transaction) and e.narration == "Opening balance")
        assert (opening.payee, opening.meta["memo"]) == ("개시", '옛 장부 "이월" \\ 끝')

    def test_says_the_terms_of_a_lot_where_it_is_born(self) -> None:
        stories.small_book()

        entries, _ = loaded(exported())

        born = next(
            posting
            for entry in entries
            if isinstance(entry, Transaction) and "EARN" in entry.tags
            for posting in entry.postings
            if posting.cost is not None
        )
        assert isinstance(born.cost, Cost)
        assert born.meta is not None
        assert (born.cost.number, born.cost.currency, born.cost.label) == (Decimal(100), "KRW", "lot-1")
        assert (born.meta["fund"], str(born.meta["expires"])) == ("good-deed/2026", "2026-03-31")


@pytest.mark.django_db
class TestATamperedExport:
    def test_a_changed_amount_is_found_by_beancount(self) -> None:
        stories.small_book()

        _, errors = loaded(exported().replace(" 50.00 SC {", " 50.01 SC {", 1))

        assert any("does not balance" in message for message in errors)

    def test_a_changed_balance_is_found_by_beancount(self) -> None:
        stories.small_book()

        _, errors = loaded(exported().replace("w2  0.00 SC", "w2  0.01 SC"))

        assert [message.partition("'")[2].partition("'")[0] for message in errors] == ["Liabilities:SC:2100:Ow2"]


class TestAccountNames:
    def test_differ_when_addresses_differ(self) -> None:
        owners = ("a/b", "a-b", "a-2fb", "a.b", "a b", "ab")

        assert len({export_beancount.account_name(f"1100:SC:{owner}") for owner in owners}) == len(owners)
