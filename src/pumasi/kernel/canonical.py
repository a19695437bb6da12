"""Canonical JSON: one value, one byte string, in every language. RFC 8785 (JCS) restricted to what cannot differ.

Objects with ASCII keys, arrays, NFC text, booleans and integers of at most 2^53-1; no floats, no null, no NUL.
`loads` encodes what it read again and compares: bytes that are not canonical are refused, never repaired.
"""

import json
import unicodedata
from collections.abc import Mapping
from typing import NoReturn

from pumasi.kernel.amount import MAX_MINOR
from pumasi.kernel.errors import NotCanonical

type Value = bool | int | str | list[Value] | dict[str, Value]
# What may be handed in: checked while it is walked, because types do not show ASCII, range or depth.
type Encodable = object

DEFAULT_LIMIT_BYTES = 4096
MAX_DEPTH = 32


def dumps(value: Encodable, limit: int = DEFAULT_LIMIT_BYTES) -> bytes:
    """The canonical UTF-8 bytes of a value; raises NotCanonical naming what has no canonical form."""
    # With ASCII keys, Python's order is JCS's order by UTF-16 code units; its escapes are those of RFC 8785 3.2.2.2.
    text = json.dumps(_checked(value, MAX_DEPTH), ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    encoded = text.encode("utf-8")
    if len(encoded) > limit:
        raise NotCanonical(reason=f"longer than {limit} bytes")
    return encoded


def loads(encoded: bytes, limit: int = DEFAULT_LIMIT_BYTES) -> Value:
    """The value of canonical bytes; raises NotCanonical for every other byte string."""
    if len(encoded) > limit:
        raise NotCanonical(reason=f"longer than {limit} bytes")
    try:
        value: object = json.loads(
            encoded.decode("utf-8"),
            parse_float=_refuse_float,
            parse_int=_integer,
            parse_constant=_refuse_float,
            object_pairs_hook=_object,
        )
    except UnicodeDecodeError as error:
        raise NotCanonical(reason="not UTF-8") from error
    except RecursionError as error:
        raise NotCanonical(reason="nested too deeply") from error
    except json.JSONDecodeError as error:
        raise NotCanonical(reason="not JSON") from error
    checked = _checked(value, MAX_DEPTH)
    if dumps(checked, limit) != encoded:
        raise NotCanonical(reason="other spelling")
    return checked


def _checked(value: object, depth: int) -> Value:
    if depth == 0:
        raise NotCanonical(reason="nested too deeply")
    if isinstance(value, bool):
        return value
    if isinstance(value, int):
        return _in_range(value)
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, Mapping):
        return {_key(key): _checked(item, depth - 1) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_checked(item, depth - 1) for item in value]
    if value is None:
        raise NotCanonical(reason="null")
    raise NotCanonical(reason=f"a {type(value).__name__}")


def _in_range(value: int) -> int:
    if abs(value) > MAX_MINOR:
        raise NotCanonical(reason="integer beyond 2^53-1")
    return int(value)


def _text(value: str) -> str:
    if "\x00" in value:
        raise NotCanonical(reason="NUL in text")
    if any("\ud800" <= character <= "\udfff" for character in value):
        raise NotCanonical(reason="lone surrogate")
    if not unicodedata.is_normalized("NFC", value):
        raise NotCanonical(reason="text is not NFC")
    return str(value)


def _key(key: object) -> str:
    if not isinstance(key, str) or not key.isascii():
        raise NotCanonical(reason="key is not ASCII")
    return _text(key)


def _integer(digits: str) -> int:
    # Checked before int(): a long run of digits must not cost time.
    if len(digits) > 17:
        raise NotCanonical(reason="integer beyond 2^53-1")
    return int(digits)


def _refuse_float(_: str) -> NoReturn:
    raise NotCanonical(reason="a float")


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise NotCanonical(reason="duplicate key")
    return found
