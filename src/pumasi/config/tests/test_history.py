"""The demo's past: always the same, told by the real operations, and sound in the end."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pumasi.civic.places.boundaries import district_boundaries
from pumasi.civic.places.models import Place
from pumasi.civic.places.queries import facts
from pumasi.coin.models import Payment
from pumasi.coin.tests.world import DATABASES
from pumasi.config.history.district import DISTRICT, SMALL, Past
from pumasi.config.history.names import DONGS, facility, shop
from pumasi.config.history.spots import SPOTS, spot
from pumasi.config.history.town import SHOPS
from pumasi.kernel.clock import seoul_date
from pumasi.ledger.reads import without_leaf
from pumasi.ledger.verify import verify

LAST = date(2026, 11, 25)


class TestNames:
    def test_no_two_places_of_a_district_share_a_name(self) -> None:
        shops = [shop(number) for number in range(DISTRICT.shops)]
        facilities = [facility(number) for number in range(DISTRICT.facilities)]

        for column in (0, 1):
            assert len({each[column] for each in (*shops, *facilities)}) == DISTRICT.shops + DISTRICT.facilities
        assert {each[2] for each in shops} == {each[2] for each in facilities} == set(DONGS)


class TestSpots:
    @given(st.sampled_from(DONGS), st.integers(0, SPOTS - 1))
    def test_each_lies_in_its_real_dong(self, dong: str, number: int) -> None:
        known, found = district_boundaries(), spot(dong, number)

        assert known is not None
        assert found is not None
        assert known.dong_at(found) == known.dong(dong)

    def test_no_two_places_of_a_district_stand_on_one_spot(self) -> None:
        shops = {spot(shop(number)[2], number) for number in range(DISTRICT.shops)}
        facilities = {spot(facility(number)[2], SHOPS + number) for number in range(DISTRICT.facilities)}

        assert len(shops | facilities) == DISTRICT.shops + DISTRICT.facilities

    def test_a_dong_without_an_outline_has_none(self) -> None:
        assert spot("표본동", 1) is None


@pytest.mark.django_db(databases=DATABASES)
class TestPast:
    def test_is_sound_and_lies_before_its_last_day(self) -> None:
        past = Past(SMALL, LAST)

        done = past.tell()

        assert verify().ok
        assert Place.objects.count() == SMALL.shops + SMALL.facilities
        known = district_boundaries()
        for place in map(facts, Place.objects.all()):
            assert known is not None
            assert place.position is not None
            assert known.dong_at(place.position) == known.dong(place.dong)
        assert len(without_leaf()) > SMALL.days * 4
        assert {name for name in done if name.startswith("refused")} <= {"refused: coin.too_young"}
        assert done["paid at a shop"] + done["paid at a facility"] == Payment.objects.count()
        assert max(seoul_date(each.at) for each in without_leaf()) < LAST

    def test_shows_how_far_it_is(self) -> None:
        shown: list[tuple[int, int]] = []

        Past(SMALL, LAST).tell(lambda day, days: shown.append((day, days)))

        assert shown == [(day, SMALL.days) for day in range(1, SMALL.days + 1)]


@pytest.mark.django_db(databases=DATABASES)
@pytest.mark.parametrize("again", [False, True])
def test_is_the_same_every_time(again: bool) -> None:
    assert dict(Past(SMALL, LAST).tell()) == COUNTS


COUNTS = {
    "deed at a facility": 89,
    "deed at a shop": 49,
    "join": 43,
    "paid at a shop": 38,
    "nothing": 19,
    "paid at a facility": 11,
    "gift": 8,
    "refused: coin.too_young": 6,
    "refund": 3,
}
