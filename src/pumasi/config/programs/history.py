"""`pumasi history`: fill a demo with the past of a district, by the same operations that the pages use.

With `--year`: a year with everything that the demo's past leaves out, at many times today's load, and then the proof
that the books and the rows are right. Only where `PUMASI_DEMO=1`. Exit codes: 0 told (and right), 1 something is wrong
in the end, 2 not understood, or not a demo. The telling is `config.history`.
"""

import argparse
import resource
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import django
from django.conf import settings

DONE, WRONG, NOT_UNDERSTOOD = 0, 1, 2
_SIZES = ("members", "shops", "facilities", "days", "daily")


def run(argv: Sequence[str]) -> int:
    """Tell the past, or the year under load, and say how it went."""
    words = _parser().parse_args(argv)
    django.setup()
    if not settings.DEMO:
        print("시연에서만 됩니다 / for a demo only: PUMASI_DEMO=1", file=sys.stderr)
        return NOT_UNDERSTOOD
    return _year(words) if words.year else _past(words)


def _past(words: argparse.Namespace) -> int:
    from pumasi.civic.shell.clock import current_clock
    from pumasi.config.history.district import DISTRICT, SMALL, Past
    from pumasi.kernel.clock import seoul_date

    given = {name: value for name in _SIZES if (value := getattr(words, name)) is not None}
    size = replace(SMALL if words.small else DISTRICT, **given)
    started = time.perf_counter()
    done = Past(size, seoul_date(current_clock().now())).tell(_show)
    seconds = time.perf_counter() - started
    print(f"\r{size.days} 일 / days, {done.total():,} 건 / things, {seconds:.0f} s", flush=True)
    _print(done)
    return DONE


def _year(words: argparse.Namespace) -> int:
    from pumasi.civic.shell.clock import current_clock
    from pumasi.config.history.year import YEAR, Year
    from pumasi.kernel.clock import seoul_date
    from pumasi.ledger.verify import counted

    days = words.days or YEAR.days
    load = replace(
        YEAR,
        times=words.times or YEAR.times,
        days=days,
        members=words.members or YEAR.members,
        shops=words.shops or YEAR.shops,
        facilities=words.facilities or YEAR.facilities,
        quiet=range(days, days + len(YEAR.quiet)),
    )
    first = seoul_date(current_clock().now()) - timedelta(days=load.quiet[-1] + 2)
    started = time.perf_counter()
    done = Year(load, first).tell(_show)
    seconds = time.perf_counter() - started
    transfers = counted()["transfers"]
    print(
        f"\r{load.days} 일 / days, {load.times} 배 / times: {transfers:,} 이체 / transfers, {seconds:.0f} s, "
        f"{transfers / seconds:.0f}/s, {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MiB",
        flush=True,
    )
    _print(done)
    return _proved()


def _proved() -> int:
    """Say what is wrong with books and rows."""
    from pumasi.config.history.proofs import faults
    from pumasi.ledger.verify import verify

    report, wrong = verify(), faults()
    for each in (*map(str, report.differences), *wrong):
        print(f"  {each}")
    said = "맞아요 / right" if report.ok and not wrong else "맞지 않아요 / WRONG"
    print(f"장부와 규칙 / books and rules: {said} ({report.check_count} checks, I13 to I16)", flush=True)
    return DONE if report.ok and not wrong else WRONG


def _print(done: Counter[str]) -> None:
    for name, count in done.most_common():
        print(f"  {count:>9,}  {name}")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="pumasi history", description="fill a demo with the past of a district")
    parser.add_argument("--small", action="store_true", help="forty days of a hamlet")
    parser.add_argument("--year", action="store_true", help="a year with everything, under load, and its proof")
    for name, what in (
        ("times", "with --year: how many times today's load (20)"),
        ("members", "how many people"),
        ("shops", "how many shops"),
        ("facilities", "how many public places"),
        ("days", "how many days until yesterday"),
        ("daily", "how many things on a day, without --year"),
    ):
        parser.add_argument(f"--{name}", type=int, metavar="N", help=what)
    return parser


def _show(day: int, days: int) -> None:
    if sys.stdout.isatty():
        print(f"\r{day}/{days}", end="", flush=True)
