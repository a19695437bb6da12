"""Each check of the books is shown to fire: triggers are dropped, rows are changed, and the difference is named."""

from collections.abc import Iterator

import pytest
from django.db import connection, transaction

from pumasi.ledger.checks.difference import CHECKS, Difference
from pumasi.ledger.tests import stories
from pumasi.ledger.verify import verify

W1, S1, FUND = stories.W1, stories.S1, stories.FUND
ISSUANCE, FREE, APPROPRIATED = f"1100:SC:{FUND}", f"B100:KRW:{FUND}", f"B000:KRW:{FUND}"


def _id(address: str) -> str:
    return f"(select id from ledger_account where address = '{address}')"


# In the small book: 1 order, 2 earn 5,000 (until 31 March), 3 earn 3,000, 4 earn 1,000 for w2 that waits, 5 pay 6,000
# at shop-1 (5,000 of lot 1, 1,000 of lot 2), 6 hold 500, 7 reserve 2,000 won.
_POSTING = "update ledger_posting set {} where transfer_id = {} and account_id = {}"
_MOVE = "update ledger_lot_move set {} where transfer_id = {} and n = 1"
TAMPERED: list[tuple[str, str, Difference]] = [
    (
        "a posting without its transfer",
        f"insert into ledger_posting values ({_id(W1)}, 99, 1, 2000)",
        Difference("orphan", "posting", "a transfer", "none", 99),
    ),
    (
        "a transfer without postings",
        "delete from ledger_posting where transfer_id = 7",
        Difference("empty", "postings", "at least 2", 0, 7),
    ),
    (
        "one side of a payment changed",
        _POSTING.format("amount = amount + 1, balance = balance + 1", 5, _id(S1)),
        Difference("zero_sum", "SC", 0, 1, 5),
    ),
    (
        "a balance that does not follow",
        _POSTING.format("balance = 7000", 5, _id(S1)),
        Difference("chain", "balance", 6000, 7000, 5, S1),
    ),
    (
        "a wallet below zero",
        _POSTING.format("balance = -1", 6, _id(W1)),
        Difference("sign", "balance", "at least 0", -1, 6, W1),
    ),
    (
        "more issued than was ordered at that time",
        "update ledger_floor_change set change = -8000",
        Difference("limit", "balance", "at least -8000", -9000, 4, ISSUANCE),
    ),
    (
        "a day moved",
        "update ledger_transfer set day = 20260301 where id = 5",
        Difference("day", "day", 20260105, 20260301, 5),
    ),
    (
        "a transfer after the year was closed",
        "insert into ledger_closed_year values (2026, (select at from ledger_transfer where id = 5) + 1)",
        Difference("closed_year", "2026", "no transfer after closing", "RESERVE", 7),
    ),
    (
        "a journal that may not do this",
        "update ledger_transfer set kind = 'GIFT' where id = 5",
        Difference("journal", "move", "a move of GIFT", "2100 to 2200", 5),
    ),
    (
        "a journal that does not exist",
        "update ledger_transfer set kind = 'MAGIC' where id = 5",
        Difference("journal", "kind", "a kind of ledger/journals.py", "MAGIC", 5),
    ),
    (
        "won posted to an account of another journal",
        _POSTING.format(f"account_id = {_id('K100:KRW:good-deed')}", 7, _id("B210:KRW:claim-1")),
        Difference("journal", "RESERVE", "an account of this journal", 2000, 7, "K100:KRW:good-deed"),
    ),
    (
        "a move taken out of the row",
        "update ledger_lot_move set n = 3 where transfer_id = 5 and n = 2",
        Difference("move_order", "move", 2, 3, 5),
    ),
    (
        "a lot of another unit",
        "update ledger_lot set unit = 'HOUR' where id = 2",
        Difference("move_unit", "lot 2", "HOUR", "SC, SC", 3),
    ),
    (
        "coins under somebody else's receipt",
        _MOVE.format("origin_after = 4", 5),
        Difference("move_origin", "move 1", "5", 4, 5, S1),
    ),
    (
        "coins in a wallet under a receipt",
        _MOVE.format("origin_after = 3", 3),
        Difference("move_origin", "move 1", "0", 3, 3, W1),
    ),
    (
        "a move smaller than its posting",
        _MOVE.format("amount = 4000", 5),
        Difference("move_sum", "posting", -5000, -6000, 5, W1),
    ),
    (
        "a lapsed lot spent",
        "update ledger_lot set expires = 20260104 where id = 1",
        Difference("lapsed", "lot 1", "spent by 20260104", 20260105, 5),
    ),
    (
        "a lot larger than its birth",
        "update ledger_lot set amount = 5001 where id = 1",
        Difference("birth", "lot 1", f"5001 in transfer 2 from {FUND}", f"5000 in transfer 2 from {FUND}", 2, ISSUANCE),
    ),
    (
        "a lot from nowhere",
        "insert into ledger_lot (id, unit, fund, fiscal_year, rate, amount, born)"
        f" values (9, 'SC', '{FUND}', 2026, 1, 10, 5)",
        Difference("birth", "lot 9", 10, "no move", 5),
    ),
    (
        "a lot's won value doubled",
        "update ledger_lot set rate = 2 where id = 1",
        Difference("encumbered", "won", 10_000, 5000, 2, f"B200+B110:KRW:{FUND}"),
    ),
    (
        "free budget taken from another account",
        _POSTING.format(f"account_id = {_id('B210:KRW:claim-1')}", 3, _id(FREE)),
        Difference("mirror", "won", -3000, 0, 3, FREE),
    ),
    (
        "an appropriation made smaller",
        _POSTING.format("amount = -8000", 1, _id(APPROPRIATED)),
        Difference("appropriation", FUND, "at most 8000", 9000, 4),
    ),
    (
        "a stored balance changed",
        f"update ledger_account set balance = balance + 1 where address = '{W1}'",
        Difference("stored_balance", "balance", 1500, 1501, None, W1),
    ),
    (
        "a stored limit lowered",
        f"update ledger_account set floor = floor - 1 where address = '{ISSUANCE}'",
        Difference("stored_limit", "limit", -1_000_000, -1_000_001, None, ISSUANCE),
    ),
    (
        "an address rewritten",
        f"update ledger_account set address = '2100:SC:w9' where address = '{W1}'",
        Difference("account", "address", W1, "2100:SC:w9", None, "2100:SC:w9"),
    ),
    (
        "an account outside the chart",
        f"update ledger_account set code = '9999' where address = '{W1}'",
        Difference("account", "address", "9999:SC:w1", W1, None, W1),
    ),
    (
        "a posting to an account that does not exist",
        _POSTING.format("account_id = 999", 5, _id(S1)),
        Difference("account", "id 999", "an account", "none"),
    ),
    (
        "a closed account with coins",
        f"update ledger_account set closed_at = 1 where address = '{W1}'",
        Difference("closed_account", "balance", 0, 1500, None, W1),
    ),
    (
        "coins that nobody issued",
        f"update ledger_account set balance = balance + 1 where address = '{W1}'",
        Difference("supply", "SC", 9000, 9001),
    ),
    (
        "coins taken from where they did not lie",
        _MOVE.format("lot_id = 2", 5),
        Difference("place", "lot 2, receipt 0", "at least 0", -2000, 5, W1),
    ),
    (
        "a position changed",
        f"update ledger_position set amount = amount - 1 where account_id = {_id(W1)}",
        Difference("position", "lot 2, receipt 0", 1500, 1499, None, W1),
    ),
    (
        "a position gone",
        f"delete from ledger_position where account_id = {_id(S1)} and lot_id = 2",
        Difference("position", "lot 2, receipt 5", 1000, 0, None, S1),
    ),
    (
        "a position from nowhere",
        f"insert into ledger_position values ({_id(S1)}, 5, 3, 7)",
        Difference("position", "lot 3, receipt 5", 0, 7, None, S1),
    ),
    (
        "parts that exceed their lot",
        f"update ledger_position set amount = amount + 1 where account_id = {_id(S1)} and lot_id = 2",
        Difference("lot_whole", "lot 2", 3000, 3001),
    ),
    (
        "lots that exceed the balance",
        f"update ledger_position set amount = amount + 1 where account_id = {_id(S1)} and lot_id = 2",
        Difference("lot_total", "lots", 6000, 6001, None, S1),
    ),
    (
        "a hold without its due row",
        "delete from ledger_pending where transfer_id = 6",
        Difference("pending", "row", "HOLD", "none", 6),
    ),
    (
        "a due row of nothing",
        "insert into ledger_pending values (5, 'HOLD', 1)",
        Difference("pending", "row", "nothing", "HOLD", 5),
    ),
    (
        "a due row of another kind",
        "update ledger_pending set kind = 'EARN' where transfer_id = 7",
        Difference("pending", "row", "RESERVE", "EARN", 7),
    ),
]


@pytest.fixture
def tampering(db: None) -> Iterator[None]:
    """SQLite without the ledger's triggers and constraints, all taken back afterwards."""
    yield
    with connection.cursor() as cursor:
        cursor.execute("pragma ignore_check_constraints = off")
    transaction.set_rollback(True)


def tamper(statement: str) -> None:
    """Change rows behind the ledger's back."""
    with connection.cursor() as cursor:
        cursor.execute("select name from sqlite_master where type = 'trigger'")
        for (name,) in cursor.fetchall():
            cursor.execute(f"drop trigger {name}")
        cursor.execute("pragma ignore_check_constraints = on")
        cursor.execute("pragma defer_foreign_keys = on")
        cursor.execute(statement)
        assert cursor.rowcount > 0


@pytest.mark.postgres
@pytest.mark.django_db
class TestHealthyBooks:
    def test_with_every_journal_verify(self) -> None:
        stories.full_book()

        report = verify()

        assert (report.differences, report.difference_count) == ((), 0)
        assert report.counts["transfers"] == 74

    def test_that_are_empty_verify(self) -> None:
        report = verify()

        assert report.ok
        assert set(report.counts.values()) == {0}

    def test_tell_how_far_the_walk_is(self) -> None:
        stories.small_book()
        heard: list[tuple[int, int]] = []

        verify(progress=lambda done, total: heard.append((done, total)))

        assert heard == [(0, 7), (7, 7)]


class TestTamperedBooks:
    @pytest.mark.parametrize(("statement", "wanted"), [row[1:] for row in TAMPERED], ids=[row[0] for row in TAMPERED])
    def test_are_found_and_named(self, statement: str, wanted: Difference, tampering: None) -> None:
        stories.small_book()
        tamper(statement)

        report = verify()

        assert wanted in report.differences
        assert not report.ok

    def test_a_conversion_that_loses_value_is_named(self, tampering: None) -> None:
        stories.full_book()
        tamper("update ledger_lot set rate = 3 where id = (select max(id) from ledger_lot)")

        report = verify()

        assert Difference("conversion", "won value", 0, -4000, 70) in report.differences

    def test_coins_at_rest_that_are_moved_are_named(self, tampering: None) -> None:
        stories.full_book()
        place = "account_id = (select id from ledger_account where address = '3310:SC:2026')"
        tamper(f"update ledger_position set origin = 1 where {place}")

        report = verify()

        assert [(d.check, d.account) for d in report.differences] == [("schema", None), ("position", "3310:SC:2026")]

    def test_a_dropped_trigger_is_named(self, tampering: None) -> None:
        stories.small_book()
        with connection.cursor() as cursor:
            cursor.execute("drop trigger ledger_posting_fixed")

        (difference,) = verify().differences

        assert difference.check == "schema"
        assert "ledger_posting_fixed" in str(difference.found)

    def test_every_check_has_a_row_above(self) -> None:
        shown = {difference.check for _, _, difference in TAMPERED}

        assert CHECKS.keys() - shown == {"conversion", "schema"}  # tests of their own


class TestADifference:
    def test_says_rule_place_and_amounts_in_both_languages(self) -> None:
        difference = Difference("chain", "balance", 6000, 7000, 5, S1)

        assert difference.text("en") == (
            "chain: each balance is the one before it plus the amount. "
            "transfer 5, account 2200:SC:shop-1, balance: expected 6000, found 7000"
        )
        assert difference.text("ko") == (
            "chain: 계정의 잔액은 앞 잔액과 금액의 합이다. "
            "거래 5, 계정 2200:SC:shop-1, balance: 있어야 할 값 6000, 있는 값 7000"
        )
