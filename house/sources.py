"""The files that the rules of the house look at: what git would commit, read once."""

import ast
import subprocess
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath

UNREAD = {".git", ".venv", ".pumasi", "node_modules", "__pycache__"}


@dataclass(frozen=True)
class Source:
    """One text file: its path below the root, its text, and for Python its syntax tree."""

    path: PurePosixPath
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text, str(self.path))

    @cached_property
    def nodes(self) -> tuple[ast.AST, ...]:
        """All nodes of the tree; walking it is what costs, and each rule looks at them."""
        return tuple(ast.walk(self.tree))

    @property
    def is_python(self) -> bool:
        return self.path.suffix == ".py"

    @property
    def is_test(self) -> bool:
        return bool({"tests", "conftest.py"} & set(self.path.parts))

    @property
    def is_migration(self) -> bool:
        return "migrations" in self.path.parts

    def within(self, *folders: str) -> bool:
        """Whether the file lies in one of these folders, given from the root: `within("src/pumasi/ledger")`."""
        return any(PurePosixPath(folder) in (self.path, *self.path.parents) for folder in folders)


def committed(root: Path) -> list[Source]:
    """Each text file that git would commit below `root`; without git, all but the usual unversioned folders."""
    return [Source(path, text) for path in sorted(_paths(root)) if (text := _text(root / path)) is not None]


def _paths(root: Path) -> list[PurePosixPath]:
    words = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        listed = subprocess.run(words, cwd=root, capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        listed = ""
    if listed:
        return [PurePosixPath(name) for name in listed.split("\0") if name and (root / name).is_file()]
    found = (path.relative_to(root) for path in root.rglob("*") if path.is_file())
    return [PurePosixPath(path) for path in found if not UNREAD & set(path.parts)]


def _text(path: Path) -> str | None:
    try:
        return path.read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        return None
