"""Amounts never lose a minor unit and never meet a float."""

import pickle
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pumasi.kernel.amount import KRW, MAX_MINOR, Amount, Rate, Unit, UnitKind, split
from pumasi.kernel.errors import (
    AmountOutOfRange,
    AmountUnreadable,
    CannotSplit,
    RateNotWhole,
    RateUnknown,
    UnitMismatch,
)

SC = Unit("SC", 2, UnitKind.COIN, (Rate(date(2022, 7, 1), 200), Rate(date(2023, 6, 1), 100)))
HOUR = Unit("HR", 2, UnitKind.HOUR)
POINT = Unit("PT", 4, UnitKind.POINT, (Rate(date(2024, 1, 1), 50),))
minors = st.integers(-(2**51), 2**51)


class TestArithmetic:
    @given(minors, minors)
    def test_adds_and_takes_away_like_whole_numbers(self, left: int, right: int) -> None:
        assert (Amount(SC, left) + Amount(SC, right)).minor == left + right
        assert (Amount(SC, left) - Amount(SC, right)).minor == left - right
        assert (Amount(SC, left) < Amount(SC, right)) == (left < right)
        assert (Amount(SC, left) >= Amount(SC, right)) == (left >= right)

    @given(st.integers(-(2**40), 2**40), st.integers(-1000, 1000))
    def test_multiplies_by_whole_numbers_from_either_side(self, minor: int, times: int) -> None:
        assert (Amount(SC, minor) * times).minor == (times * Amount(SC, minor)).minor == minor * times
        assert (-Amount(SC, minor)).minor == -minor

    def test_refuses_to_mix_units(self) -> None:
        with pytest.raises(UnitMismatch) as refusal:
            Amount(SC, 1) + Amount(HOUR, 1)
        assert refusal.value.facts == {"left": "SC", "right": "HR"}
        with pytest.raises(UnitMismatch):
            _ = Amount(SC, 1) < Amount(HOUR, 1)
        assert Amount(SC, 1) != Amount(HOUR, 1)

    @pytest.mark.parametrize("value", [1.0, True, "1", None])
    def test_takes_no_float_bool_or_text(self, value: Any) -> None:
        with pytest.raises(TypeError):
            Amount(SC, value)
        with pytest.raises(TypeError):
            Amount.whole(value, SC)
        with pytest.raises(TypeError):
            Amount(SC, 1) * value
        with pytest.raises(TypeError):
            Amount(SC, 1) + value

    def test_stops_at_the_largest_safe_integer(self) -> None:
        assert Amount(SC, MAX_MINOR).minor == 9007199254740991
        for too_large in (MAX_MINOR + 1, -MAX_MINOR - 1):
            with pytest.raises(AmountOutOfRange):
                Amount(SC, too_large)
        with pytest.raises(AmountOutOfRange):
            Amount(SC, MAX_MINOR) + Amount(SC, 1)

    def test_is_false_only_when_zero_and_survives_pickling(self) -> None:
        assert not Amount(SC, 0)
        assert Amount(SC, -1)
        assert pickle.loads(pickle.dumps(Amount(SC, 5))) == Amount(SC, 5)


class TestText:
    @pytest.mark.parametrize(
        ("typed", "minor"),
        [("12.50", 1250), ("12.5", 1250), ("0", 0), ("-3", -300), ("1,234.5", 123450), ("007", 700), ("0.01", 1)],
    )
    def test_reads_what_people_type(self, typed: str, minor: int) -> None:
        assert Amount.parse(typed, SC) == Amount(SC, minor)

    @pytest.mark.parametrize(
        "typed",
        ["", "1.234", "1.", ".5", "1e3", "+1", " 1", "1,23", "１", "٣", "nan", "--1", "1\n", "9" * 40],
    )
    def test_refuses_everything_else(self, typed: str) -> None:
        with pytest.raises(AmountUnreadable):
            Amount.parse(typed, SC)

    @pytest.mark.parametrize(
        ("amount", "text"),
        [
            (Amount(SC, 123450), "1,234.5"),
            (Amount(SC, 1000), "10"),
            (Amount(SC, -5), "-0.05"),
            (Amount(SC, 0), "0"),
            (Amount(KRW, 1234567), "1,234,567"),
            (Amount(POINT, 1), "0.0001"),
        ],
    )
    def test_writes_digits_for_people(self, amount: Amount, text: str) -> None:
        assert amount.text("ko") == amount.text("en") == text

    @given(minors, st.sampled_from([SC, KRW, POINT]))
    def test_reads_back_what_it_wrote(self, minor: int, unit: Unit) -> None:
        assert Amount.parse(Amount(unit, minor).text("en"), unit).minor == minor

    def test_knows_two_languages(self) -> None:
        with pytest.raises(ValueError, match="fr"):
            Amount(SC, 1).text("fr")

    @pytest.mark.parametrize(
        ("minor", "text"), [(2000, "+20"), (-123450, "−1,234.5"), (0, "0"), (-1, "−0.01"), (1, "+0.01")]
    )
    def test_of_a_movement_has_its_sign(self, minor: int, text: str) -> None:
        assert Amount(SC, minor).signed() == text


class TestSplit:
    @given(minors, st.lists(st.integers(0, 10**9), min_size=1, max_size=20).filter(any))
    def test_parts_sum_to_the_whole_and_stay_within_one_unit_of_their_share(
        self, minor: int, weights: list[int]
    ) -> None:
        parts = split(Amount(SC, minor), weights)

        assert sum(part.minor for part in parts) == minor
        for part, weight in zip(parts, weights, strict=True):
            assert abs(part.minor * sum(weights) - minor * weight) < sum(weights)
            assert weight or not part

    def test_gives_the_odd_units_to_the_largest_remainder_then_to_the_first(self) -> None:
        assert [part.minor for part in split(Amount(SC, 100), [1, 1, 1])] == [34, 33, 33]
        assert [part.minor for part in split(Amount(SC, 10), [1, 2, 4])] == [1, 3, 6]
        assert [part.minor for part in split(Amount(SC, -100), [1, 1, 1])] == [-34, -33, -33]

    @pytest.mark.parametrize("weights", [[], [0, 0], [1, -1]])
    def test_refuses_when_there_is_nothing_to_split_by(self, weights: list[int]) -> None:
        with pytest.raises(CannotSplit):
            split(Amount(SC, 100), weights)


class TestUnit:
    def test_follows_its_dated_won_rate(self) -> None:
        assert SC.won_rate(date(2023, 5, 31)) == 200
        assert SC.won_rate(date(2023, 6, 1)) == 100
        assert SC.won_per_minor(date(2023, 5, 31)) == 2
        assert SC.won_per_minor(date(2026, 1, 1)) == 1
        assert KRW.won_per_minor(date(2026, 1, 1)) == 1

    def test_refuses_a_day_before_the_first_rate_and_a_broken_won(self) -> None:
        with pytest.raises(RateUnknown):
            SC.won_rate(date(2022, 6, 30))
        with pytest.raises(RateUnknown):
            HOUR.won_rate(date(2026, 1, 1))
        with pytest.raises(RateNotWhole):
            POINT.won_per_minor(date(2026, 1, 1))

    @pytest.mark.parametrize(
        ("code", "scale", "rates"),
        [
            ("sc", 2, ()),
            ("TOOLONGCODE", 2, ()),
            ("SC", 5, ()),
            ("SC", -1, ()),
            ("SC", True, ()),
            ("SC", 2, (Rate(date(2024, 1, 1), 1), Rate(date(2023, 1, 1), 1))),
            ("SC", 2, (Rate(date(2024, 1, 1), 1), Rate(date(2024, 1, 1), 2))),
            ("SC", 2, (Rate(date(2024, 1, 1), -1),)),
        ],
    )
    def test_cannot_be_made_wrong(self, code: str, scale: int, rates: tuple[Rate, ...]) -> None:
        with pytest.raises(ValueError, match=r"unit code|scale|rate"):
            Unit(code, scale, UnitKind.COIN, rates)
