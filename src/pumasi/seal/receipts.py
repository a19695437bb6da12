"""What the owner of an account holds in hand: a receipt once the entry is published, and until then a signed promise.

Both are made when they are asked for, from the books and the published files; nothing of them is stored. Who may ask
for which account is decided above. Formats: `docs/formats.md`.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.conf import settings

from pumasi.ledger.chart import parts
from pumasi.ledger.reads import transfer_of
from pumasi.seal.cadence import PROMISE
from pumasi.seal.errors import RecordUnreadable
from pumasi.seal.files import LogFiles
from pumasi.seal.keys import origin, promise_signer
from pumasi.seal.leaves import Side, prepare
from pumasi.seal.models import Entry
from pumasi.tlog.errors import BadLog
from pumasi.tlog.note import sign
from pumasi.tlog.policy import parse_policy
from pumasi.tlog.proof import Proof, encode_proof
from pumasi.tlog.proof_check import check_inclusion
from pumasi.tlog.tree import inclusion_path, leaf_hash
from pumasi.verify.leaf import parse
from pumasi.verify.promise import promise_text
from pumasi.verify.receipt import pack_extra, to_fragment


@dataclass(frozen=True, slots=True)
class Receipt:
    """A `.tlog-proof` file, the same as a URL fragment, and where the entry stands."""

    proof: bytes
    fragment: str
    index: int
    block: int
    size: int
    published_at: datetime


@dataclass(frozen=True, slots=True)
class Promise:
    """A signed note that says: this will be in the record `before` then."""

    note: bytes
    before: datetime


def in_hand(key: UUID, owners: Collection[str]) -> Receipt | Promise | None:
    """What an owner (of a wallet, a till, …) can hold of the transfer under `key`.

    None when there is no such transfer, no account of theirs in it, or nothing left that could open it. Raises
    RecordUnreadable when no proof can be made that would verify.
    """
    transfer = transfer_of(key)
    if transfer is None:
        return None
    ((prepared),) = prepare([transfer])
    mine = [side for side in prepared.sides if parts(side.address)[2] in owners]
    if not mine:
        return None
    side = min(mine, key=lambda each: each.address)
    entry = Entry.objects.select_related("block").filter(transfer=transfer).first()
    if entry is None or entry.block.note is None:
        return _promise(side, prepared.at.replace(microsecond=0) + PROMISE)
    return _receipt(side, entry)


def _promise(side: Side, before: datetime) -> Promise:
    text = promise_text(origin(), side.commitment, before)
    return Promise(f"{text}\n{sign(text, promise_signer())}".encode(), before)


def _receipt(side: Side, entry: Entry) -> Receipt | None:
    leaf = bytes(entry.leaf)
    positions = [n for n, posting in enumerate(parse(leaf).postings) if posting.commitment == side.commitment]
    if not positions:
        return None
    extra = pack_extra(positions[0], side.opening, side.payload, leaf)
    try:
        size, proof = _proof(entry.index, leaf, extra)
    except (OSError, BadLog) as error:
        raise RecordUnreadable() from error
    assert entry.block.published_at is not None
    return Receipt(proof, to_fragment(proof), entry.index, entry.block_id, size, entry.block.published_at)


def _proof(index: int, leaf: bytes, extra: bytes) -> tuple[int, bytes]:
    """The size of the published record and a proof in it: checked, because a file may be lost, cut or changed."""
    files = LogFiles(Path(settings.LOG_DIR))
    note = files.checkpoint() or b""
    head = parse_policy(files.policy() or b"").verify_checkpoint(note).checkpoint
    path = inclusion_path(index, head.size, files.read(head.size))
    check_inclusion(leaf_hash(leaf), index, head.size, path, head.root)
    return head.size, encode_proof(Proof(index, tuple(path), note, extra))
