"""Ways to spoil a receipt. Every mutant must be refused by every verifier; `SHALLOW` ones are within Sigstore's reach.

Receipts come from logs whose quorum is all witnesses, so that no byte of a receipt is without meaning. What may be
added or doubled without harm (lines of unknown keys, a signature twice) is in `HARMLESS`.
"""

import json
import random
from base64 import b64encode
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, replace
from typing import Any, Protocol

from pumasi.kernel import canonical
from pumasi.tlog.checkpoint import Checkpoint, parse_checkpoint
from pumasi.tlog.cosignature import cosign
from pumasi.tlog.note import Signer, parse_note, sign
from pumasi.tlog.proof import Proof, encode_proof, parse_proof
from pumasi.verify.receipt import Extra, pack_extra, unpack_extra
from pumasi.verify.tests.making import SECONDS, Made, private_key


class Mutation(Protocol):
    """A receipt of a log becomes another one, by chance."""

    __name__: str

    def __call__(self, receipt: bytes, made: Made, chance: random.Random, /) -> bytes: ...


ORDER_OF_THE_CURVE = 2**252 + 27742317777372353535851937790883648493
_BASE64 = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"


@dataclass(frozen=True)
class Mutant:
    """A spoiled receipt and how it was spoiled."""

    kind: str
    receipt: bytes
    made: Made


def mutant(made: Made, receipt: bytes, chance: random.Random) -> Mutant:
    """One mutant of any kind; the receipt is changed for sure."""
    while True:
        kind = chance.choice(sorted(MUTATIONS))
        spoiled = MUTATIONS[kind](receipt, made, chance)
        if spoiled != receipt:
            return Mutant(kind, spoiled, made)


# Bytes and lines, blindly.


def bit(receipt: bytes, made: Made, chance: random.Random) -> bytes:
    return _flip(receipt, chance.randrange(len(receipt) * 8))


def byte(receipt: bytes, made: Made, chance: random.Random) -> bytes:
    at = chance.randrange(len(receipt))
    return receipt[:at] + bytes([chance.randrange(256)]) + receipt[at + 1 :]


def cut(receipt: bytes, made: Made, chance: random.Random) -> bytes:
    return receipt[: chance.randrange(len(receipt))]


def hole(receipt: bytes, made: Made, chance: random.Random) -> bytes:
    start = chance.randrange(len(receipt))
    return receipt[:start] + receipt[start + chance.randint(1, 40) :]


def control(receipt: bytes, made: Made, chance: random.Random) -> bytes:
    at = chance.randrange(len(receipt) + 1)
    return (
        receipt[:at]
        + chance.choice([b"\0", b"\r", b"\t", b"\x7f\x00", b" ", b"\xc2\xa0", b"\xef\xbb\xbf"])
        + receipt[at:]
    )


def crlf(receipt: bytes, made: Made, chance: random.Random) -> bytes:
    return receipt.replace(b"\n", b"\r\n", chance.choice([-1, 1, 2]))


def line_removed(receipt: bytes, made: Made, chance: random.Random) -> bytes:
    lines = receipt.splitlines(keepends=True)
    del lines[chance.randrange(len(lines))]
    return b"".join(lines)


def line_twice(receipt: bytes, made: Made, chance: random.Random) -> bytes:
    lines = receipt.splitlines(keepends=True)
    at = chance.randrange(lines.index(b"\n", lines.index(b"\n") + 1))  # a signature may stand twice
    return b"".join([*lines[: at + 1], *lines[at:]])


def lines_swapped(receipt: bytes, made: Made, chance: random.Random) -> bytes:
    lines = receipt.splitlines(keepends=True)
    end = lines.index(b"\n", lines.index(b"\n") + 1) + 1  # signatures may stand in any order
    first, second = chance.sample(range(end), 2)
    lines[first], lines[second] = lines[second], lines[first]
    return b"".join(lines)


def huge(receipt: bytes, made: Made, chance: random.Random) -> bytes:
    stranger = Signer("stranger.example", private_key("stranger", made.seed))
    note = parse_proof(receipt).checkpoint
    return receipt + sign(parse_note(note).text, stranger).encode() * chance.choice([101, 150, 400])


def other_base64(receipt: bytes, made: Made, chance: random.Random) -> bytes:
    """Another spelling of the same bytes: spare bits of the last letter, or no padding, or a letter of base64url."""
    ends = [at for at in range(1, len(receipt)) if receipt[at : at + 1] == b"=" and receipt[at - 1 : at] != b"="]
    at = chance.choice(ends)
    match chance.randrange(4):
        case 0:
            spare = _BASE64.index(receipt[at - 1]) | chance.choice([1, 2, 3])
            return receipt[: at - 1] + _BASE64[spare : spare + 1] + receipt[at:]
        case 1:
            return receipt[:at] + receipt[at + 1 :]
        case 2:
            return receipt[:at] + b"=" + receipt[at:]
        case _:
            return receipt.translate(bytes.maketrans(b"+/", b"-_"))


# The parts of the proof.


def index(receipt: bytes, made: Made, chance: random.Random) -> bytes:
    size = len(made.entries)
    proof = parse_proof(receipt)
    other = chance.choice([proof.index ^ 1 << chance.randrange(12), chance.randrange(size), size, size - 1, 2**63 - 1])
    return encode_proof(replace(proof, index=other))


def odd_number(receipt: bytes, made: Made, chance: random.Random) -> bytes:
    number = str(parse_proof(receipt).index)
    odd = chance.choice(
        ["0" + number, "+" + number, "-" + number, number + " ", "", "0x" + number, number + "0" * 20, "١"]
    )
    return receipt.replace(f"index {number}\n".encode(), f"index {odd}\n".encode())


def path_bit(receipt: bytes, made: Made, chance: random.Random) -> bytes:
    path = list(parse_proof(receipt).path)
    at = chance.randrange(len(path))
    path[at] = _flip(path[at], chance.randrange(256))
    return _with(receipt, path=tuple(path))


def path_order(receipt: bytes, made: Made, chance: random.Random) -> bytes:
    path = list(parse_proof(receipt).path)
    chance.shuffle(path)
    return _with(receipt, path=tuple(path))


def path_length(receipt: bytes, made: Made, chance: random.Random) -> bytes:
    path = list(parse_proof(receipt).path)
    if chance.random() < 0.5:
        path.pop(chance.randrange(len(path)))
    else:
        path.insert(chance.randrange(len(path) + 1), chance.choice([*path, bytes(32)]))
    return _with(receipt, path=tuple(path))


def hash_length(receipt: bytes, made: Made, chance: random.Random) -> bytes:
    lines = receipt.split(b"\n")
    lines[3] = chance.choice([b"", b"AA==", lines[3][:40] + b"==", lines[3][:-1] + b"A" * 5])
    return b"\n".join(lines)


# The checkpoint: what was signed, and who signed.


def size(receipt: bytes, made: Made, chance: random.Random) -> bytes:
    return _checkpoint(receipt, lambda c: replace(c, size=max(0, c.size + chance.choice([-1, 1, 256, 10**9]))))


def root_bit(receipt: bytes, made: Made, chance: random.Random) -> bytes:
    return _checkpoint(receipt, lambda c: replace(c, root=_flip(c.root, chance.randrange(256))))


def origin(receipt: bytes, made: Made, chance: random.Random) -> bytes:
    return _checkpoint(
        receipt, lambda c: replace(c, origin=chance.choice(["other.example/coin", c.origin + "x", c.origin[:-1]]))
    )


def signature_bit(receipt: bytes, made: Made, chance: random.Random) -> bytes:
    proof = parse_proof(receipt)
    first = parse_note(proof.checkpoint).signatures[0]
    spoiled = made.signer.verifier.line(_flip(first.signature, chance.randrange(512))).encode()
    return _with(
        receipt, checkpoint=proof.checkpoint.replace(made.signer.verifier.line(first.signature).encode(), spoiled)
    )


def other_root_signed(receipt: bytes, made: Made, chance: random.Random) -> bytes:
    """A good signature of the log and its witnesses under another root."""
    checkpoint = parse_checkpoint(parse_note(parse_proof(receipt).checkpoint).text)
    other = replace(checkpoint, root=_flip(checkpoint.root, chance.randrange(256)))
    return _with(receipt, checkpoint=made.signed(other))


def malleable_signature(receipt: bytes, made: Made, chance: random.Random) -> bytes:
    """RFC 8032 5.1.7: the same S modulo the order of the curve is not the same signature."""
    proof = parse_proof(receipt)
    signature = parse_note(proof.checkpoint).signatures[0].signature
    scalar = int.from_bytes(signature[32:], "little") + ORDER_OF_THE_CURVE
    line, other = (
        made.signer.verifier.line(s).encode() for s in (signature, signature[:32] + scalar.to_bytes(32, "little"))
    )
    return _with(receipt, checkpoint=proof.checkpoint.replace(line, other))


def key_id(receipt: bytes, made: Made, chance: random.Random) -> bytes:
    """The log's line, or a witness's, under another key's id."""
    proof = parse_proof(receipt)
    note = parse_note(proof.checkpoint)
    at = chance.randrange(len(note.signatures))
    lines = [
        _line(s.name, _flip(s.key_id, chance.randrange(32)) if n == at else s.key_id, s.signature)
        for n, s in enumerate(note.signatures)
    ]
    return _with(receipt, checkpoint=f"{note.text}\n{''.join(lines)}".encode())


def other_key(receipt: bytes, made: Made, chance: random.Random) -> bytes:
    """Good signatures of the same names by keys that nobody trusts."""
    other = replace(made, seed=b"somebody else")
    return _with(receipt, checkpoint=other.signed(parse_checkpoint(parse_note(parse_proof(receipt).checkpoint).text)))


def time_moved(receipt: bytes, made: Made, chance: random.Random) -> bytes:
    """A witness's time is part of what it signed."""
    proof = parse_proof(receipt)
    note = parse_note(proof.checkpoint)
    lines = [
        _line(
            s.name,
            s.key_id,
            (SECONDS + chance.choice([1, 2**40])).to_bytes(8, "big") + s.signature[8:] if n else s.signature,
        )
        for n, s in enumerate(note.signatures)
    ]
    return _with(receipt, checkpoint=f"{note.text}\n{''.join(lines)}".encode())


def witness_missing(receipt: bytes, made: Made, chance: random.Random) -> bytes:
    lines = parse_proof(receipt).checkpoint.splitlines(keepends=True)
    return _with(receipt, checkpoint=b"".join(lines[:-1]))


def witness_as_log(receipt: bytes, made: Made, chance: random.Random) -> bytes:
    """A witness alone is no log, and one cosignature is not two."""
    text = parse_note(parse_proof(receipt).checkpoint).text
    lines = chance.choice(
        [
            [cosign(text, w, SECONDS) for w in made.cosigners],
            [sign(text, made.signer), *[cosign(text, made.cosigners[0], SECONDS)] * 2],
        ]
    )
    return _with(receipt, checkpoint=f"{text}\n{''.join(lines)}".encode())


def extension(receipt: bytes, made: Made, chance: random.Random) -> bytes:
    checkpoint = parse_checkpoint(parse_note(parse_proof(receipt).checkpoint).text)
    return _with(receipt, checkpoint=made.signed(replace(checkpoint, extensions=("more",))))


# What the receipt opens.


def entry_bit(receipt: bytes, made: Made, chance: random.Random) -> bytes:
    return _extra(receipt, lambda e: replace(e, entry=_flip(e.entry, chance.randrange(len(e.entry) * 8))))


def other_entry(receipt: bytes, made: Made, chance: random.Random) -> bytes:
    return _extra(receipt, lambda e: replace(e, entry=chance.choice(made.entries)))


def payload_bit(receipt: bytes, made: Made, chance: random.Random) -> bytes:
    return _extra(receipt, lambda e: replace(e, payload=_flip(e.payload, chance.randrange(len(e.payload) * 8))))


def other_payload(receipt: bytes, made: Made, chance: random.Random) -> bytes:
    def changed(extra: Extra) -> Extra:
        value = canonical.loads(extra.payload)
        assert isinstance(value, dict)
        value |= chance.choice([{"w": 1000}, {"t": 0}, {"a": "0" * 32}, {"k": "EARN"}, {"z": 1}])
        return replace(extra, payload=canonical.dumps(value))

    return _extra(receipt, changed)


def opening_bit(receipt: bytes, made: Made, chance: random.Random) -> bytes:
    return _extra(receipt, lambda e: replace(e, opening=_flip(e.opening, chance.randrange(256))))


def position(receipt: bytes, made: Made, chance: random.Random) -> bytes:
    return _extra(receipt, lambda e: replace(e, position=(e.position + chance.randint(1, 255)) % 256))


def padded(receipt: bytes, made: Made, chance: random.Random) -> bytes:
    """The pad's own bytes as a payload must not open the same commitment."""
    return _extra(receipt, lambda e: replace(e, payload=e.payload + b"\x80" + bytes(chance.randrange(3))))


MUTATIONS: dict[str, Mutation] = {
    mutation.__name__: mutation
    for mutation in (
        bit, byte, cut, hole, control, crlf, line_removed, line_twice, lines_swapped, huge, other_base64, index,
        odd_number, path_bit, path_order, path_length, hash_length, size, root_bit, origin, signature_bit,
        other_root_signed, malleable_signature, key_id, other_key, time_moved, witness_missing, witness_as_log,
        extension, entry_bit, other_entry, payload_bit, other_payload, opening_bit, position, padded,
    )
}  # fmt: skip
SHALLOW = frozenset(
    mutation.__name__
    for mutation in (
        index, path_bit, path_order, path_length, size, root_bit, origin, signature_bit, other_root_signed, other_key,
        entry_bit, other_entry,
    )
)  # fmt: skip


def _more_lines(receipt: bytes, made: Made, chance: random.Random) -> bytes:
    stranger = Signer("stranger.example", private_key("stranger", made.seed))
    return receipt + sign(parse_note(parse_proof(receipt).checkpoint).text, stranger).encode()


def _signature_twice(receipt: bytes, made: Made, chance: random.Random) -> bytes:
    return receipt + receipt.splitlines(keepends=True)[-1 - chance.randrange(made.witnesses + 1)]


def _signatures_shuffled(receipt: bytes, made: Made, chance: random.Random) -> bytes:
    lines = receipt.splitlines(keepends=True)
    tail = lines[-1 - made.witnesses :]
    chance.shuffle(tail)
    return b"".join([*lines[: -1 - made.witnesses], *tail])


def spoiled_entry(entry: bytes, other: bytes, chance: random.Random) -> bytes:
    """Bytes that are nearly an entry, or still one."""
    if chance.random() < 0.3:
        at = chance.randrange(len(entry))
        new = chance.choice(b'0123456789-+.eE"\\{}[]:,QaAKW/= \n\x00\x7f\xc3\xff')
        return entry[:at] + bytes([new]) * chance.randrange(2) + entry[at + chance.randrange(3) :]
    value = json.loads(entry)
    for _ in range(chance.randint(1, 2)):
        _spoil(value, json.loads(other), chance)
    return json.dumps(value, separators=(",", ":"), sort_keys=chance.random() < 0.98, ensure_ascii=False).encode()


BLANKS = (
    " ", "   ", " " * 80, "\t", "\n", "\x0b", "\x1c", "\x1f", "\x85", "\xa0", "\u1680", "\u180e", "\u200b", "\u2003",
    "\u2028", "\u202f", "\u205f", "\u3000", "\ufeff", " \ufeff ", " \x1d",
)  # fmt: skip
"""Texts that some language or other takes for blank. Only U+0020 is (docs/formats.md)."""
_ODD: tuple[object, ...] = (
    *BLANKS,
    0, 1, -1, 5, 2**53 - 1, 2**53, -(2**53), 1.0, 1e3, True, None, "", " ", "x", "é", "e\u0301", "\u2028",
    "\x00", "\U0001f600", "none", "plain", "won", "KRW", "SC", "S-", "-S", "2026Q1", "0000Q1", "9999Q4",
    "2026-02-29", "0000-01-01", "9999-12-31", "earn", "issue", "rules", "ORDER", "wallets", "issued",
    "payable", "campaigns", "pumasi-1", "pumasi-2", "carbon/2027", "1100:SC:carbon/2026", "1100:KRW:x",
    "B100:KRW:x", "B100:SC:x", "2100:SC:x", "3100:SC:", "3100:SC:a b", "3100:S C:a", "A" * 43 + "=",
    "A" * 42 + "B=", "A" * 44, "a" * 80, "가" * 80, "a" * 81, [], {}, [1], {"won": 5}, {"none": 5},
    {"2026Q1": 0},
)  # fmt: skip


def _spoil(value: Any, other: Any, chance: random.Random) -> None:
    """Change one member somewhere: to something odd, to another entry's, away, or to one that should not be there."""
    node = value
    while True:
        keys = list(node) if isinstance(node, dict) else list(range(len(node)))
        if not keys:
            return
        key = chance.choice(keys)
        if not isinstance(node[key], dict | list) or chance.random() < 0.2:
            break
        node = node[key]
    match chance.randrange(6):
        case 0:
            del node[key]
        case 1 if isinstance(node, dict):
            node[chance.choice(["a", "auth", "c", "d", "f", "k", "n", "won", "none", "2026Q1", "z", "é"])] = deepcopy(
                chance.choice(_ODD)
            )
        case 2 if isinstance(node, list):
            node.insert(chance.randrange(len(node) + 1), deepcopy(chance.choice(node)))
        case 3 if isinstance(key, str) and key in other:
            node[key] = other[key]
        case 4 if isinstance(node[key], int):
            node[key] += chance.choice([-1, 1, 2**31])
        case _:
            node[key] = deepcopy(chance.choice(_ODD))


HARMLESS: tuple[Mutation, ...] = (_more_lines, _signature_twice, _signatures_shuffled)


def _flip(data: bytes, at: int) -> bytes:
    return data[: at // 8] + bytes([data[at // 8] ^ 1 << at % 8]) + data[at // 8 + 1 :]


def _line(name: str, key: bytes, signature: bytes) -> str:
    return f"— {name} {b64encode(key + signature).decode()}\n"


def _with(receipt: bytes, *, path: tuple[bytes, ...] | None = None, checkpoint: bytes | None = None) -> bytes:
    proof = parse_proof(receipt)
    return encode_proof(
        replace(
            proof,
            path=proof.path if path is None else path,
            checkpoint=proof.checkpoint if checkpoint is None else checkpoint,
        )
    )


def _extra(receipt: bytes, change: Callable[[Extra], Extra]) -> bytes:
    proof = parse_proof(receipt)
    extra = change(unpack_extra(proof.extra or b""))
    return encode_proof(replace(proof, extra=pack_extra(extra.position, extra.opening, extra.payload, extra.entry)))


def _checkpoint(receipt: bytes, change: Callable[[Checkpoint], Checkpoint]) -> bytes:
    """Another text above the old signatures."""
    proof = parse_proof(receipt)
    text, _, signatures = proof.checkpoint.decode().partition("\n\n")
    other = change(parse_checkpoint(text + "\n"))
    return encode_proof(Proof(proof.index, proof.path, f"{other.text}\n{signatures}".encode(), proof.extra))
