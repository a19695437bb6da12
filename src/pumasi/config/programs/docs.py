"""`pumasi docs`: write the generated pages of `docs/` anew; `--check` only says which ones are out of date."""

import argparse
from collections.abc import Sequence
from pathlib import Path

import django

from pumasi.config import pages

ROOT = Path(__file__).resolve().parents[4]


def run(argv: Sequence[str]) -> int:
    """Write each generated page. With `--check`: exit code 1 and the names when a page is not what the code says."""
    parser = argparse.ArgumentParser(prog="pumasi docs", description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing, name the pages that are out of date")
    words = parser.parse_args(argv)
    django.setup()
    stale = pages.stale(ROOT, pages.GENERATED)
    for path, text in stale.items():
        if not words.check:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        print(f"{path.relative_to(ROOT)}: {'out of date' if words.check else 'written'}")
    return 1 if words.check and stale else 0
