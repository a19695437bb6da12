"""Two checkpoints of one log that contradict each other are evidence against it that anybody can check.

Nothing here needs a quorum: the log's own signature under two histories is the proof.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from pumasi.tlog.checkpoint import Checkpoint, parse_checkpoint
from pumasi.tlog.note import VerifierKey, open_note
from pumasi.verify.directory import entries, read_checkpoint
from pumasi.verify.errors import Refused
from pumasi.verify.frontier import Frontier


class Verdict(StrEnum):
    """What two checkpoints say about their log."""

    CONFLICT = "conflict"  # the log signed two histories
    CONSISTENT = "consistent"  # one is the beginning of the other, or they are the same
    UNDECIDED = "undecided"  # of different sizes, and no entries at hand to compare them


@dataclass(frozen=True, slots=True)
class Compared:
    """The verdict over checkpoints that one key signed, and the two that contradict each other, if any."""

    verdict: Verdict
    first: Checkpoint
    second: Checkpoint


class NotOneLog(Refused):
    """The checkpoints are of two logs, or signed by two keys: nothing follows from them."""


def compare(first: bytes, second: bytes, keys: Iterable[VerifierKey], log: Path | None = None) -> Compared:
    """Hold two signed checkpoints against each other, and against the entries of a log's files where given.

    Raises BadLog for a note that none of the keys signed, NotOneLog, and BadLogFiles for files that do not make
    their own checkpoint.
    """
    known = list(keys)
    (key, a), (other_key, b) = (_signed(data, known) for data in (first, second))
    if a.origin != b.origin or key != other_key:
        raise NotOneLog("the checkpoints are not of one log and key")
    if a.size == b.size:
        return Compared(Verdict.CONSISTENT if a.root == b.root else Verdict.CONFLICT, a, b)
    if log is None:
        return Compared(Verdict.UNDECIDED, a, b)
    whole_key, whole = _signed(read_checkpoint(log), known)
    if whole.origin != a.origin or whole_key != key:
        raise NotOneLog("the files are those of another log")
    roots = _roots(log, whole, {a.size, b.size})
    for checkpoint in (a, b):
        if checkpoint.size in roots and roots[checkpoint.size] != checkpoint.root:
            return Compared(Verdict.CONFLICT, checkpoint, whole)
    known_both = a.size in roots and b.size in roots
    return Compared(Verdict.CONSISTENT if known_both else Verdict.UNDECIDED, a, b)


def _signed(data: bytes, keys: list[VerifierKey]) -> tuple[VerifierKey, Checkpoint]:
    opened = open_note(data, keys)
    checkpoint = parse_checkpoint(opened.text)
    for key in opened.verified:
        if key.name == checkpoint.origin:
            return key, checkpoint
    raise NotOneLog("the checkpoint is signed by another log")


def _roots(log: Path, whole: Checkpoint, sizes: set[int]) -> dict[int, bytes]:
    """Roots at some sizes, out of files that make the root of their own checkpoint."""
    frontier = Frontier()
    roots = {0: frontier.root()}
    for entry in entries(log, whole.size):
        frontier.add(entry)
        if frontier.size in sizes:
            roots[frontier.size] = frontier.root()
    if frontier.root() != whole.root:
        raise NotOneLog("the files do not make the root of their own checkpoint")
    return {size: root for size, root in roots.items() if size in sizes}
