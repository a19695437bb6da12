"""The root of a tree that only grows, in logarithmic memory: the roots of the complete subtrees at its right edge.

An algorithm of its own beside `tlog.tree` (which builds) and `tlog.proof_check`: RFC 6962 2.1, read from left to right.
"""

from collections.abc import Callable
from hashlib import sha256

TILE_HEIGHT = 8

type Seen = Callable[[int, bytes], None]
"""(tile level, hash): a complete subtree of 256**level leaves; those of one level come from left to right."""


class Frontier:
    """Grows by one leaf hash at a time. `seen` hears of the hashes that stand in tiles."""

    def __init__(self, seen: Seen | None = None) -> None:
        self.size = 0
        self._seen = seen
        self._subtrees: list[bytes] = []

    def add(self, entry: bytes) -> None:
        """Append the leaf of an entry."""
        node, rest, level = sha256(b"\x00" + entry).digest(), self.size, 0
        subtrees, seen = self._subtrees, self._seen
        if seen is not None:
            seen(0, node)
        while rest & 1:
            node = sha256(b"\x01" + subtrees.pop() + node).digest()
            rest >>= 1
            level += 1
            if seen is not None and level % TILE_HEIGHT == 0:
                seen(level // TILE_HEIGHT, node)
        subtrees.append(node)
        self.size += 1

    def root(self) -> bytes:
        """The root of all leaves so far."""
        if not self._subtrees:
            return sha256(b"").digest()
        *left, node = self._subtrees
        for subtree in reversed(left):
            node = sha256(b"\x01" + subtree + node).digest()
        return node

    def copy(self) -> "Frontier":
        """Another tree that begins with the same leaves; nothing hears of it."""
        other = Frontier()
        other.size, other._subtrees = self.size, list(self._subtrees)
        return other
