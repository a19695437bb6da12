"""Budget orders as bytes: one order, one byte string, and a signature over nothing else."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from pumasi.coin.errors import BadOrder
from pumasi.coin.orders import OfficerSignature, Order, OrderKind, is_signed_by, read_order, sign
from pumasi.kernel import canonical

ORDER = Order(
    order_id=UUID("01890000-0000-7000-8000-000000000001"),
    kind=OrderKind.ORDER,
    fund="good-deed/2026",
    unit="SC",
    coins=5_000_000,
    won=5_000_000,
    document="SAMPLE-2026-01",
    issued_on=date(2026, 1, 2),
)


class TestBytes:
    def test_an_order_has_exactly_these_bytes(self) -> None:
        assert ORDER.signed_bytes() == (
            b'{"coins":5000000,"document":"SAMPLE-2026-01","fund":"good-deed/2026","issued_on":"2026-01-02",'
            b'"kind":"ORDER","order":"01890000-0000-7000-8000-000000000001","type":"pumasi/budget-order/v1",'
            b'"unit":"SC","won":5000000}'
        )

    def test_reading_the_bytes_gives_the_order_back(self) -> None:
        assert read_order(ORDER.signed_bytes()) == ORDER
        assert ORDER.fiscal_year == 2026

    @pytest.mark.parametrize(
        "encoded",
        [
            b"",
            b"[]",
            b'{"type":"pumasi/budget-order/v1"}',
            ORDER.signed_bytes().replace(b"v1", b"v2"),
            ORDER.signed_bytes().replace(b'"unit":"SC",', b""),
            ORDER.signed_bytes().replace(b'"unit"', b'"extra":1,"unit"'),
            ORDER.signed_bytes().replace(b"5000000", b"5000000.0"),
            ORDER.signed_bytes().replace(b"5000000", b"0"),
            ORDER.signed_bytes().replace(b"2026-01-02", b"20260102"),
            ORDER.signed_bytes().replace(b"good-deed", b"Good Deed"),
            ORDER.signed_bytes().replace(b'"SAMPLE-2026-01"', b'" "'),
            ORDER.signed_bytes() + b"\n",
            b"\xff",
        ],
    )
    def test_other_bytes_are_no_order(self, encoded: bytes) -> None:
        with pytest.raises(BadOrder):
            read_order(encoded)

    def test_the_type_is_part_of_what_is_signed(self) -> None:
        value = canonical.loads(ORDER.signed_bytes())

        assert isinstance(value, dict)
        assert value["type"] == "pumasi/budget-order/v1"


class TestSignatures:
    def test_a_signature_made_offline_is_good_for_this_order_alone(self) -> None:
        signature = sign(ORDER, Ed25519PrivateKey.generate())

        assert is_signed_by(ORDER, signature)
        assert not is_signed_by(replace(ORDER, coins=ORDER.coins + 1), signature)
        assert not is_signed_by(replace(ORDER, kind=OrderKind.CUT), signature)

    def test_any_flipped_byte_of_the_signature_spoils_it(self) -> None:
        signature = sign(ORDER, Ed25519PrivateKey.generate())

        for index in range(64):
            flipped = bytearray(signature.signature)
            flipped[index] ^= 1
            assert not is_signed_by(ORDER, OfficerSignature(signature.public_key, bytes(flipped)))

    @pytest.mark.parametrize("size", [0, 31, 33])
    def test_a_key_of_another_length_signs_nothing(self, size: int) -> None:
        signature = sign(ORDER, Ed25519PrivateKey.generate())

        assert not is_signed_by(ORDER, OfficerSignature(b"\x01" * size, signature.signature))
