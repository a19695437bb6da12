"""The builder says what RFC 6962 section 2.1 says: against pinned hashes, and against the definition written again."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pumasi.tlog.errors import BadProof
from pumasi.tlog.tree import (
    EMPTY_ROOT,
    HASH_BYTES,
    consistency_path,
    inclusion_path,
    leaf_hash,
    memory,
    node_hash,
    root,
)

LEAVES = [leaf_hash(str(number).encode()) for number in range(300)]
TREE = memory(LEAVES)


def defined(leaves: list[bytes]) -> bytes:
    """MTH of RFC 6962 section 2.1 over leaf hashes, without subtrees read from anywhere."""
    if len(leaves) == 1:
        return leaves[0]
    half = max(2**power for power in range(9) if 2**power < len(leaves))
    return node_hash(defined(leaves[:half]), defined(leaves[half:]))


class TestHashes:
    def test_an_empty_tree_is_the_hash_of_nothing(self) -> None:
        assert root(0, memory([])) == EMPTY_ROOT == sha256().digest()
        assert HASH_BYTES == len(EMPTY_ROOT) == 32

    def test_leaves_and_nodes_are_told_apart(self) -> None:
        left, right = sha256(b"left").digest(), sha256(b"right").digest()

        assert leaf_hash(b"") == sha256(b"\x00").digest()
        assert leaf_hash(left + right) == sha256(b"\x00" + left + right).digest()
        assert node_hash(left, right) == sha256(b"\x01" + left + right).digest()


class TestRoot:
    @pytest.mark.parametrize("size", [1, 2, 3, 7, 8, 9, 255, 256, 257, 300])
    def test_is_the_rfcs_definition(self, size: int) -> None:
        assert root(size, TREE) == defined(LEAVES[:size])

    def test_has_no_negative_size(self) -> None:
        with pytest.raises(ValueError, match=r"^a tree has no negative size$"):
            root(-1, TREE)

    def test_reads_no_more_than_one_subtree_for_each_bit_of_the_size(self) -> None:
        asked = []

        def read(level: int, index: int) -> bytes:
            asked.append((level, index))
            return TREE(level, index)

        root(0b100101100, read)

        assert asked == [(8, 0), (5, 8), (3, 36), (2, 74)]


class TestPaths:
    """The example of RFC 6962 section 2.1.3: seven leaves d0 to d6, the nodes called as there."""

    a, b, c, d, e, f, j = LEAVES[:7]
    g, h, i = node_hash(a, b), node_hash(c, d), node_hash(e, f)
    k = node_hash(g, h)
    right = node_hash(i, j)  # the RFC calls it by the letter that looks like a one

    def test_inclusion_is_the_rfcs_example(self) -> None:
        assert inclusion_path(0, 7, TREE) == [self.b, self.h, self.right]
        assert inclusion_path(3, 7, TREE) == [self.c, self.g, self.right]
        assert inclusion_path(4, 7, TREE) == [self.f, self.j, self.k]
        assert inclusion_path(6, 7, TREE) == [self.i, self.k]

    def test_consistency_is_the_rfcs_example(self) -> None:
        assert consistency_path(3, 7, TREE) == [self.c, self.d, self.g, self.right]
        assert consistency_path(4, 7, TREE) == [self.right]
        assert consistency_path(6, 7, TREE) == [self.i, self.j, self.k]

    def test_nothing_is_needed_between_a_tree_and_itself(self) -> None:
        assert consistency_path(7, 7, TREE) == []
        assert inclusion_path(0, 1, TREE) == []

    @pytest.mark.parametrize(("index", "size"), [(0, 0), (1, 1), (-1, 7), (7, 7), (0, -1)])
    def test_a_leaf_outside_has_no_path(self, index: int, size: int) -> None:
        with pytest.raises(BadProof) as refused:
            inclusion_path(index, size, TREE)

        assert refused.value.reason == "index is not in the tree"

    @pytest.mark.parametrize(("old", "new"), [(0, 0), (0, 7), (8, 7), (-1, 7), (1, -1)])
    def test_a_tree_that_did_not_grow_from_it_has_no_path(self, old: int, new: int) -> None:
        with pytest.raises(BadProof) as refused:
            consistency_path(old, new, TREE)

        assert refused.value.reason == "sizes do not follow"


class TestMemory:
    @given(st.integers(1, 300), st.data())
    def test_holds_complete_subtrees(self, size: int, data: st.DataObject) -> None:
        level = data.draw(st.integers(0, size.bit_length() - 1))
        index = data.draw(st.integers(0, (size >> level) - 1))

        assert memory(LEAVES[:size])(level, index) == defined(LEAVES[index << level : (index + 1) << level])

    def test_has_none_beyond_its_leaves(self) -> None:
        with pytest.raises(IndexError):
            memory(LEAVES[:7])(2, 1)
