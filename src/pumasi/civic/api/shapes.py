"""What queries and operations answer, as JSON: records become objects, amounts whole minor units of a named unit."""

import types
from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from enum import Enum
from functools import cache
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from ninja import Schema
from pydantic import create_model

from pumasi.kernel.amount import Amount

_LISTS = (list, tuple, set, frozenset, Sequence)


class AmountOut(Schema):
    """`minor` minor units of `unit`: 100 of SC are one coin of the sample tariff."""

    unit: str
    minor: int


@cache
def shape(hint: Any) -> Any:
    """The type of the JSON for a value of this type."""
    if isinstance(hint, type):
        return _of_class(hint)
    origin, of = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        return Union[tuple(shape(each) for each in of)]  # noqa: UP007 - made of values, not written
    if origin in _LISTS:
        return list[shape(of[0])]  # type: ignore[misc]  # made of values, not written
    if origin in (dict, Mapping):
        return dict[of[0], shape(of[1])]  # type: ignore[misc,valid-type]  # made of values, not written
    return hint


def _of_class(hint: type) -> Any:
    if hint is Amount:
        return AmountOut
    if issubclass(hint, Enum):
        return Literal[tuple(each.value for each in hint)]
    if is_dataclass(hint):
        hints = get_type_hints(hint)
        parts: dict[str, Any] = {each.name: (shape(hints[each.name]), ...) for each in fields(hint)}
        return create_model(_name(hint), __base__=Schema, __module__=hint.__module__, __doc__=hint.__doc__, **parts)
    return hint


def _name(record: type) -> str:
    """`Paid` of the coin and of another room are two things in one document."""
    room = record.__module__.removeprefix("pumasi.").removeprefix("services.").removeprefix("civic.").split(".")[0]
    return f"{room.capitalize()}{record.__name__}"


def plain(value: object) -> object:
    """The value as dicts, lists and scalars."""
    if isinstance(value, Amount):
        return {"unit": value.unit.code, "minor": value.minor}
    if isinstance(value, Enum):
        return value.value
    if is_dataclass(value) and not isinstance(value, type):
        return {each.name: plain(getattr(value, each.name)) for each in fields(value)}
    if isinstance(value, Mapping):
        return {key: plain(each) for key, each in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [plain(each) for each in value]
    return value
