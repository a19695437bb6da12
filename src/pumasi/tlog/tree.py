"""The Merkle tree of RFC 6962 section 2.1, and the builder of its proofs: recursive, as the RFC writes it.

Not here: checking a proof. `proof_check` does that by another algorithm and shares only the two hashes (ADR 16).
"""

from collections.abc import Callable, Iterable
from hashlib import sha256

from pumasi.tlog.errors import BadProof

HASH_BYTES = 32
EMPTY_ROOT = sha256(b"").digest()

type Read = Callable[[int, int], bytes]
"""(level, index) -> hash of the complete subtree of 2**level leaves that starts at leaf index * 2**level."""


def leaf_hash(entry: bytes) -> bytes:
    return sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return sha256(b"\x01" + left + right).digest()


def root(size: int, read: Read) -> bytes:
    """MTH of the first `size` leaves; ValueError for a negative size."""
    if size < 0:
        raise ValueError("a tree has no negative size")
    return _range_hash(0, size, read) if size else EMPTY_ROOT


def inclusion_path(index: int, size: int, read: Read) -> list[bytes]:
    """PATH(index, D[size]) of RFC 6962 2.1.1, from the leaf's sibling upwards; BadProof when the leaf is not in it."""
    if not 0 <= index < size:
        raise BadProof("index is not in the tree")
    return _path(index, 0, size, read)


def consistency_path(old: int, new: int, read: Read) -> list[bytes]:
    """PROOF(old, D[new]) of RFC 6962 2.1.2; BadProof unless 1 <= old <= new (an empty tree proves nothing)."""
    if not 1 <= old <= new:
        raise BadProof("sizes do not follow")
    return _subproof(old, 0, new, True, read)


def memory(leaf_hashes: Iterable[bytes]) -> Read:
    """A tree held in memory. Reading beyond its leaves is an IndexError."""
    levels = rows(leaf_hashes)
    return lambda level, index: levels[level][index]


def rows(hashes: Iterable[bytes]) -> list[list[bytes]]:
    """The hashes, and above them each row of complete subtrees over them: row k joins 2**k of them."""
    levels = [list(hashes)]
    while len(levels[-1]) > 1:
        below = levels[-1]
        levels.append([node_hash(left, right) for left, right in zip(below[::2], below[1::2], strict=False)])
    return levels


def _range_hash(start: int, end: int, read: Read) -> bytes:
    size = end - start
    if size & (size - 1) == 0:
        # The RFC's splits put every complete subtree at a multiple of its own size.
        return read(size.bit_length() - 1, start // size)
    middle = start + _split(size)
    return node_hash(_range_hash(start, middle, read), _range_hash(middle, end, read))


def _path(index: int, start: int, end: int, read: Read) -> list[bytes]:
    if end - start == 1:
        return []
    middle = start + _split(end - start)
    if index < middle:
        return [*_path(index, start, middle, read), _range_hash(middle, end, read)]
    return [*_path(index, middle, end, read), _range_hash(start, middle, read)]


def _subproof(old: int, start: int, end: int, known: bool, read: Read) -> list[bytes]:
    """SUBPROOF(old - start, D[start:end], known): whether the reader knows the old root already."""
    if old == end:
        return [] if known else [_range_hash(start, end, read)]
    middle = start + _split(end - start)
    if old <= middle:
        return [*_subproof(old, start, middle, known, read), _range_hash(middle, end, read)]
    return [*_subproof(old, middle, end, False, read), _range_hash(start, middle, read)]


def _split(size: int) -> int:
    """The largest power of two below `size`."""
    return 1 << ((size - 1).bit_length() - 1)
