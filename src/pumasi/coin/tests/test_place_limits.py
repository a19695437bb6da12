"""What a place says about itself holds inside the award: full today, pieces a day, only what it accepts."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from pumasi.civic.places.errors import PlaceSuspended
from pumasi.civic.places.models import Need, PlaceKind
from pumasi.civic.places.operations import open_place, set_need, set_state, suspend_place
from pumasi.civic.places.queries import place
from pumasi.coin import errors
from pumasi.coin.caps import taken_today
from pumasi.coin.models import Payment
from pumasi.coin.tests.world import DATABASES, MORNING, World, acts, books
from pumasi.kernel.clock import seoul_date
from pumasi.kernel.result import Refusal

pytestmark = [pytest.mark.django_db(databases=DATABASES), pytest.mark.postgres]
TODAY = seoul_date(MORNING)


def refuses(what: type[Refusal], act: Callable[[], object]) -> Refusal:
    before = books()
    with pytest.raises(what) as caught:
        act()
    assert books() == before
    return caught.value


def takes(world: World, **state: object) -> None:
    wanted = {"accepts": (), "needs": (), "daily_limit": None, **state}
    set_state(acts(world.keeper), world.laundry, **wanted)  # type: ignore[arg-type]


class TestPlaceLimits:
    def test_full_today_refuses_until_the_morning(self, world: World) -> None:
        set_need(acts(world.keeper), world.laundry, "HANGER", Need.FULL)

        refuses(errors.PlaceIsFullToday, lambda: world.brings_hangers(10))

        assert world.brings_hangers(10, at=MORNING + timedelta(days=1)).counted == 10

    def test_pieces_a_day_count_down_by_themselves(self, world: World) -> None:
        takes(world, item_limits={"HANGER": 25})
        world.brings_hangers(15)

        said = refuses(errors.PlaceTakesNoMore, lambda: world.brings_hangers(11))

        assert said.facts["left"] == 10
        assert taken_today(world.laundry, ["HANGER"], TODAY) == (0, {"HANGER": 15})
        world.brings_hangers(10)
        assert world.brings_hangers(25, at=MORNING + timedelta(days=1)).counted == 20

    def test_deeds_a_day_are_told(self, world: World) -> None:
        takes(world, daily_limit=2)
        world.brings_hangers(10)

        assert taken_today(world.laundry, [], TODAY) == (1, {})

    def test_refuses_what_the_place_does_not_accept(self, world: World) -> None:
        takes(world, accepts=["TUMBLER"])

        refuses(errors.ItemNotAccepted, lambda: world.brings_hangers(10))

        takes(world, accepts=["HANGER"])
        assert world.brings_hangers(10).counted == 10

    def test_a_suspended_place_earns_and_takes_nothing(self, world: World) -> None:
        world.earns(world.resident, 10)
        suspend_place(acts(world.official), world.laundry)

        refuses(PlaceSuspended, lambda: world.brings_hangers(10))
        refuses(PlaceSuspended, lambda: world.pays(10))

    def test_an_outsourced_facility_is_settled_in_won_like_a_shop(self, world: World) -> None:
        pool = open_place(
            acts(None),
            kind=PlaceKind.FACILITY,
            name_ko="표본 수영장",
            name_en="Sample pool",
            dong="표본동",
            is_outsourced=True,
        ).id
        world.earns(world.resident, 20)

        world.pays(10, pool)
        world.pays(10, world.gym)

        tills = {row.place_id: row.till for row in Payment.objects.all()}
        assert tills == {
            pool: f"2200:SC:{place(pool).till.hex}",
            world.gym: f"2300:SC:{place(world.gym).till.hex}",
        }
