"""The keys of the record: the log's, the promises', and the recovery key's public half. Each in a file of its own.

Only the sealer reads the log's key; only the web process reads the promises' key (decisions 14). All are in
`docs/keys.md`. Not here: person keys and the node key (`civic.people`).
"""

import os
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from django.conf import settings

from pumasi.kernel.secret_file import kept, open_to_others
from pumasi.seal.errors import LogKeyUnusable
from pumasi.tlog.note import Signer

KEY_BYTES = 32


def log_signer() -> Signer:
    """Signs checkpoints under the origin's name; raises LogKeyUnusable."""
    return Signer(origin(), Ed25519PrivateKey.from_private_bytes(_secret(Path(settings.LOG_KEY_FILE))))


def promise_signer() -> Signer:
    """Signs promises under `<origin>/promise`; raises LogKeyUnusable."""
    name = f"{origin()}/promise"
    return Signer(name, Ed25519PrivateKey.from_private_bytes(_secret(Path(settings.PROMISE_KEY_FILE))))


def origin() -> str:
    """The log's origin line and key name."""
    return str(settings.LOG_ORIGIN)


def recovery_key() -> X25519PublicKey:
    """To whom the journal is encrypted. Without a file a pair is made: `NAME.secret` beside it belongs elsewhere."""
    path = Path(settings.RECOVERY_KEY_FILE)
    if not path.exists():
        secret = X25519PrivateKey.from_private_bytes(_secret(_secret_half()))
        kept(path, lambda: secret.public_key().public_bytes_raw().hex() + "\n")
    return X25519PublicKey.from_public_bytes(_bytes(path))


def recovery_secret_left() -> Path | None:
    """The recovery key's secret half where it still lies on this machine: a thief of the disk reads the journal."""
    path = _secret_half()
    return path if path.exists() else None


def _secret_half() -> Path:
    path = Path(settings.RECOVERY_KEY_FILE)
    return path.with_name(f"{path.name}.secret")


def _secret(path: Path) -> bytes:
    try:
        kept(path, lambda: os.urandom(KEY_BYTES).hex() + "\n")
    except (OSError, ValueError) as error:
        raise LogKeyUnusable(name=path.name, reason=f"cannot be read: {error}") from error
    if open_to_others(path):
        raise LogKeyUnusable(name=path.name, reason="others may read it")
    return _bytes(path)


def _bytes(path: Path) -> bytes:
    try:
        key = bytes.fromhex(path.read_text(encoding="ascii"))
    except (OSError, ValueError) as error:
        raise LogKeyUnusable(name=path.name, reason="no hexadecimal text in it") from error
    if len(key) != KEY_BYTES:
        raise LogKeyUnusable(name=path.name, reason=f"{len(key)} bytes instead of {KEY_BYTES}")
    return key
