"""What time alone brings about comes in the right order, once, however often one looks; and first in is first out."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from pumasi.ledger import reads
from pumasi.ledger.sweep import sweep
from pumasi.ledger.tests.proofs import audit
from pumasi.ledger.tests.proofs.desk import Desk
from pumasi.ledger.tests.proofs.machine import START
from pumasi.ledger.tests.proofs.profiles import machine_settings

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
ANN, BORA, SHOP = "2100:SC:ann", "2100:SC:bora", "2200:SC:bakery"
FEW = settings(machine_settings(), stateful_step_count=1)
days = st.integers(0, 60)
ways_out = st.sampled_from(["pay", "gift", "donate", "hold"])


@contextmanager
def town() -> Iterator[Desk]:
    """Two wallets and a shop, forgotten at the end."""
    with transaction.atomic():
        desk = Desk(START)
        for code, owner in (("2100", "ann"), ("2100", "bora"), ("2200", "bakery")):
            desk.open(code, owner)
        desk.ask("budget_order", fund="good/2024", coins=100_000, won=100_000)
        yield desk
        transaction.set_rollback(True)


def earn(desk: Desk, amount: int, life: int | None, vest: int | None = None) -> None:
    expires = None if life is None else desk.day + timedelta(days=life)
    vest_at = None if vest is None else desk.now + timedelta(days=vest)
    terms = {"fund": "good/2024", "expires": expires, "rate": 1}
    assert desk.ask("earn", wallet=ANN, amount=amount, terms=terms, vest_at=vest_at) == {"posted"}


def where_all_lies(desk: Desk) -> dict[tuple[str, int], int]:
    """(address, lot) -> amount, whatever receipt it is tied to."""
    found: Counter[tuple[str, int]] = Counter()
    for (address, _, lot), amount in audit.read(desk.using).positions().items():
        found[(address, lot)] += amount
    return dict(found)


def test_a_hold_that_timed_out_after_its_coins_lapsed_revives_nothing() -> None:
    with town() as desk:
        earn(desk, 30, life=2)
        desk.ask("hold", wallet=ANN, amount=20, until=desk.now + timedelta(days=5))
        desk.advance(timedelta(days=6))

        desk.let_time_work(limit=1000)

        assert desk.books.balances()["3100:SC:2024"] == 30
        assert reads.lots(ANN) == []


@pytest.mark.parametrize("limit", [1, 2, 3])
def test_a_night_that_ends_early_revives_nothing_either(limit: int) -> None:
    with town() as desk:
        for life in (1, 2, 9):
            earn(desk, 10, life)
            desk.ask("hold", wallet=ANN, amount=5, until=desk.now + timedelta(days=4))
        desk.advance(timedelta(days=5))

        while sweep(desk.now, limit):
            assert reads.spendable(ANN, desk.day) == sum(
                lot.amount for lot in reads.lots(ANN) if lot.expires is not None and lot.expires >= desk.day
            )

        assert [lot.amount for lot in reads.lots(ANN)] == [10]
        assert audit.faults(audit.read()) == []


@FEW
@given(
    lots=st.lists(st.tuples(st.integers(1, 50), st.none() | days, st.none() | days), min_size=1, max_size=6),
    holds=st.lists(st.tuples(st.integers(1, 60), days), max_size=4),
    rhythm=st.lists(st.integers(1, 12), min_size=1, max_size=7),
)
def test_sweeping_every_few_days_is_sweeping_once_at_the_end(
    lots: list[tuple[int, int | None, int | None]], holds: list[tuple[int, int]], rhythm: list[int]
) -> None:
    """Within one fiscal year; a night that is made up for after New Year is booked in the new year."""
    ends = []
    for nights in (rhythm, [sum(rhythm)]):
        with town() as desk:
            for amount, life, vest in lots:
                earn(desk, amount, life, vest)
            for amount, until in holds:
                desk.ask("hold", wallet=ANN, amount=amount, until=desk.now + timedelta(days=until))
            for night in nights:
                desk.advance(timedelta(days=night))
                desk.let_time_work(limit=1000)
            ends.append((where_all_lies(desk), desk.books.balances()))

    assert ends[0] == ends[1]


@FEW
@given(
    lots=st.lists(st.tuples(st.integers(1, 9), st.none() | days), min_size=1, max_size=8),
    spends=st.lists(
        st.tuples(st.sampled_from(["pay", "gift", "donate", "hold"]), st.integers(1, 25), days), max_size=6
    ),
)
def test_every_coin_that_leaves_is_the_one_a_child_would_pick(
    lots: list[tuple[int, int | None]], spends: list[tuple[str, int, int]]
) -> None:
    with town() as desk:
        desk.open("2400", "coal")
        purse: list[tuple[date, int]] = []  # coin by coin: (last day, number of the lot)
        for number, (amount, life) in enumerate(lots):
            earn(desk, amount, life)
            purse += [(date.max if life is None else desk.day + timedelta(days=life), number)] * amount
        words = {"pay": {"till": SHOP}, "gift": {"to": BORA}, "donate": {"campaign": "2400:SC:coal"}}
        for what, amount, wait in spends:
            desk.advance(timedelta(days=wait // 6))
            until = {"until": desk.now + timedelta(days=300)}
            answer = desk.ask(what, wallet=ANN, amount=amount, **words.get(what, until))
            alive = [coin for coin in purse if coin[0] >= desk.day]
            assert answer == ({"posted"} if len(alive) >= amount else {"insufficient_balance"})
            for _ in range(amount if len(alive) >= amount else 0):
                purse.remove(min(coin for coin in purse if coin[0] >= desk.day))

        left = Counter(number for _, number in purse)
        held = {lot: amount for (address, lot), amount in where_all_lies(desk).items() if address == ANN}
        assert held == dict(left)
