"""The page says that the provider is simulated, and shows a cashier only their own place."""

import pytest
from django.test import Client
from django.urls import reverse

from pumasi.civic.people.models import RoleName
from pumasi.civic.shell.tests.visiting import visitor
from pumasi.coin.tests.world import DATABASES, World
from pumasi.services.pos.operations.plugged import plug
from pumasi.services.pos.tests.test_sales import Port, port, sells, world

__all__ = ["port", "world"]
pytestmark = pytest.mark.django_db(databases=DATABASES)


def text(client: Client, **query: str) -> str:
    page = client.get(reverse("pos:home"), query)
    assert page.status_code == 200
    return str(page.content.decode())


class TestHome:
    def test_shows_the_day_and_says_that_it_is_simulated(self, world: World) -> None:
        sells(world, 2040)

        page = text(visitor(world.cashier, "en"))

        assert "Simulated" in page
        assert "Not at the provider" in page
        assert "2040" in page
        assert "2040" not in text(visitor(world.cashier, "en"), day="2026-10-04")
        assert "2040" not in text(visitor(world.keeper, "en"), day="nonsense")

    def test_the_treasury_sees_all_places(self, world: World) -> None:
        treasury = world.joins("회계 담당")
        world.grants(treasury, RoleName.TREASURY)
        sells(world)

        assert "2000" in text(visitor(treasury, "en"))

    def test_a_district_without_a_provider_says_so(self, world: World, port: Port) -> None:
        plug()

        assert "no payment provider" in text(visitor(world.cashier, "en"))
