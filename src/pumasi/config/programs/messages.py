"""`pumasi messages`: collect the texts of templates and code, and compile them, without gettext's tools."""

import argparse
from collections.abc import Sequence
from pathlib import Path

from pumasi.config import catalogues

SOURCE = Path(__file__).resolve().parents[2]


def run(argv: Sequence[str]) -> int:
    """Collect and compile; `--compile` only compiles, which is what set-up asks for."""
    parser = argparse.ArgumentParser(prog="pumasi messages", description=__doc__)
    parser.add_argument("--compile", action="store_true", help="only compile: .po -> .mo")
    words = parser.parse_args(argv)
    if not words.compile:
        for path, added, gone in catalogues.update(SOURCE):
            print(f"{path}: {added} new, {gone} no longer used")
    for path, count in catalogues.compile_all(SOURCE):
        print(f"{path}: {count} texts")
    return 0
