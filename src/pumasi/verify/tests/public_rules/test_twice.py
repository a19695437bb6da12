"""Rule `twice`: a commitment or an order stands in the log twice."""

from dataclasses import replace

from pumasi.verify.leaf import Leaf, in_order
from pumasi.verify.replay import Replay, commitments_twice
from pumasi.verify.tests.making import NEW, order_leaf
from pumasi.verify.tests.public_rules.books import broken, log, move, next_leaf

FIRST = next_leaf("give", move("wallets", "wallets", {NEW: 5}))
SECOND = next_leaf("give", move("wallets", "wallets", {NEW: 5}), index=4)


def with_commitment(leaf: Leaf, commitment: bytes) -> Leaf:
    """The leaf with its first posting under another commitment."""
    first, *rest = leaf.postings
    return replace(leaf, postings=in_order([replace(first, commitment=commitment), *rest]))


def test_commitments_that_differ_pass() -> None:
    assert broken(log(FIRST, SECOND)) == []


def test_a_commitment_of_an_earlier_entry_is_refused() -> None:
    known = FIRST.postings[1].commitment
    assert known is not None

    assert broken(log(FIRST, with_commitment(SECOND, known))) == [("twice", 4)]


def test_a_commitment_that_only_begins_the_same_passes() -> None:
    known = FIRST.postings[1].commitment
    assert known is not None
    entries = log(FIRST, with_commitment(SECOND, known[:31] + bytes([known[31] ^ 1])))
    replay = Replay()
    for entry in entries:
        replay.add(entry)

    suspects = replay.end()

    assert suspects == {known[:8]}
    assert commitments_twice(entries, suspects) == []


def test_an_order_of_an_earlier_entry_is_refused() -> None:
    again = order_leaf(3, coins=7, won=7, block=2)

    assert broken(log(again)) == [("twice", 3)]


def test_another_order_passes() -> None:
    assert broken(log(order_leaf(3, coins=7, won=7, name="second", block=2))) == []
