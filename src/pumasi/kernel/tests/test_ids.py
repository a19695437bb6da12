"""Ids are ordered by time, never repeat, and derived ones never move."""

import threading
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pumasi.kernel.clock import KST
from pumasi.kernel.ids import derived_id, new_id

MOMENT = datetime(2026, 11, 22, 3, 30, tzinfo=UTC)
moments = st.integers(1, 7258118400000).map(lambda ms: datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=ms))


class TestNewId:
    def test_is_the_pinned_uuid_of_the_standard(self) -> None:
        # RFC 9562, appendix A.6: 2022-02-22 14:22:22 -05:00, rand_a 0xCC3, rand_b 0x18C4DC0C0C07398F.
        moment = datetime(2022, 2, 22, 19, 22, 22, tzinfo=UTC)
        tail = (0xCC3 << 62 | 0x18C4DC0C0C07398F) & ((1 << 73) - 1)

        made = new_id(moment, lambda size: tail.to_bytes(size, "big"))

        assert made == UUID("017f22e2-79b0-74c3-98c4-dc0c0c07398f")
        assert made.version == 7

    @given(moments, moments)
    def test_is_ordered_by_time_to_the_millisecond(self, first: datetime, second: datetime) -> None:
        assert (new_id(first) < new_id(second)) == (first < second) or first == second

    def test_grows_and_never_repeats_within_one_millisecond(self) -> None:
        made = [new_id(MOMENT) for _ in range(5000)]

        assert made == sorted(set(made))

    def test_never_repeats_across_threads(self) -> None:
        made: list[UUID] = []
        threads = [threading.Thread(target=lambda: made.extend([new_id(MOMENT) for _ in range(500)])) for _ in range(4)]

        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        assert len(set(made)) == 2000

    def test_does_not_depend_on_the_zone_of_the_moment(self) -> None:
        def still(size: int) -> bytes:
            return bytes(size)

        assert new_id(MOMENT, still) == new_id(MOMENT.astimezone(KST), still)

    @pytest.mark.parametrize("moment", [MOMENT.replace(tzinfo=None), datetime(1969, 12, 31, tzinfo=UTC)])
    def test_needs_an_aware_moment_after_1970(self, moment: datetime) -> None:
        with pytest.raises(ValueError, match="moment"):
            new_id(moment)

    def test_differs_in_the_next_millisecond(self) -> None:
        assert new_id(MOMENT) < new_id(MOMENT + timedelta(milliseconds=1))


class TestDerivedId:
    def test_never_moves(self) -> None:
        assert derived_id("expire", "SC", 2026, "한") == UUID("5027cb7f-24c0-8a78-9d08-bb675847e862")
        assert derived_id("x").version == 8

    @given(st.lists(st.text(max_size=5) | st.integers(), min_size=1, max_size=5))
    def test_is_a_function_of_its_parts(self, parts: list[str | int]) -> None:
        assert derived_id(*parts) == derived_id(*parts)
        assert derived_id(*parts) != derived_id(*parts, "")

    def test_tells_parts_from_their_joints_and_types(self) -> None:
        assert len({derived_id("ab", "c"), derived_id("a", "bc"), derived_id("abc")}) == 3
        assert derived_id(1) != derived_id("1")

    def test_needs_text_or_whole_numbers(self) -> None:
        with pytest.raises(ValueError, match="derived"):
            derived_id()
        wrong: Any
        for wrong in (True, 1.0, None):
            with pytest.raises(TypeError):
                derived_id(wrong)
