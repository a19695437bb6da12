"""A promise: the district's signed word that a commitment will stand in the log before a moment (docs/formats.md).

Not here: when promises are given (`seal`).
"""

import base64
import re
from dataclasses import dataclass
from datetime import UTC, datetime

from pumasi.tlog.note import VerifierKey, open_note
from pumasi.verify.errors import BadPromise

_TITLE = "pumasi/promise/v1"
_TEXT = re.compile(
    rf"{_TITLE}\n([a-z0-9./-]{{1,100}})\n([A-Za-z0-9+/]{{42}}[AEIMQUYcgkosw048]=)\n"
    r"before ([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z)\n"
)
_MOMENT = "%Y-%m-%dT%H:%M:%SZ"


@dataclass(frozen=True, slots=True)
class Promise:
    """An entry with `commitment` (32 bytes) will stand in the log `origin` before a moment in UTC."""

    origin: str
    commitment: bytes
    before: datetime


def promise_text(origin: str, commitment: bytes, before: datetime) -> str:
    """The four lines to sign with the key `<origin>/promise`; `before` is aware and whole in seconds."""
    moment = before.astimezone(UTC).strftime(_MOMENT)
    text = f"{_TITLE}\n{origin}\n{base64.b64encode(commitment).decode()}\nbefore {moment}\n"
    if before.microsecond or not _TEXT.fullmatch(text):
        raise BadPromise("not what a promise can say")
    return text


def parse_promise(data: bytes, key: VerifierKey) -> Promise:
    """The promise in a signed note; raises BadLog for a note not signed by `key`, BadPromise for other text."""
    opened = open_note(data, [key])
    found = _TEXT.fullmatch(opened.text)
    if found is None:
        raise BadPromise("not the four lines of a promise")
    origin, commitment, moment = found.groups()
    if key.name != f"{origin}/promise":
        raise BadPromise("signed by another log's key")
    try:
        before = datetime.strptime(moment, _MOMENT).replace(tzinfo=UTC)
    except ValueError as error:
        raise BadPromise("no such moment") from error
    return Promise(origin, base64.b64decode(commitment), before)
