"""`pumasi hooks`: send what webhooks wait for, once, or every few seconds until it is stopped.

Any number of them may run. Exit codes: 0 done or stopped by hand, 1 the database failed, 2 not understood.
Not here: what a pass does (`civic.hooks.delivering`).
"""

import argparse
import signal
import sys
from collections.abc import Sequence
from threading import Event

import django
from django.db import DatabaseError, close_old_connections

DONE, FAILED = 0, 1


def run(argv: Sequence[str]) -> int:
    """Send once, or until stopped; returns the exit code."""
    words = _parser().parse_args(argv)
    django.setup()
    from pumasi.civic.hooks.delivering import deliver_due
    from pumasi.civic.shell import clock

    over = Event()
    if words.every:
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: over.set())
    while True:
        try:
            done = deliver_due(clock.current_clock())
        except DatabaseError as problem:
            print(problem, file=sys.stderr, flush=True)
            if not words.every:
                return FAILED
            close_old_connections()
        else:
            if not words.every or done.sent or done.failed or done.dropped:
                print(f"hooks  sent {done.sent}  failed {done.failed}  dropped {done.dropped}", flush=True)
        if not words.every or over.wait(words.every):
            return DONE


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="pumasi hooks", description="웹훅 보내기 / send what webhooks wait for")
    parser.add_argument("--every", type=float, default=0.0, metavar="SECONDS", help="again and again, until stopped")
    return parser
