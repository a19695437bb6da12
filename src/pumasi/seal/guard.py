"""The sign-once guard: the newest signed head in a file outside the database (chain.md 3.4, decisions 12).

Written and synced before the signature is made, so it never knows less than what was signed. A database that was rolled
back, or whose entries were changed, no longer fits and is refused. So is a guard that knows less than was signed: its
disk is not mounted, or it came out of a backup. Only `pumasi seal --adopt-guard` makes one anew.
"""

import json
from dataclasses import dataclass
from pathlib import Path

from pumasi.seal.errors import FilesUnusable, GuardLost, SignedAnotherRoot, SignedMoreThanKnown
from pumasi.seal.files import write_atomically
from pumasi.tlog.tree import Read, root


@dataclass(frozen=True, slots=True)
class Head:
    """A size and the root of the tree of that size."""

    size: int
    root: bytes


class Guard:
    """The file of one node's log."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def head(self) -> Head | None:
        """The newest head that may have been signed; raises FilesUnusable."""
        if not self._path.exists():
            return None
        try:
            said = json.loads(self._path.read_text(encoding="ascii"))
            return Head(int(said["size"]), bytes.fromhex(said["root"]))
        except (ValueError, KeyError, TypeError) as error:
            raise FilesUnusable(reason=f"{self._path.name} holds no signed head") from error

    def covers(self, signed: int) -> Head | None:
        """The head, which raises GuardLost when it is below the size up to which there are signed notes (0: none)."""
        known = self.head()
        if (0 if known is None else known.size) < signed:
            raise GuardLost(signed=signed, name=self._path.name)
        return known

    def check(self, signed: int, size: int, read: Read) -> None:
        """The tree of `size` has to grow out of what was signed; `signed` as in `covers`.

        Raises GuardLost, SignedMoreThanKnown or SignedAnotherRoot.
        """
        known = self.covers(signed)
        if known is None:
            return
        if known.size > size:
            raise SignedMoreThanKnown(signed=known.size, known=size)
        if root(known.size, read) != known.root:
            raise SignedAnotherRoot(size=known.size)

    def note(self, head: Head) -> None:
        """Remember `head`, on disk, before it is signed."""
        text = json.dumps({"root": head.root.hex(), "size": head.size})
        write_atomically(self._path, text.encode("ascii"))
