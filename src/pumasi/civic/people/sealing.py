"""The one crypto seam of data at rest (decisions 41): every sealed byte and every derived secret passes through here.

- Node key: 32 bytes in the file `settings.NODE_KEY_FILE` (mode 0600, made on first use, never in a database or in git).
- Subkeys: HMAC-SHA256(node key, "pumasi/node/v1/" + purpose), one purpose each.
- Person key: 32 random bytes, wrapped under the subkey "wrap", in the database `keys`; destroyed by shredding.
- A sealed value is: algorithm id (1 byte), nonce (12), ciphertext with tag. The associated data are the algorithm id,
  the column and the person id, so a value moved to another column or person does not open.
- Algorithm 1 is AES-256-GCM. Algorithm 2 is kept for ARIA-256-GCM (KS X 1213-1), to be plugged into CIPHERS by a node
  that must use a Korean validated module. Nothing else in the project encrypts data at rest.
"""

import hmac
import os
from collections.abc import Callable
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Protocol
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from pumasi.civic.people.errors import NodeKeyUnusable, SealBroken
from pumasi.kernel.secret_file import kept, open_to_others

KEY_BYTES, NONCE_BYTES = 32, 12
AES_256_GCM, ARIA_256_GCM = 1, 2


class Cipher(Protocol):
    """An authenticated cipher with a 32-byte key and a 12-byte nonce; `open` raises SealBroken."""

    def seal(self, key: bytes, nonce: bytes, plain: bytes, aad: bytes) -> bytes: ...

    def open(self, key: bytes, nonce: bytes, sealed: bytes, aad: bytes) -> bytes: ...


class Aes256Gcm:
    """AES-256-GCM (NIST SP 800-38D)."""

    def seal(self, key: bytes, nonce: bytes, plain: bytes, aad: bytes) -> bytes:
        return AESGCM(key).encrypt(nonce, plain, aad)

    def open(self, key: bytes, nonce: bytes, sealed: bytes, aad: bytes) -> bytes:
        try:
            return AESGCM(key).decrypt(nonce, sealed, aad)
        except InvalidTag as error:
            raise SealBroken() from error


CIPHERS: dict[int, Cipher] = {AES_256_GCM: Aes256Gcm()}


def seal(key: bytes, column: str, person_id: UUID, plain: bytes, entropy: Callable[[int], bytes] = os.urandom) -> bytes:
    """Seal bytes for one column of one person under `key` (32 bytes), with the node's algorithm."""
    algorithm = AES_256_GCM
    nonce = entropy(NONCE_BYTES)
    body = CIPHERS[algorithm].seal(key, nonce, plain, _associated(algorithm, column, person_id))
    return bytes([algorithm]) + nonce + body


def unseal(key: bytes, column: str, person_id: UUID, sealed: bytes) -> bytes:
    """The bytes again; raises SealBroken when anything differs: key, column, person, algorithm or one bit."""
    cipher = CIPHERS.get(sealed[0]) if len(sealed) > 1 + NONCE_BYTES else None
    if cipher is None:
        raise SealBroken()
    nonce, body = sealed[1 : 1 + NONCE_BYTES], sealed[1 + NONCE_BYTES :]
    return cipher.open(key, nonce, body, _associated(sealed[0], column, person_id))


def subkey(purpose: str) -> bytes:
    """The node's secret for one purpose (32 bytes)."""
    return hmac.digest(node_key(), b"pumasi/node/v1/" + purpose.encode("ascii"), sha256)


def blind_index(purpose: str, value: str) -> bytes:
    """A keyed, deterministic index (32 bytes), to find a sealed value by equality without storing it."""
    return hmac.digest(subkey(purpose), value.encode("utf-8"), sha256)


def node_key_id() -> str:
    """Which node key this is (16 hex digits): says nothing about the key, tells two keys apart."""
    return hmac.digest(node_key(), b"pumasi/node-key-id/v1", sha256)[:8].hex()


def node_key() -> bytes:
    """The node key, read from its file, made there when there is none; raises NodeKeyUnusable."""
    path = Path(settings.NODE_KEY_FILE)
    if not path.exists():
        kept(path, lambda: os.urandom(KEY_BYTES).hex() + "\n")
    if open_to_others(path):
        raise NodeKeyUnusable(name=path.name, reason="others may read it")
    found = path.stat()
    return _read(path, found.st_ino, found.st_mtime_ns)


@lru_cache(maxsize=4)
def _read(path: Path, inode: int, changed: int) -> bytes:
    """Read once per state of the file: `inode` and `changed` are part of the cache's key."""
    try:
        key = bytes.fromhex(path.read_text(encoding="ascii"))
    except (ValueError, OSError) as error:
        raise NodeKeyUnusable(name=path.name, reason="not hexadecimal") from error
    if len(key) != KEY_BYTES:
        raise NodeKeyUnusable(name=path.name, reason=f"{len(key)} bytes instead of {KEY_BYTES}")
    return key


def _associated(algorithm: int, column: str, person_id: UUID) -> bytes:
    return b"pumasi/seal/v1" + bytes([algorithm, len(column)]) + column.encode("ascii") + person_id.bytes
