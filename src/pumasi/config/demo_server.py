"""The demo's web server as a child process: start, wait until it answers, stop cleanly."""

import http.client
import socket
import subprocess
import threading
from collections.abc import Callable, Iterable
from pathlib import Path
from types import TracebackType
from typing import Self

from pumasi.config.demo_child import start, stop

ADDRESS = "127.0.0.1"
TRIES, PAUSE_SECONDS, LOOK_SECONDS = 150, 0.1, 0.5
THREADS = 4


class Server:
    """granian with one worker on `address`; its output goes to `server.log` in the demo's home."""

    def __init__(self, home: Path, port: int, address: str = ADDRESS) -> None:
        self.port, self.address = port, address
        self.log = home / "server.log"
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        words = ["granian", "--interface", "wsgi", "--no-ws", "--host", self.address]
        words += ["--port", str(self.port), "--workers", "1", "--blocking-threads", str(THREADS)]
        words += ["--workers-kill-timeout", "3", "pumasi.config.wsgi:application"]
        self._process = start(words, self.log)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._process is not None:
            stop(self._process)

    def wait_until_ready(self) -> bool:
        """True once `/readyz` answers 200; False when the process has ended or 15 seconds are over."""
        pause = threading.Event()
        for _ in range(TRIES):
            if self._process is None or self._process.poll() is not None:
                return False
            if answers(self.port, "localhost", "/readyz") == 200:
                return True
            pause.wait(PAUSE_SECONDS)
        return False

    def watch(self) -> int:
        """Wait for the server to end; Ctrl-C arrives here as KeyboardInterrupt."""
        return self._process.wait() if self._process else 0

    def watch_until(self, is_over: Callable[[], bool]) -> int | None:
        """Wait for the server to end, or (None) until `is_over` says so, which is asked every half second."""
        while self._process is not None and not is_over():
            try:
                return self._process.wait(LOOK_SECONDS)
            except subprocess.TimeoutExpired:
                continue
        return None


def answers(port: int, host: str, path: str) -> int:
    """The status of a GET on this machine for `host`, 0 when nobody answers."""
    connection = http.client.HTTPConnection(ADDRESS, port, timeout=20)
    try:
        connection.request("GET", path, headers={"Host": f"{host}:{port}", "Accept-Language": "ko"})
        return connection.getresponse().status
    except OSError:
        return 0
    finally:
        connection.close()


def all_answer(port: int, pages: Iterable[tuple[str, str]]) -> bool:
    """Open each (host, path), and print its status; whether all of them answered with 200."""
    is_good = True
    for host, path in pages:
        status = answers(port, host, path)
        is_good = is_good and status == 200
        print(f"  {status}  http://{host}:{port}{path}")
    return is_good


def free_port(wanted: int) -> int:
    """`wanted`, or the next port of this machine on which nobody listens; 0 means any."""
    if wanted == 0:
        with socket.socket() as probe:
            probe.bind((ADDRESS, 0))
            return int(probe.getsockname()[1])
    for port in range(wanted, wanted + 100):
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((ADDRESS, port))
            except OSError:
                continue
            return port
    raise SystemExit(f"{wanted}-{wanted + 99}: 빈 포트가 없어요 / no free port")
