"""The log as files (C2SP tlog-tiles v0.1.0): tiles of 256 hashes, bundles of 256 entries, and the paths of both.

Not here: reading and writing the files. `reader` asks for the bytes of a tile and looks at nothing but their length;
whether they are the right ones shows when a root is computed from them.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pumasi.tlog.encoding import LIMIT
from pumasi.tlog.errors import BadTile
from pumasi.tlog.tree import HASH_BYTES, Read, rows

WIDTH = 256
HEIGHT = 8
MAX_LEVEL = 63
MAX_ENTRY_BYTES = 65_535
_CACHED_TILES = 64
_PATH = re.compile(r"tile/(entries|[0-9]{1,2})/((?:x[0-9]{3}/){0,6}[0-9]{3})(?:\.p/([0-9]{1,3}))?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Tile:
    """`width` hashes (256: a full tile) of complete subtrees of 256**level leaves, from number * 256 on."""

    level: int
    number: int
    width: int = WIDTH

    def __post_init__(self) -> None:
        if not 0 <= self.level <= MAX_LEVEL:
            raise BadTile("level out of range")
        _check(self.number, self.width)


@dataclass(frozen=True, slots=True)
class Bundle:
    """`width` entries (256: a full bundle) from number * 256 on."""

    number: int
    width: int = WIDTH

    def __post_init__(self) -> None:
        _check(self.number, self.width)


def tile_path(tile: Tile) -> str:
    """Such as `tile/0/x001/x234/067.p/5`."""
    return f"tile/{tile.level}/{_numbered(tile.number, tile.width)}"


def bundle_path(number: int, width: int = WIDTH) -> str:
    """Such as `tile/entries/x001/x234/067.p/5`; BadTile for a number or width out of range."""
    _check(number, width)
    return f"tile/entries/{_numbered(number, width)}"


def parse_path(path: str) -> Tile | Bundle:
    """What a path names; BadTile for every text that `tile_path` or `bundle_path` would not write."""
    found = _PATH.fullmatch(path)
    if not found:
        raise BadTile("not the path of a tile")
    level, numbered, partial = found.groups()
    number = int(numbered.replace("/", "").replace("x", ""))
    width = WIDTH if partial is None else int(partial)
    named = Bundle(number, width) if level == "entries" else Tile(int(level), number, width)
    if path != (tile_path(named) if isinstance(named, Tile) else bundle_path(named.number, named.width)):
        raise BadTile("not the path of a tile")
    return named


def tiles_of(old_size: int, new_size: int) -> list[Tile]:
    """The tiles, full and partial, that a tree of `new_size` leaves has and one of `old_size` has not, level by level.

    At the right edge a level has one partial tile, none when its hashes fill the last tile.
    """
    return [
        Tile(level, bundle.number, bundle.width)
        for level in range(MAX_LEVEL + 1)
        for bundle in bundles_of(old_size >> HEIGHT * level, new_size >> HEIGHT * level)
    ]


def bundles_of(old_size: int, new_size: int) -> list[Bundle]:
    """The entry bundles, full and partial, that a log of `new_size` has and one of `old_size` has not."""
    if not 0 <= old_size <= new_size < LIMIT:
        raise BadTile("sizes do not follow")
    if old_size == new_size:
        return []
    full = [Bundle(number) for number in range(old_size // WIDTH, new_size // WIDTH)]
    return [*full, Bundle(new_size // WIDTH, new_size % WIDTH)] if new_size % WIDTH else full


def encode_bundle(entries: Sequence[bytes]) -> bytes:
    """1 to 256 entries of at most 65,535 bytes, each after its length in two big-endian bytes."""
    if not 1 <= len(entries) <= WIDTH:
        raise BadTile("not 1 to 256 entries")
    if any(len(entry) > MAX_ENTRY_BYTES for entry in entries):
        raise BadTile("entry is too long")
    return b"".join(len(entry).to_bytes(2, "big") + entry for entry in entries)


def decode_bundle(data: bytes, count: int) -> list[bytes]:
    """The entries of a bundle; BadTile unless they are exactly `count` (1 to 256) and fill it to the last byte."""
    _check(0, count)
    entries, position = [], 0
    for _ in range(count):
        start = position + 2
        position = start + int.from_bytes(data[position:start], "big")
        if position > len(data) or start > len(data):
            raise BadTile("bundle is too short")
        entries.append(data[start:position])
    if position != len(data):
        raise BadTile("bundle is too long")
    return entries


def tile_bytes(tile: Tile, read: Read) -> bytes:
    """The file of a tile: its hashes one after another."""
    first = tile.number * WIDTH
    return b"".join(read(HEIGHT * tile.level, index) for index in range(first, first + tile.width))


def reader(size: int, fetch: Callable[[Tile], bytes]) -> Read:
    """Reads a tree of `size` leaves out of its tiles: a level lies in tile level // 8, hashed up inside the tile.

    `fetch` gets the tiles of that very size, partial ones at the right edge; taking a full one instead, cut to the
    width, is up to the caller. BadTile when a tile has another length, or the subtree is not complete at that size.
    """
    cache: dict[Tile, list[list[bytes]]] = {}

    def read(level: int, index: int) -> bytes:
        if not 0 <= index < size >> level:
            raise BadTile("subtree is not in the tree")
        tile_level, row = divmod(level, HEIGHT)
        number, position = divmod(index, WIDTH >> row)
        tile = Tile(tile_level, number, min(WIDTH, (size >> HEIGHT * tile_level) - number * WIDTH))
        if tile not in cache:
            if len(cache) == _CACHED_TILES:
                del cache[next(iter(cache))]
            cache[tile] = rows(_hashes(tile, fetch(tile)))
        return cache[tile][row][position]

    return read


def _hashes(tile: Tile, data: bytes) -> list[bytes]:
    if len(data) != tile.width * HASH_BYTES:
        raise BadTile("tile has another length")
    return [data[start : start + HASH_BYTES] for start in range(0, len(data), HASH_BYTES)]


def _check(number: int, width: int) -> None:
    if not 0 <= number < LIMIT:
        raise BadTile("number out of range")
    if not 1 <= width <= WIDTH:
        raise BadTile("width out of range")


def _numbered(number: int, width: int) -> str:
    *above, last = f"{number:,}".split(",")
    groups = [*(f"x{group:0>3}" for group in above), f"{last:0>3}"]
    return "/".join(groups) + ("" if width == WIDTH else f".p/{width}")
