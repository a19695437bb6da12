"""`pumasi history`: fill a demo with the past of a district, by the same operations that the pages use.

Only where `PUMASI_DEMO=1`. Exit codes: 0 told, 2 not understood, or not a demo. The telling is `config.history`.
"""

import argparse
import sys
import time
from collections.abc import Sequence
from dataclasses import replace

import django
from django.conf import settings

DONE, NOT_UNDERSTOOD = 0, 2


def run(argv: Sequence[str]) -> int:
    """Tell the past, and say how it went."""
    words = _parser().parse_args(argv)
    django.setup()
    from pumasi.civic.shell.clock import current_clock
    from pumasi.config.history.district import DISTRICT, SMALL, Past
    from pumasi.kernel.clock import seoul_date

    if not settings.DEMO:
        print("시연에서만 됩니다 / for a demo only: PUMASI_DEMO=1", file=sys.stderr)
        return NOT_UNDERSTOOD
    given = {name: value for name, value in vars(words).items() if name != "small" and value is not None}
    size = replace(SMALL if words.small else DISTRICT, **given)
    started = time.perf_counter()
    done = Past(size, seoul_date(current_clock().now())).tell(_show)
    seconds = time.perf_counter() - started
    print(f"\r{size.days} 일 / days, {done.total():,} 건 / things, {seconds:.0f} s", flush=True)
    for name, count in done.most_common():
        print(f"  {count:>7,}  {name}")
    return DONE


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="pumasi history", description="fill a demo with the past of a district")
    parser.add_argument("--small", action="store_true", help="forty days of a hamlet")
    for name, what in (
        ("members", "how many people"),
        ("shops", "how many shops"),
        ("facilities", "how many public places"),
        ("days", "how many days until yesterday"),
        ("daily", "how many things on a day: more of it for load"),
    ):
        parser.add_argument(f"--{name}", type=int, metavar="N", help=what)
    return parser


def _show(day: int, days: int) -> None:
    if sys.stdout.isatty():
        print(f"\r{day}/{days}", end="", flush=True)
