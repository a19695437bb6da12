"""Places open, change and close, and each act is in the audit."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from pumasi.civic.audit.models import AuditRow
from pumasi.civic.places.errors import (
    ClosingDayBeforeOpening,
    PlaceClosed,
    PlaceNameMissing,
    PlaceNotOpenYet,
    PlaceNumbersExhausted,
    PlaceStateUnreadable,
    PlaceUnknown,
)
from pumasi.civic.places.models import Place, PlaceKind
from pumasi.civic.places.operations import close_place, open_place, revoke_codes, set_state
from pumasi.civic.places.queries import open_places, place, place_by_number, place_by_till
from pumasi.civic.places.tests.factories import MORNING, make_place
from pumasi.kernel.acting import Acting, Channel

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
ACTING = Acting(uuid4(), None, Channel.DESK, "register", MORNING)
TODAY = date(2026, 3, 2)


class TestOpenPlace:
    def test_gives_a_public_number_a_till_and_todays_date(self) -> None:
        shop = open_place(ACTING, kind=PlaceKind.SHOP, name_ko=" 시험 가게 ", name_en="Test shop", dong="반포1동")

        assert shop == place(shop.id) == place_by_number(shop.number) == place_by_till(shop.till)
        assert (shop.name("ko"), shop.name("en"), shop.opened_on, shop.code_version) == (
            "시험 가게",
            "Test shop",
            TODAY,
            1,
        )
        assert 0 <= shop.number < 2**15
        assert AuditRow.objects.filter(action="places.open", whom=shop.id, actor=ACTING.actor).count() == 1

    def test_refuses_a_place_without_a_name(self) -> None:
        with pytest.raises(PlaceNameMissing):
            open_place(ACTING, kind=PlaceKind.SHOP, name_ko="시험", name_en=" ", dong="반포1동")

        assert (Place.objects.count(), AuditRow.objects.count()) == (0, 0)

    def test_draws_again_when_a_number_is_taken(self, monkeypatch: pytest.MonkeyPatch) -> None:
        draws = iter([7, 7, 7, 8])
        monkeypatch.setattr("secrets.randbelow", lambda _: next(draws))

        assert [make_place().number, make_place().number] == [7, 8]

    def test_says_when_no_number_is_left(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("secrets.randbelow", lambda _: 7)
        make_place()

        with pytest.raises(PlaceNumbersExhausted):
            make_place()

        assert Place.objects.count() == 1

    def test_the_database_knows_the_kinds(self) -> None:
        shop = make_place()

        with pytest.raises(IntegrityError), transaction.atomic():
            Place.objects.filter(id=shop.id).update(kind="BANK")


class TestClosePlace:
    def test_is_open_until_the_day_before(self) -> None:
        shop = make_place(opened_on=date(2026, 3, 1))

        close_place(ACTING, shop.id, TODAY)

        closed = place(shop.id)
        assert [closed.is_open(date(2026, 2, 28) + timedelta(days=n)) for n in range(4)] == [False, True, False, False]
        with pytest.raises(PlaceClosed) as refusal:
            closed.must_be_open(TODAY)
        assert refusal.value.facts == {"closed_on": "2026-03-02"}
        with pytest.raises(PlaceNotOpenYet):
            closed.must_be_open(date(2026, 2, 28))

    def test_happens_once(self) -> None:
        shop = make_place()
        close_place(ACTING, shop.id)

        with pytest.raises(PlaceClosed):
            close_place(ACTING, shop.id, TODAY + timedelta(days=9))

        assert place(shop.id).closed_on == TODAY

    def test_refuses_a_day_before_the_opening(self) -> None:
        shop = make_place()

        with pytest.raises(ClosingDayBeforeOpening):
            close_place(ACTING, shop.id, TODAY - timedelta(days=1))

        assert place(shop.id).closed_on is None

    def test_refuses_an_unknown_place(self) -> None:
        for act in (close_place, revoke_codes):
            with pytest.raises(PlaceUnknown):
                act(ACTING, uuid4())


class TestState:
    def test_says_what_is_accepted_needed_and_how_much(self) -> None:
        centre = make_place(kind=PlaceKind.CENTRE)

        set_state(ACTING, centre.id, accepts=["TUMBLER", "PLOGGING"], needs=["PLOGGING"], daily_limit=30)

        found = place(centre.id)
        assert (found.accepts, found.needs, found.daily_limit) == (("TUMBLER", "PLOGGING"), ("PLOGGING",), 30)

    @pytest.mark.parametrize(
        ("change", "field"),
        [
            ({"accepts": ["lower"]}, "accepts"),
            ({"needs": ["A" * 41]}, "needs"),
            ({"needs": ["A"] * 51}, "needs"),
            ({"daily_limit": 0}, "daily_limit"),
        ],
    )
    def test_refuses_what_it_cannot_read(self, change: dict[str, Any], field: str) -> None:
        centre = make_place()

        with pytest.raises(PlaceStateUnreadable) as refusal:
            set_state(ACTING, centre.id, **{"accepts": [], "needs": [], "daily_limit": None, **change})

        assert refusal.value.facts == {"field": field}
        assert place(centre.id) == centre

    def test_revoking_codes_counts_up(self) -> None:
        assert revoke_codes(ACTING, make_place().id).code_version == 2


class TestOpenPlaces:
    def test_lists_a_kind_on_a_day(self) -> None:
        shop, centre = make_place(name_ko="나"), make_place(kind=PlaceKind.CENTRE)
        first = make_place(name_ko="가")
        make_place(opened_on=TODAY + timedelta(days=1))
        close_place(ACTING, make_place().id)

        assert [found.id for found in open_places(PlaceKind.SHOP, TODAY)] == [first.id, shop.id]
        assert {found.id for found in open_places(None, TODAY)} == {first.id, shop.id, centre.id}
