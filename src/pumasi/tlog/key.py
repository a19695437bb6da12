"""Keys of signed notes (C2SP signed-note v1.0.0): who is called what, by which algorithm, and the lines they write.

Two algorithms: 0x01, Ed25519 over the note's text, for logs; 0x04, the timestamped Ed25519 cosignature, for witnesses.
"""

import re
from dataclasses import dataclass, field
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from pumasi.tlog.encoding import base64, is_line, unbase64
from pumasi.tlog.errors import BadNote

ED25519 = 0x01
COSIGNATURE = 0x04
KEY_BYTES = 32
ID_BYTES = 4
_ID = re.compile(r"[0-9a-f]{8}")


@dataclass(frozen=True, slots=True)
class VerifierKey:
    """A public key as it is configured. BadNote when name, id, algorithm and key do not belong together."""

    name: str
    key_id: bytes
    algorithm: int
    public: bytes

    def __post_init__(self) -> None:
        if not is_key_name(self.name):
            raise BadNote("not a key name")
        if self.algorithm not in (ED25519, COSIGNATURE):
            raise BadNote("unknown algorithm")
        if len(self.public) != KEY_BYTES:
            raise BadNote("public key is not 32 bytes")
        if self.key_id != key_id(self.name, self.algorithm, self.public):
            raise BadNote("key id differs")

    @property
    def vkey(self) -> str:
        return f"{self.name}+{self.key_id.hex()}+{base64(bytes([self.algorithm]) + self.public)}"

    def line(self, signature: bytes) -> str:
        """The whole signature line of a note, with its newline."""
        return f"— {self.name} {base64(self.key_id + signature)}\n"


@dataclass(frozen=True, slots=True)
class Signer:
    """A name and its private key. BadNote when it is no key name."""

    name: str
    private_key: Ed25519PrivateKey = field(repr=False)

    def __post_init__(self) -> None:
        if not is_key_name(self.name):
            raise BadNote("not a key name")

    @property
    def verifier(self) -> VerifierKey:
        """The public side of what `note.sign` writes (0x01)."""
        return self._public(ED25519)

    @property
    def cosigner(self) -> VerifierKey:
        """The public side of what `cosignature.cosign` writes (0x04)."""
        return self._public(COSIGNATURE)

    def _public(self, algorithm: int) -> VerifierKey:
        public = self.private_key.public_key().public_bytes_raw()
        return VerifierKey(self.name, key_id(self.name, algorithm, public), algorithm, public)


def parse_vkey(text: str) -> VerifierKey:
    """The key of `<name>+<hex id>+<base64 of algorithm and key>`; BadNote for other text and other algorithms."""
    parts = text.split("+", 2)
    if len(parts) != 3 or not _ID.fullmatch(parts[1]):
        raise BadNote("not a verifier key")
    material = unbase64(parts[2], error=BadNote)
    return VerifierKey(parts[0], bytes.fromhex(parts[1]), material[0] if material else 0, material[1:])


def key_id(name: str, algorithm: int, public: bytes) -> bytes:
    return sha256(name.encode("utf-8") + b"\n" + bytes([algorithm]) + public).digest()[:ID_BYTES]


def is_key_name(text: str) -> bool:
    """Not empty, no Unicode space, no plus, nothing that a line may not hold."""
    return is_line(text) and "+" not in text and not any(character.isspace() for character in text)


def verifies(public: bytes, signature: bytes, message: bytes) -> bool:
    """Whether it is an Ed25519 signature (RFC 8032) of this message by this key."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except InvalidSignature:
        return False
    return True
