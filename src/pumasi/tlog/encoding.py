"""Text forms that have exactly one spelling: base64 (RFC 4648 section 4), decimals, and lines of a note."""

import re
from base64 import b64decode, b64encode

from pumasi.tlog.errors import BadLog

# Sizes, indexes and seconds are below this everywhere: Go's int64, and tlog-cosignature's limit of a timestamp.
LIMIT = 2**63
_BASE64 = re.compile(r"(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{3}=|[A-Za-z0-9+/]{2}==)?")
_NOT_IN_LINES = re.compile("[\x00-\x1f\ud800-\udfff]")


def base64(data: bytes) -> str:
    """Standard alphabet, padded."""
    return b64encode(data).decode("ascii")


def unbase64(text: str, size: int | None = None, error: type[BadLog] = BadLog) -> bytes:
    """The bytes (exactly `size` of them, if given) of text that `base64` would write; raises `error` for other text."""
    if not _BASE64.fullmatch(text):
        raise error("not base64")
    data = b64decode(text)
    if base64(data) != text:  # bits after the last byte that say nothing
        raise error("base64 is not canonical")
    if size is not None and len(data) != size:
        raise error(f"not {size} bytes")
    return data


def decimal(text: str, error: type[BadLog] = BadLog) -> int:
    """The number from 0 to 2^63-1 of ASCII digits without leading zeros; raises `error` for other text."""
    # Its length is looked at before int(): a long run of digits must not cost time.
    if not (text.isascii() and text.isdigit() and len(text) <= 19):
        raise error("not a decimal number")
    if text[0] == "0" and text != "0":
        raise error("decimal number with leading zeros")
    number = int(text)
    if number >= LIMIT:
        raise error("not a decimal number")
    return number


def is_line(text: str) -> bool:
    """Whether text may be one line of a note: not empty, no ASCII control character, and it has a UTF-8 form."""
    return bool(text) and not _NOT_IN_LINES.search(text)
