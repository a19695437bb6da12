"""Signed notes (C2SP signed-note v1.0.0): a text, an empty line, and lines of signatures.

Strict: bytes that another implementation might read otherwise are refused. Lines of unknown keys are ignored, as the
standard demands, but a known key whose signature fails refuses the whole note, and so does a note that no known key
signed. Keys are in `key`, the way of witnesses in `cosignature`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from pumasi.tlog.cosignature import verify_cosignature
from pumasi.tlog.encoding import is_line, unbase64
from pumasi.tlog.errors import BadNote
from pumasi.tlog.key import COSIGNATURE, ED25519, ID_BYTES, Signer, VerifierKey, is_key_name, parse_vkey, verifies

__all__ = [
    "COSIGNATURE",
    "ED25519",
    "Note",
    "Opened",
    "Signature",
    "Signer",
    "VerifierKey",
    "open_note",
    "parse_note",
    "parse_vkey",
    "sign",
    "verified_signatures",
]

MAX_BYTES = 1_000_000
MAX_SIGNATURES = 100
_MARK = "— "


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature line: whose it claims to be, and bytes that depend on the algorithm of that key."""

    name: str
    key_id: bytes
    signature: bytes


@dataclass(frozen=True, slots=True)
class Note:
    """A note as it was read: nothing in it is known to be true yet."""

    text: str
    signatures: tuple[Signature, ...]


@dataclass(frozen=True, slots=True)
class Opened:
    """A text and the known keys that signed it, each once, in the order of their lines; `times` of those that cosigned.

    A time is in seconds since 1970; of several lines of one key the latest.
    """

    text: str
    verified: tuple[VerifierKey, ...]
    times: Mapping[VerifierKey, int] = field(hash=False)


def sign(text: str, signer: Signer) -> str:
    """The signature line (0x01) over a text; BadNote when no note can hold the text."""
    _check_text(text)
    return signer.verifier.line(signer.private_key.sign(text.encode("utf-8")))


def open_note(data: bytes, keys: Iterable[VerifierKey]) -> Opened:
    """The text of a note that at least one of the keys signed, and that no line of one of them contradicts."""
    note = parse_note(data)
    opened = verified_signatures(note, keys)
    if not opened.verified:
        raise BadNote("no signature of a known key")
    return opened


def verified_signatures(note: Note, keys: Iterable[VerifierKey]) -> Opened:
    """Which of the keys signed, none of them perhaps; BadNote when a line of one of them fails to verify."""
    known: dict[tuple[str, bytes], VerifierKey] = {}
    for key in keys:
        if known.setdefault((key.name, key.key_id), key) != key:
            raise BadNote("two known keys of one name and id")
    verified: dict[VerifierKey, None] = {}
    times: dict[VerifierKey, int] = {}
    for line in note.signatures:
        signer = known.get((line.name, line.key_id))
        if signer is not None:
            verified[signer] = None
            # The seam for more algorithms (0x06, ML-DSA-44): each says how its key verifies.
            if signer.algorithm == COSIGNATURE:
                seconds = verify_cosignature(signer, note.text, line.signature)
                times[signer] = max(seconds, times.get(signer, 0))
            elif not verifies(signer.public, line.signature, note.text.encode("utf-8")):
                raise BadNote("signature of a known key fails")
    return Opened(note.text, tuple(verified), times)


def parse_note(data: bytes) -> Note:
    """The parts of a note, nothing verified; BadNote with the reason for other bytes."""
    if len(data) > MAX_BYTES:
        raise BadNote("note is too long")
    try:
        whole = data.decode("utf-8")
    except UnicodeDecodeError:
        raise BadNote("note is not UTF-8") from None
    text, separator, signatures = whole.rpartition("\n\n")
    if not separator:
        raise BadNote("no empty line before the signatures")
    _check_text(text + "\n")
    *lines, rest = signatures.split("\n")
    if rest:
        raise BadNote("no newline at the end")
    if not lines:
        raise BadNote("no signature line")
    if len(lines) > MAX_SIGNATURES:
        raise BadNote("more than 100 signatures")
    return Note(text + "\n", tuple(_signature(line) for line in lines))


def _check_text(text: str) -> None:
    *lines, rest = text.split("\n")
    if rest or not lines:
        raise BadNote("no newline at the end of the text")
    if not all(is_line(line) for line in lines if line):
        raise BadNote("control character in the text")


def _signature(line: str) -> Signature:
    name, _, encoded = line.removeprefix(_MARK).partition(" ")
    if not line.startswith(_MARK) or not is_key_name(name):
        raise BadNote("not a signature line")
    data = unbase64(encoded, error=BadNote)
    if len(data) <= ID_BYTES:
        raise BadNote("signature is too short")
    return Signature(name, data[:ID_BYTES], data[ID_BYTES:])
