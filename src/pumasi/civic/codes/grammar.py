"""How a code is written and read. Pure functions: no database, no clock, no secrets but those handed in.

A code is one kind letter and symbols of Crockford's base 32 (no I, L, O, U), the last of them a check symbol:

    kind            symbols                                     life
    L place         number (3)  proof (4)             check     30 s, one step of tolerance
    P person        number and redundancy, encrypted (7)  check     30 s, one step of tolerance, single use
    A address       number (3)                        check     for ever; an address, never a proof
    S sticker       number (3)  serial (2)            check     until this one sticker is revoked; an address too
    C card          number, random (8)                check     until the card is stopped; weak: whoever has it shows it

- Typed, the kind letter may be left out where the page knows it: a place's code is eight symbols in two groups of four.
  Lower case, full width, spaces, hyphens, O for 0, I or L for 1, and the whole address out of a QR are accepted.
- The check symbol is a weighted sum over GF(32) with a constant per kind: it catches every single wrong symbol, every
  swap of two symbols and a code of another kind, before any secret is touched.
- A place's proof is 20 bits of HMAC-SHA256(place secret, step). One guess hits with 3 in 2^20 (three steps are valid).
  With five misses in ten minutes and twenty in a day per person (see `trying`) that is 1 in 17,000 per person and day.
- A person's code hides who shows it: number (27 bits) and eight zero bits are encrypted as one block of 35 bits under
  the step's secret (a Feistel network of ten rounds of HMAC-SHA256), so two codes of one person cannot be linked. One
  guess hits *some* person with 3 x persons / 2^35: with 400,000 persons 1 in 28,000, under the same limit of misses.
- A card's number is 40 random bits: with 40,000 cards one guess hits some card with 1 in 27 million.
- In a QR: `HTTPS://HOST/Q/` and the code, capitals only, so that it stays in the alphanumeric mode.
"""

import hmac
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256

SYMBOLS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
STEP_SECONDS = 30
TOLERANCE = 1
PLACE_SYMBOLS, PROOF_SYMBOLS, PERSON_SYMBOLS, SERIAL_SYMBOLS, CARD_SYMBOLS = 3, 4, 7, 2, 8
PERSON_BITS, REDUNDANT_BITS = 27, 8
_CONFUSED = str.maketrans({"O": "0", "I": "1", "L": "1", " ": None, "-": None, "\u2010": None, "\u2013": None})
_LEFT_BITS, _RIGHT_BITS, _ROUNDS = 17, 18, 10


class Kind(StrEnum):
    PERSON = "P"
    PLACE = "L"
    ADDRESS = "A"
    STICKER = "S"
    CARD = "C"


# Apart from each other in the check symbol, and not zero, so that a body of zeros is not a valid code.
_KIND_CONSTANT = {Kind.PERSON: 7, Kind.PLACE: 19, Kind.ADDRESS: 29, Kind.STICKER: 13, Kind.CARD: 23}
_BODY_SYMBOLS = {
    Kind.PERSON: PERSON_SYMBOLS,
    Kind.PLACE: PLACE_SYMBOLS + PROOF_SYMBOLS,
    Kind.ADDRESS: PLACE_SYMBOLS,
    Kind.STICKER: PLACE_SYMBOLS + SERIAL_SYMBOLS,
    Kind.CARD: CARD_SYMBOLS,
}


@dataclass(frozen=True, slots=True)
class Body:
    """A code that is spelt right: its kind and the number that its symbols (without the check) write."""

    kind: Kind
    value: int


def write(kind: Kind, value: int) -> str:
    """The code in capitals: kind letter, symbols, check symbol."""
    digits = _digits(value, _BODY_SYMBOLS[kind])
    return kind + "".join(SYMBOLS[digit] for digit in (*digits, _check(kind, digits)))


def grouped(code: str) -> str:
    """The code as people read and type it: without the kind letter, in groups of four ("7KQ2-M9XC")."""
    symbols = code[1:]
    return "-".join(symbols[start : start + 4] for start in range(0, len(symbols), 4))


def read(typed: str, kind: Kind = Kind.PLACE) -> Body | None:
    """The spelt-right code in what a person typed or a camera read; None when length, symbols or check are wrong.

    `kind` is what the page asks for: it is taken when the kind letter is left out, and a letter of its own wins.
    """
    wide = unicodedata.normalize("NFKC", typed) if len(typed) <= 120 else ""
    bare = wide.strip().upper().rpartition("/Q/")[2]
    first, rest = bare[:1], bare[1:].translate(_CONFUSED)
    # A place's letter may have been read as 1 or I; it is a kind letter only when enough symbols follow.
    letter = Kind.PLACE if first in {"1", "I"} else next((known for known in Kind if known == first), None)
    if letter is not None and len(rest) == _BODY_SYMBOLS[letter] + 1:
        return _checked(letter, rest)
    return _checked(kind, bare.translate(_CONFUSED))


def sticker_value(number: int, serial: int) -> int:
    """What a sticker writes: its place's public number and its serial there."""
    return number << (5 * SERIAL_SYMBOLS) | serial


def sticker_parts(value: int) -> tuple[int, int]:
    """The place's public number and the serial on a sticker."""
    return divmod(value, 1 << (5 * SERIAL_SYMBOLS))


def step_of(epoch_seconds: float) -> int:
    """The step that a moment lies in."""
    return int(epoch_seconds // STEP_SECONDS)


def place_value(number: int, secret: bytes, step: int) -> int:
    """A place's code for one step: its public number and 20 bits of proof."""
    proof = int.from_bytes(hmac.digest(secret, step.to_bytes(8, "big"), sha256)[:4], "big") >> 12
    return number << (5 * PROOF_SYMBOLS) | proof


def place_number(value: int) -> int:
    """The public number inside a place's code."""
    return value >> (5 * PROOF_SYMBOLS)


def person_value(number: int, secret: bytes, step: int) -> int:
    """A person's code for one step: number and redundancy, encrypted."""
    left, right = divmod(number << REDUNDANT_BITS, 1 << _RIGHT_BITS)
    for turn in range(0, _ROUNDS, 2):
        left ^= _mixed(secret, step, turn, right, _LEFT_BITS)
        right ^= _mixed(secret, step, turn + 1, left, _RIGHT_BITS)
    return left << _RIGHT_BITS | right


def person_number(value: int, secret: bytes, step: int) -> int | None:
    """The number inside a person's code of this step; None when it was not made in this step."""
    left, right = divmod(value, 1 << _RIGHT_BITS)
    for turn in range(_ROUNDS - 2, -2, -2):
        right ^= _mixed(secret, step, turn + 1, left, _RIGHT_BITS)
        left ^= _mixed(secret, step, turn, right, _LEFT_BITS)
    number, redundancy = divmod(left << _RIGHT_BITS | right, 1 << REDUNDANT_BITS)
    return None if redundancy else number


def number_text(number: int) -> str:
    """A place's public number as it stands on the sticker (three symbols)."""
    return "".join(SYMBOLS[digit] for digit in _digits(number, PLACE_SYMBOLS))


def url(host: str, code: str) -> str:
    """What the QR holds: capitals only, so that it stays small and every phone's camera opens it."""
    return f"HTTPS://{host.upper()}/Q/{code}"


def _mixed(secret: bytes, step: int, turn: int, half: int, bits: int) -> int:
    message = step.to_bytes(8, "big") + bytes([turn]) + half.to_bytes(4, "big")
    return int.from_bytes(hmac.digest(secret, message, sha256)[:4], "big") >> (32 - bits)


def _checked(kind: Kind, symbols: str) -> Body | None:
    if len(symbols) != _BODY_SYMBOLS[kind] + 1 or not set(symbols) <= set(SYMBOLS):
        return None
    *digits, check = (SYMBOLS.index(symbol) for symbol in symbols)
    if check != _check(kind, digits):
        return None
    value = 0
    for digit in digits:
        value = value << 5 | digit
    return Body(kind, value)


def _digits(value: int, count: int) -> list[int]:
    return [value >> (5 * place) & 31 for place in range(count - 1, -1, -1)]


def _check(kind: Kind, digits: list[int]) -> int:
    # Horner's rule in GF(32): digit i is weighted by a power of x, and the weights of all positions differ.
    total = 0
    for digit in digits:
        total = _times_x(total ^ digit)
    return total ^ _KIND_CONSTANT[kind]


def _times_x(element: int) -> int:
    # GF(32) with the primitive polynomial x^5 + x^2 + 1.
    doubled = element << 1
    return doubled ^ 0b100101 if doubled & 32 else doubled
