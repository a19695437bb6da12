"""The signed receipt of a collecting machine: canonical JSON and an Ed25519 signature (RFC 8032), for a QR.

Text form: base64url(body) "." base64url(signature), without padding. What is signed is the line below, then the body.
The body is an object {type, machine, counter, items | grams, at, nonce}: type = kind of deed, machine = number of the
place, at = seconds since 1970. Not here: whether the machine is known, and whether the receipt was used (operations).
"""

import binascii
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from pumasi.kernel import canonical
from pumasi.kernel.errors import NotCanonical
from pumasi.services.deeds.errors import ReceiptUnreadable

CONTEXT = b"pumasi/machine-receipt/v1\n"
LIMIT, FIELDS, SIGNATURE_BYTES = 600, 6, 64


@dataclass(frozen=True)
class Receipt:
    """A receipt as read; `quantity` are items or grams."""

    kind: str
    machine: int
    counter: int
    quantity: int
    is_grams: bool
    made_at: datetime
    nonce: str
    body: bytes
    signature: bytes

    def is_signed_by(self, public_key: bytes) -> bool:
        """Whether the signature fits this key (32 raw bytes)."""
        try:
            Ed25519PublicKey.from_public_bytes(public_key).verify(self.signature, CONTEXT + self.body)
        except (InvalidSignature, ValueError):
            return False
        return True


def read_receipt(text: str) -> Receipt:
    """The receipt in its text form; raises ReceiptUnreadable for anything else."""
    first, dot, second = text.strip().partition(".")
    try:
        if not dot or len(text) > LIMIT:
            raise ReceiptUnreadable()
        body, signature = _decoded(first), _decoded(second)
        told = canonical.loads(body)
        if not isinstance(told, Mapping):
            raise ReceiptUnreadable()
        return _receipt(told, body, signature)
    except (binascii.Error, ValueError, NotCanonical, OverflowError, OSError) as error:
        raise ReceiptUnreadable() from error


def write_receipt(
    key: Ed25519PrivateKey,
    *,
    kind: str,
    machine: int,
    counter: int,
    quantity: int,
    at: datetime,
    nonce: str,
    grams: bool = False,
) -> str:
    """What a machine shows as a QR: for the simulator and for tests."""
    amount = {"grams" if grams else "items": quantity}
    told = {"type": kind, "machine": machine, "counter": counter, "at": int(at.timestamp()), "nonce": nonce, **amount}
    body = canonical.dumps(told)
    return f"{_encoded(body)}.{_encoded(key.sign(CONTEXT + body))}"


def _receipt(told: Mapping[str, object], body: bytes, signature: bytes) -> Receipt:
    is_grams = "grams" in told
    quantity = _whole(told, "grams" if is_grams else "items", 1_000_000)
    if len(told) != FIELDS or len(signature) != SIGNATURE_BYTES:
        raise ReceiptUnreadable()
    return Receipt(
        kind=_text(told, "type", 40),
        machine=_whole(told, "machine", 1 << 20),
        counter=_whole(told, "counter", 1 << 52),
        quantity=quantity,
        is_grams=is_grams,
        made_at=datetime.fromtimestamp(_whole(told, "at", 1 << 36), UTC),
        nonce=_text(told, "nonce", 32),
        body=body,
        signature=signature,
    )


def _whole(told: Mapping[str, object], name: str, limit: int) -> int:
    value = told.get(name)
    if type(value) is not int or not 0 < value <= limit:
        raise ReceiptUnreadable()
    return value


def _text(told: Mapping[str, object], name: str, limit: int) -> str:
    value = told.get(name)
    if not isinstance(value, str) or not 0 < len(value) <= limit:
        raise ReceiptUnreadable()
    return value


def _decoded(text: str) -> bytes:
    raw = urlsafe_b64decode(text + "=" * (-len(text) % 4))
    if _encoded(raw) != text:
        raise ReceiptUnreadable()
    return raw


def _encoded(raw: bytes) -> str:
    return urlsafe_b64encode(raw).rstrip(b"=").decode("ascii")
