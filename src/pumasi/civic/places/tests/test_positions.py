"""Positions: typed, kept within Korea by code and by the database, told with a place, taken off the map again."""

from dataclasses import replace
from functools import partial
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from pumasi.civic.audit.models import AuditRow
from pumasi.civic.places.errors import PlaceUnknown, PositionOutside
from pumasi.civic.places.models import Place, PlaceKind
from pumasi.civic.places.operations import open_place, set_position
from pumasi.civic.places.positions import EAST, NORTH, SOUTH, WEST, Position, read_position
from pumasi.civic.places.queries import place
from pumasi.civic.places.tests.factories import MORNING, make_place
from pumasi.kernel.acting import Acting, Channel

ACTING = Acting(uuid4(), None, Channel.DESK, "register", MORNING)
HERE = Position(3_748_712, 12_701_234)
IN_KOREA = st.builds(Position, st.integers(SOUTH, NORTH), st.integers(WEST, EAST))


class TestReading:
    def test_takes_degrees_to_the_nearest_metre(self) -> None:
        assert read_position(" 37.487123 ", "127.01234") == HERE
        assert read_position("37", "127.1") == Position(3_700_000, 12_710_000)

    @given(IN_KOREA)
    def test_what_it_shows_is_what_it_reads(self, at: Position) -> None:
        assert read_position(at.latitude, at.longitude) == at

    @pytest.mark.parametrize(
        ("latitude", "longitude"),
        [
            ("127.01234", "37.48712"),
            ("51.5", "127"),
            ("37.4", "0"),
            ("", ""),
            ("37,4", "127,0"),
            ("nan", "127"),
            ("-37.4", "127"),
            ("1e9", "127"),
            ("37.4" + "0" * 40, "127"),
            ("٣٧", "127"),
        ],
    )
    def test_refuses_what_is_not_in_korea_or_no_number(self, latitude: str, longitude: str) -> None:
        with pytest.raises(PositionOutside):
            read_position(latitude, longitude)


@pytest.mark.django_db
@pytest.mark.postgres
class TestPlaces:
    def test_opens_with_a_position_or_without(self) -> None:
        opens = partial(open_place, ACTING, kind=PlaceKind.SHOP, name_ko="가", name_en="A", dong="반포1동")

        there, nowhere = opens(position=HERE), opens()

        assert (place(there.id).position, place(nowhere.id).position) == (HERE, None)

    def test_is_moved_and_taken_off_the_map_and_the_audit_says_so(self) -> None:
        shop = make_place()

        moved = set_position(ACTING, shop.id, HERE)
        gone = set_position(ACTING, shop.id, None)

        assert (moved, gone) == (replace(shop, position=HERE), shop)
        assert AuditRow.objects.filter(action="places.set_position", whom=shop.id, actor=ACTING.actor).count() == 2

    def test_refuses_an_unknown_place(self) -> None:
        with pytest.raises(PlaceUnknown):
            set_position(ACTING, uuid4(), HERE)

    @pytest.mark.parametrize(
        ("latitude", "longitude"),
        [
            (3_748_712, None),
            (None, 12_701_234),
            (SOUTH - 1, WEST),
            (NORTH + 1, WEST),
            (SOUTH, WEST - 1),
            (NORTH, EAST + 1),
            (12_701_234, 3_748_712),
            (0, 0),
        ],
    )
    def test_the_database_keeps_half_and_far_positions_out(self, latitude: int | None, longitude: int | None) -> None:
        shop = make_place()

        with pytest.raises(IntegrityError), transaction.atomic():
            Place.objects.filter(id=shop.id).update(latitude_e5=latitude, longitude_e5=longitude)

        assert place(shop.id).position is None
