"""`pumasi replay FILE`: carry a file of deeds and payments out and say what came of it.

Exit codes: 0 replayed (refused lines do not change it), 1 the outcome differs from `--expect`, 2 not understood.
Not here: the replay itself and its printing (`config.replay_session`), which need Django to be set up.
"""

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

import django
from django.apps import apps

USAGE_ERROR = 2


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
        return _session(lines, expected, words)
    with tempfile.TemporaryDirectory(prefix="pumasi-replay-") as home:
        # The settings are read from the environment when Django starts, which is after this.
        os.environ.update({"PUMASI_HOME": home, "PUMASI_NODE_KEY": str(Path(home) / "node.key")})
        os.environ.pop("PUMASI_DATABASE_URL", None)
        os.environ.pop("PUMASI_KEYS_DATABASE_URL", None)
        return _session(lines, expected, words)


def _session(lines: list[bytes], expected: object, words: argparse.Namespace) -> int:
    if not apps.ready:
        django.setup()
    # By name and now: models can be imported only after the set-up above.
    session = import_module("pumasi.config.replay_session")
    return int(session.play(lines, expected, fresh=words.scratch, as_json=words.json, language=words.lang))


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
