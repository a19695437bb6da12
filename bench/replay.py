"""How fast `pumasi-verify log` checks a log, and in how much memory: PYTHONPATH=src python bench/replay.py [ENTRIES].

Writes a log of plausible entries of all types into a temporary folder, then runs the program on it as a stranger would.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from itertools import islice
from pathlib import Path

from pumasi.tlog.checkpoint import Checkpoint
from pumasi.tlog.note import Signer, sign
from pumasi.tlog.tile import WIDTH, bundle_path, encode_bundle, tile_bytes, tile_path, tiles_of
from pumasi.tlog.tree import leaf_hash, memory, root
from pumasi.verify.tests.making import ORIGIN, make_entries, private_key


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("entries", type=int, nargs="?", default=1_000_000)
    parser.add_argument("--write", type=Path, help="only write the log, into this folder")
    words = parser.parse_args()
    if words.write is not None:
        write_log(words.write, words.entries)
        return 0
    with tempfile.TemporaryDirectory(prefix="pumasi-bench-") as name:
        folder = Path(name)
        # Written by another process: what this one holds would count as the peak of its children.
        seconds, _, _ = timed([__file__, str(words.entries), "--write", str(folder)])
        print(f"written:  {words.entries:,} entries in {seconds:.1f} s", flush=True)
        answer = folder / "answer"
        program = ["-m", "pumasi.verify", "log", str(folder), "--policy", str(folder / "policy"), "--json"]
        seconds, cpu, peak = timed(program, answer)
        found = json.loads(answer.read_text(encoding="utf-8"))
    size = found["solvency"]["size"]
    print(f"replayed: {size:,} entries, {found['found']} problems, {found['tiles']:,} tiles compared")
    print(
        f"{size / seconds:,.0f} entries/s ({size / cpu:,.0f} per second of CPU), {seconds:.1f} s, peak {peak:.0f} MiB"
    )
    return int(found["found"] != 0)


def timed(words: list[str], output: Path | None = None) -> tuple[float, float, float]:
    """Seconds, seconds of CPU and peak MiB of a Python process; raises CalledProcessError when it fails."""
    started = time.perf_counter()
    with (output or Path(os.devnull)).open("wb") as out:
        process = subprocess.Popen([sys.executable, *words], stdout=out)
        _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, words)
    return time.perf_counter() - started, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def write_log(folder: Path, size: int) -> None:
    """Files of a log, bundle by bundle: only leaf hashes stay in memory."""
    hashes, entries = [], make_entries()
    for number in range(-(-size // WIDTH)):
        bundle = [entry for entry, _ in islice(entries, min(WIDTH, size - number * WIDTH))]
        write(folder / bundle_path(number, len(bundle)), encode_bundle(bundle))
        hashes += [leaf_hash(entry) for entry in bundle]
    read = memory(hashes)
    for tile in tiles_of(0, size):
        write(folder / tile_path(tile), tile_bytes(tile, read))
    signer = Signer(ORIGIN, private_key("log"))
    text = Checkpoint(ORIGIN, size, root(size, read)).text
    write(folder / "checkpoint", f"{text}\n{sign(text, signer)}".encode())
    write(folder / "policy", f"log {signer.verifier.vkey}\nquorum none\n".encode())


def write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


if __name__ == "__main__":
    sys.exit(main())
