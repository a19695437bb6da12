"""Faults that the machine found, each as short as it can be told; the desk compares both books after every command."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import transaction

from pumasi.ledger import kinds, reads
from pumasi.ledger.posting import post_one
from pumasi.ledger.sweep import sweep
from pumasi.ledger.tests.proofs.desk import PROGRAMME, Desk
from pumasi.ledger.tests.proofs.machine import START

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
ANN, BORA, SHOP = "2100:SC:ann", "2100:SC:bora", "2200:SC:bakery"


@pytest.fixture
def desk() -> Desk:
    """A programme of 2024 with two wallets and a shop."""
    desk = Desk(START)
    for code, owner in (("2100", "ann"), ("2100", "bora"), ("2200", "bakery")):
        desk.open(code, owner)
    desk.ask("budget_order", fund="good/2024", coins=1000, won=2000)
    return desk


def earn(desk: Desk, wallet: str, amount: int, days: int, rate: int = 1) -> None:
    terms = {"fund": "good/2024", "expires": desk.day + timedelta(days=days), "rate": rate}
    assert desk.ask("earn", wallet=wallet, amount=amount, terms=terms) == {"posted"}


def test_a_clawback_of_a_spent_lot_is_owed_at_that_lots_own_rate(desk: Desk) -> None:
    earn(desk, ANN, 30, days=9, rate=2)
    desk.ask("pay", wallet=ANN, till=SHOP, amount=30)

    desk.ask("clawback", wallet=ANN, case="c1", amount=30, lots=[(0, 30)], programme=PROGRAMME)

    assert reads.balance("K220:KRW:ann") == 60


def test_a_conversion_lets_no_coin_live_longer(desk: Desk) -> None:
    earn(desk, ANN, 30, days=9, rate=2)
    longer = {"fund": "good/2024", "expires": desk.day + timedelta(days=10), "rate": 1}

    answers = desk.ask("rate_change", wallet=ANN, lot=0, amount=30, new_amount=60, terms=longer)

    assert answers == {"bad_lot_terms"}


def test_a_part_of_a_hold_is_captured_from_the_coins_that_lapse_first(desk: Desk) -> None:
    earn(desk, ANN, 10, days=9)
    earn(desk, ANN, 10, days=90)
    desk.ask("hold", wallet=ANN, amount=20, until=desk.now + timedelta(days=1))
    hold = next(order.key for order in desk.done.values() if order.name == "hold")

    desk.ask("capture", held_by=ANN, till=SHOP, amount=10, hold=hold)
    desk.ask("release", wallet=ANN, amount=10, hold=hold)

    assert [lot.expires for lot in reads.lots(ANN)] == [desk.day + timedelta(days=90)]


def test_a_hold_times_out_for_a_capture_in_the_same_batch_too(desk: Desk) -> None:
    earn(desk, ANN, 10, days=9)
    desk.gather([None, None])

    desk.ask("hold", wallet=ANN, amount=10, until=desk.now + timedelta(minutes=5))
    hold = desk.waiting[0][0].key
    desk.advance(timedelta(minutes=6))
    answers = desk.ask("capture", held_by=ANN, till=SHOP, amount=10, hold=hold)

    assert answers == {"hold_timed_out"}
    assert reads.balance("2110:SC:ann") == 10


def test_a_retry_after_new_year_is_still_a_retry(desk: Desk) -> None:
    earn(desk, ANN, 10, days=400)
    desk.ask("pay", wallet=ANN, till=SHOP, amount=10)
    payment = list(desk.done)[-1]
    desk.ask("batch", till=SHOP, batch="b1", receipts=[(payment, 10)], programme=PROGRAMME)
    desk.ask("paid", batch="2700:SC:b1", till_owner="bakery", programme=PROGRAMME)
    paid = list(desk.done.values())[-1]

    desk.advance(timedelta(days=100))

    assert desk.day.year == 2025
    assert desk.give(replace(paid, at=desk.now)) == {"replayed"}
    assert reads.balance("3300:SC:2024") == 10


def test_a_lot_that_comes_again_after_it_was_swept_is_swept_again(desk: Desk) -> None:
    earn(desk, ANN, 20, days=9)
    desk.ask("gift", wallet=ANN, to=BORA, amount=10)
    desk.advance(timedelta(days=30))

    with transaction.atomic():
        assert sweep(desk.now, limit=1) == 1  # Ann's part of the lot; the night ends before Bora's turn
        post_one(kinds.merge(key=UUID(int=1), at=desk.now, unit="SC", source_owner="bora", target_owner="ann"))
        assert sweep(desk.now) == 1

    assert reads.lots(ANN) == []


def test_a_batch_can_be_paid_or_bounce_after_a_debt_was_set_off(desk: Desk) -> None:
    earn(desk, ANN, 100, days=9)
    payments = []
    for amount in (30, 70):
        desk.ask("pay", wallet=ANN, till=SHOP, amount=amount)
        payments.append((desk.last, amount))
    shop = {"till_owner": "bakery", "programme": PROGRAMME}
    desk.ask("batch", till=SHOP, batch="b1", receipts=payments[:1], programme=PROGRAMME)
    desk.ask("paid", batch="2700:SC:b1", **shop)
    late = {"redeemed": "3300:SC:2024", "wallet": ANN, "payment": payments[0][0]}
    desk.ask("refund_late", amount=20, **late, **shop)
    desk.ask("batch", till=SHOP, batch="b2", receipts=payments[1:], programme=PROGRAMME)
    desk.ask("set_off", won=20, **shop)

    assert desk.ask("paid", batch="2700:SC:b2", **shop) == {"insufficient_balance"}
    assert desk.ask("bounced", batch="2700:SC:b2", till=SHOP, programme=PROGRAMME, won=50, set_off=20) == {"posted"}
    assert (reads.balance("K200:KRW:bakery"), reads.balance("K210:KRW:bakery")) == (0, 20)
    desk.ask("batch", till=SHOP, batch="b3", receipts=payments[1:], programme=PROGRAMME)
    desk.ask("set_off", won=20, **shop)
    assert desk.ask("paid", batch="2700:SC:b3", won=50, **shop) == {"posted"}
    assert (reads.balance("K200:KRW:bakery"), reads.balance("K210:KRW:bakery")) == (0, 0)
