"""A log as files, read without trust: entries for a size, and tiles of hashes held against the entries.

Not here: fetching files, and what the entries say (`replay`).
"""

from collections.abc import Iterator
from pathlib import Path

from pumasi.tlog.tile import WIDTH, Tile, bundle_path, decode_bundle, tile_path
from pumasi.verify.errors import BadLogFiles

CHECKPOINT_LIMIT = 1_000_000
_BUNDLE_LIMIT = WIDTH * (2 + 0xFFFF)
_TILE_LIMIT = WIDTH * 32


def read_checkpoint(folder: Path) -> bytes:
    """The newest checkpoint, as it was signed; raises BadLogFiles."""
    return _needed(folder, "checkpoint", CHECKPOINT_LIMIT)


def entries(folder: Path, size: int) -> Iterator[bytes]:
    """The first `size` entries; raises BadLogFiles where one is missing, BadTile for a bundle that is cut.

    At the right edge, the exact partial bundle or the full one that has replaced it.
    """
    for number in range(-(-size // WIDTH)):
        width = min(WIDTH, size - number * WIDTH)
        data = _found(folder, bundle_path(number, width), _BUNDLE_LIMIT)
        if data is not None:
            yield from decode_bundle(data, width)
        else:
            yield from decode_bundle(_needed(folder, bundle_path(number), _BUNDLE_LIMIT), WIDTH)[:width]


class TileCheck:
    """Hears of a tree's hashes in order (`Frontier`'s `seen`) and compares them with the files of tiles."""

    def __init__(self, folder: Path) -> None:
        self.absent = 0
        self.compared = 0
        self._folder = folder
        self._rows: list[list[bytes]] = []
        self._numbers: list[int] = []

    def seen(self, level: int, node: bytes) -> None:
        """Take the next hash of a level; raises BadLogFiles for a full tile that holds others."""
        if level == len(self._rows):
            self._rows.append([])
            self._numbers.append(0)
        row = self._rows[level]
        row.append(node)
        if len(row) == WIDTH:
            self._compare(Tile(level, self._numbers[level]), b"".join(row))
            self._numbers[level] += 1
            row.clear()

    def end(self) -> None:
        """Compare the partial tiles at the right edge."""
        for level, row in enumerate(self._rows):
            if row:
                self._compare(Tile(level, self._numbers[level], len(row)), b"".join(row))

    def _compare(self, tile: Tile, expected: bytes) -> None:
        path = tile_path(tile)
        data = _found(self._folder, path, _TILE_LIMIT)
        if data is None and tile.width < WIDTH:
            path = tile_path(Tile(tile.level, tile.number))
            whole = _found(self._folder, path, _TILE_LIMIT)
            data = whole and whole[: len(expected)]
        if data is None:
            self.absent += 1
            return
        if data != expected:
            raise BadLogFiles(f"{path} holds other hashes than the entries have")
        self.compared += 1


def _needed(folder: Path, path: str, limit: int) -> bytes:
    data = _found(folder, path, limit)
    if data is None:
        raise BadLogFiles(f"{path} is missing")
    return data


def _found(folder: Path, path: str, limit: int) -> bytes | None:
    try:
        with (folder / path).open("rb") as file:
            data = file.read(limit + 1)
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return None
    if len(data) > limit:
        raise BadLogFiles(f"{path} is too long")
    return data
