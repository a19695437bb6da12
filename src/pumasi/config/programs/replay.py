"""`pumasi replay FILE`: carry a file of deeds and payments out and say what came of it.

Exit codes: 0 replayed (refused lines do not change it), 1 the outcome differs from `--expect`, 2 not understood.
"""

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import django
from django.apps import apps

DONE, DIFFERS, USAGE_ERROR = 0, 1, 2


def run(argv: Sequence[str]) -> int:
    """Parse the words, replay, print; returns the exit code."""
    words = _parser().parse_args(argv)
    try:
        lines = Path(words.file).read_bytes().split(b"\n")
        expected = json.loads(Path(words.expect).read_text(encoding="utf-8")) if words.expect else None
    except (OSError, ValueError) as error:
        print(f"pumasi replay: {error}", file=sys.stderr)
        return USAGE_ERROR
    if not words.scratch:
        return _replay(lines, expected, words)
    with tempfile.TemporaryDirectory(prefix="pumasi-replay-") as home:
        # The settings are read from the environment when Django starts, which is after this.
        os.environ.update({"PUMASI_HOME": home, "PUMASI_NODE_KEY": str(Path(home) / "node.key")})
        os.environ.pop("PUMASI_DATABASE_URL", None)
        os.environ.pop("PUMASI_KEYS_DATABASE_URL", None)
        return _replay(lines, expected, words)


def _replay(lines: list[bytes], expected: object, words: argparse.Namespace) -> int:
    if not apps.ready:
        django.setup()
    from pumasi.config.replay import differences, replay
    from pumasi.config.replay_report import printed

    if words.scratch:
        _migrate()
    report = replay(lines, on_line=_progress(len(lines)))
    found = [] if expected is None else differences(expected, report)
    if words.json:
        print(json.dumps({**report.as_expected(), "differences": found}, ensure_ascii=False, indent=1))
    else:
        print(printed(report, words.lang))
        for difference in found:
            print(difference, file=sys.stderr)
        if expected is not None and not found:
            print("기대한 대로입니다 / as expected" if words.lang == "ko" else "as expected")
    return DIFFERS if found else DONE


def _migrate() -> None:
    from django.core.management import call_command

    for alias in ("default", "keys"):
        call_command("migrate", database=alias, verbosity=0)


def _progress(total: int) -> "ProgressBar":
    return ProgressBar(total, sys.stderr.isatty())


class ProgressBar:
    """A line count on a terminal, nothing elsewhere."""

    def __init__(self, total: int, shown: bool) -> None:
        self._total, self._shown = total, shown

    def __call__(self, number: int) -> None:
        if self._shown and (number % 10 == 0 or number >= self._total - 1):
            print(f"\r{number}/{self._total}", end="\n" if number >= self._total - 1 else "", file=sys.stderr)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="pumasi replay", description="Replay a file of deeds and payments (JSONL).")
    parser.add_argument("file", help="one JSON command per line; examples/README.md has the format")
    parser.add_argument("--expect", metavar="FILE", help="compare with this expected outcome; differences: exit code 1")
    parser.add_argument(
        "--scratch", action="store_true", help="use new SQLite databases that are thrown away afterwards"
    )
    parser.add_argument("--json", action="store_true", help="print the outcome as JSON")
    parser.add_argument("--lang", choices=("ko", "en"), default="ko", help="language of the reasons (default: ko)")
    return parser
