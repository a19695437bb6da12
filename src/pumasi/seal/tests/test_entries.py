"""From transfers to entries: what is public and what committed; every kind of journal keeps the public rules."""

from collections import Counter
from datetime import date

import pytest

from pumasi.ledger import kinds, reads
from pumasi.ledger.commands import Terms
from pumasi.ledger.journals import JOURNALS
from pumasi.ledger.tests.stories import S1, TERMS, W1, W2, Story, earn, full_book, open_all, order, pay, small_book
from pumasi.ledger.whole import whole_transfers
from pumasi.seal.leaves import prepare
from pumasi.seal.queries import record_view
from pumasi.seal.receipts import Receipt, in_hand
from pumasi.seal.tests.record import entries, leaves, policy, replayed, seal_all
from pumasi.verify.classes import KRW
from pumasi.verify.commitment import commit, parse_payload
from pumasi.verify.leaf import committed, in_order, public
from pumasi.verify.receipt import check_receipt

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(databases=["default", "keys"])]


class TestPayment:
    def test_shows_classes_vintages_and_the_day_but_no_account_and_no_price(self) -> None:
        story = Story()
        open_all()
        order(story)
        earn(story, W1, 5000)
        key = pay(story, W1, S1, 3000, won=12_340)
        transfer = reads.transfer_of(key)
        assert transfer is not None

        (prepared,) = prepare([transfer])

        by_address = {side.address: side for side in prepared.sides}
        assert set(by_address) == {W1, S1}
        assert prepared.leaf(7, 3).postings == in_order(
            [
                committed("wallets", "SC", by_address[W1].commitment, {"2026Q4": -3000}),
                committed("takings", "SC", by_address[S1].commitment, {"2026Q4": 3000}),
            ]
        )
        assert (prepared.leaf(7, 3).type, prepared.day.isoformat()) == ("spend", "2026-01-05")

    def test_the_owners_sides_open_their_own_commitment_and_know_the_price(self) -> None:
        story = Story()
        open_all()
        order(story)
        earn(story, W1, 5000)
        key = pay(story, W1, S1, 3000, won=12_340)
        (prepared,) = prepare([reads.transfer_of(key) or 0])

        payloads = {side.address: parse_payload(side.payload) for side in prepared.sides}

        assert {side.commitment == commit(side.opening, side.payload) for side in prepared.sides} == {True}
        assert {(p.key, p.kind, p.seconds, p.won) for p in payloads.values()} == {
            (key.hex, "PAY", int(story.at.timestamp()), 12_340)
        }
        assert len({p.account for p in payloads.values()} | {side.opening for side in prepared.sides}) == 4

    def test_the_same_account_has_one_pseudonym_and_never_the_same_opening(self) -> None:
        story = Story()
        open_all()
        order(story)
        keys = [earn(story, W1, 100), earn(story, W1, 100)]

        sides = [prepared.sides[0] for prepared in prepare([reads.transfer_of(key) or 0 for key in keys])]

        assert len({parse_payload(side.payload).account for side in sides}) == 1
        assert len({side.opening for side in sides}) == len({side.commitment for side in sides}) == 2


class TestOrder:
    def test_shows_the_budget_line_its_limit_and_both_signatures(self) -> None:
        story = Story()
        order(story, coins=1_000_000)

        seal_all()

        (entry,) = leaves()[1:]
        assert entry.type == "issue"
        assert dict(entry.limits) == {"1100:SC:good-deed/2026": 1_000_000}
        assert entry.postings == in_order(
            [
                public("B000:KRW:good-deed/2026", {"won": -2_000_000}),
                public("B100:KRW:good-deed/2026", {"won": 2_000_000}),
                public("K000:KRW:good-deed", {"won": -2_000_000}),
                public("K100:KRW:good-deed", {"won": 2_000_000}),
            ]
        )
        assert entry.authority is not None
        assert entry.authority.order["document"] == "SAMPLE-1"


class TestEveryJournal:
    def test_becomes_an_entry_of_its_type_and_all_keep_the_public_rules(self) -> None:
        full_book()
        waiting = reads.without_leaf()
        expected = Counter(JOURNALS[each.kind].leaf for each in waiting)

        seal_all()

        assert {each.kind for each in waiting} == set(JOURNALS)
        assert Counter(leaf.type for leaf in leaves()[1:]) == expected
        replayed()
        assert reads.without_leaf() == []

    def test_the_totals_of_the_record_are_those_of_the_books(self) -> None:
        full_book()

        seal_all()

        supply = replayed().supply()["SC"]
        assert supply["issued"] == sum(amount for name, amount in supply.items() if name != "issued")
        assert supply["issued"] == reads.supply("SC")[next(iter(reads.supply("SC")))] > 0
        assert record_view().drift == {}

    def test_the_books_are_compared_without_what_waits(self) -> None:
        story = small_book()
        seal_all()
        pay(story, W1, S1, 100)

        assert len(reads.without_leaf()) == 1
        assert record_view().drift == {}

    def test_no_owner_of_an_account_stands_in_any_entry(self) -> None:
        full_book()
        seal_all()
        text = b"".join(entries())

        named = {address.split(":")[2] for address, *_ in _private_accounts()}

        assert len(named) > 10
        assert [owner for owner in named if f':{owner}"'.encode() in text or f'"{owner}"'.encode() in text] == []

    def test_the_amounts_by_vintage_sum_to_the_postings(self) -> None:
        full_book()
        for whole in whole_transfers([each.transfer for each in reads.without_leaf()]):
            sums = {address: sum(vintages.values()) for address, vintages in whole.by_vintage().items()}

            assert {a: n for a, n in sums.items() if n} == dict(whole.postings)


class TestOpening:
    def test_needs_no_order_of_its_own_but_the_funds_limit(self) -> None:
        story = Story()
        open_all()
        order(story, coins=500)
        story.post(kinds.opening(key=story.key(), at=story.at, target=W1, amount=500, terms=TERMS))

        seal_all()

        assert replayed().supply()["SC"] == {"issued": 500, "wallets": 500}
        assert KRW in replayed().supply()


class TestTheBiggestJournal:
    def test_of_a_hundred_vintages_is_sealed_and_each_side_has_a_receipt(self) -> None:
        story = Story()
        open_all()
        order(story, coins=1_000_000)
        for number in range(100):
            lasts = date(2027 + number // 4, 3 * (number % 4) + 1, 28)
            terms = Terms("good-deed/2026", lasts, 1)
            story.post(kinds.earn(key=story.key(), at=story.at, wallet=W1, amount=1000, terms=terms))
        key = story.key()
        story.post(kinds.gift(key=key, at=story.at, wallet=W1, to=W2, amount=100_000))

        seal_all()

        gift = next(leaf for leaf in leaves() if leaf.type == "give")
        assert [len(posting.amounts) for posting in gift.postings] == [100, 100]
        for wallet in (W1, W2):
            found = in_hand(key, {wallet.split(":")[2]})
            assert isinstance(found, Receipt)
            assert check_receipt(found.proof, policy()).leaf == gift


def _private_accounts() -> list[tuple[str, str, str, int | None, int]]:
    codes = ("2100", "2110", "2120", "2140", "2150", "2200", "2220", "2300", "2500", "2700", "3200", "B210", "K210")
    return [account for code in codes for account in reads.accounts_of(code)]
