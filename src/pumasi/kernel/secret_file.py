"""A secret in a file of its own: made once, readable by its owner alone, the same for every process that starts.

Not here: what the secret is for, and whether others may read the file by now (`open_to_others`).
"""

import os
import stat
from collections.abc import Callable
from pathlib import Path

OWNER_ONLY = 0o600


def kept(path: Path, fresh: Callable[[], str]) -> str:
    """The ASCII text in `path`, which is written from `fresh` when there is none.

    Of several processes that start at once exactly one wins, and all read the same text.
    """
    if not path.exists():
        _make(path, fresh())
    return path.read_text(encoding="ascii")


def open_to_others(path: Path) -> bool:
    """Whether anybody but the file's owner may read or write it."""
    return bool(stat.S_IMODE(path.stat().st_mode) & 0o077)


def _make(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f"{path.name}.{os.getpid()}.{os.urandom(4).hex()}")
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY)
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        try:
            path.hardlink_to(beside)
        except FileExistsError:
            return
    finally:
        beside.unlink()
