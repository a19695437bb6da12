"""The log as files (C2SP tlog-tiles): written once each, atomically, the checkpoint last. Any static host serves it."""

import os
from collections.abc import Sequence
from pathlib import Path

from pumasi.seal.errors import TileConflict
from pumasi.tlog.tile import WIDTH, bundle_path, bundles_of, encode_bundle, reader, tile_bytes, tile_path, tiles_of
from pumasi.tlog.tree import Read, leaf_hash, node_hash

CHECKPOINT, POLICY, SOLVENCY = "checkpoint", "policy", "solvency.json"


class LogFiles:
    """The directory of one log."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def read(self, size: int) -> Read:
        """The hashes of the published tree of `size` entries."""
        return reader(size, lambda tile: (self.folder / tile_path(tile)).read_bytes())

    def checkpoint(self) -> bytes | None:
        """The newest published checkpoint, as it was signed."""
        path = self.folder / CHECKPOINT
        return path.read_bytes() if path.exists() else None

    def policy(self) -> bytes | None:
        """The policy that readers pin."""
        path = self.folder / POLICY
        return path.read_bytes() if path.exists() else None

    def write_tiles(self, first: int, size: int, entries: Sequence[bytes], read: Read) -> None:
        """Tiles and bundles of a tree that grows from `first` to `size`. `entries` begin at the last full bundle.

        A file that is there already has to say the same; raises TileConflict, and nothing of it is written over.
        """
        start = first - first % WIDTH
        for bundle in bundles_of(first, size):
            at = bundle.number * WIDTH - start
            self._once(bundle_path(bundle.number, bundle.width), encode_bundle(entries[at : at + bundle.width]))
        for tile in tiles_of(first, size):
            self._once(tile_path(tile), tile_bytes(tile, read))

    def write(self, name: str, data: bytes) -> None:
        """One of the files that change: checkpoint, policy, solvency.json."""
        path = self.folder / name
        if not path.exists() or path.read_bytes() != data:
            write_atomically(path, data)

    def _once(self, name: str, data: bytes) -> None:
        path = self.folder / name
        if not path.exists():
            write_atomically(path, data)
        elif path.read_bytes() != data:
            raise TileConflict(path=name)


def grown(old: int, read: Read, new: Sequence[bytes]) -> Read:
    """The hashes of a tree of `old` published entries with the entries `new` behind them."""
    known: dict[tuple[int, int], bytes] = {(0, old + n): leaf_hash(entry) for n, entry in enumerate(new)}

    def at(level: int, index: int) -> bytes:
        if (index + 1) << level <= old:
            return read(level, index)
        if (level, index) not in known:
            known[level, index] = node_hash(at(level - 1, 2 * index), at(level - 1, 2 * index + 1))
        return known[level, index]

    return at


def write_atomically(path: Path, data: bytes) -> None:
    """Write and sync beside, rename, sync the folder: a crash leaves the old file or the new one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.new")
    with beside.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
