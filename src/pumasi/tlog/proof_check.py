"""Checks proofs of inclusion and of consistency: iterative, as RFC 9162 sections 2.1.3.2 and 2.1.4.2 write it.

Shares nothing with the builder in `tree` but the hash of a node, so that no mistake can hide on both sides (ADR 16).
"""

from collections.abc import Iterator, Sequence

from pumasi.tlog.errors import BadProof
from pumasi.tlog.tree import HASH_BYTES, node_hash

MAX_PATH = 63


def check_inclusion(leaf_hash: bytes, index: int, size: int, path: Sequence[bytes], root: bytes) -> None:
    """RFC 9162 2.1.3.2: the leaf stands at `index` in the tree of `size` leaves and that root; BadProof if not."""
    _only_hashes(leaf_hash, root, *path)
    if not 0 <= index < size:
        raise BadProof("index is not in the tree")
    found = leaf_hash
    for step, left in _sides(index, size - 1, path):
        found = node_hash(step, found) if left else node_hash(found, step)
    if found != root:
        raise BadProof("root differs")


def check_consistency(old: int, new: int, old_root: bytes, new_root: bytes, path: Sequence[bytes]) -> None:
    """RFC 9162 2.1.4.2: the tree of `old` leaves and that root is the beginning of the new one; BadProof if not.

    Between equal sizes the path is empty and the roots are the same. From size 0 nothing can be proven: refused.
    """
    _only_hashes(old_root, new_root, *path)
    if not 1 <= old <= new:
        raise BadProof("sizes do not follow")
    if old == new:
        old = new = 1  # one tree, one node, nothing to climb
    if old < new and not path:
        raise BadProof("path is too short")
    # An old tree that is complete is a node of the new one, and the path leaves out what the reader has.
    first, *steps = [old_root, *path] if old & (old - 1) == 0 else path
    node, last = old - 1, new - 1
    while node & 1:
        node, last = node >> 1, last >> 1
    found_old = found_new = first
    for step, left in _sides(node, last, steps):
        found_old = node_hash(step, found_old) if left else found_old
        found_new = node_hash(step, found_new) if left else node_hash(found_new, step)
    if (found_old, found_new) != (old_root, new_root):
        raise BadProof("root differs")


def _sides(node: int, last: int, path: Sequence[bytes]) -> Iterator[tuple[bytes, bool]]:
    """Each step with whether it joins from the left; `node` of a row that ends with `last` climbs to the root."""
    for step in path:
        if last == 0:
            raise BadProof("path is too long")
        left = bool(node & 1) or node == last
        yield step, left
        while left and node and not node & 1:
            node, last = node >> 1, last >> 1
        node, last = node >> 1, last >> 1
    if last:
        raise BadProof("path is too short")


def _only_hashes(*hashes: bytes) -> None:
    """Two roots, or a leaf and a root, and the path."""
    if len(hashes) > MAX_PATH + 2:
        raise BadProof("path is too long")
    if any(len(found) != HASH_BYTES for found in hashes):
        raise BadProof("hash is not 32 bytes")
