"""`pumasi seal`: the process that publishes the record. It looks every few seconds, until it is stopped.

Exit codes: 0 done or stopped by hand, 1 sealing has stopped (with `--once`) or cannot begin, 2 not understood, or
another sealer runs.
Not here: what one look does (`seal.sealer`).
"""

import argparse
import signal
import sys
from collections.abc import Sequence
from threading import Event

import django
from django.conf import settings

DONE, STOPPED, NOT_UNDERSTOOD = 0, 1, 2
STOPPED_SECONDS = (30.0, 60.0)  # until the next look once sealing has stopped, and from then on


def run(argv: Sequence[str]) -> int:
    """Seal once, or until stopped; returns the exit code."""
    words = _parser().parse_args(argv)
    django.setup()
    from pumasi.kernel.result import Refusal
    from pumasi.seal.cadence import AT_ONCE, HOURLY
    from pumasi.seal.errors import AnotherSealer, DatabaseAway, FilesUnusable
    from pumasi.seal.keys import recovery_secret_left
    from pumasi.seal.sealer import SealerAtWork

    def complain(refusal: Refusal) -> None:
        print(f"{refusal.text('ko')} / {refusal.text('en')}", file=sys.stderr, flush=True)

    over = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: over.set())
    try:
        with SealerAtWork(HOURLY if settings.LOG_HOURLY and not words.now else AT_ONCE) as sealer:
            if words.adopt_guard:
                size = sealer.adopt_guard()
                print(f"보호 파일을 기록 {size}건에 맞춰 두었어요 / the guard stands at {size} entries")
                return DONE
            if left := recovery_secret_left():
                print(
                    f"복구 열쇠의 비밀 부분 {left.name}이(가) 아직 이 컴퓨터에 있어요. 다른 곳에 옮겨 보관하세요 / "
                    f"the secret half of the recovery key, {left.name}, still lies on this machine: carry it "
                    "away (docs/keys.md)",
                    file=sys.stderr,
                    flush=True,
                )
            stops = 0
            while True:
                refusal = sealer.turn(show=lambda text: print(text, flush=True))
                if refusal is not None:
                    complain(refusal)
                # Each look of a stopped sealer replays the whole record; a database that is away costs nothing.
                stops = 0 if refusal is None or isinstance(refusal, DatabaseAway) else stops + 1
                if words.once or over.wait(_pause(words.every, stops, patient=not settings.DEMO)):
                    return STOPPED if refusal and words.once else DONE
    except OSError as error:
        complain(FilesUnusable(reason=str(error)))
        return STOPPED
    except Refusal as refusal:  # of a key or guard that cannot be used, or of a second sealer
        complain(refusal)
        return NOT_UNDERSTOOD if isinstance(refusal, AnotherSealer) else STOPPED


def _pause(every: float, stops: int, *, patient: bool) -> float:
    """Seconds until the next look, after so many stops in a row. A demo waits for nobody."""
    if not stops or not patient:
        return every
    return max(every, STOPPED_SECONDS[min(stops, len(STOPPED_SECONDS)) - 1])


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="pumasi seal", description="publish the record, block by block")
    parser.add_argument("--once", action="store_true", help="look once, then end")
    parser.add_argument("--now", action="store_true", help="publish what waits at once, whatever the hour")
    parser.add_argument(
        "--adopt-guard", action="store_true", help="make a lost guard anew from the newest signed note, then end"
    )
    parser.add_argument("--every", type=float, default=2.0, metavar="SECONDS", help="how often to look (2)")
    return parser
