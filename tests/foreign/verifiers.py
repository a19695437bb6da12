"""Four verifiers behind one question: is this a receipt? Each foreign one is a process that answers JSON lines.

Not here: what they are asked (`mutations`), and why they must agree (ADR 16).
"""

import base64
import json
import os
import shutil
import subprocess
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from house.provision import GO_PATH, has_go
from pumasi.tlog.errors import BadLog
from pumasi.tlog.proof import parse_proof
from pumasi.verify.errors import Refused
from pumasi.verify.receipt import check_receipt, unpack_extra
from pumasi.verify.tests.making import Made

HERE = Path(__file__).resolve().parent
NODE = shutil.which("node")

type Receipts = Sequence[tuple[bytes, Made]]
"""Receipts, each with the log whose policy is to be trusted."""
type Verifier = Callable[[Receipts], list[bool]]

needs_go = pytest.mark.skipif(not has_go(), reason="no Go here: apt install golang-go golang-golang-x-mod-dev")
needs_node = pytest.mark.skipif(NODE is None, reason="no Node.js here")
needs_sigstore = pytest.mark.skipif(
    NODE is None or not (HERE.parents[1] / "node_modules" / "@sigstore" / "verify").is_dir(),
    reason="no @sigstore/verify here: npm ci",
)


def build_go(folder: Path) -> Path:
    """The foreign verifier in Go, compiled from its source here and from Debian's packages, without any network."""
    program = folder / "gocheck"
    settings = {"GO111MODULE": "off", "GOPATH": str(GO_PATH), "GOFLAGS": "", "GOCACHE": str(folder / "cache")}
    words = ["go", "build", "-o", str(program), "./gocheck"]
    subprocess.run(words, cwd=HERE, env={**os.environ, **settings}, check=True)
    return program


def python(receipts: Receipts) -> list[bool]:
    """Our own."""

    def good(receipt: bytes, made: Made) -> bool:
        try:
            check_receipt(receipt, made.policy)
        except (BadLog, Refused):
            return False
        return True

    return [good(receipt, made) for receipt, made in receipts]


def go(program: Path) -> Verifier:
    """Go's sumdb."""

    def asked(receipts: Receipts) -> list[bool]:
        return answers([str(program), "receipts"], (_go_question(receipt, made) for receipt, made in receipts))

    return asked


def page(receipts: Receipts) -> list[bool]:
    """What the citizen's page runs."""
    questions = ({"receipt_b64": b64(receipt), "policy": made.policy_bytes.decode()} for receipt, made in receipts)
    return answers([NODE or "node", str(HERE / "page.mjs")], questions)


def sigstore(receipts: Receipts) -> list[bool]:
    """Sigstore's JavaScript: signature of the checkpoint and inclusion alone. Receipts must be readable."""
    return answers([NODE or "node", str(HERE / "sigstore.mjs")], (_parts(receipt, made) for receipt, made in receipts))


def answers(words: Sequence[str], questions: Iterable[object]) -> list[bool]:
    """`ok` of each answer of a process to JSON lines, in order."""
    lines = "".join(json.dumps(question) + "\n" for question in questions)
    done = subprocess.run(words, input=lines.encode(), stdout=subprocess.PIPE, check=True)
    found = [bool(json.loads(line)["ok"]) for line in done.stdout.splitlines()]
    assert len(found) == lines.count("\n"), words
    return found


def b64(data: bytes) -> str:
    """Base64, as JSON carries bytes."""
    return base64.b64encode(data).decode()


def _go_question(receipt: bytes, made: Made) -> dict[str, object]:
    return {
        "receipt": b64(receipt),
        "vkey": made.signer.verifier.vkey,
        "witnesses": [witness.cosigner.vkey for witness in made.cosigners],
        "quorum": made.witnesses // 2 + 1 if made.witnesses else 0,
    }


def _parts(receipt: bytes, made: Made) -> dict[str, object]:
    proof = parse_proof(receipt)
    spki = made.signer.private_key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return {
        "checkpoint": proof.checkpoint.decode(),
        "entry": b64(unpack_extra(proof.extra or b"").entry),
        "index": str(proof.index),
        "path": [b64(step) for step in proof.path],
        "name": made.origin,
        "key": b64(made.signer.verifier.key_id + spki),
    }
