"""Rule `grammar`: the bytes are not an entry."""

import pytest

from pumasi.verify.leaf import encode
from pumasi.verify.replay import Replay, RuleBroken
from pumasi.verify.tests.making import NEW, genesis, make_log
from pumasi.verify.tests.public_rules.books import beginning, broken, log, move, next_leaf

GIFT = next_leaf("give", move("wallets", "wallets", {NEW: 5}))


def test_a_log_of_every_type_passes() -> None:
    assert broken(make_log(500).entries) == []


@pytest.mark.parametrize(
    "entry",
    [
        b"",
        b"{}",
        encode(GIFT) + b"\n",
        encode(GIFT).replace(b'"v":1', b'"v":2'),
        encode(GIFT).replace(b'"n":3', b'"n": 3'),
        encode(GIFT).replace(b'"t":"give"', b'"t":"gift"'),
        encode(GIFT).replace(b"2029Q4", b"2029Q5"),
    ],
)
def test_other_bytes_are_refused_and_the_next_entry_is_read(entry: bytes) -> None:
    after = next_leaf("give", move("wallets", "wallets", {NEW: 5}), index=4)

    assert broken([*beginning(), entry, encode(after)]) == [("grammar", 3)]


def test_rules_stand_in_entry_0_alone() -> None:
    # They say `n` 0 and `b` 0 wherever they stand.
    assert broken([*beginning(), encode(genesis())]) == [("index", 3), ("block", 3)]


def test_entry_0_holds_rules() -> None:
    first = encode(next_leaf("give", move("wallets", "wallets", {NEW: 5}), index=9, block=0))

    assert broken([first.replace(b'"n":9', b'"n":0')]) == [("grammar", 0)]


def test_the_rules_are_those_of_the_log_at_hand() -> None:
    replay = Replay(origin="other.example/coin")

    with pytest.raises(RuleBroken, match="grammar at entry 0: these are the rules of seocho"):
        replay.add(encode(genesis()))


def test_a_good_log_of_that_origin_passes() -> None:
    replay = Replay(origin="seocho.example/coin")
    for entry in log(GIFT):
        replay.add(entry)

    assert replay.end() == frozenset()
    assert replay.size == 4
