"""kill -9 at any moment: what was acknowledged is there, nothing is there twice, and nobody has to mend anything.

This proves the death of processes, not of the machine: a power cut cannot be made here.
"""

import hashlib
import time
from pathlib import Path
from typing import Any

import pytest

from house.examples import TIER
from pumasi.ledger.tests.proofs.processes import PATIENCE, Worker, empty_database, found, look
from pumasi.ledger.tests.proofs.worker import stream

KILLS = {"quick": 5, "full": 50, "soak": 500}[TIER]
PURSES = {"p0": 100, "p1": 100, "p2": 100}
BACK = 6  # transactions that are sent again after a restart, though their answers have been heard
Said = tuple[int, Any, str, int]


def chance(*parts: object) -> int:
    """0 to 9,999, the same every time."""
    return int.from_bytes(hashlib.sha256(repr(parts).encode()).digest()[:4], "big") % 10_000


def interrupted(worker: Worker, number: int) -> list[Any]:
    """Listen for a while, then for some thousandths of a second more, then kill; all that it said."""
    said = [worker.word() for _ in range(1 + chance("words", number) % 40)]
    end = time.monotonic() + chance("moment", number) / 400_000
    while (left := end - time.monotonic()) > 0:
        if worker.pipe.poll(left):
            said.append(worker.word())
    return said + worker.kill()


def acknowledged(said: list[Any]) -> dict[Any, int]:
    """Key -> transfer of what was posted or found posted."""
    return {key: transfer for _, key, code, transfer in said if code in {"posted", "replayed"}}


@pytest.mark.postgres
def test_a_killed_writer_loses_nothing_and_doubles_nothing(tmp_path: Path) -> None:
    with empty_database(tmp_path, "kill") as database:
        found(database, PURSES)
        heard: dict[Any, int] = {}
        fresh: dict[Any, int] = {}
        start = 0
        for number in range(KILLS):
            worker = Worker(database, "post")
            worker.ready()
            worker.go({"acknowledged": list(fresh.items()), "start": max(0, start - BACK), "end": start + 100_000})
            said = interrupted(worker, number)
            assert [words for words in said if words[0] == "lost"] == []
            fresh = acknowledged(said)
            assert {key: heard[key] for key in heard.keys() & fresh.keys()} == {
                key: fresh[key] for key in heard.keys() & fresh.keys()
            }
            heard |= fresh
            start = max(start, *(words[0] for words in said)) + 1

        all_again(database, heard, start + 5)


def all_again(database: dict[str, Any], heard: dict[Any, int], end: int) -> None:
    """Send every key once more from the first on: the same answers, one transfer for each key, sound books."""
    founded = len([key for key in look(database)["keys"] if key not in stream_keys(end)])
    worker = Worker(database, "post")
    worker.ready()
    worker.go({"acknowledged": list(heard.items()), "start": 0, "end": end})
    said = []
    while (words := worker.word()) != "end":
        said.append(words)
    worker.process.join(PATIENCE)

    assert [words for words in said if words[0] == "lost"] == []
    assert [words for words in said if words[1] in heard and words[2:] != ("replayed", heard[words[1]])] == []
    seen = look(database)
    assert seen["faults"] == []
    assert seen["transfers"] == founded + len(acknowledged(said))
    assert {key: seen["keys"][key] for key in heard} == heard


def stream_keys(end: int) -> set[Any]:
    return {command.key for index in range(end) for command in stream(index)}
