"""A child process of the demo: our own interpreter with the demo's environment, ended kindly and then firmly."""

import os
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from pumasi.kernel.clock import Clock, seoul_date

STOP_SECONDS = 5
RESTART_SECONDS = 1.0
LOOK_SECONDS = 0.3


def start(words: Sequence[str], log: Path) -> subprocess.Popen[bytes]:
    """`python -m WORDS` with its output at the end of `log`."""
    source = str(Path(__file__).resolve().parents[2])
    paths = [source, *filter(None, [os.environ.get("PYTHONPATH", "")])]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(paths), "PYTHONUNBUFFERED": "1"}
    with log.open("ab") as output:
        return subprocess.Popen(  # noqa: S603 - our own interpreter and words
            [sys.executable, "-m", *words],
            stdout=output,
            stderr=subprocess.STDOUT,
            env=environment,
            start_new_session=True,
        )


def stop(process: subprocess.Popen[bytes]) -> None:
    """Ask it to end; after five seconds, end it."""
    if process.poll() is not None:
        return
    process.terminate()
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


class Kept:
    """A program beside the server: whenever it ends before the demo does, another one is started.

    Its number stands in `NAME.pid`, so that it can be stopped or killed to see what happens.
    """

    def __init__(self, home: Path, name: str, *words: str) -> None:
        self._home, self._name, self._words = home, name, ["pumasi.config.program", *words]
        self.process: subprocess.Popen[bytes] | None = None
        self._over = threading.Event()
        self._keeper = threading.Thread(target=self._keep, daemon=True)

    def __enter__(self) -> Self:
        self.process = self._started()
        self._keeper.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        if self.process is not None:
            stop(self.process)
        self._keeper.join()

    def _keep(self) -> None:
        while self.process is not None:
            self.process.wait()
            if self._over.wait(RESTART_SECONDS):
                return
            self.process = self._started()
            if self._over.is_set():  # the demo ended in between and has stopped the one before
                stop(self.process)

    def _started(self) -> subprocess.Popen[bytes]:
        process = start(self._words, self._home / f"{self._name}.log")
        (self._home / f"{self._name}.pid").write_text(f"{process.pid}\n", encoding="ascii")
        return process


def sealer(home: Path, every: int = 2) -> Kept:
    """`pumasi seal`, which publishes the record."""
    return Kept(home, "sealer", "seal", "--every", str(every))


def webhooks(home: Path) -> Kept:
    """`pumasi hooks`, which tells other programs what happened."""
    return Kept(home, "hooks", "hooks", "--every", "2")


class Nights:
    """`pumasi nightly` whenever the demo's clock comes to another day, as a timer does for a real node."""

    def __init__(self, home: Path, clock: Clock) -> None:
        self._home, self._clock = home, clock
        self._over = threading.Event()
        self._watch = threading.Thread(target=self._keep, daemon=True)

    def __enter__(self) -> Self:
        self._watch.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        self._watch.join()

    def _keep(self) -> None:
        done = seoul_date(self._clock.now())
        while not self._over.wait(LOOK_SECONDS):
            today = seoul_date(self._clock.now())
            if today == done:
                continue
            process = start(["pumasi.config.program", "nightly"], self._home / "nightly.log")
            while process.poll() is None and not self._over.wait(LOOK_SECONDS):
                pass
            stop(process)
            done = today


class Past:
    """`pumasi history` beside the server, once: the pages work while the past is filled in behind them."""

    def __init__(self, home: Path, *, wanted: bool) -> None:
        self._home, self._wanted = home, wanted
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        if self._wanted:
            self._process = start(["pumasi.config.program", "history"], self._home / "history.log")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._process is not None:
            stop(self._process)
