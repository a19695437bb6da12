"""The grammar forgives how people type and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pumasi.civic.codes.grammar import (
    SYMBOLS,
    Body,
    Kind,
    grouped,
    number_text,
    person_number,
    person_value,
    place_number,
    place_value,
    read,
    step_of,
    url,
    write,
)

SECRET = bytes(range(32))
kinds = st.sampled_from(Kind)
bits = {Kind.PERSON: 35, Kind.PLACE: 35, Kind.ADDRESS: 15, Kind.STICKER: 25, Kind.CARD: 40}
steps = st.integers(0, 2**40)


@st.composite
def bodies(draw: st.DrawFn) -> Body:
    kind = draw(kinds)
    return Body(kind, draw(st.integers(0, 2 ** bits[kind] - 1)))


class TestSpelling:
    @given(bodies())
    def test_reads_what_it_wrote_with_and_without_the_kind_letter(self, body: Body) -> None:
        code = write(body.kind, body.value)

        assert read(code) == body
        assert read(code[1:], body.kind) == body
        assert read(grouped(code), body.kind) == body

    @given(bodies(), st.data())
    def test_any_wrong_symbol_is_refused(self, body: Body, data: st.DataObject) -> None:
        code = write(body.kind, body.value)
        place = data.draw(st.integers(1, len(code) - 1))
        wrong = data.draw(st.sampled_from([symbol for symbol in SYMBOLS if symbol != code[place]]))

        assert read(code[:place] + wrong + code[place + 1 :]) is None

    @given(bodies(), st.data())
    def test_any_swap_of_two_symbols_is_refused(self, body: Body, data: st.DataObject) -> None:
        code = write(body.kind, body.value)
        first, second = sorted(data.draw(st.lists(st.integers(1, len(code) - 1), min_size=2, max_size=2, unique=True)))
        swapped = list(code)
        swapped[first], swapped[second] = code[second], code[first]

        assert read("".join(swapped)) == (body if code[first] == code[second] else None)

    @given(bodies(), kinds)
    def test_a_code_of_another_kind_is_refused(self, body: Body, other: Kind) -> None:
        code = write(body.kind, body.value)

        found = read(other + code[1:])

        assert found == (body if other is body.kind else None)

    @given(bodies(), st.data())
    def test_typing_habits_are_forgiven(self, body: Body, data: st.DataObject) -> None:
        code = write(body.kind, body.value)
        typed = ""
        for symbol in code[1:]:
            looks = {"0": "0Oo", "1": "1IiLl"}.get(symbol, symbol + symbol.lower())
            typed += data.draw(st.sampled_from(looks)) + data.draw(st.sampled_from(["", "", " ", "-"]))

        assert read(typed, body.kind) == body
        assert read(data.draw(st.sampled_from(["", " "])) + code[0].lower() + typed, body.kind) == body

    def test_the_letter_of_a_place_may_be_read_as_a_one(self) -> None:
        code = write(Kind.PLACE, 12345)

        for letter in "LlIi1":
            assert read(letter + code[1:]) == Body(Kind.PLACE, 12345)

    def test_full_width_letters_and_whole_addresses_are_understood(self) -> None:
        code = write(Kind.PLACE, 2**34 + 977)

        wide = "".join(chr(ord(symbol) + 0xFEE0) for symbol in code)

        assert read(wide) == Body(Kind.PLACE, 2**34 + 977)
        assert read(url("seocho.example", code)) == Body(Kind.PLACE, 2**34 + 977)

    @given(st.text(max_size=60))
    def test_no_text_is_a_fault(self, text: str) -> None:
        assert read(text) is None or isinstance(read(text), Body)

    def test_zeros_alone_are_no_code(self) -> None:
        for kind in Kind:
            assert read("0" * 8, kind) is None
            assert read("0" * 4, kind) is None

    def test_the_pinned_spelling(self) -> None:
        assert write(Kind.PLACE, 0b00001_00010_00011_00100_00101_00110_00111) == "L1234567D"
        assert write(Kind.ADDRESS, 1) == "A001Z"
        assert write(Kind.CARD, 2**40 - 1) == "CZZZZZZZZM"
        assert grouped("L7KQ2M9XC") == "7KQ2-M9XC"
        assert number_text(32767) == "ZZZ"
        assert url("seocho.example", "L7KQ2M9XC") == "HTTPS://SEOCHO.EXAMPLE/Q/L7KQ2M9XC"


class TestPlaceProof:
    @given(st.integers(0, 2**15 - 1), steps)
    def test_carries_its_number_and_changes_every_step(self, number: int, step: int) -> None:
        value = place_value(number, SECRET, step)

        assert place_number(value) == number
        assert value == place_value(number, SECRET, step)
        assert value < 2**35

    def test_differs_by_step_and_secret(self) -> None:
        values = {place_value(7, SECRET, step) for step in range(200)} | {place_value(7, bytes(32), 0)}

        assert len(values) == 201


class TestPersonBlock:
    @given(st.integers(0, 2**27 - 1), steps)
    def test_is_read_in_its_own_step(self, number: int, step: int) -> None:
        value = person_value(number, SECRET, step)

        assert 0 <= value < 2**35
        assert person_number(value, SECRET, step) == number

    def test_is_not_read_in_another_step_or_under_another_secret(self) -> None:
        value = person_value(123456, SECRET, 1000)

        assert [person_number(value, SECRET, step) for step in (998, 999, 1001, 1002)] == [None] * 4
        assert person_number(value, bytes(32), 1000) is None

    def test_codes_of_one_person_share_nothing_to_recognise(self) -> None:
        values = [person_value(5, SECRET, step) for step in range(400)]

        assert len(set(values)) == 400
        for bit in range(35):
            assert 120 < sum(value >> bit & 1 for value in values) < 280

    def test_the_pinned_value(self) -> None:
        assert write(Kind.PERSON, person_value(1, SECRET, 58000000)) == "P6VF66MGP"


class TestStep:
    @pytest.mark.parametrize(("seconds", "step"), [(0, 0), (29.999, 0), (30, 1), (1800000000.5, 60000000)])
    def test_lasts_thirty_seconds(self, seconds: float, step: int) -> None:
        assert step_of(seconds) == step
