"""The reference pages that are written from the code: commands, settings, refusals. Which file is which: `pages.py`."""

from collections.abc import Iterable
from importlib import import_module
from pathlib import Path

from pumasi.config.program import COMMANDS
from pumasi.config.variables import NODE, TOOLS, Variable
from pumasi.kernel.result import Refusal, all_refusals

SOURCE = Path(__file__).resolve().parents[1]
NOTE = "Written by `./pumasi docs` from the code; edits here are overwritten."


def commands() -> str:
    """docs/commands.md: one row for each command, and what the exit codes mean."""
    rows = [(f"`./pumasi {command.word}`", command.en, command.ko) for command in COMMANDS.values()]
    codes = [
        ("0", "done"),
        ("1", "refused, or something is not in order"),
        ("2", "not understood: an unknown command, check or word"),
        ("3", "set-up: this machine lacks something; the line says what and how to get it"),
        ("130", "set-up was interrupted; the next start goes on"),
    ]
    return page(
        "Commands 명령",
        table(("command", "what it does", "한국어"), rows),
        "Each sets up what it needs first; `./pumasi COMMAND --help` says more, and which further exit codes it has.",
        table(("exit code", "means"), codes),
    )


def settings() -> str:
    """docs/settings.md: the variables of a node, then those of the tools."""
    head = ("variable", "sets", "without it", "danger")
    return page(
        "Settings 설정",
        "Everything an operator may change is an environment variable. Rules of the coin are data, not settings.",
        "## A node",
        table(head, map(_row, NODE)),
        "## The tools of a source tree",
        table(head, map(_row, TOOLS)),
    )


def refusals() -> str:
    """docs/refusals.md: each expected no, by its stable code. Loads every `errors` module of the tree."""
    for path in sorted(SOURCE.rglob("errors.py")):
        import_module(".".join(("pumasi", *path.relative_to(SOURCE).with_suffix("").parts)))
    rows = [(f"`{code}`", _cell(kind.ko), _cell(kind.en)) for code, kind in all_refusals().items() if _ours(kind)]
    return page(
        "Refusals 거절",
        "Each expected no has a stable code and says which rule, how long it holds and what to do. "
        "Words in braces are facts of the case.",
        table(("code", "한국어", "English"), rows),
    )


def page(title: str, *parts: str) -> str:
    """A Markdown page."""
    return "\n\n".join((f"# {title}", NOTE, *parts)) + "\n"


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A Markdown table."""
    cells = [tuple(head), *map(tuple, rows)]
    lines = [f"| {' | '.join(row)} |" for row in cells]
    return "\n".join((lines[0], "|" + "---|" * len(cells[0]), *lines[1:]))


def _row(variable: Variable) -> tuple[str, str, str, str]:
    return f"`{variable.name}`", variable.sets, variable.default, variable.danger


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def _ours(kind: type[Refusal]) -> bool:
    return kind.__module__.startswith("pumasi.") and ".tests" not in kind.__module__
