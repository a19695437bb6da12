"""Asks the page's checks in Node.js (`tests/foreign/page.mjs`): requests as JSON lines, answers likewise."""

import atexit
import base64
import json
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import IO, Any

import pytest

ROOT = Path(__file__).resolve().parents[5]
DRIVER = ROOT / "tests" / "foreign" / "page.mjs"
VECTORS = ROOT.parent / "shared" / "vectors" / "tlog"

type Request = Mapping[str, object]


def ask(requests: Iterable[Request], *flags: str) -> list[dict[str, Any]]:
    """One answer for each request, in their order; `--pure` uses the cryptography of the fallback."""
    to_it, from_it = _running(*flags)
    answers = []
    for request in requests:  # one at a time: neither side ever waits with a full pipe
        to_it.write(f"{json.dumps(request)}\n")
        to_it.flush()
        answers.append(json.loads(from_it.readline()))
    return answers


@cache
def _running(*flags: str) -> tuple[IO[str], IO[str]]:
    """One Node.js for all tests of this process: its start costs more than most questions."""
    process = subprocess.Popen(
        [node(), str(DRIVER), *flags], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
    )
    atexit.register(process.kill)
    assert process.stdin is not None
    assert process.stdout is not None
    return process.stdin, process.stdout


def node() -> str:
    """The Node.js of this machine or of this environment."""
    found = shutil.which("node") or shutil.which("node", path=str(Path(sys.executable).parent))
    if found is None:
        pytest.skip("no Node.js here: ./pumasi test puts one into .venv")
    return found


def vectors(name: str) -> Any:
    """Cases of other implementations, read where they lie."""
    if not VECTORS.is_dir():
        pytest.skip("no test vectors beside the project (shared/vectors/tlog)")
    return json.loads((VECTORS / name).read_text(encoding="utf-8"))


def b64(data: bytes) -> str:
    return base64.b64encode(data).decode()


def receipt_request(receipt: bytes, policy: bytes) -> Request:
    return {"receipt_b64": b64(receipt), "policy": policy.decode()}


def log_request(folder: Path, policy: bytes, **instead: bytes | None) -> Request:
    """The log's files; `instead` gives other bytes for paths (with __ for /), or None to leave a file out."""
    paths = (path for path in folder.rglob("*") if path.is_file())
    files: dict[str, bytes | None] = {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}
    files |= {path.replace("__", "/"): data for path, data in instead.items()}
    return {"log": {path: b64(data) for path, data in files.items() if data is not None}, "policy": policy.decode()}
