"""The whole check of a log as files: signatures, entries, rules, root and tiles in one pass.

Not here: words for people (`report`).
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pumasi.tlog.policy import Policy, Verified
from pumasi.verify.directory import TileCheck, entries, read_checkpoint
from pumasi.verify.errors import BadLogFiles
from pumasi.verify.leaf import Leaf
from pumasi.verify.replay import Problem, Replay, commitments_twice


@dataclass(frozen=True, slots=True)
class Audit:
    """A log whose files, signatures and root hold together; `problems` are the public rules that its entries break."""

    verified: Verified
    replay: Replay
    problems: tuple[Problem, ...]
    found: int
    tiles: int
    tiles_absent: int

    @property
    def solvency(self) -> dict[str, object]:
        """The value of `solvency.json`."""
        return self.replay.solvency(self.verified.checkpoint.origin)


def audit(folder: Path, policy: Policy, look: Callable[[Leaf], None] | None = None) -> Audit:
    """Check a log; `look` is shown each entry. Raises BadLog or BadLogFiles where it is not one log at all."""
    verified = policy.verify_checkpoint(read_checkpoint(folder))
    checkpoint = verified.checkpoint
    if checkpoint.extensions:
        raise BadLogFiles("a checkpoint with extension lines")
    tiles = TileCheck(folder)
    replay = Replay(strict=False, origin=checkpoint.origin, seen=tiles.seen)
    for entry in entries(folder, checkpoint.size):
        leaf = replay.add(entry)
        if look is not None and leaf is not None:
            look(leaf)
    suspects = replay.end()
    if replay.root() != checkpoint.root:
        raise BadLogFiles("the entries do not make the checkpoint's root")
    tiles.end()
    twice = commitments_twice(entries(folder, checkpoint.size), suspects) if suspects else []
    return Audit(verified, replay, (*replay.problems, *twice), replay.found + len(twice), tiles.compared, tiles.absent)
