"""Cosignatures of witnesses (C2SP tlog-cosignature v1.0.1, Ed25519, 0x04): a checkpoint's text and when it was seen.

The statement is that no larger tree of that origin was known to the cosigner then, and that this one is consistent.
"""

from pumasi.tlog.checkpoint import parse_checkpoint
from pumasi.tlog.encoding import LIMIT
from pumasi.tlog.errors import BadNote
from pumasi.tlog.key import Signer, VerifierKey, verifies

_TIME_BYTES, _SIGNATURE_BYTES = 8, 64


def cosign(text: str, signer: Signer, seconds: int) -> str:
    """The signature line of a witness over a checkpoint's text at `seconds` since 1970; checks the text, not the tree.

    BadCheckpoint when the text is no checkpoint, BadNote for a time out of range.
    """
    parse_checkpoint(text)
    if not 0 <= seconds < LIMIT:
        raise BadNote("cosignature time out of range")
    signature = signer.private_key.sign(_message(text, seconds))
    return signer.cosigner.line(seconds.to_bytes(_TIME_BYTES, "big") + signature)


def verify_cosignature(key: VerifierKey, text: str, signature: bytes) -> int:
    """The seconds since 1970 that the cosigner put its key to; BadNote when it did not."""
    if len(signature) != _TIME_BYTES + _SIGNATURE_BYTES:
        raise BadNote("cosignature is not 72 bytes")
    seconds = int.from_bytes(signature[:_TIME_BYTES], "big")
    if seconds >= LIMIT:
        raise BadNote("cosignature time out of range")
    if not verifies(key.public, signature[_TIME_BYTES:], _message(text, seconds)):
        raise BadNote("signature of a known key fails")
    return seconds


def _message(text: str, seconds: int) -> bytes:
    return f"cosignature/v1\ntime {seconds}\n{text}".encode()
