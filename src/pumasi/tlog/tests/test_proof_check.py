"""What the builder proves, the checker accepts; whatever else is put in its place, it refuses."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pumasi.tlog.errors import BadProof
from pumasi.tlog.proof_check import check_consistency, check_inclusion
from pumasi.tlog.tree import EMPTY_ROOT, consistency_path, inclusion_path, leaf_hash, memory, node_hash, root

LEAVES = [leaf_hash(str(number).encode()) for number in range(300)]
TREE = memory(LEAVES)
ROOTS = [root(size, TREE) for size in range(len(LEAVES) + 1)]


def refusal(check: Callable[..., None], *arguments: object) -> str:
    with pytest.raises(BadProof) as refused:
        check(*arguments)
    return refused.value.reason


def flipped(data: bytes, bit: int) -> bytes:
    return (int.from_bytes(data, "big") ^ 1 << bit).to_bytes(len(data), "big")


def mutations(path: list[bytes]) -> list[list[bytes]]:
    """The path with one step cut, doubled, emptied, shortened or lengthened, moved, or another one put in."""
    changed = [[*path, path[-1] if path else EMPTY_ROOT], [EMPTY_ROOT, *path]]
    for place, step in enumerate(path):
        before, after = path[:place], path[place + 1 :]
        changed += [[*before, *after], [*before, step, step, *after], [*before, EMPTY_ROOT, *after]]
        changed += [[*before, other, *after] for other in (b"", step[:-1], step + b"\x00")]
        if after:
            changed.append([*before, after[0], step, *after[1:]])
    return changed


class TestInclusion:
    def test_each_leaf_of_each_tree_up_to_64_is_found(self) -> None:
        for size in range(1, 65):
            for index in range(size):
                check_inclusion(LEAVES[index], index, size, inclusion_path(index, size, TREE), ROOTS[size])

    def test_a_leaf_is_found_nowhere_else(self) -> None:
        for size in range(1, 20):
            for index in range(size):
                path = inclusion_path(index, size, TREE)
                for other in {*range(size)} - {index}:
                    with pytest.raises(BadProof):
                        check_inclusion(LEAVES[index], other, size, path, ROOTS[size])

    @given(st.integers(1, 300), st.data())
    def test_a_random_leaf_of_a_random_tree_is_found(self, size: int, data: st.DataObject) -> None:
        index = data.draw(st.integers(0, size - 1))

        check_inclusion(LEAVES[index], index, size, inclusion_path(index, size, TREE), ROOTS[size])

    @given(st.integers(1, 300), st.integers(0, 255), st.data())
    def test_any_flipped_bit_is_refused(self, size: int, bit: int, data: st.DataObject) -> None:
        index = data.draw(st.integers(0, size - 1))
        leaf, path, top = LEAVES[index], inclusion_path(index, size, TREE), ROOTS[size]

        assert refusal(check_inclusion, flipped(leaf, bit), index, size, path, top) == "root differs"
        assert refusal(check_inclusion, leaf, index, size, path, flipped(top, bit)) == "root differs"
        for place, step in enumerate(path):
            changed = [*path[:place], flipped(step, bit), *path[place + 1 :]]
            assert refusal(check_inclusion, leaf, index, size, changed, top) == "root differs"

    def test_any_changed_path_is_refused(self) -> None:
        for size in range(1, 34):
            for index in range(size):
                for changed in mutations(inclusion_path(index, size, TREE)):
                    with pytest.raises(BadProof):
                        check_inclusion(LEAVES[index], index, size, changed, ROOTS[size])

    def test_a_node_is_not_passed_off_as_a_leaf_of_its_own_entry(self) -> None:
        forged = leaf_hash(LEAVES[0] + LEAVES[1])

        assert refusal(check_inclusion, forged, 0, 2, [node_hash(*LEAVES[2:4])], ROOTS[4]) == "root differs"

    @pytest.mark.parametrize(("index", "size"), [(0, 0), (1, 1), (-1, 1), (2**64 - 1, 1), (0, -1)])
    def test_an_index_outside_is_refused(self, index: int, size: int) -> None:
        reason = refusal(check_inclusion, LEAVES[0], index, size, [], LEAVES[0])

        assert reason == "index is not in the tree"

    @pytest.mark.parametrize("length", [0, 31, 33])
    def test_hashes_of_another_length_are_refused(self, length: int) -> None:
        other = bytes(length)
        assert refusal(check_inclusion, other, 0, 2, [LEAVES[1]], ROOTS[2]) == "hash is not 32 bytes"
        assert refusal(check_inclusion, LEAVES[0], 0, 2, [other], ROOTS[2]) == "hash is not 32 bytes"
        assert refusal(check_inclusion, LEAVES[0], 0, 2, [LEAVES[1]], other) == "hash is not 32 bytes"

    def test_a_path_has_at_most_63_steps(self) -> None:
        found, path = LEAVES[0], LEAVES[1:64]
        for step in path:
            found = node_hash(found, step)

        check_inclusion(LEAVES[0], 0, 2**63, path, found)
        reason = refusal(check_inclusion, LEAVES[0], 0, 2**64, [*path, path[0]], node_hash(found, path[0]))

        assert reason == "path is too long"

    def test_the_length_of_the_path_is_that_of_the_place(self) -> None:
        path = inclusion_path(2, 5, TREE)

        assert refusal(check_inclusion, LEAVES[2], 2, 5, path[:-1], ROOTS[5]) == "path is too short"
        assert refusal(check_inclusion, LEAVES[2], 2, 5, [*path, path[0]], ROOTS[5]) == "path is too long"


class TestConsistency:
    def test_each_pair_of_sizes_up_to_64_is_accepted_and_no_other_root_is(self) -> None:
        for new in range(1, 65):
            for old in range(1, new + 1):
                path = consistency_path(old, new, TREE)

                check_consistency(old, new, ROOTS[old], ROOTS[new], path)

                for roots in ((ROOTS[old - 1], ROOTS[new]), (ROOTS[old], ROOTS[new - 1])):
                    with pytest.raises(BadProof):
                        check_consistency(old, new, *roots, path)

    @given(st.integers(1, 300), st.data())
    def test_a_random_pair_is_accepted(self, new: int, data: st.DataObject) -> None:
        old = data.draw(st.integers(1, new))

        check_consistency(old, new, ROOTS[old], ROOTS[new], consistency_path(old, new, TREE))

    @given(st.integers(1, 300), st.integers(0, 255), st.data())
    def test_any_flipped_bit_is_refused(self, new: int, bit: int, data: st.DataObject) -> None:
        old = data.draw(st.integers(1, new))
        path, start, end = consistency_path(old, new, TREE), ROOTS[old], ROOTS[new]

        assert refusal(check_consistency, old, new, flipped(start, bit), end, path) == "root differs"
        assert refusal(check_consistency, old, new, start, flipped(end, bit), path) == "root differs"
        for place, step in enumerate(path):
            changed = [*path[:place], flipped(step, bit), *path[place + 1 :]]
            assert refusal(check_consistency, old, new, start, end, changed) == "root differs"

    def test_any_changed_path_is_refused(self) -> None:
        for new in range(1, 34):
            for old in range(1, new + 1):
                for changed in mutations(consistency_path(old, new, TREE)):
                    with pytest.raises(BadProof):
                        check_consistency(old, new, ROOTS[old], ROOTS[new], changed)

    def test_a_fork_is_refused_with_the_path_of_either_side(self) -> None:
        fork = memory([*LEAVES[:5], leaf_hash(b"forged"), *LEAVES[6:9]])

        for path in (consistency_path(7, 9, TREE), consistency_path(7, 9, fork)):
            assert refusal(check_consistency, 7, 9, ROOTS[7], root(9, fork), path) == "root differs"

    @pytest.mark.parametrize(("old", "new"), [(0, 0), (0, 7), (8, 7), (-1, 7), (-7, -7)])
    def test_sizes_that_do_not_follow_are_refused(self, old: int, new: int) -> None:
        assert refusal(check_consistency, old, new, EMPTY_ROOT, ROOTS[7], []) == "sizes do not follow"

    def test_between_equal_sizes_the_path_is_empty_and_the_root_the_same(self) -> None:
        for size in (1, 6, 7, 8):
            here, there = ROOTS[size], ROOTS[size + 1]

            check_consistency(size, size, here, here, [])

            assert refusal(check_consistency, size, size, here, here, [here]) == "path is too long"
            assert refusal(check_consistency, size, size, here, there, []) == "root differs"

    @pytest.mark.parametrize("old", [3, 4])
    def test_between_other_sizes_it_is_not_empty(self, old: int) -> None:
        assert refusal(check_consistency, old, 7, ROOTS[old], ROOTS[7], []) == "path is too short"

    def test_its_length_is_that_of_the_place(self) -> None:
        path = consistency_path(3, 7, TREE)

        assert refusal(check_consistency, 3, 7, ROOTS[3], ROOTS[7], path[:-1]) == "path is too short"
        assert refusal(check_consistency, 3, 7, ROOTS[3], ROOTS[7], [*path, path[0]]) == "path is too long"
        assert refusal(check_consistency, 1, 2**64, ROOTS[1], ROOTS[7], LEAVES[:64]) == "path is too long"

    @pytest.mark.parametrize("length", [0, 31, 33])
    def test_hashes_of_another_length_are_refused(self, length: int) -> None:
        other, path = bytes(length), consistency_path(6, 7, TREE)
        assert refusal(check_consistency, 6, 7, other, ROOTS[7], path) == "hash is not 32 bytes"
        assert refusal(check_consistency, 6, 7, ROOTS[6], other, path) == "hash is not 32 bytes"
        assert refusal(check_consistency, 6, 7, ROOTS[6], ROOTS[7], [*path[:-1], other]) == "hash is not 32 bytes"
