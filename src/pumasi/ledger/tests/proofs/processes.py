"""Starts workers, each a process of its own, on a database of their own; talks to them through pipes."""

import multiprocessing
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from copy import deepcopy
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
from django.conf import settings

from pumasi.ledger.tests.proofs import worker as play

PATIENCE = 120  # seconds for anything; only a hang takes so long
# A clean server that has imported everything forks the workers: no connection or setting of the test run goes along.
NURSERY = multiprocessing.get_context("forkserver")
NURSERY.set_forkserver_preload([play.__name__])


class Worker:
    """A running worker."""

    def __init__(self, database: dict[str, Any], role: str, **words: Any) -> None:
        self.pipe, theirs = NURSERY.Pipe()
        self.process = NURSERY.Process(target=play.play, args=(theirs, database, role, words), daemon=True)
        self.process.start()
        theirs.close()

    def word(self) -> Any:
        """The next thing it says; EOFError once it is gone and all it said has been heard."""
        if not self.pipe.poll(PATIENCE):
            raise AssertionError("a worker hangs")
        return self.pipe.recv()

    def ready(self) -> None:
        """Wait until it stands at the barrier."""
        assert self.word() == "ready"

    def go(self, words: object = None) -> None:
        """Open the barrier."""
        self.pipe.send(words)

    def answer(self) -> Any:
        """What it says, once it has ended well."""
        said = self.word()
        self.process.join(PATIENCE)
        assert self.process.exitcode == 0
        return said

    def kill(self) -> list[Any]:
        """SIGKILL; what it had still said."""
        self.process.kill()
        self.process.join(PATIENCE)
        said = []
        try:
            while self.pipe.poll():
                said.append(self.pipe.recv())
        except EOFError:
            pass
        return said


def race(database: dict[str, Any], orders: Sequence[list[Any]], together: int = 1) -> list[list[tuple[str, int]]]:
    """One worker for each list of orders, all let go at once; (code, transfer) of every order."""
    workers = [Worker(database, "race", orders=mine, together=together) for mine in orders]
    try:
        for worker in workers:
            worker.ready()
        for worker in workers:
            worker.go()
        return [worker.answer() for worker in workers]
    finally:
        for worker in workers:
            worker.process.kill()


def found(database: dict[str, Any], purses: dict[str, int]) -> None:
    """A new ledger in an empty database."""
    assert Worker(database, "found", purses=purses).answer() == "founded"


def look(database: dict[str, Any]) -> Any:
    """See `worker.look`."""
    return Worker(database, "look").answer()


@contextmanager
def empty_database(folder: Path, name: str) -> Iterator[dict[str, Any]]:
    """A database like the one under test: a file, or a database of its own on the same PostgreSQL server."""
    entry = deepcopy(dict(settings.DATABASES["default"]))
    entry.pop("TEST", None)
    if "sqlite" in entry["ENGINE"]:
        yield {**entry, "NAME": str(folder / f"{name}.sqlite3")}
        return
    where = urlsplit(os.environ["PUMASI_TEST_POSTGRES"])
    made = f"pumasi_proof_{name}_{os.getpid()}"
    with psycopg.connect(where.geturl(), autocommit=True) as server:
        server.execute(f'create database "{made}"'.encode())
        try:
            yield {**entry, "NAME": made}
        finally:
            server.execute(f'drop database "{made}" with (force)'.encode())
