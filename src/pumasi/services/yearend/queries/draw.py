"""The draw of a sample: which entries of the public record are looked at, from a seed that was drawn in public.

Anybody repeats it with the record alone (docs/audit-pack.md): of the entries of type `spend` whose day lies in the
year and whose index is below `size`, take the `count` with the smallest SHA-256 of the bytes below.
"""

import hashlib
from collections.abc import Iterable

CONTEXT = b"pumasi/audit-sample/v1\n"


def rank(root: bytes, seed: str, index: int) -> bytes:
    """The hash by which an entry is ordered: context, root (32 bytes), seed (UTF-8), a line feed, index (decimal)."""
    return hashlib.sha256(CONTEXT + root + seed.encode("utf-8") + b"\n" + str(index).encode("ascii")).digest()


def draw(root: bytes, seed: str, candidates: Iterable[int], count: int) -> list[int]:
    """The entries that are drawn, in the order of the draw."""
    return sorted(candidates, key=lambda index: rank(root, seed, index))[:count]
