"""What is derived can be derived again: corrupted rows come back, healthy books stay as they are."""

import pytest
from django.db import connection

from pumasi.ledger.checks.difference import Difference, Findings
from pumasi.ledger.checks.walk import holders
from pumasi.ledger.rebuild import Rebuilt, rebuild
from pumasi.ledger.store import scans
from pumasi.ledger.tests import stories
from pumasi.ledger.verify import verify

W1, S1 = stories.W1, stories.S1


def corruptions() -> list[str]:
    """Seven rows that are wrong afterwards."""
    till = f"(select id from ledger_account where address = '{S1}')"
    waiting, paid, held = (stories.transfer(n) for n in (4, 5, 6))
    (lot,) = [row[2] for row in scans.scan(scans.POSITIONS, "default") if row[1] == waiting]
    return [
        f"update ledger_account set balance = balance + 7 where address = '{W1}'",
        f"update ledger_account set floor = floor - 1000 where address = '1100:SC:{stories.FUND}'",
        f"delete from ledger_position where account_id = {till}",
        f"update ledger_position set amount = amount + 5 where origin = {held}",
        f"insert into ledger_position (account_id, origin, lot_id, amount) values ({till}, {waiting}, {lot}, 12)",
        f"insert into ledger_pending (transfer_id, kind, due_at) values ({paid}, 'HOLD', 1)",
    ]


def derived() -> list[list[tuple[object, ...]]]:
    """All derived rows."""
    accounts = [(h.id, h.stored_balance, h.stored_limit) for h in holders("default", Findings()).values()]
    return [[*accounts], list(scans.scan(scans.POSITIONS, "default")), list(scans.scan(scans.PENDING, "default"))]


def corrupt(*statements: str) -> None:
    """Change derived rows: no trigger stands in the way of these."""
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
            assert cursor.rowcount > 0


@pytest.mark.postgres
@pytest.mark.django_db
class TestRebuild:
    def test_changes_nothing_in_healthy_books(self) -> None:
        stories.full_book()
        before = derived()

        done = rebuild()

        assert done == Rebuilt((), True)
        assert derived() == before

    def test_puts_everything_back_that_was_changed(self) -> None:
        stories.small_book()
        before = derived()
        corrupt(*corruptions())

        done = rebuild()

        assert sorted(d.check for d in done.differences) == [
            "pending",
            *["position"] * 4,
            "stored_balance",
            "stored_limit",
        ]
        assert Difference("stored_balance", "balance", 1500, 1507, None, W1) in done.differences
        assert derived() == before
        assert verify().ok

    def test_fills_positions_that_are_all_gone(self) -> None:
        stories.full_book()
        before = derived()
        corrupt("delete from ledger_position")

        rebuild()

        assert derived() == before

    def test_only_says_what_differs_in_a_dry_run(self) -> None:
        stories.small_book()
        corrupt(*corruptions())
        before = derived()

        done = rebuild(dry_run=True)

        assert (len(done.differences), done.written) == (7, False)
        assert derived() == before

    def test_finds_the_due_moment_of_what_waits_in_its_transfer(self) -> None:
        stories.small_book()
        before = derived()
        corrupt("delete from ledger_pending where kind = 'HOLD'", "update ledger_pending set due_at = due_at + 1")

        done = rebuild()

        assert [(d.check, d.what) for d in done.differences].count(("pending", "row")) == 1
        assert derived() == before
        assert verify().ok
