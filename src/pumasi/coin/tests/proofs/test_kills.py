"""kill -9 of the sealer and of who pays, at any moment: no second history is ever signed, and nothing paid is lost.

This proves the death of processes, not of the machine: a power cut cannot be made here.
"""

import hashlib
import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest

from house.examples import TIER
from pumasi.ledger.tests.proofs.processes import PATIENCE
from pumasi.tlog.policy import parse_policy
from pumasi.tlog.tile import reader, tile_path
from pumasi.tlog.tree import root
from pumasi.verify.replay import Replay

KILLS = {"quick": 4, "full": 50, "soak": 500}[TIER]
ROOT = Path(__file__).resolve().parents[5]
PAYER = [sys.executable, "-m", "pumasi.coin.tests.proofs.payer"]
SEALER = [sys.executable, "-m", "pumasi.config.program", "seal", "--now", "--every", "0.02"]
LOOK = """
import django; django.setup()
import json
from pumasi.seal.models import Entry
from pumasi.ledger.reads import without_leaf
from pumasi.ledger.whole import whole_transfers
from pumasi.ledger.verify import verify
sealed = dict(Entry.objects.exclude(transfer=None).values_list("transfer", "index"))
keys = {whole.key.hex: whole.leaf_index == sealed[whole.transfer] for whole in whole_transfers(list(sealed))}
print(json.dumps({"keys": keys, "waiting": len(without_leaf()), "verified": verify().ok}))
"""


@contextmanager
def node(folder: Path) -> Iterator[dict[str, str]]:
    """The environment of a node of its own, on the store under test."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PUMASI_")}
    environ = {
        **kept,
        "PUMASI_HOME": str(folder),
        "PYTHONPATH": str(ROOT / "src"),
        "DJANGO_SETTINGS_MODULE": "pumasi.config.settings",
    }
    if os.environ.get("PUMASI_STORE") != "postgres":
        yield environ
        return
    server = os.environ["PUMASI_TEST_POSTGRES"]
    names = [f"pumasi_seal_{os.getpid()}", f"pumasi_seal_keys_{os.getpid()}"]
    with psycopg.connect(server, autocommit=True) as connection:
        for name in names:
            connection.execute(f'create database "{name}"'.encode())
        try:
            urls = [urlunsplit(urlsplit(server)._replace(path=f"/{name}")) for name in names]
            yield {**environ, "PUMASI_DATABASE_URL": urls[0], "PUMASI_KEYS_DATABASE_URL": urls[1]}
        finally:
            for name in names:
                connection.execute(f'drop database "{name}" with (force)'.encode())


class Watcher(threading.Thread):
    """An outsider who keeps every checkpoint that was ever published."""

    def __init__(self, path: Path) -> None:
        super().__init__(daemon=True)
        self._path, self._over = path, threading.Event()
        self.notes: set[bytes] = set()

    def run(self) -> None:
        while not self._over.wait(0.002):
            if self._path.exists():
                self.notes.add(self._path.read_bytes())

    def stop(self) -> set[bytes]:
        self._over.set()
        self.join()
        return self.notes


def moment(number: int) -> float:
    """Seconds, below a third, from the first sign of life to the kill: the same every time."""
    return int.from_bytes(hashlib.sha256(b"%d" % number).digest()[:2], "big") / 200_000


def grows(what: set[bytes] | set[str], size: int) -> None:
    """Wait until the set is larger than `size`."""
    end, pause = time.monotonic() + PATIENCE, threading.Event()
    while len(what) <= size:
        assert time.monotonic() < end, "no sign of life"
        pause.wait(0.005)


def keep_reading(process: subprocess.Popen[str], heard: set[str]) -> threading.Thread:
    assert process.stdout is not None
    lines = process.stdout

    def read() -> None:
        heard.update(line.strip() for line in lines if line.endswith("\n") and len(line) == 33)

    thread = threading.Thread(target=read, daemon=True)
    thread.start()
    return thread


@pytest.mark.postgres
def test_a_killed_sealer_and_a_killed_payer_fork_nothing_and_lose_nothing(tmp_path: Path) -> None:
    heard: set[str] = set()
    with node(tmp_path) as environ:
        world = str(tmp_path / "world.json")
        subprocess.run([*PAYER, "found", world], env=environ, check=True)
        watcher = Watcher(tmp_path / "log" / "checkpoint")
        watcher.start()

        def start(name: str) -> subprocess.Popen[str]:
            words, said = (
                (SEALER, subprocess.DEVNULL) if name == "sealer" else ([*PAYER, "pay", world], subprocess.PIPE)
            )
            return subprocess.Popen(words, env=environ, stdout=said, text=True)

        running = {name: start(name) for name in ("sealer", "payer")}
        readers = [keep_reading(running["payer"], heard)]
        for number in range(KILLS):
            victim, lives = (("sealer", watcher.notes), ("payer", heard))[number % 2]
            grows(lives, len(lives))
            with pytest.raises(subprocess.TimeoutExpired):  # it works until it is killed
                running[victim].wait(moment(number))
            running[victim].kill()
            running[victim].wait()
            running[victim] = start(victim)
            if victim == "payer":
                readers.append(keep_reading(running["payer"], heard))
        for process in reversed(running.values()):
            process.kill()
            process.wait()
        for reading in readers:
            reading.join(30)
        subprocess.run([*SEALER, "--once"], env=environ, check=True, stdout=subprocess.DEVNULL)
        looked = subprocess.run([sys.executable, "-c", LOOK], env=environ, check=True, capture_output=True, text=True)
        notes = {*watcher.stop(), (tmp_path / "log" / "checkpoint").read_bytes()}

    seen = json.loads(looked.stdout)
    assert len(heard) > KILLS
    assert [key for key in heard if not seen["keys"].get(key)] == []
    assert (seen["waiting"], seen["verified"]) == (0, True)
    no_fork(tmp_path / "log", notes)


def no_fork(log: Path, notes: set[bytes]) -> None:
    """Every checkpoint ever seen is a prefix of the last tree, and the last tree keeps the public rules."""
    policy = parse_policy((log / "policy").read_bytes())
    heads = {policy.verify_checkpoint(note).checkpoint for note in notes}
    assert len({head.size for head in heads}) == len(heads) > 2
    last = max(heads, key=lambda head: head.size)
    read = reader(last.size, lambda tile: (log / tile_path(tile)).read_bytes())
    assert [head.size for head in heads if root(head.size, read) != head.root] == []
    replay = Replay()
    for number in range(-(-last.size // 256)):
        width = min(256, last.size - 256 * number)
        data = (log / "tile" / "entries" / (f"{number:03d}" + ("" if width == 256 else f".p/{width}"))).read_bytes()
        while data:
            length = int.from_bytes(data[:2], "big")
            replay.add(data[2 : 2 + length])
            data = data[2 + length :]
    replay.end()
    assert (replay.size, replay.root()) == (last.size, last.root)
