"""A receipt: a C2SP tlog-proof whose `extra` opens one posting, and the check that needs nothing else (offline).

Not here: the formats beneath (`tlog`), and the page's own check, which shares no code with this one.
"""

import hmac
import re
from collections.abc import Mapping
from dataclasses import dataclass

from pumasi.tlog.checkpoint import Checkpoint
from pumasi.tlog.policy import Policy
from pumasi.tlog.proof import parse_proof
from pumasi.tlog.proof_check import check_inclusion
from pumasi.tlog.tree import leaf_hash
from pumasi.verify.commitment import OPENING_BYTES, Payload, commit, parse_payload
from pumasi.verify.errors import BadEntry, BadReceipt
from pumasi.verify.leaf import Leaf, Posting, parse
from pumasi.verify.rules import unbalanced

RECEIPT_LIMIT = 131_072
_VERSION = 1
_HEAD = 2 + OPENING_BYTES + 2
_TO_FRAGMENT = (("\n", "~"), ("— ", "$"), (" ", "!"))
_FRAGMENT = re.compile(r"[!-~]+", re.ASCII)


@dataclass(frozen=True, slots=True)
class Extra:
    """What a receipt carries besides the proof: `position` of the posting in the entry, and what opens it."""

    position: int
    opening: bytes
    payload: bytes
    entry: bytes


@dataclass(frozen=True, slots=True)
class Checked:
    """What a good receipt says. `witnesses` are the policy's names, `times` their cosignatures' seconds of 1970."""

    leaf: Leaf
    posting: Posting
    payload: Payload
    checkpoint: Checkpoint
    witnesses: tuple[str, ...]
    times: Mapping[str, int]


def pack_extra(position: int, opening: bytes, payload: bytes, entry: bytes) -> bytes:
    """The bytes of `extra`: version, position, opening, length of the payload, payload, entry; raises BadReceipt."""
    if not 0 <= position <= 0xFF or len(opening) != OPENING_BYTES or len(payload) > 0xFFFF:
        raise BadReceipt("a position, opening or payload that does not fit")
    return bytes([_VERSION, position]) + opening + len(payload).to_bytes(2, "big") + payload + entry


def unpack_extra(extra: bytes) -> Extra:
    """What `pack_extra` packed; raises BadReceipt. Payload and entry are not looked into."""
    if len(extra) < _HEAD or extra[0] != _VERSION:
        raise BadReceipt("not the extra data of a receipt")
    end = _HEAD + int.from_bytes(extra[_HEAD - 2 : _HEAD], "big")
    if end >= len(extra):
        raise BadReceipt("extra data that is cut off")
    return Extra(extra[1], extra[2 : _HEAD - 2], extra[_HEAD:end], extra[end:])


def check_receipt(data: bytes, policy: Policy) -> Checked:
    """What the receipt proves under the policy; raises BadLog, BadEntry or BadReceipt with the reason."""
    if len(data) > RECEIPT_LIMIT:
        raise BadReceipt(f"longer than {RECEIPT_LIMIT} bytes")
    proof = parse_proof(data)
    extra = unpack_extra(proof.extra or b"")
    verified = policy.verify_checkpoint(proof.checkpoint)
    checkpoint = verified.checkpoint
    if checkpoint.extensions:
        raise BadReceipt("a checkpoint with extension lines")
    check_inclusion(leaf_hash(extra.entry), proof.index, checkpoint.size, proof.path, checkpoint.root)
    leaf = parse(extra.entry)
    if leaf.index != proof.index:
        raise BadReceipt("the entry names another index than the proof")
    found = unbalanced(leaf)
    if found is not None:
        raise BadEntry(found, "sum")
    posting = _opened(leaf, extra)
    payload = parse_payload(extra.payload)
    return Checked(leaf, posting, payload, checkpoint, verified.witnesses, verified.times)


def to_fragment(receipt: bytes) -> str:
    """The receipt as a URL fragment; raises BadReceipt where it could not be read back."""
    text = _decoded(receipt)
    for plain, mark in _TO_FRAGMENT:
        if mark in text:
            raise BadReceipt(f"a receipt with {mark} in it has no fragment")
        text = text.replace(plain, mark)
    if not _FRAGMENT.fullmatch(text):
        raise BadReceipt("a receipt with unusual characters has no fragment")
    return text


def from_fragment(fragment: str) -> bytes:
    """The receipt in a URL fragment (without the #); raises BadReceipt for what `to_fragment` does not make."""
    if not _FRAGMENT.fullmatch(fragment):
        raise BadReceipt("not the fragment of a receipt")
    text = fragment
    for plain, mark in _TO_FRAGMENT:
        text = text.replace(mark, plain)
    return text.encode()


def _opened(leaf: Leaf, extra: Extra) -> Posting:
    if extra.position >= len(leaf.postings):
        raise BadReceipt("no such posting in the entry")
    posting = leaf.postings[extra.position]
    if posting.commitment is None:
        raise BadReceipt("the posting is a public one")
    if not hmac.compare_digest(posting.commitment, commit(extra.opening, extra.payload)):
        raise BadReceipt("opening and payload do not make the commitment")
    return posting


def _decoded(receipt: bytes) -> str:
    try:
        return receipt.decode()
    except UnicodeDecodeError as error:
        raise BadReceipt("not UTF-8") from error
