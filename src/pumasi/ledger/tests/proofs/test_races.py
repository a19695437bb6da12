"""Writers in processes of their own, let go at the same moment: nothing is spent twice, nobody waits for ever."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from pumasi.kernel.ids import derived_id
from pumasi.ledger.tests.proofs.processes import empty_database, found, look, race
from pumasi.ledger.tests.proofs.worker import SHOP

pytestmark = pytest.mark.postgres


@pytest.fixture
def database(tmp_path: Path) -> Iterator[dict[str, Any]]:
    """An empty database, and nothing is wrong in it at the end, and nobody had to be thrown out of a deadlock."""
    with empty_database(tmp_path, "race") as made:
        yield made
        seen = look(made)
        assert (seen["faults"], seen["deadlocks"]) == ([], 0)


def key(*parts: str | int) -> str:
    return derived_id("race", *parts).hex


def test_twenty_writers_cannot_spend_the_same_hundred_coins_twice(database: dict[str, Any]) -> None:
    purses = [f"purse{n}" for n in range(5)]
    found(database, dict.fromkeys(purses, 10_000))
    orders = [
        [["pay", key(w, purse), {"wallet": f"2100:SC:{purse}", "till": SHOP, "amount": 10_000}] for purse in purses]
        for w in range(20)
    ]

    answers = race(database, orders)

    for round_, purse in enumerate(purses):
        codes = [mine[round_][0] for mine in answers]
        assert sorted(codes) == ["insufficient_balance"] * 19 + ["posted"], purse
    assert look(database)["balances"][SHOP] == 50_000


def test_opposite_transfers_all_finish(database: dict[str, Any]) -> None:
    found(database, {"a": 200, "b": 200})
    ways = [("2100:SC:a", "2100:SC:b"), ("2100:SC:b", "2100:SC:a")]
    orders = [
        [["gift", key(w, n), {"wallet": ways[w % 2][0], "to": ways[w % 2][1], "amount": 1}] for n in range(25)]
        for w in range(8)
    ]

    answers = race(database, orders)

    assert {code for mine in answers for code, _ in mine} == {"posted"}
    assert {name: look(database)["balances"][f"2100:SC:{name}"] for name in "ab"} == {"a": 200, "b": 200}


@pytest.mark.parametrize("together", [1, 2], ids=["alone", "in batches"])
def test_one_key_at_once_from_ten_processes_has_one_effect(database: dict[str, Any], together: int) -> None:
    found(database, {"a": 1_000})
    keys = [str(UUID(key(n))) for n in range(6)]
    pay = {"wallet": "2100:SC:a", "till": SHOP, "amount": 100}

    answers = race(database, [[["pay", each, pay] for each in keys] for _ in range(10)], together)

    for n in range(len(keys)):
        codes, transfers = zip(*(mine[n] for mine in answers), strict=True)
        assert sorted(codes) == ["posted"] + ["replayed"] * 9
        assert len(set(transfers)) == 1
    assert look(database)["balances"][SHOP] == 600


@pytest.mark.parametrize("together", [1, 5], ids=["alone", "in batches"])
def test_a_shop_that_all_pay_at_once_has_the_exact_sum(database: dict[str, Any], together: int) -> None:
    writers, payments = 8, 25
    found(database, {f"p{w}": 300 for w in range(writers)})
    orders = [
        [["pay", key(w, n), {"wallet": f"2100:SC:p{w}", "till": SHOP, "amount": 11}] for n in range(payments)]
        for w in range(writers)
    ]

    answers = race(database, orders, together)

    assert {code for mine in answers for code, _ in mine} == {"posted"}
    balances = look(database)["balances"]
    assert balances[SHOP] == writers * payments * 11
    assert [balances[f"2100:SC:p{w}"] for w in range(writers)] == [300 - payments * 11] * writers
