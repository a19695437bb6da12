"""One value, one text: every other spelling is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pumasi.tlog.encoding import base64, decimal, is_line, unbase64
from pumasi.tlog.errors import BadLog, BadNote, BadProof


class TestBase64:
    @given(st.binary(max_size=100))
    def test_reads_what_it_wrote(self, data: bytes) -> None:
        assert unbase64(base64(data), len(data)) == data

    @pytest.mark.parametrize(
        "text", ["YQ", "YQ=", "YQ===", "Y Q=", "YQ==\n", " YQ==", "Y-_=", "가나다라", "\udc80AAA", "YQ==YQ=="]
    )
    def test_refuses_what_is_not_standard_and_padded(self, text: str) -> None:
        with pytest.raises(BadLog, match=r"^not base64$"):
            unbase64(text)

    @pytest.mark.parametrize("text", ["YR==", "YWJ=", "YX=="])
    def test_refuses_bits_after_the_last_byte(self, text: str) -> None:
        with pytest.raises(BadLog) as refused:
            unbase64(text)

        assert refused.value.reason == "base64 is not canonical"

    def test_refuses_another_size_by_the_error_of_the_format(self) -> None:
        with pytest.raises(BadProof) as refused:
            unbase64("YWI=", 3, BadProof)

        assert refused.value.reason == "not 3 bytes"


class TestDecimal:
    @pytest.mark.parametrize("number", [0, 1, 10, 2**53, 2**63 - 1])
    def test_reads_ascii_digits(self, number: int) -> None:
        assert decimal(str(number)) == number

    @pytest.mark.parametrize(
        "text", ["", "-1", "+1", "1_0", " 1", "1 ", "1\n", "1.0", "0x1", "٣", "２", "²", str(2**63), "9" * 5000]
    )
    def test_refuses_other_text(self, text: str) -> None:
        with pytest.raises(BadNote) as refused:
            decimal(text, BadNote)

        assert refused.value.reason == "not a decimal number"

    @pytest.mark.parametrize("text", ["00", "01", "007"])
    def test_refuses_leading_zeros(self, text: str) -> None:
        with pytest.raises(BadLog) as refused:
            decimal(text)

        assert refused.value.reason == "decimal number with leading zeros"


class TestLine:
    @pytest.mark.parametrize("text", ["a", " ", "서초 코인", "\x7f", "\x85"])
    def test_may_hold_everything_but_ascii_controls(self, text: str) -> None:
        assert is_line(text)

    @pytest.mark.parametrize("text", ["", "a\n", "\r", "\x00", "a\tb", "\x1f", "\ud800"])
    def test_may_not_be_empty_or_hold_a_control_or_half_a_character(self, text: str) -> None:
        assert not is_line(text)
