"""The text of a checkpoint (C2SP tlog-checkpoint v1.0.0): which log, how many entries, which root.

Not here: who signed it. That is `note`, and who must have signed it is `policy`.
"""

from dataclasses import dataclass

from pumasi.tlog.encoding import LIMIT, base64, decimal, is_line, unbase64
from pumasi.tlog.errors import BadCheckpoint
from pumasi.tlog.tree import HASH_BYTES


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """`root` is 32 bytes; `size` counts entries. BadCheckpoint for what no checkpoint can say."""

    origin: str
    size: int
    root: bytes
    extensions: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not is_line(self.origin):
            raise BadCheckpoint("not an origin")
        if not 0 <= self.size < LIMIT:
            raise BadCheckpoint("size out of range")
        if len(self.root) != HASH_BYTES:
            raise BadCheckpoint("root is not 32 bytes")
        if not all(is_line(line) for line in self.extensions):
            raise BadCheckpoint("not an extension line")

    @property
    def text(self) -> str:
        """What is signed: at least three lines, each with its newline."""
        return "".join(f"{line}\n" for line in (self.origin, self.size, base64(self.root), *self.extensions))


def parse_checkpoint(text: str) -> Checkpoint:
    """The checkpoint of a note's text; BadCheckpoint for every text that `Checkpoint.text` would not write."""
    lines = text.split("\n")
    if len(lines) < 4 or lines.pop():
        raise BadCheckpoint("not three lines or more")
    origin, size, root, *extensions = lines
    return Checkpoint(
        origin, decimal(size, BadCheckpoint), unbase64(root, HASH_BYTES, BadCheckpoint), tuple(extensions)
    )
