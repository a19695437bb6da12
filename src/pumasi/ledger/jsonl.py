"""Commands as lines of JSON: one line, one command; the fields are the words of the builder in `kinds.py`.

    {"kind":"PAY","key":"…","at":"2026-11-22T10:00:00+09:00","wallet":"2100:SC:…","till":"2200:SC:…","amount":1000}
    {"open":"2100:SC:…","at":"2026-11-22T10:00:00+09:00"}

Strict: UTF-8, whole numbers, exactly the builder's fields. What cannot be read is a MalformedLine that names the line.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO, NoReturn

from pumasi.kernel.amount import MAX_MINOR
from pumasi.ledger import chart
from pumasi.ledger.commands import Command
from pumasi.ledger.errors import LedgerRefusal, MalformedLine
from pumasi.ledger.fields import BUILDERS, BadField, Builder, read_moment
from pumasi.ledger.journals import JOURNALS

LINE_LIMIT = 1 << 16  # bytes
DEPTH_LIMIT = 5


@dataclass(frozen=True, slots=True)
class Opening:
    """An account to open."""

    address: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the file: what it says, or why it cannot be read. `link` as far as it could be told."""

    number: int
    said: Command | Opening | LedgerRefusal
    link: str | None = None


def read(file: BinaryIO) -> Iterator[Line]:
    """Every line that is not blank, in order; never more than one line in memory."""
    for number, text in enumerate(_lines(file), 1):
        if text is None:
            yield Line(number, MalformedLine(line=number, what=f"longer than {LINE_LIMIT} bytes"))
        elif text.strip():
            yield parse(text, number)


def parse(text: bytes, number: int) -> Line:
    """One line, as `said`; a MalformedLine instead of an exception."""
    link: str | None = None
    try:
        fields = _object(text)
        named = fields.get("link")
        link = named if isinstance(named, str) else None
        return Line(number, _opening(fields) if "open" in fields else _command(fields), link)
    except BadField as bad:
        return Line(number, MalformedLine(line=number, what=str(bad)), link)
    except LedgerRefusal as refusal:
        return Line(number, refusal, link)


def _lines(file: BinaryIO) -> Iterator[bytes | None]:
    """Lines with their end; None for one that is too long, of which the rest is skipped."""
    while line := file.readline(LINE_LIMIT + 1):
        if len(line) <= LINE_LIMIT:
            yield line
            continue
        yield None
        while line and not line.endswith(b"\n"):
            line = file.readline(LINE_LIMIT)


def _object(text: bytes) -> dict[str, object]:
    try:
        value: object = json.loads(
            text.decode("utf-8"),
            parse_float=_no_float,
            parse_constant=_no_float,
            parse_int=_integer,
            object_pairs_hook=_pairs,
        )
    except UnicodeDecodeError:
        raise BadField("not UTF-8") from None
    except RecursionError:
        raise BadField("nested too deeply") from None
    except json.JSONDecodeError as error:
        raise BadField(f"not JSON: {error.msg}, column {error.colno}") from None
    if not isinstance(value, dict):
        raise BadField("not an object")
    _check_values(value, DEPTH_LIMIT)
    return value


def _check_values(value: object, depth: int) -> None:
    """Depth, and text that no database should see."""
    if depth == 0:
        raise BadField("nested too deeply")
    if isinstance(value, str):
        if "\x00" in value:
            raise BadField("NUL in text")
        if any("\ud800" <= character <= "\udfff" for character in value):
            raise BadField("a lone surrogate in text")
    elif isinstance(value, dict):
        for key, item in value.items():
            _check_values(key, depth)
            _check_values(item, depth - 1)
    elif isinstance(value, list):
        for item in value:
            _check_values(item, depth - 1)


def _no_float(said: str) -> NoReturn:
    raise BadField(f"{said[:20]} is not a whole number")


def _integer(digits: str) -> int:
    # Checked before int(): a long run of digits must not cost time.
    if len(digits) > 17 or abs(int(digits)) > MAX_MINOR:
        raise BadField("a number beyond 2^53-1")
    return int(digits)


def _pairs(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found: dict[str, object] = {}
    for key, value in pairs:
        if key in found:
            raise BadField(f"the field {key[:40]!r} stands twice")
        found[key] = value
    return found


def _opening(fields: dict[str, object]) -> Opening:
    if fields.keys() != {"open", "at"}:
        raise BadField("an opening has the fields open and at")
    address = fields["open"]
    if not isinstance(address, str):
        raise BadField("open: an address is text")
    row, unit, owner = chart.parts(address)
    return Opening(chart.address(row.code, unit, owner), read_moment("at", fields["at"]))


def _command(fields: dict[str, object]) -> Command:
    kind = fields.pop("kind", None)
    builders = BUILDERS.get(kind) if isinstance(kind, str) else None
    if builders is None:
        raise BadField(f"no such kind: {str(kind)[:40]!r}")
    builder = _fitting(builders, fields)
    command = builder.build(fields)
    for move in command.moves:
        for target in (move.target, move.lapsed_to):
            if target is not None:
                _check_pair(command.kind, move.source, target)
    return command


def _fitting(builders: tuple[Builder, ...], fields: dict[str, object]) -> Builder:
    """The builder that takes exactly these fields; the complaint is about the nearest one."""
    nearest = min(builders, key=lambda builder: len(builder.missing(fields)) + len(builder.unknown(fields)))
    if missing := nearest.missing(fields):
        raise BadField(f"missing: {', '.join(missing)}")
    if unknown := nearest.unknown(fields):
        raise BadField(f"unknown: {', '.join(name[:40] for name in unknown)}")
    return nearest


def _check_pair(kind: str, source: str, target: str) -> None:
    pair = (chart.parts(source)[0].code, chart.parts(target)[0].code)
    if pair not in JOURNALS[kind].pairs:
        raise BadField(f"{kind} does not move {pair[0]} to {pair[1]}")
