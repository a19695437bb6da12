"""PostgreSQL array literals: the quickest way to hand a set over. Not here: types, which the statement's casts give."""

from collections.abc import Iterable


def array(values: Iterable[object]) -> str:
    """`{1,2,NULL}` of what needs no quotes: numbers, truth values, addresses, UUIDs, hexadecimal digits."""
    return "{" + ",".join("NULL" if value is None else str(value) for value in values) + "}"


def texts(values: Iterable[str | None]) -> str:
    """`{"any text",NULL}`."""
    return "{" + ",".join("NULL" if value is None else _quoted(value) for value in values) + "}"


def _quoted(value: str) -> str:
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
