"""Names with keys that never change, and notes they signed: Ed25519 is deterministic, so every byte can be pinned."""

from hashlib import sha256

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from pumasi.tlog.checkpoint import Checkpoint
from pumasi.tlog.cosignature import cosign
from pumasi.tlog.key import Signer
from pumasi.tlog.note import sign

ORIGIN = "seocho.example/coin"


def signer(name: str, secret: int) -> Signer:
    return Signer(name, Ed25519PrivateKey.from_private_bytes(bytes([secret]) * 32))


LOG = signer(ORIGIN, 1)
WITNESSES = [signer(f"w{number}.example", number + 10) for number in range(5)]
CHECKPOINT = Checkpoint(ORIGIN, 73_894, sha256(b"root").digest())
SECONDS = 1_795_312_800


def signed(text: str, *lines: str) -> bytes:
    return f"{text}\n{''.join(lines)}".encode()


def cosigned(*witnesses: Signer, checkpoint: Checkpoint = CHECKPOINT, log: Signer = LOG) -> bytes:
    """A checkpoint signed by its log and by each witness, one second later each."""
    text = checkpoint.text
    return signed(
        text, sign(text, log), *(cosign(text, witness, SECONDS + late) for late, witness in enumerate(witnesses))
    )
