"""`./pumasi check`: all that CI checks besides the tests.

Each step prints its name and seconds; a failure teaches the rule, why it is there, and how to mend it.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from house import links, rules
from house.sources import committed
from pumasi.config import catalogues

ROOT = Path(__file__).resolve().parent.parent
PYTHON = [sys.executable, "-m"]


@dataclass(frozen=True)
class Check:
    """One step: `find` gives the faults as text (empty = in order); `lesson` says why, and how to mend."""

    name: str
    find: Callable[[Path], str]
    lesson: str


def tool(*words: str) -> Callable[[Path], str]:
    """A check by a program: its output when it fails."""

    def find(root: Path) -> str:
        with tempfile.TemporaryDirectory(prefix="pumasi-check-") as home:  # no check may touch a real node
            settings = {
                "PYTHONPATH": os.pathsep.join([str(root / "src"), str(root)]),
                "DJANGO_SETTINGS_MODULE": "pumasi.config.settings",
                "PUMASI_HOME": home,
                "NO_COLOR": "1",
            }
            done = subprocess.run(
                words,
                cwd=root,
                env={**os.environ, **settings},
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                check=False,
            )
        return (done.stdout.strip() or f"exit code {done.returncode}") if done.returncode else ""

    return find


def tidy(root: Path) -> str:
    return "\n".join(str(breach) for breach in rules.breaches(committed(root)))


def messages(root: Path) -> str:
    return "\n".join(catalogues.faults(root / "src" / "pumasi"))


def markdown(root: Path) -> str:
    return "\n".join(links.faults(committed(root)))


DJANGO = [*PYTHON, "django"]
LINTER = [
    sys.executable,
    "-c",
    "import sys; from importlinter.cli import lint_imports_command as run; sys.exit(run())",
    "--no-logo",
]
CHECKS = (
    Check(
        "ruff",
        tool(*PYTHON, "ruff", "check", "--output-format=concise", "."),
        "`.venv/bin/ruff check --fix .` mends most of it.",
    ),
    Check(
        "format",
        tool(*PYTHON, "ruff", "format", "--check", "--output-format=concise", "."),
        "One look for all files: `.venv/bin/ruff format .`",
    ),
    Check(
        "types",
        tool(*PYTHON, "mypy"),
        "Strict types let a newcomer trust each signature. Change the code until mypy agrees; kernel and ledger "
        "allow no suppression.",
    ),
    Check(
        "floors",
        tool(*LINTER),
        "Arrows go down only, so that each floor can be understood and tested without those above. Move the code, or "
        "let pumasi.config plug the two together; ARCHITECTURE.md draws the floors.",
    ),
    Check("tidy", tidy, "The rules with their reasons are house/rules.py."),
    Check(
        "migrations",
        tool(*DJANGO, "makemigrations", "--check", "--dry-run"),
        "Models and migrations must say the same, else a district's database is not what the code thinks: "
        "`.venv/bin/python -m django makemigrations` and read what it wrote.",
    ),
    Check(
        "messages",
        messages,
        "Korean first, English complete: `./pumasi messages` collects the texts; then write the Korean in "
        "src/pumasi/locale/ko/LC_MESSAGES/django.po.",
    ),
    Check(
        "docs",
        tool(*PYTHON, "pumasi.config.program", "docs", "--check"),
        "Generated pages are never edited: `./pumasi docs`.",
    ),
    Check("links", markdown, "A reader follows links with trust."),
)


def run(argv: Sequence[str]) -> int:
    """Run all checks, or the named ones. 0 when all are in order, 1 when one is not, 2 for an unknown name."""
    if argv and argv[0] in {"-h", "--help"}:
        print(f"Usage: ./pumasi check [NAME ...]\n\nchecks: {' '.join(check.name for check in CHECKS)}")
        return 0
    unknown = set(argv) - {check.name for check in CHECKS}
    if unknown:
        print(f"pumasi check: no such check: {', '.join(sorted(unknown))}", file=sys.stderr)
        return 2
    failed = [check.name for check in CHECKS if (not argv or check.name in argv) and not passes(check, ROOT)]
    print(f"check: {'failed: ' + ', '.join(failed) if failed else 'all in order'}", flush=True)
    return 1 if failed else 0


def passes(check: Check, root: Path) -> bool:
    """Run one check and print its line; on failure the faults and the lesson follow."""
    started = time.monotonic()
    faults = check.find(root)
    print(f"{'FAIL' if faults else 'ok':<5}{check.name:<12}{time.monotonic() - started:5.1f} s", flush=True)
    if faults:
        print("\n".join(f"     {line}" for line in f"{faults}\n{check.lesson}".splitlines()), flush=True)
    return not faults
