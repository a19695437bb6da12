"""kill -9 of the PostgreSQL server itself, postmaster and all: it starts again by itself and nothing is lost.

On a cluster of its own, so that nobody else's server dies.
"""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from socket import socket
from typing import Any

import psycopg
import pytest
from django.conf import settings

from house.cluster import find_binaries
from pumasi.ledger.tests.proofs.processes import PATIENCE, Worker, found
from pumasi.ledger.tests.proofs.test_kills import BACK, PURSES, acknowledged, all_again, chance

OWNER = "postgres" if os.geteuid() == 0 else None  # the server refuses root
DEATHS = 5


class Server:
    """A PostgreSQL that can be killed outright and started again on the same data."""

    def __init__(self, programs: Path, folder: Path) -> None:
        self._programs, self._folder = programs, folder
        with socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = int(free.getsockname()[1])
        words = ["--auth=trust", "--username=postgres", "--encoding=UTF8", "--locale=C", "-D", str(folder / "data")]
        self._call([str(programs / "initdb"), *words]).communicate(timeout=PATIENCE)
        self.process = self._start()

    def _call(self, words: list[str]) -> subprocess.Popen[bytes]:
        log = open(self._folder / "log", "ab")  # noqa: SIM115  # the process keeps it
        return subprocess.Popen(words, user=OWNER, stdout=log, stderr=log, cwd=self._folder, start_new_session=True)

    def _start(self) -> subprocess.Popen[bytes]:
        """Until it answers; it refuses while the dying children of the last one still hold its memory."""
        options = {"port": self.port, "listen_addresses": "127.0.0.1", "unix_socket_directories": "", "fsync": "on"}
        words = [word for name, value in options.items() for word in ("-c", f"{name}={value}")]
        end = time.monotonic() + PATIENCE
        process = self._call([str(self._programs / "postgres"), "-D", str(self._folder / "data"), *words])
        while time.monotonic() < end:
            try:
                psycopg.connect(self.url(), connect_timeout=5).close()
            except psycopg.OperationalError:
                try:
                    process.wait(0.1)
                except subprocess.TimeoutExpired:
                    continue
                process = self._call([str(self._programs / "postgres"), "-D", str(self._folder / "data"), *words])
            else:
                return process
        raise AssertionError((self._folder / "log").read_text()[-2000:])

    def url(self) -> str:
        return f"postgresql://postgres@127.0.0.1:{self.port}/postgres"

    def dies_and_comes_back(self) -> None:
        """SIGKILL to the postmaster and to each of its children; then start it as an init system would."""
        children = [
            int(stat.parent.name) for stat in Path("/proc").glob("[0-9]*/stat") if _parent(stat) == self.process.pid
        ]
        for pid in (self.process.pid, *children):
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
        self.process.wait(PATIENCE)
        self.process = self._start()

    def stop(self) -> None:
        self.process.send_signal(signal.SIGINT)
        self.process.wait(PATIENCE)


def _parent(stat: Path) -> int:
    try:
        return int(stat.read_text().rpartition(")")[2].split()[1])
    except OSError:  # it has ended meanwhile
        return 0


@pytest.fixture
def server() -> Iterator[Server]:
    """A server on a throw-away folder."""
    found_programs = find_binaries()
    if found_programs is None:
        pytest.skip("no PostgreSQL server programs here: apt install postgresql")
    folder = Path(tempfile.mkdtemp(prefix="pumasi-server-kills-"))
    try:
        if OWNER:
            os.chown(folder, pwd.getpwnam(OWNER).pw_uid, pwd.getpwnam(OWNER).pw_gid)
        made = Server(found_programs, folder)
        try:
            yield made
        finally:
            made.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.mark.full
@pytest.mark.postgres_only
def test_a_killed_server_loses_nothing_and_doubles_nothing(server: Server) -> None:
    database: dict[str, Any] = deepcopy(dict(settings.DATABASES["default"]))
    database.pop("TEST", None)
    database |= {"NAME": "postgres", "USER": "postgres", "PASSWORD": "", "HOST": "127.0.0.1", "PORT": str(server.port)}
    found(database, PURSES)
    heard: dict[Any, int] = {}
    fresh: dict[Any, int] = {}
    start = 0
    for number in range(DEATHS):
        worker = Worker(database, "post")
        worker.ready()
        worker.go({"acknowledged": list(fresh.items()), "start": max(0, start - BACK), "end": start + 100_000})
        said = [worker.word() for _ in range(20 + chance("server", number) % 60)]
        server.dies_and_comes_back()
        said += worker.kill()
        assert [words for words in said if words[0] == "lost"] == []
        fresh = acknowledged(said)
        assert {key: heard[key] for key in heard if key in fresh} == {key: fresh[key] for key in fresh if key in heard}
        heard |= fresh
        start = max(start, *(words[0] for words in said)) + 1

    all_again(database, heard, start + 5)
