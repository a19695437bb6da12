"""Rule `class`: a type takes from, or gives to, a class that it may not."""

import pytest

from pumasi.verify.classes import CLASSES, GIVES, PUBLIC, TAKES, TYPES, WON
from pumasi.verify.leaf import Leaf, committed, public
from pumasi.verify.rules import broken_by_itself
from pumasi.verify.tests.making import DAY, NEW, Move
from pumasi.verify.tests.public_rules.books import CAMPAIGN, EXPIRED, FREE, ISSUE, broken, log, move, next_leaf


def test_each_type_moves_its_own() -> None:
    assert broken(log(next_leaf("donate", move("wallets", CAMPAIGN, {NEW: 5})))) == []


@pytest.mark.parametrize(
    ("kind", "moves"),
    [
        ("give", move("wallets", "takings", {NEW: 5})),
        ("spend", move("wallets", "wallets", {NEW: 5})),
        ("earn", move("wallets", "wallets", {NEW: 5})),
        ("hold", move(ISSUE, "wallets", {NEW: 5})),
        ("spend", move("wallets", EXPIRED, {"2026Q4": 5})),
        ("budget", move("wallets", "wallets", {NEW: 5})),
        ("give", move(FREE, "K100:KRW:carbon", {"won": 5})),
    ],
)
def test_another_types_move_is_refused(kind: str, moves: list[Move]) -> None:
    found = broken(log(next_leaf(kind, moves)))

    assert set(found) == {("class", 3)}


@pytest.mark.parametrize("kind", sorted(TYPES))
def test_every_class_is_taken_and_given_as_the_table_says(kind: str) -> None:
    for code, pool in CLASSES.items():
        unit, vintage = ("KRW", "won") if pool in WON else ("SC", "2026Q1")
        for amount, table, word in ((-1, TAKES, "takes from"), (1, GIVES, "gives to")):
            amounts = {vintage: amount}
            posting = (
                public(f"{code}:{unit}:x", amounts) if code in PUBLIC else committed(pool, unit, bytes(32), amounts)
            )
            said = [text for rule, text in broken_by_itself(Leaf(3, 2, DAY, kind, (posting,))) if rule == "class"]

            assert said == ([] if pool in table[kind] else [f"{kind} {word} {pool}"])
