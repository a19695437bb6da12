"""One number has one spelling."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pumasi.civic.people.errors import PhoneUnreadable
from pumasi.civic.people.phones import normal_phone


class TestNormalPhone:
    @pytest.mark.parametrize(
        "typed",
        [
            "010-1234-5678",
            "01012345678",
            " 010 1234 5678 ",
            "010.1234.5678",
            "+82 10-1234-5678",
            "+82-010-1234-5678",
            "(+82) 10 1234 5678",
            "0082 10 1234 5678",
            "０１０－１２３４－５６７８",
        ],
    )
    def test_all_ways_to_write_a_number_are_one(self, typed: str) -> None:
        assert normal_phone(typed) == "+821012345678"

    @pytest.mark.parametrize(
        ("typed", "normal"),
        [
            ("02-123-4567", "+8221234567"),
            ("02) 2155-6114", "+82221556114"),
            ("031-123-4567", "+82311234567"),
            ("070-1234-5678", "+827012345678"),
            ("011-234-5678", "+82112345678"),
            ("0504-1234-5678", "+8250412345678"),
        ],
    )
    def test_landlines_and_old_numbers_are_known(self, typed: str, normal: str) -> None:
        assert normal_phone(typed) == normal

    @pytest.mark.parametrize(
        "typed",
        [
            *("", "0", "112", "1588-1234", "010-123-4567", "010-1234-567", "010-1234-56789", "012-1234-5678", "abc"),
            *("010-1234-567x", "+1 212 555 0100", "+82", "010/1234/5678", "٠١٠١٢٣٤٥٦٧٨", "0101234567\x008", "1" * 5000),
        ],
    )
    def test_nonsense_is_refused(self, typed: str) -> None:
        with pytest.raises(PhoneUnreadable):
            normal_phone(typed)

    @given(st.text(max_size=30))
    def test_no_text_is_a_fault(self, typed: str) -> None:
        try:
            normal = normal_phone(typed)
        except PhoneUnreadable:
            return
        assert normal_phone(normal) == normal
