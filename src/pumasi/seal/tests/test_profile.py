"""The profile follows from the policy alone, and from nobody in it whose signature is not needed."""

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from pumasi.seal.queries import profile_of
from pumasi.tlog.note import Signer

KEYS = [Signer(f"w{n}.example", Ed25519PrivateKey.from_private_bytes(bytes([n] * 32))) for n in range(25)]


def policy(count: int, quorum: str) -> bytes:
    """A policy with so many witnesses, named w0, w1, …, and these last lines."""
    log = Signer("seocho.example/coin", Ed25519PrivateKey.from_private_bytes(bytes([99] * 32))).verifier.vkey
    lines = [f"witness w{n} {key.cosigner.vkey}" for n, key in enumerate(KEYS[:count])]
    return "\n".join([f"log {log}", *lines, quorum, ""]).encode()


@pytest.mark.parametrize(
    ("text", "profile"),
    [
        (b"", "S"),
        (policy(4, "quorum none"), "S"),
        (policy(1, "quorum w0"), "W"),
        (policy(3, "group q 2 w0 w1 w2\nquorum q"), "W"),
        (policy(4, "group q 3 w0 w1 w2 w3\nquorum q"), "C"),
        (policy(4, "group q 2 w0 w1\nquorum q"), "W"),  # two others stand there for show
        (policy(21, f"group q 20 {' '.join(f'w{n}' for n in range(21))}\nquorum q"), "S"),  # more than can be tried out
    ],
)
def test_profile(text: bytes, profile: str) -> None:
    assert profile_of(text) == profile
