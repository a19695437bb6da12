"""Who may register what, and what is written down when something happens."""

import json
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import transaction

from pumasi.civic.audit.models import AuditRow
from pumasi.civic.hooks.errors import EndpointUnknown, NotFinishedYet, TooManyEndpoints
from pumasi.civic.hooks.models import Delivery, Endpoint, Event
from pumasi.civic.hooks.operations import (
    KEPT,
    MOST,
    add_endpoint,
    end_endpoint,
    forget_old,
    renew_secret,
    send_again,
)
from pumasi.civic.hooks.queries import PAID, REFUNDED, SETTLED
from pumasi.civic.hooks.tests.district import ADDRESS, NOW, Shop, acts, rows
from pumasi.civic.people.operations import join
from pumasi.civic.places.queries import place
from pumasi.kernel.result import Refusal

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(databases=["default", "keys"])]
AT_ONCE = ("WAITING", 0, timedelta(0), None, "NONE")


@pytest.fixture
def shop(db: None) -> Shop:
    return Shop()


class TestAddEndpoint:
    def test_hears_what_was_chosen_in_the_order_of_the_list(self, shop: Shop) -> None:
        add_endpoint(acts(shop.keeper), place_id=shop.place, url=f" {ADDRESS} ", events=[SETTLED, PAID])

        row = Endpoint.objects.get()
        assert (row.person_id, row.place_id, row.url) == (shop.keeper, shop.place, ADDRESS)
        assert row.events == "payment.received settlement.paid"
        assert AuditRow.objects.filter(action="hooks.add_endpoint", whom=row.id, actor=shop.keeper).count() == 1

    @pytest.mark.parametrize(
        ("code", "other"),
        [
            ("hooks.not_your_place", {"place_id": "other"}),
            ("hooks.not_your_place", {"place_id": None}),
            ("hooks.address_unusable", {"url": "http://till.example/"}),
            ("hooks.address_unusable", {"url": "http://localhost/"}),
            ("hooks.events_unusable", {"events": []}),
            ("hooks.events_unusable", {"events": [PAID, "person.joined"]}),
        ],
    )
    def test_refuses_and_keeps_nothing(self, shop: Shop, code: str, other: dict[str, Any]) -> None:
        given: dict[str, Any] = {"place_id": shop.place, "url": ADDRESS, "events": [PAID], **other}
        if "place_id" in other:
            given["place_id"] = shop.other if other["place_id"] else uuid4()

        with pytest.raises(Refusal) as refused:
            add_endpoint(acts(shop.keeper), **given)

        assert refused.value.code == code
        assert Endpoint.objects.count() == 0

    def test_refuses_who_has_no_role_there_today(self, shop: Shop) -> None:
        resident, later = join(acts(None), "주민 역할").id, NOW + timedelta(days=100)
        for acting in (acts(None), acts(resident), acts(shop.keeper, later)):
            with pytest.raises(Refusal) as refused:
                add_endpoint(acting, place_id=shop.place, url=ADDRESS, events=[PAID])
            assert refused.value.code == "hooks.not_your_place"

        assert Endpoint.objects.count() == 0

    def test_refuses_one_too_many_until_one_ends(self, shop: Shop) -> None:
        for _ in range(MOST):
            shop.hears()
        with pytest.raises(TooManyEndpoints):
            shop.hears()
        end_endpoint(acts(shop.keeper), endpoint_id=Endpoint.objects.order_by("id")[0].id)

        shop.hears()

        assert rows()[1] == MOST


class TestHappened:
    def test_a_row_for_each_that_hears_it_and_none_for_others(self, shop: Shop) -> None:
        shop.hears()
        shop.hears()
        add_endpoint(acts(shop.keeper), place_id=shop.place, url=ADDRESS, events=[REFUNDED])

        key = shop.is_paid()

        assert rows()[0] == [AT_ONCE, AT_ONCE]
        assert json.loads(Event.objects.get().body) == {
            "type": "payment.received",
            "timestamp": "2026-10-05T10:00:00+09:00",
            "data": {"place": place(shop.place).number, "key": str(key), "won": 0},
        }

    def test_nobody_hears_nothing_is_written(self, shop: Shop) -> None:
        shop.is_paid()

        assert (Event.objects.count(), Delivery.objects.count()) == (0, 0)

    def test_what_is_rolled_back_was_never_told(self, shop: Shop) -> None:
        shop.hears()
        with transaction.atomic():
            shop.is_paid()
            transaction.set_rollback(True)

        assert (Event.objects.count(), Delivery.objects.count()) == (0, 0)


class TestOwner:
    def test_only_the_owner_ends_renews_and_sends_again(self, shop: Shop) -> None:
        shop.hears()
        shop.is_paid()
        endpoint, delivery = Endpoint.objects.get().id, Delivery.objects.get().id
        stranger = acts(join(acts(None), "주민 역할").id)

        for act in (
            lambda: end_endpoint(stranger, endpoint_id=endpoint),
            lambda: renew_secret(stranger, endpoint_id=endpoint),
            lambda: send_again(stranger, delivery_id=delivery),
            lambda: end_endpoint(acts(shop.keeper), endpoint_id=uuid4()),
            lambda: send_again(acts(shop.keeper), delivery_id=uuid4()),
        ):
            with pytest.raises(EndpointUnknown):
                act()

        assert rows() == ([AT_ONCE], 1)
        assert Endpoint.objects.get().version == 1

    def test_an_end_is_for_good_and_drops_what_waits(self, shop: Shop) -> None:
        shop.hears()
        shop.is_paid()
        endpoint: UUID = Endpoint.objects.get().id

        end_endpoint(acts(shop.keeper), endpoint_id=endpoint)
        end_endpoint(acts(shop.keeper, NOW + timedelta(days=1)), endpoint_id=endpoint)

        assert rows() == ([("DROPPED", *AT_ONCE[1:])], 0)
        assert Endpoint.objects.get().ended_at == NOW
        with pytest.raises(EndpointUnknown):
            renew_secret(acts(shop.keeper), endpoint_id=endpoint)
        with pytest.raises(EndpointUnknown):
            send_again(acts(shop.keeper), delivery_id=Delivery.objects.get().id)

    def test_what_still_waits_is_not_sent_again(self, shop: Shop) -> None:
        shop.hears()
        shop.is_paid()

        with pytest.raises(NotFinishedYet):
            send_again(acts(shop.keeper), delivery_id=Delivery.objects.get().id)

        assert rows()[0] == [AT_ONCE]


class TestForgetOld:
    def test_after_thirty_days_events_and_deliveries_are_gone(self, shop: Shop) -> None:
        shop.hears()
        shop.is_paid()
        shop.is_paid(NOW + timedelta(seconds=1))

        assert forget_old(acts(None, NOW + KEPT)) == 0
        assert forget_old(acts(None, NOW + KEPT + timedelta(seconds=1))) == 1
        assert forget_old(acts(None, NOW + KEPT + timedelta(seconds=1))) == 0

        assert (Event.objects.count(), Delivery.objects.count(), Endpoint.objects.count()) == (1, 1, 1)
