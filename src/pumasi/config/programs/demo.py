"""`pumasi demo`: one district with a month of data, served on this machine until Ctrl-C.

It starts from nothing each time (unless --keep): migrates, replays a month of examples, makes the personas, publishes
the record, starts server, sealer and the nights' jobs, waits until the server answers, and says where to go. Eighteen
months of the past are filled in meanwhile (unless --small). Not here: what the personas are (`config.demo_cast`).
Exit codes: 0 stopped by hand or checked, 1 something failed, 2 not understood.
"""

import argparse
import os
import shutil
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

import django

from pumasi.config.programs import nightly

DONE, FAILED = 0, 1
_NEVER_OF_A_REAL_NODE = (
    "PUMASI_DATABASE_URL", "PUMASI_KEYS_DATABASE_URL", "PUMASI_HOSTS", "PUMASI_LOG_ORIGIN", "PUMASI_LOG_DIR",
    "PUMASI_LOG_KEY", "PUMASI_LOG_GUARD", "PUMASI_PROMISE_KEY", "PUMASI_JOURNAL_DIR", "PUMASI_RECOVERY_KEY",
    "PUMASI_LOG_HOURLY",
)  # fmt: skip
HOME = Path(__file__).resolve().parents[4] / ".pumasi" / "demo"


def run(argv: Sequence[str]) -> int:
    """Prepare, serve and watch; returns the exit code."""
    words = _parser().parse_args(argv)
    home = Path(words.home).resolve()
    _settle(home, keep=words.keep)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pumasi.config.settings")
    # Settings are read here, and with them the demo's environment.
    django.setup()
    from pumasi.civic.shell.clock import current_clock
    from pumasi.config.demo_child import Hooks, Nights, Past, Sealer
    from pumasi.config.demo_server import Server, free_port
    from pumasi.config.demo_world import check_pages, prepare, summary

    try:
        prepare(home, Path(words.month) if words.month else None, lambda: nightly.run([]))
        port = free_port(words.port)
        if words.port not in (0, port):
            print(f"포트 {words.port} 사용 중 → {port} / port {words.port} is taken, using {port}")
        past = Past(home, wanted=not (words.small or words.keep))
        hooks = Hooks(current_clock())
        with Server(home, port) as server, Sealer(home), Nights(home, current_clock()), hooks, past:
            if not server.wait_until_ready():
                print(f"서버가 뜨지 않았어요 / the server did not come up: {server.log}", file=sys.stderr)
                return FAILED
            print(summary(port, with_past=not (words.small or words.keep)), flush=True)
            if words.check:
                return DONE if check_pages(port) else FAILED
            signal.signal(signal.SIGTERM, _as_interrupt)
            return server.watch()
    except KeyboardInterrupt:
        return DONE


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="pumasi demo", description="serve a district with a month of data")
    parser.add_argument("--port", type=int, default=8000, help="the first port to try (8000)")
    parser.add_argument("--home", default=str(HOME), help="where its files lie (.pumasi/demo beside the sources)")
    parser.add_argument("--small", action="store_true", help="without the past eighteen months")
    parser.add_argument("--keep", action="store_true", help="go on with the data of the last time")
    parser.add_argument("--month", default="", help="another file of examples (examples/2026-10-month.jsonl)")
    parser.add_argument("--check", action="store_true", help="open each persona's first page, print, and stop")
    return parser


def _settle(home: Path, *, keep: bool) -> None:
    """An empty home (only ever one that a demo has made), and the environment that makes this node a demo."""
    marker = home / "demo.txt"
    if home.exists() and not keep:
        if any(home.iterdir()) and not marker.exists():
            raise SystemExit(f"{home}: 시연 폴더가 아니에요 / not a folder of the demo; choose another --home")
        shutil.rmtree(home)
    (home / "static").mkdir(parents=True, exist_ok=True)
    marker.write_text("This folder belongs to `pumasi demo` and is made anew at each start.\n", encoding="utf-8")
    os.environ.update({"PUMASI_DEMO": "1", "PUMASI_HOME": str(home), "PUMASI_NODE_KEY": str(home / "node.key")})
    for name in _NEVER_OF_A_REAL_NODE:
        os.environ.pop(name, None)


def _as_interrupt(signum: int, frame: object) -> None:
    raise KeyboardInterrupt
