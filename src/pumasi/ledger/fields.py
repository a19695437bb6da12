"""The builders of `kinds.py` as a table: kind -> builder -> fields, each read strictly by its annotated type.

Nothing is listed by hand: a new builder, or a new word of one, can be sent as JSON at once.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from inspect import Parameter, signature
from types import UnionType
from typing import get_args, get_origin, get_type_hints
from uuid import UUID

from pumasi.ledger import kinds
from pumasi.ledger.commands import Command, Terms

_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|[0-9a-f]{32}", re.ASCII)
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d:\d\d)", re.ASCII)
_TEXT_LIMIT = 200
_LIST_LIMIT = 5000
# A kind with a second way in: the coins of one EARN that still wait.
_OTHER_NAMES = {"clawback_pending": "CLAWBACK"}


class BadField(ValueError):
    """A field, or a whole line, that cannot be read: the message says which and why."""


@dataclass(frozen=True)
class Field:
    """One word of a builder."""

    name: str
    type: object
    required: bool


@dataclass(frozen=True)
class Builder:
    """One builder with its fields."""

    kind: str
    function: Callable[..., Command]
    fields: Mapping[str, Field]

    def missing(self, given: Mapping[str, object]) -> list[str]:
        """Required fields that are not given."""
        return [field.name for field in self.fields.values() if field.required and field.name not in given]

    def unknown(self, given: Mapping[str, object]) -> list[str]:
        """Given fields that the builder does not have."""
        return [name for name in given if name not in self.fields]

    def build(self, given: Mapping[str, object]) -> Command:
        """The command; raises BadField and the refusals of the chart."""
        return self.function(**{name: _read(name, self.fields[name].type, value) for name, value in given.items()})


def _builders() -> dict[str, tuple[Builder, ...]]:
    found: dict[str, list[Builder]] = {}
    for name, function in vars(kinds).items():
        if name.startswith("_") or getattr(function, "__module__", "") != kinds.__name__ or isinstance(function, type):
            continue
        kind = _OTHER_NAMES.get(name, name.upper())
        found.setdefault(kind, []).append(Builder(kind, function, _fields(function)))
    return {kind: tuple(builders) for kind, builders in found.items()}


def _fields(function: Callable[..., Command]) -> dict[str, Field]:
    hints = get_type_hints(function)
    fields = {}
    for name, parameter in signature(function).parameters.items():
        if parameter.kind is Parameter.VAR_KEYWORD:
            fields.update({n: Field(n, hint, False) for n, hint in get_type_hints(kinds.Common).items()})
        else:
            fields[name] = Field(name, hints[name], parameter.default is Parameter.empty)
    return fields


def _read(name: str, wanted: object, value: object) -> object:
    """`value` as the type a builder asks for; raises BadField."""
    if isinstance(wanted, UnionType):
        options = get_args(wanted)
        if value is None and type(None) in options:
            return None
        (wanted,) = [option for option in options if option is not type(None)]
    if value is None:
        raise BadField(f"{name}: null")
    if get_origin(wanted) is Sequence:
        return _read_list(name, get_args(wanted)[0], value)
    return _READERS[wanted](name, value)


def _read_list(name: str, item: object, value: object) -> list[tuple[object, ...]]:
    parts = get_args(item)
    if not isinstance(value, list) or not 0 < len(value) <= _LIST_LIMIT:
        raise BadField(f"{name}: a list of 1 to {_LIST_LIMIT} entries is wanted")
    found = []
    for entry in value:
        if not isinstance(entry, list) or len(entry) != len(parts):
            raise BadField(f"{name}: each entry is a list of {len(parts)}")
        found.append(tuple(_read(name, part, one) for part, one in zip(parts, entry, strict=True)))
    return found


def _read_text(name: str, value: object) -> str:
    if not isinstance(value, str) or len(value) > _TEXT_LIMIT:
        raise BadField(f"{name}: text of at most {_TEXT_LIMIT} characters is wanted")
    return value


def _read_integer(name: str, value: object) -> int:
    if type(value) is not int:
        raise BadField(f"{name}: a whole number is wanted")
    return value


def _read_flag(name: str, value: object) -> bool:
    if not isinstance(value, bool):
        raise BadField(f"{name}: true or false is wanted")
    return value


def _read_key(name: str, value: object) -> UUID:
    if not isinstance(value, str) or not _UUID.fullmatch(value):
        raise BadField(f"{name}: a UUID in lower case is wanted")
    return UUID(value)


def read_moment(name: str, value: object) -> datetime:
    """An RFC 3339 moment with its offset, years 2000 to 9998; raises BadField."""
    try:
        if isinstance(value, str) and _MOMENT.fullmatch(value):
            moment = datetime.fromisoformat(value)
            if 2000 < moment.year < 9999 or (moment.year == 2000 and moment.month > 1):
                return moment
    except ValueError:
        pass
    raise BadField(f"{name}: a moment with its offset is wanted, such as 2026-11-22T10:00:00+09:00")


def _read_day(name: str, value: object) -> date:
    try:
        if isinstance(value, str) and _DAY.fullmatch(value):
            day = date.fromisoformat(value)
            if day.year >= 2000:
                return day
    except ValueError:
        pass
    raise BadField(f"{name}: a day is wanted, such as 2029-12-31")


def _read_terms(name: str, value: object) -> Terms:
    if not isinstance(value, dict) or value.keys() != {"fund", "expires", "rate"}:
        raise BadField(f"{name}: an object of fund, expires (a day or null) and rate is wanted")
    expires = None if value["expires"] is None else _read_day(f"{name}.expires", value["expires"])
    terms = Terms(_read_text(f"{name}.fund", value["fund"]), expires, _read_integer(f"{name}.rate", value["rate"]))
    if what := terms.problem():
        raise BadField(f"{name}.{what}: not valid")
    return terms


_READERS: dict[object, Callable[[str, object], object]] = {
    str: _read_text,
    int: _read_integer,
    bool: _read_flag,
    UUID: _read_key,
    datetime: read_moment,
    Terms: _read_terms,
}
BUILDERS = _builders()
