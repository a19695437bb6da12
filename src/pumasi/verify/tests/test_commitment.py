"""The commitment, and the payload beneath it."""

import hashlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pumasi.verify.commitment import PAYLOAD_LIMIT, Payload, commit, parse_payload
from pumasi.verify.errors import BadReceipt

PAYLOAD = Payload("0" * 31 + "a", "f" * 32, "PAY", 1_795_312_800)
HEX = st.text("0123456789abcdef", min_size=32, max_size=32)


def hmac_by_hand(key: bytes, message: bytes) -> bytes:
    """RFC 2104, written out."""
    block = key + bytes(64 - len(key))
    inner = hashlib.sha256(bytes(byte ^ 0x36 for byte in block) + message).digest()
    return hashlib.sha256(bytes(byte ^ 0x5C for byte in block) + inner).digest()


class TestCommit:
    @pytest.mark.parametrize(("length", "zeros"), [(0, 255), (1, 254), (254, 1), (255, 0), (256, 255), (1000, 23)])
    def test_is_an_hmac_over_opening_and_payload_padded_to_256(self, length: int, zeros: int) -> None:
        opening, payload = bytes(range(32)), b"x" * length

        expected = hmac_by_hand(b"pumasi/commit/v1", opening + payload + b"\x80" + bytes(zeros))

        assert commit(opening, payload) == expected

    def test_a_value_that_other_verifiers_must_reach(self) -> None:
        assert (
            commit(bytes(32), PAYLOAD.encode()).hex()
            == "a66ed2eb0913ee16434217415c1258f2571e9f98a5ab4e9d5bb11feab4bad5c2"
        )

    @pytest.mark.parametrize(("opening", "length"), [(31, 1), (33, 1), (0, 1), (32, PAYLOAD_LIMIT + 1)])
    def test_refuses_other_lengths(self, opening: int, length: int) -> None:
        with pytest.raises(BadReceipt, match="an opening or payload of the wrong length"):
            commit(bytes(opening), bytes(length))


class TestPayload:
    def test_has_one_spelling(self) -> None:
        assert PAYLOAD.encode() == (
            b'{"a":"0000000000000000000000000000000a","i":"ffffffffffffffffffffffffffffffff","k":"PAY","t":1795312800}'
        )

    @given(st.builds(Payload, HEX, HEX, st.from_regex("[A-Z][A-Z_]{0,39}", fullmatch=True),
                     st.integers(0, 2**53 - 1), st.integers(-(2**53) + 1, 2**53 - 1)))  # fmt: skip
    def test_comes_back(self, payload: Payload) -> None:
        assert parse_payload(payload.encode()) == payload

    @pytest.mark.parametrize(
        ("change", "reason"),
        [
            ({"a": "A" * 32}, "a payload with a wrong `a`"),
            ({"a": "0" * 31}, "a payload with a wrong `a`"),
            ({"i": 5}, "a payload with a wrong `i`"),
            ({"k": "pay"}, "a payload with a wrong `k`"),
            ({"t": "5"}, "a payload with a wrong `t`"),
            ({"t": True}, "a payload with a wrong `t`"),
            ({"t": -1}, "a number out of range in the payload"),
            ({"w": 0}, "a number out of range in the payload"),
            ({"w": True}, "a payload with a wrong `w`"),
            ({"z": 1}, "not the members of a payload"),
            ({"t": 1.5}, "a payload that is not canonical JSON: a float"),
            ({"z": "x" * 1000}, "a payload that is not canonical JSON: longer than 1000 bytes"),
        ],
    )
    def test_refuses_other_members(self, change: dict[str, object], reason: str) -> None:
        value = {**json.loads(PAYLOAD.encode()), **change}

        with pytest.raises(BadReceipt) as refused:
            parse_payload(json.dumps(value, separators=(",", ":"), sort_keys=True).encode())

        assert refused.value.reason == reason

    @pytest.mark.parametrize("payload", [Payload("", "f" * 32, "PAY", 1), Payload("0" * 32, "f" * 32, "PAY", 2**53)])
    def test_is_not_written_where_it_could_not_be_read(self, payload: Payload) -> None:
        with pytest.raises(BadReceipt):
            payload.encode()
