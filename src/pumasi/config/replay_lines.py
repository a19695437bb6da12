"""Reading one line of a replay file: strict JSON, whole numbers, readable text, and only the fields a command has.

Not here: what the commands do (`replay_steps`).
"""

import json
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import NoReturn

from pumasi.config.replay_errors import FloatInLine, LineUnreadable, WrongField
from pumasi.kernel.text import clean_text

LINE_LIMIT_BYTES = 16_384
TEXT_LIMIT = 200
WHOLE_LIMIT = 2**53 - 1


@dataclass
class Line:
    """One command: its fields, read one by one; `close` refuses fields that nobody asked for."""

    fields: Mapping[str, object]

    def __post_init__(self) -> None:
        self._read = {"at", "do"}

    def close(self) -> None:
        unknown = sorted(set(self.fields) - self._read)
        if unknown:
            raise WrongField(field=unknown[0], what="unknown")

    def text(self, name: str, default: str | None = None) -> str:
        value = self._get(name, default)
        if not isinstance(value, str) or not value:
            raise WrongField(field=name, what="text")
        return value

    def text_or_none(self, name: str) -> str | None:
        return self.text(name) if name in self.fields else None

    def texts(self, name: str) -> list[str]:
        value = self._get(name)
        if isinstance(value, str):
            return [self.text(name)]
        if not isinstance(value, list) or not value or any(not isinstance(one, str) or not one for one in value):
            raise WrongField(field=name, what="text or list of texts")
        return value

    def whole(self, name: str) -> int:
        value = self._get(name)
        if type(value) is not int:
            raise WrongField(field=name, what="whole number")
        return value

    def whole_or_none(self, name: str) -> int | None:
        return self.whole(name) if name in self.fields else None

    def moment(self, name: str) -> datetime:
        try:
            moment = datetime.fromisoformat(self.text(name))
        except ValueError:
            raise WrongField(field=name, what="moment") from None
        if moment.utcoffset() is None:
            raise WrongField(field=name, what="time zone")
        return moment

    def moment_or_none(self, name: str) -> datetime | None:
        self._read.add(name)
        return self.moment(name) if name in self.fields else None

    def day_or_none(self, name: str) -> date | None:
        if name not in self.fields:
            return None
        try:
            return date.fromisoformat(self.text(name))
        except ValueError:
            raise WrongField(field=name, what="day") from None

    def _get(self, name: str, default: object = None) -> object:
        self._read.add(name)
        value = self.fields.get(name, default)
        if value is None:
            raise WrongField(field=name, what="missing")
        return value


def read_line(encoded: bytes) -> Line:
    """The command on a line; raises LineUnreadable, FloatInLine, WrongField, TextUnreadable or TextTooLong."""
    if len(encoded) > LINE_LIMIT_BYTES:
        raise LineUnreadable(what=f"> {LINE_LIMIT_BYTES} bytes")
    try:
        value: object = json.loads(
            encoded.decode("utf-8"),
            parse_float=_refuse_float,
            parse_constant=_refuse_float,
            object_pairs_hook=_object,
        )
    except UnicodeDecodeError:
        raise LineUnreadable(what="UTF-8") from None
    except (ValueError, RecursionError):
        raise LineUnreadable(what="JSON") from None
    if not isinstance(value, dict):
        raise LineUnreadable(what="object")
    _check(value)
    return Line(value)


def _refuse_float(number: str) -> NoReturn:
    raise FloatInLine(number=number[:20])


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise LineUnreadable(what="a field stands twice")
    return found


def _check(value: object) -> None:
    """No text that cannot be stored and no number that another program could not read, at any depth of two."""
    if isinstance(value, str):
        if unicodedata.normalize("NFC", clean_text(value, TEXT_LIMIT)) != value:
            raise LineUnreadable(what="NFC")
    elif isinstance(value, dict):
        for name, one in value.items():
            _check(name)
            _check(one)
    elif isinstance(value, list):
        for one in value:
            _check(one)
    elif isinstance(value, int) and abs(value) > WHOLE_LIMIT:
        raise LineUnreadable(what="2^53-1")
