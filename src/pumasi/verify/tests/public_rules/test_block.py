"""Rule `block`: the number of the block does not follow."""

import pytest

from pumasi.verify.leaf import encode
from pumasi.verify.tests.making import NEW, genesis, order_leaf
from pumasi.verify.tests.public_rules.books import broken, log, move, next_leaf

GIFT = move("wallets", "wallets", {NEW: 5})


@pytest.mark.parametrize("block", [1, 2])
def test_the_same_block_or_the_next_passes(block: int) -> None:
    assert broken(log(next_leaf("give", GIFT, block=block))) == []


@pytest.mark.parametrize("block", [0, 3, 2**53 - 1])
def test_a_block_before_or_beyond_is_refused(block: int) -> None:
    assert broken(log(next_leaf("give", GIFT, block=block))) == [("block", 3)]


@pytest.mark.parametrize("block", [0, 2])
def test_entry_0_is_alone_in_block_0(block: int) -> None:
    assert broken([encode(genesis()), encode(order_leaf(1, block=block))]) == [("block", 1)]


def test_entry_0_is_in_block_0() -> None:
    first = encode(genesis()).replace(b'"b":0', b'"b":1')

    assert broken([first]) == [("block", 0)]
