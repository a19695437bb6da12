"""One value, one byte string; everything else is refused byte-exactly."""

import unicodedata
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pumasi.kernel.canonical import dumps, loads
from pumasi.kernel.errors import NotCanonical


def _storable(text: str) -> str:
    return unicodedata.normalize("NFC", text.replace("\x00", ""))


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20).map(_storable)
keys = st.text(st.characters(min_codepoint=1, max_codepoint=127), max_size=8)
values: st.SearchStrategy[Any] = st.recursive(
    st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=4),
    max_leaves=12,
)


class TestRoundTrip:
    @given(values)
    def test_returns_what_was_written(self, value: Any) -> None:
        assert loads(dumps(value, 10**6), 10**6) == value

    @given(st.dictionaries(keys, values, max_size=5))
    def test_does_not_depend_on_the_order_of_keys(self, value: dict[str, Any]) -> None:
        assert dumps(value, 10**6) == dumps(dict(reversed(value.items())), 10**6)

    @given(values, st.data())
    def test_no_second_byte_string_means_the_same_value(self, value: Any, data: st.DataObject) -> None:
        encoded = dumps(value, 10**6)
        position = data.draw(st.integers(0, len(encoded)))
        spaced = encoded[:position] + b" " + encoded[position:]

        try:
            other = loads(spaced, 10**6)
        except NotCanonical:
            return
        assert other != value

    def test_writes_the_pinned_bytes(self) -> None:
        value = {"t": "earn", "n": 73894, "p": [{"x": -500, "a": "pool"}], "v": True, "한": 1}
        del value["한"]

        assert dumps(value) == b'{"n":73894,"p":[{"a":"pool","x":-500}],"t":"earn","v":true}'

    def test_escapes_as_rfc_8785_does(self) -> None:
        text = '€$\x0f\nA\'B"\\\\"/\x7f\x1b\t가'

        assert dumps(text).decode() == '"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/\x7f\\u001b\\t가"'


class TestReading:
    @pytest.mark.parametrize(
        ("encoded", "reason"),
        [
            (b"1.0", "a float"),
            (b"1e3", "a float"),
            (b"NaN", "a float"),
            (b"-Infinity", "a float"),
            (b"null", "null"),
            (b'{"a":null}', "null"),
            (b'{"a":1,"a":1}', "duplicate key"),
            (b'{"\xc3\xa9":1}', "key is not ASCII"),
            (b"9007199254740992", "integer beyond 2^53-1"),
            (b"-9007199254740992", "integer beyond 2^53-1"),
            (b"1" * 3000, "integer beyond 2^53-1"),
            (b'"e\xcc\x81"', "text is not NFC"),
            (b'"\\ud800"', "lone surrogate"),
            (b'"\\u0000"', "NUL in text"),
            (b'"\xed\xa0\x80"', "not UTF-8"),
            (b'"\xff"', "not UTF-8"),
            (b"\xef\xbb\xbf1", "not JSON"),
            ("1".encode("utf-16"), "not UTF-8"),
            (b"", "not JSON"),
            (b"{", "not JSON"),
            (b"1 2", "not JSON"),
            (b'"\n"', "not JSON"),
            (b"01", "not JSON"),
            (b"-0", "other spelling"),
            (b" 1", "other spelling"),
            (b"1\n", "other spelling"),
            (b'{"b":1,"a":1}', "other spelling"),
            (b'{"a": 1}', "other spelling"),
            (b'"\\u0041"', "other spelling"),
            (b'"\\/"', "other spelling"),
            (b'"\\u000F"', "other spelling"),
            (b"[" * 33 + b"]" * 33, "nested too deeply"),
            (b"[" * 2000 + b"]" * 2000, "nested too deeply"),
            (b'"' + b"a" * 4095 + b'"', "longer than 4096 bytes"),
        ],
    )
    def test_refuses_what_is_not_canonical(self, encoded: bytes, reason: str) -> None:
        with pytest.raises(NotCanonical) as refusal:
            loads(encoded)

        assert refusal.value.facts == {"reason": reason}

    def test_accepts_exactly_the_limit(self) -> None:
        encoded = b'"' + b"a" * 4094 + b'"'

        assert loads(encoded) == "a" * 4094
        assert loads(b"[1]", 3) == [1]
        with pytest.raises(NotCanonical):
            loads(b"[1]", 2)


class TestWriting:
    @pytest.mark.parametrize(
        ("value", "reason"),
        [
            (1.0, "a float"),
            ({"a": [1.5]}, "a float"),
            (None, "null"),
            (2**53, "integer beyond 2^53-1"),
            (-(2**53), "integer beyond 2^53-1"),
            ("e\u0301", "text is not NFC"),
            ("\ud800", "lone surrogate"),
            ("a\x00", "NUL in text"),
            ({"a\x00": 1}, "NUL in text"),
            ({"é": 1}, "key is not ASCII"),
            ({1: 1}, "key is not ASCII"),
            (b"a", "a bytes"),
            ({1, 2}, "a set"),
            ("a" * 4095, "longer than 4096 bytes"),
        ],
    )
    def test_refuses_what_has_no_canonical_form(self, value: object, reason: str) -> None:
        with pytest.raises(NotCanonical) as refusal:
            dumps(value)

        assert refusal.value.facts == {"reason": reason}
