"""Price lists: officers set them, a new price ends the old one, cashiers only read."""

from datetime import timedelta

import pytest

from pumasi.coin.errors import NotAllowed
from pumasi.coin.tests.world import DATABASES, MORNING, World, acts
from pumasi.services.shops.errors import PriceUnreadable
from pumasi.services.shops.models import Price
from pumasi.services.shops.operations.prices import end_price, set_price
from pumasi.services.shops.queries.counter import prices_of

pytestmark = [pytest.mark.django_db(databases=DATABASES), pytest.mark.postgres]


def swim(world: World, won: int = 4000, days: int = 0) -> None:
    set_price(
        acts(world.issuer, MORNING + timedelta(days=days)),
        place_id=world.gym,
        name_ko="자유수영",
        name_en="Free swimming",
        won=won,
    )


class TestPrices:
    def test_a_new_price_ends_the_old_one_that_day(self, world: World) -> None:
        swim(world)
        swim(world, 4500, days=3)

        day = MORNING.date()
        assert [[(each.name, each.won) for each in prices_of(world.gym, day + timedelta(days=n))] for n in (2, 3)] == [
            [("자유수영", 4000)],
            [("자유수영", 4500)],
        ]

    def test_ends(self, world: World) -> None:
        swim(world)

        for _ in range(2):
            end_price(acts(world.official), place_id=world.gym, price_id=Price.objects.get().pk)

        assert prices_of(world.gym, MORNING.date()) == []

    def test_cashiers_do_not_set_prices(self, world: World) -> None:
        for who in (world.cashier, world.resident, world.keeper):
            with pytest.raises(NotAllowed):
                set_price(acts(who), place_id=world.gym, name_ko="수영", name_en="Swim", won=1)
        for won in (0, 1_000_001):
            with pytest.raises(PriceUnreadable):
                swim(world, won)
        assert not Price.objects.exists()
