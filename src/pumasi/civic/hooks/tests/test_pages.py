"""The pages without any script: the secret is shown once, and everybody sees only their own."""

import re
from datetime import timedelta
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from pumasi.civic.hooks.delivering import deliver_due
from pumasi.civic.hooks.models import Delivery, Endpoint
from pumasi.civic.hooks.queries import PAID
from pumasi.civic.hooks.tests.district import ADDRESS, BAD, NOW, Net, Shop, acts, rows
from pumasi.civic.people.models import RoleName
from pumasi.civic.people.operations import grant_role, join
from pumasi.civic.shell.tests.visiting import stand_still, visitor
from pumasi.kernel.clock import FixedClock

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
SECRET = re.compile(r"whsec_[A-Za-z0-9+/]{43}=")


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> FixedClock:
    settings.WHITENOISE_AUTOREFRESH = True
    standing = FixedClock(NOW)
    stand_still(monkeypatch, standing)
    return standing


@pytest.fixture
def shop(db: None, clock: FixedClock) -> Shop:
    return Shop()


def text(client: Client, name: str, *args: UUID) -> str:
    page = client.get(reverse(name, args=args))
    assert page.status_code == 200
    return str(page.content.decode())


class TestMine:
    def test_makes_one_and_shows_its_secret_once(self, shop: Shop) -> None:
        keeper = visitor(shop.keeper, "en")
        sent = {"place_id": str(shop.place), "url": ADDRESS, "events": [PAID]}

        page = keeper.post(reverse("hooks:mine"), sent)

        assert page.status_code == 200
        assert len(SECRET.findall(page.content.decode())) == 1
        assert not SECRET.search(text(keeper, "hooks:mine"))
        assert not SECRET.search(text(keeper, "hooks:one", Endpoint.objects.get().id))
        assert ADDRESS in text(keeper, "hooks:mine")

    @pytest.mark.parametrize(
        ("status", "other"),
        [
            (409, {"url": "https://10.0.0.1/"}),
            (422, {"url": ""}),
            (422, {"events": []}),
            (422, {"place_id": "other"}),
            (422, {"place_id": "x"}),
        ],
    )
    def test_refuses_and_keeps_what_was_typed(self, shop: Shop, status: int, other: dict[str, object]) -> None:
        sent = {"place_id": str(shop.place), "url": ADDRESS, "events": [PAID], **other}
        if other.get("place_id") == "other":
            sent["place_id"] = str(shop.other)

        page = visitor(shop.keeper).post(reverse("hooks:mine"), sent)

        assert page.status_code == status
        assert str(sent["url"]) in page.content.decode()
        assert Endpoint.objects.count() == 0

    def test_an_office_without_a_place_is_told_so(self, shop: Shop) -> None:
        officer = join(acts(None), "발행 담당").id
        grant_role(acts(None), officer, RoleName.ISSUER, starts=NOW.date(), ends=NOW.date() + timedelta(days=9))

        page = text(visitor(officer, "en"), "hooks:mine")

        assert "You hold no role at one today." in page
        assert "<select" not in page


class TestOne:
    def test_says_what_became_of_each_message_and_sends_again(self, shop: Shop, clock: FixedClock) -> None:
        shop.hears()
        shop.is_paid()
        deliver_due(clock, Net([BAD]))
        keeper, endpoint = visitor(shop.keeper, "en"), Endpoint.objects.get().id

        page = text(keeper, "hooks:one", endpoint)
        assert "HTTP 500" in page
        assert "next at 10-05 10:00:05" in page
        assert "Send again" not in page
        clock.advance(timedelta(seconds=5))
        deliver_due(clock, Net())
        assert "Send again" in text(keeper, "hooks:one", endpoint)
        delivery = Delivery.objects.get().id

        assert keeper.post(reverse("hooks:again", args=[endpoint, delivery])).status_code == 302
        assert rows()[0] == [("WAITING", 0, timedelta(seconds=5), 200, "NONE")]

    def test_a_new_secret_is_shown_once_and_an_end_is_an_end(self, shop: Shop) -> None:
        first = shop.hears()
        keeper, endpoint = visitor(shop.keeper), Endpoint.objects.get().id

        page = keeper.post(reverse("hooks:renew", args=[endpoint])).content.decode()
        assert [each != first for each in SECRET.findall(page)] == [True]
        assert keeper.post(reverse("hooks:end", args=[endpoint])).status_code == 302

        assert rows()[1] == 0
        assert keeper.post(reverse("hooks:renew", args=[endpoint])).status_code == 409

    def test_anybody_else_finds_nothing(self, shop: Shop) -> None:
        shop.hears()
        other, endpoint = join(acts(None), "다른 가게 주인").id, Endpoint.objects.get().id
        days = {"starts": NOW.date(), "ends": NOW.date() + timedelta(days=9)}
        grant_role(acts(None), other, RoleName.SHOP_KEEPER, shop.other, **days)

        assert visitor(other).get(reverse("hooks:one", args=[endpoint])).status_code == 404
        assert visitor(other).post(reverse("hooks:end", args=[endpoint])).status_code == 409
        assert ADDRESS not in text(visitor(other), "hooks:mine")
        assert rows()[1] == 1
