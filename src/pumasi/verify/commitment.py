"""The commitment that stands in an entry for somebody's account, and what opens it (docs/formats.md, Commitment).

Not here: where openings come from (`seal`).
"""

import hashlib
import hmac
import re
from dataclasses import dataclass

from pumasi.kernel import canonical
from pumasi.kernel.amount import MAX_MINOR
from pumasi.kernel.errors import NotCanonical
from pumasi.verify.errors import BadReceipt

OPENING_BYTES = 32
PAYLOAD_LIMIT = 1000
_KEY = b"pumasi/commit/v1"
_BUCKET = 256
_TEXTS = {"a": re.compile("[0-9a-f]{32}"), "i": re.compile("[0-9a-f]{32}"), "k": re.compile("[A-Z][A-Z_]{0,39}")}


@dataclass(frozen=True, slots=True)
class Payload:
    """What is committed to: account and command key (32 hex digits each), journal kind, second of 1970, won beside.

    `won` is positive when taken beside the coins, negative when given back, 0 when there was none.
    """

    account: str
    key: str
    kind: str
    seconds: int
    won: int = 0

    def encode(self) -> bytes:
        """The canonical bytes; raises BadReceipt for values that `parse_payload` would refuse."""
        value: dict[str, object] = {"a": self.account, "i": self.key, "k": self.kind, "t": self.seconds}
        if self.won:
            value["w"] = self.won
        try:
            encoded = canonical.dumps(value, PAYLOAD_LIMIT)
        except NotCanonical as error:
            raise BadReceipt("not a payload") from error
        parse_payload(encoded)
        return encoded


def parse_payload(encoded: bytes) -> Payload:
    """The payload in its canonical bytes; raises BadReceipt."""
    try:
        value = canonical.loads(encoded, PAYLOAD_LIMIT)
    except NotCanonical as error:
        raise BadReceipt(f"a payload that is not canonical JSON: {error.facts['reason']}") from error
    if not isinstance(value, dict) or value.keys() - {"w"} != {"a", "i", "k", "t"}:
        raise BadReceipt("not the members of a payload")
    account, key, kind = (_text(value, name) for name in "aik")
    seconds = _number(value, "t")
    won = _number(value, "w") if "w" in value else 0
    if seconds < 0 or ("w" in value and not won):
        raise BadReceipt("a number out of range in the payload")
    return Payload(account, key, kind, seconds, won)


def commit(opening: bytes, payload: bytes) -> bytes:
    """HMAC-SHA256 under a fixed key over the opening (32 bytes) and the padded payload; 32 bytes.

    The padding hides the payload's length within its bucket. Raises BadReceipt.
    """
    if len(opening) != OPENING_BYTES or len(payload) > PAYLOAD_LIMIT:
        raise BadReceipt("an opening or payload of the wrong length")
    padded = payload + b"\x80"
    padded += bytes(-len(padded) % _BUCKET)
    return hmac.digest(_KEY, opening + padded, hashlib.sha256)


def _text(value: dict[str, canonical.Value], name: str) -> str:
    found = value[name]
    if not isinstance(found, str) or not _TEXTS[name].fullmatch(found):
        raise BadReceipt(f"a payload with a wrong `{name}`")
    return found


def _number(value: dict[str, canonical.Value], name: str) -> int:
    found = value[name]
    if not isinstance(found, int) or isinstance(found, bool) or abs(found) > MAX_MINOR:
        raise BadReceipt(f"a payload with a wrong `{name}`")
    return found
