"""A throw-away PostgreSQL for one test run: own folder, own port, gone at the end whatever happens.

`fsync` stays on: the tests kill writers and then ask what is still there. Autovacuum is off: tests roll back, it would
note that all tables are empty, and within the next test's one long transaction no plan would ever learn better.
"""

import ctypes
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

OWNER = "postgres"  # initdb refuses root
START_SECONDS = 60
STOP_SECONDS = 30
SETTINGS = {
    "max_connections": "200",
    "unix_socket_directories": "",
    "listen_addresses": "127.0.0.1",
    "autovacuum": "off",
    "jit": "off",
}


class ClusterFailed(Exception):
    """PostgreSQL is installed but did not start; the text holds its last words."""


def find_binaries() -> Path | None:
    """The folder that holds `initdb` and `postgres`: the newest of Debian's, else the one on PATH."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: int(folder.parent.name), reverse=True)
    on_path = shutil.which("initdb")
    folders = [*debian, *([Path(on_path).resolve().parent] if on_path else [])]
    return next((folder for folder in folders if (folder / "initdb").exists() and (folder / "postgres").exists()), None)


@contextmanager
def throwaway(binaries: Path) -> Iterator[str]:
    """Start a cluster and give the URL of its maintenance database; stop and remove it afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="pumasi-postgres-"))
    owner = OWNER if os.geteuid() == 0 else None
    if owner:
        os.chown(folder, pwd.getpwnam(owner).pw_uid, pwd.getpwnam(owner).pw_gid)
    password = secrets.token_urlsafe(18)
    try:
        _create(binaries, folder, owner, password)
        port = _free_port()
        server = _start(binaries, folder, owner, port)
        try:
            _wait_until_it_answers(server, folder, port)
            yield f"postgresql://{OWNER}:{password}@127.0.0.1:{port}/postgres"
        finally:
            _stop(server)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _create(binaries: Path, folder: Path, owner: str | None, password: str) -> None:
    secret = folder / "password"
    secret.write_text(password, encoding="ascii")
    secret.chmod(0o600)
    if owner:
        shutil.chown(secret, owner)
    words = [f"--pgdata={folder / 'data'}", f"--username={OWNER}", "--auth=scram-sha-256", f"--pwfile={secret}"]
    done = subprocess.run(
        [binaries / "initdb", *words, "--encoding=UTF8", "--locale=C", "--no-instructions"],
        check=False,
        user=owner,
        extra_groups=[] if owner else None,
        cwd=folder,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise ClusterFailed(f"initdb: {done.stderr.strip()[-800:]}")


def _start(binaries: Path, folder: Path, owner: str | None, port: int) -> subprocess.Popen[bytes]:
    words = [word for name, value in {**SETTINGS, "port": str(port)}.items() for word in ("-c", f"{name}={value}")]
    with open(folder / "log", "wb") as log:
        return subprocess.Popen(
            [binaries / "postgres", "-D", folder / "data", *words],
            user=owner,
            extra_groups=[] if owner else None,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            preexec_fn=_die_with_the_tests,  # noqa: PLW1509  # before any thread of ours starts
            start_new_session=True,  # ^C is for the tests; they stop the server themselves
        )


def _die_with_the_tests() -> None:
    """Runs in the child: on Linux the server gets a fast-stop signal even when the test run is killed outright."""
    if sys.platform == "linux":
        pr_set_pdeathsig = 1
        ctypes.CDLL(None).prctl(pr_set_pdeathsig, signal.SIGINT)


def _wait_until_it_answers(server: subprocess.Popen[bytes], folder: Path, port: int) -> None:
    for _ in range(START_SECONDS * 10):
        if server.poll() is not None:
            raise ClusterFailed(f"postgres: {(folder / 'log').read_text(errors='replace')[-800:]}")
        ready = "ready to accept connections" in (folder / "log").read_text(errors="replace")
        with socket.socket() as probe:
            if ready and probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise ClusterFailed(f"postgres gave no answer on port {port} in {START_SECONDS} s")


def _stop(server: subprocess.Popen[bytes]) -> None:
    if server.poll() is None:
        server.send_signal(signal.SIGINT)  # fast shutdown: clients are sent away, data is written
        try:
            server.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            server.send_signal(signal.SIGQUIT)
            server.wait(STOP_SECONDS)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
