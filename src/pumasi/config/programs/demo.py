"""`pumasi demo`: one district with a month of data, served on this machine until Ctrl-C.

It starts from nothing each time (unless --keep): migrates, replays a month of examples, makes the personas, publishes
the record, starts server, sealer and the nights' jobs, waits until the server answers, and says where to go. Eighteen
months of the past are filled in meanwhile (unless --small). With --booth it is the stand of a fair, which begins anew
by itself every night. Not here: what the personas are (`config.demo_cast`, `config.demo_booth`).
Exit codes: 0 stopped by hand or checked, 1 something failed, 2 not understood.
"""

import argparse
import os
import re
import shutil
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

import django

from pumasi.config.programs import nightly

DONE, FAILED, NIGHT = 0, 1, -1
_NEVER_OF_A_REAL_NODE = (
    "PUMASI_DATABASE_URL", "PUMASI_KEYS_DATABASE_URL", "PUMASI_HOSTS", "PUMASI_LOG_ORIGIN", "PUMASI_LOG_DIR",
    "PUMASI_LOG_KEY", "PUMASI_LOG_GUARD", "PUMASI_PROMISE_KEY", "PUMASI_JOURNAL_DIR", "PUMASI_RECOVERY_KEY",
    "PUMASI_LOG_HOURLY", "PUMASI_BOOTH", "PUMASI_BOOTH_HOST",
)  # fmt: skip
_BOOTH = {
    "PUMASI_BOOTH": "1",
    "PUMASI_TARIFF": "booth",
    "PUMASI_DISTRICT_KO": "체험 부스",
    "PUMASI_DISTRICT_EN": "Practice stand",
}
HOMES = Path(__file__).resolve().parents[4] / ".pumasi"
EVERYWHERE = "0.0.0.0"  # noqa: S104 - asked for by --host; Django answers to the named hosts alone


def run(argv: Sequence[str]) -> int:
    """Prepare, serve and watch; returns the exit code."""
    words = _words(argv)
    home = Path(words.home or HOMES / ("booth" if words.booth else "demo")).resolve()
    _settle(home, keep=words.keep)
    os.environ.update(_BOOTH if words.booth else {})
    if words.host:
        os.environ.update({"PUMASI_BOOTH_HOST": words.host, "PUMASI_HOSTS": f"localhost,.localhost,{words.host}"})
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pumasi.config.settings")
    # Settings are read here, and with them the demo's environment.
    django.setup()
    from pumasi.config import demo_booth
    from pumasi.config.demo_server import free_port
    from pumasi.config.demo_world import MONTH, fill_month, prepare

    signal.signal(signal.SIGTERM, _as_interrupt)
    month = Path(words.month or MONTH)
    try:
        prepare(home, demo_booth.fill_stand if words.booth else lambda: fill_month(month), lambda: nightly.run([]))
        port = free_port(words.port)
        if words.port not in (0, port):
            print(f"포트 {words.port} 사용 중 → {port} / port {words.port} is taken, using {port}")
        code = _serve(words, home, port)
    except KeyboardInterrupt:
        return DONE
    if code == NIGHT:
        print("밤이 지나 처음부터 다시 시작해요 / the night is over: all begins anew", flush=True)
        again = [word for word in sys.orig_argv[1:] if word != "--keep"]
        os.execv(sys.executable, [sys.executable, *again, "--port", str(port)])  # noqa: S606 - ourselves
    return code


def _serve(words: argparse.Namespace, home: Path, port: int) -> int:
    from pumasi.civic.shell.clock import current_clock
    from pumasi.config import demo_booth
    from pumasi.config.demo_child import Nights, Past, sealer, webhooks
    from pumasi.config.demo_server import ADDRESS, Server
    from pumasi.config.demo_world import check_pages, summary

    with_past = not (words.small or words.keep or words.booth)
    clock = current_clock()
    began = clock.now()
    served = Server(home, port, EVERYWHERE if words.host else ADDRESS)
    with served as server, sealer(home), webhooks(home), Nights(home, clock), Past(home, wanted=with_past):
        if not server.wait_until_ready():
            print(f"서버가 뜨지 않았어요 / the server did not come up: {server.log}", file=sys.stderr)
            return FAILED
        print(demo_booth.summary_of_stand(port) if words.booth else summary(port, with_past=with_past), flush=True)
        if words.check:
            return DONE if (demo_booth.check_stand if words.booth else check_pages)(port) else FAILED
        if words.booth:
            ended = server.watch_until(lambda: demo_booth.is_over(began, clock.now()))
            return NIGHT if ended is None else ended
        return server.watch()


def _words(argv: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="pumasi demo", description="serve a district with a month of data")
    parser.add_argument("--port", type=int, default=8000, help="the first port to try (8000)")
    parser.add_argument("--home", default="", help="where its files lie (.pumasi/demo or .pumasi/booth)")
    parser.add_argument("--small", action="store_true", help="without the past eighteen months")
    parser.add_argument("--keep", action="store_true", help="go on with the data of the last time")
    parser.add_argument("--month", default="", help="another file of examples (examples/2026-10-month.jsonl)")
    parser.add_argument("--check", action="store_true", help="open each persona's first page, print, and stop")
    parser.add_argument("--booth", action="store_true", help="the stand of a fair: a practice ledger, wiped at 04:00")
    parser.add_argument("--host", default="", help="with --booth: this machine's address for the guests' phones")
    words = parser.parse_args(argv)
    if words.host and not words.booth:
        parser.error("--host: --booth 와 함께만 써요 / only together with --booth")
    if not re.fullmatch(r"[a-z0-9.-]*", words.host):
        parser.error("--host: 192.168.0.10 처럼 주소만 적어요 / an address alone, like 192.168.0.10")
    return words


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
