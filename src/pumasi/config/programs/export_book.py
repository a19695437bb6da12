"""`pumasi export FOLDER`: carry everything out. By order of two officers (`--order`) or by the operator (`--purpose`).

Exit codes: 0 written, 1 refused, 2 not understood.
"""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import django

DONE, REFUSED, USAGE = 0, 1, 2


def run(argv: Sequence[str]) -> int:
    """Write the export; its exit code."""
    try:
        words = _parser().parse_args(list(argv))
    except SystemExit as asked:
        return asked.code if isinstance(asked.code, int) else USAGE
    django.setup()
    from pumasi.kernel.result import Refusal

    try:
        return _export(words)
    except Refusal as refusal:
        print(f"{refusal.code}: {refusal.text('ko')} / {refusal.text('en')}", file=sys.stderr)
        return REFUSED


def _export(words: argparse.Namespace) -> int:
    from pumasi.civic.shell import clock
    from pumasi.coin.moving.operations import written
    from pumasi.config.leaving.package import export
    from pumasi.kernel.acting import Acting, Channel

    acting = Acting(None, None, Channel.JOB, words.purpose, clock.current_clock().now())
    acting = replace(acting, purpose=written(acting, order_id=words.order))
    made = export(acting, Path(words.folder))
    for file, rows in made.rows.items():
        if rows or "/" not in file:
            print(f"{rows:,}  {file}")
    print(
        "주의: members.csv에 이름과 전화번호가 그대로 있습니다. 암호화된 매체로만 옮기세요. / "
        "Warning: members.csv holds names and numbers in the clear. Carry it on encrypted media only.",
        file=sys.stderr,
    )
    return DONE


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="pumasi export", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", help="a new folder; docs/import.md has the format")
    why = parser.add_mutually_exclusive_group(required=True)
    why.add_argument("--order", type=UUID, help="the order that two officers agreed on 내보내기 지시 번호")
    why.add_argument("--purpose", default="", help="what it is for, when the operator decides 목적")
    return parser
