"""The state of a place: needs of today, limits, suspension, hours, days off, and stickers that die one by one."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial

import pytest

from pumasi.civic.audit.models import AuditRow
from pumasi.civic.codes.grammar import Kind
from pumasi.civic.codes.queries import read_code, sticker_address
from pumasi.civic.places.errors import (
    HoursUnreadable,
    PlaceStateUnreadable,
    PlaceSuspended,
    StickerRevoked,
    StickersExhausted,
)
from pumasi.civic.places.models import Need, Place, PlaceKind
from pumasi.civic.places.operations import (
    close_for,
    open_place,
    print_sticker,
    resume_place,
    revoke_sticker,
    set_hours,
    set_need,
    set_state,
    suspend_place,
    take_closure_back,
)
from pumasi.civic.places.queries import closures_of, hours_of, open_places, place, stickers_of
from pumasi.civic.places.tests.factories import MORNING, make_place
from pumasi.kernel.acting import Acting, Channel
from pumasi.kernel.result import Refusal

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
ACTING = Acting(None, None, Channel.PHONE, "test", MORNING)
TODAY, TOMORROW = date(2026, 3, 2), date(2026, 3, 3)


def refuses(what: type[Refusal], act: Callable[[], object]) -> None:
    before = (list(Place.objects.values()), AuditRow.objects.count())
    with pytest.raises(what):
        act()
    assert (list(Place.objects.values()), AuditRow.objects.count()) == before


class TestNeed:
    def test_full_is_forgotten_in_the_morning_and_what_was_said_before_returns(self) -> None:
        shop = make_place()
        set_need(ACTING, shop.id, "HANGER", Need.NEEDED)

        said = set_need(ACTING, shop.id, "HANGER", Need.FULL)

        assert [said.need("HANGER", day) for day in (TODAY, TOMORROW)] == [Need.FULL, Need.NEEDED]
        assert said.need("ICE_PACK", TODAY) is Need.ENOUGH

    def test_yesterdays_full_does_not_come_back_with_todays(self) -> None:
        shop = make_place()
        set_need(ACTING, shop.id, "HANGER", Need.FULL)
        later = Acting(None, None, Channel.PHONE, "test", MORNING + timedelta(days=1))

        said = set_need(later, shop.id, "ICE_PACK", Need.FULL)

        assert (said.full, said.full_on) == (("ICE_PACK",), TOMORROW)

    @pytest.mark.parametrize("need", [Need.NEEDED, Need.ENOUGH])
    def test_another_tap_takes_full_away(self, need: Need) -> None:
        shop = make_place()
        set_need(ACTING, shop.id, "HANGER", Need.FULL)

        assert set_need(ACTING, shop.id, "HANGER", need).need("HANGER", TODAY) is need

    def test_refuses_what_the_place_does_not_accept(self) -> None:
        shop = make_place()
        set_state(ACTING, shop.id, accepts=["HANGER"], needs=[], daily_limit=None)

        refuses(PlaceStateUnreadable, lambda: set_need(ACTING, shop.id, "ICE_PACK", Need.FULL))
        refuses(PlaceStateUnreadable, lambda: set_need(ACTING, shop.id, "two words", Need.FULL))

    def test_limits_of_pieces_are_kept_and_checked(self) -> None:
        shop = make_place()

        said = set_state(ACTING, shop.id, accepts=[], needs=[], daily_limit=5, item_limits={"HANGER": 100, "BAG": 7})

        assert (said.item_limits, place(shop.id)) == ({"HANGER": 100, "BAG": 7}, said)
        for wrong in (0, 100_001, True):
            refuses(
                PlaceStateUnreadable,
                partial(
                    set_state,
                    ACTING,
                    shop.id,
                    accepts=[],
                    needs=[],
                    daily_limit=None,
                    item_limits={"HANGER": wrong},
                ),
            )


class TestSuspension:
    def test_lasts_until_its_last_day_and_hides_the_place(self) -> None:
        shop = make_place()

        suspended = suspend_place(ACTING, shop.id, TOMORROW)

        assert [suspended.is_open(TODAY + timedelta(days=n)) for n in range(3)] == [False, False, True]
        assert open_places(PlaceKind.SHOP, TODAY) == []
        assert [each.id for each in open_places(PlaceKind.SHOP, date(2026, 3, 4))] == [shop.id]
        with pytest.raises(PlaceSuspended) as caught:
            suspended.must_be_open(TODAY)
        assert caught.value.facts["until"] == "2026-03-03"

    def test_without_an_end_it_lasts_until_it_is_resumed(self) -> None:
        shop = make_place()
        suspend_place(ACTING, shop.id)
        assert not place(shop.id).is_open(date(2030, 1, 1))

        assert resume_place(ACTING, shop.id).is_open(TODAY)
        assert [each.id for each in open_places(None, TODAY)] == [shop.id]

    def test_refuses_an_end_in_the_past(self) -> None:
        shop = make_place()

        refuses(PlaceStateUnreadable, lambda: suspend_place(ACTING, shop.id, date(2026, 3, 1)))


class TestHours:
    def test_a_week_and_days_off(self) -> None:
        shop = make_place()

        set_hours(ACTING, shop.id, {0: (540, 1140), 5: (600, 1440)})
        close_for(ACTING, shop.id, starts=TOMORROW, ends=TOMORROW, reason="정기 휴무")

        assert [(each.weekday, each.opens, each.closes) for each in hours_of(shop.id)] == [
            (0, "09:00", "19:00"),
            (5, "10:00", "24:00"),
        ]
        (off,) = closures_of(shop.id, TODAY)
        assert (off.starts, off.reason, closures_of(shop.id, date(2026, 3, 4))) == (TOMORROW, "정기 휴무", [])
        take_closure_back(ACTING, shop.id, off.id)
        assert closures_of(shop.id, TODAY) == []

    def test_refuses_what_ends_before_it_starts(self) -> None:
        shop = make_place()

        for hours in ({0: (600, 600)}, {7: (540, 600)}, {1: (0, 1441)}):
            refuses(HoursUnreadable, partial(set_hours, ACTING, shop.id, hours))
        refuses(HoursUnreadable, lambda: close_for(ACTING, shop.id, starts=TOMORROW, ends=TODAY, reason=""))
        refuses(
            HoursUnreadable,
            lambda: close_for(ACTING, shop.id, starts=TODAY - timedelta(2), ends=TODAY - timedelta(1), reason=""),
        )


class TestStickers:
    def test_each_leads_to_its_place_until_it_alone_is_revoked(self) -> None:
        shop = make_place()
        first, second = (print_sticker(ACTING, shop.id) for _ in range(2))

        revoke_sticker(ACTING, shop.id, first)

        assert (first, second) == (1, 2)
        read = read_code(sticker_address(shop.id, second), MORNING, Kind.ADDRESS)
        assert (read.kind, read.subject, read.step) == (Kind.ADDRESS, shop.id, None)
        with pytest.raises(StickerRevoked):
            read_code(sticker_address(shop.id, first), MORNING, Kind.ADDRESS)
        assert [(each.serial, each.revoked_at) for each in stickers_of(shop.id)] == [(2, None), (1, MORNING)]

    def test_one_that_was_never_printed_leads_nowhere(self) -> None:
        shop = make_place()

        with pytest.raises(StickerRevoked):
            read_code(sticker_address(shop.id, 3), MORNING, Kind.ADDRESS)

    def test_says_when_no_serial_is_left(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("pumasi.civic.places.operations.STICKERS", 1)
        shop = make_place()
        print_sticker(ACTING, shop.id)

        refuses(StickersExhausted, lambda: print_sticker(ACTING, shop.id))


def test_an_outsourced_facility_says_so() -> None:
    pool = open_place(
        ACTING, kind=PlaceKind.FACILITY, name_ko="표본 수영장", name_en="Sample pool", dong="표본동", is_outsourced=True
    )

    assert place(pool.id).is_outsourced
