"""The journal of blocks (decisions 12): every committed transfer, whole, encrypted to the recovery key, off this box.

Written every few seconds, whatever the publishing does, and always before a block that tells of the transfer. A file is
`MAGIC || ephemeral X25519 key (32) || sealed`, where `sealed` comes from the one crypto seam. With the recovery key's
secret half and a backup, a restore misses nothing. Not here: the restore.
"""

import json
import os
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from pumasi.civic.people.sealing import seal, unseal
from pumasi.ledger.whole import LotMove, WholeTransfer
from pumasi.seal.files import write_atomically

MAGIC = b"pumasi/journal/v1\n"
KEPT = timedelta(days=30)
_COLUMN = "journal"
_KEY_BYTES = 32


@dataclass(frozen=True, slots=True)
class File:
    """A file of the journal, and when it was written."""

    number: int
    written: datetime


class Journal:
    """The folder where the files go: another disk, or one that is carried away."""

    def __init__(self, folder: Path, key: X25519PublicKey) -> None:
        self._folder = folder
        self._key = key

    def write(self, number: int, transfers: Sequence[WholeTransfer]) -> Path:
        """File `number` with these transfers. Take one after `last`: what is written over is lost for a restore."""
        path = self._folder / f"{number:012d}.journal"
        write_atomically(path, _encrypted(number, transfers, self._key))
        return path

    def last(self) -> int:
        """The highest number of a file in the folder, 0 when there is none."""
        return max((int(path.stem) for path in self._files() if path.stem.isdecimal()), default=0)

    def after(self, number: int) -> list[File]:
        """The files with a higher number, in order."""
        found = [(int(path.stem), path) for path in self._files() if path.stem.isdecimal()]
        return [File(n, datetime.fromtimestamp(path.stat().st_mtime, UTC)) for n, path in sorted(found) if n > number]

    def prune(self, now: datetime) -> int:
        """Remove files older than 30 days; how many."""
        old = [path for path in self._files() if path.stat().st_mtime < (now - KEPT).timestamp()]
        for path in old:
            path.unlink()
        return len(old)

    def _files(self) -> Iterable[Path]:
        return sorted(self._folder.glob("*.journal"))


def opened(number: int, data: bytes, secret: X25519PrivateKey) -> list[dict[str, object]]:
    """The transfers in file `number`, as `record` writes them; raises SealBroken when anything differs."""
    ephemeral, sealed = data[len(MAGIC) : len(MAGIC) + _KEY_BYTES], data[len(MAGIC) + _KEY_BYTES :]
    shared = secret.exchange(X25519PublicKey.from_public_bytes(ephemeral))
    key = _key(shared, ephemeral, secret.public_key().public_bytes_raw())
    plain = zlib.decompress(unseal(key, _COLUMN, UUID(int=number), sealed))
    return [json.loads(line) for line in plain.splitlines()]


def record(whole: WholeTransfer) -> Mapping[str, object]:
    """A transfer as one JSON object: all that is needed to post it again under its key."""
    return {
        "key": whole.key.hex,
        "digest": whole.digest.hex(),
        "kind": whole.kind,
        "at": whole.at.isoformat(),
        "day": whole.day.isoformat(),
        "link": whole.link,
        "memo": whole.memo,
        "due_at": whole.due_at.isoformat() if whole.due_at else None,
        "postings": whole.postings,
        "moves": [_move(move) for move in whole.moves],
        "floors": whole.floors,
    }


def _move(move: LotMove) -> Mapping[str, object]:
    born = move.born
    return {
        "lot": move.lot,
        "source": move.source,
        "target": move.target,
        "before": move.origin_before.hex if move.origin_before else None,
        "after": move.origin_after.hex if move.origin_after else None,
        "amount": move.amount,
        "born": None
        if born is None
        else {
            "fund": born.fund,
            "expires": born.expires.isoformat() if born.expires else None,
            "rate": born.rate,
            "amount": born.amount,
        },
    }


def _encrypted(number: int, transfers: Sequence[WholeTransfer], to: X25519PublicKey) -> bytes:
    lines = b"\n".join(json.dumps(record(whole), separators=(",", ":")).encode() for whole in transfers)
    once = X25519PrivateKey.from_private_bytes(os.urandom(_KEY_BYTES))
    ephemeral = once.public_key().public_bytes_raw()
    key = _key(once.exchange(to), ephemeral, to.public_bytes_raw())
    # The number of the file stands where a person's id stands elsewhere: a file under another name does not open.
    return MAGIC + ephemeral + seal(key, _COLUMN, UUID(int=number), zlib.compress(lines))


def _key(shared: bytes, ephemeral: bytes, to: bytes) -> bytes:
    return HKDF(SHA256(), _KEY_BYTES, salt=ephemeral + to, info=MAGIC).derive(shared)
