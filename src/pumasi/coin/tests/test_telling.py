"""What a shop's program is told: the examples of docs/webhooks.md are what the operations write, to the byte."""

import json
import re
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from pumasi.civic.hooks.models import Delivery, Event
from pumasi.civic.hooks.operations import add_endpoint
from pumasi.civic.hooks.queries import TYPES
from pumasi.civic.hooks.signing import headers, secret
from pumasi.civic.places.queries import place
from pumasi.coin import operations
from pumasi.coin.models import DisputeReason
from pumasi.coin.settlement import operations as settlement
from pumasi.coin.settlement.models import Line
from pumasi.coin.settlement.tests.street import SETTLING, Street, publish
from pumasi.coin.tests.world import DATABASES, MORNING, World, a_key, acts, books
from pumasi.kernel.result import Refusal

pytestmark = [pytest.mark.django_db(databases=DATABASES), pytest.mark.postgres]
PAGE = Path(__file__).parents[4] / "docs" / "webhooks.md"
PAYMENT, BACK = UUID("01992d5c-9a80-7000-8000-000000000001"), UUID("01992d5c-9a80-7000-8000-000000000002")


def hears(world: World) -> None:
    add_endpoint(acts(world.keeper), place_id=world.laundry, url="https://till.example/", events=TYPES)


def pays(world: World, price: int | None = 5000) -> None:
    operations.spend(
        acts(world.resident), payer_id=world.resident, place_id=world.laundry, coins=30, price_won=price, key=PAYMENT
    )


def told() -> list[dict[str, Any]]:
    return [json.loads(each.body) for each in Event.objects.order_by("at", "type")]


def examples(**given: object) -> dict[str, dict[str, Any]]:
    """The JSON blocks of the page by type, with what only a real node knows put in."""
    blocks = [json.loads(each) for each in re.findall(r"```json\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.S)]
    for each in blocks:
        each["data"] |= given
    return {each["type"]: each for each in blocks}


def blanked(event: Mapping[str, Any]) -> dict[str, Any]:
    """An event whose key and numbers of the settlement are its own affair."""
    return {**event, "timestamp": "", "data": {**event["data"], "key": "", "batch": 0}}


@pytest.fixture
def world(db: None) -> World:
    district = World()
    district.funds()
    district.earns(district.resident, 60)
    hears(district)
    return district


class TestPage:
    def test_has_an_example_of_each_type(self) -> None:
        assert list(examples()) == list(TYPES)

    def test_its_python_verifies_a_message_and_no_other(self) -> None:
        [code] = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.S)
        found: dict[str, Any] = {}
        exec(code, found)
        body, sent = b'{"won":1}', headers(PAYMENT, [2, 1], message=BACK, at=MORNING, body=b'{"won":1}')
        now = MORNING.timestamp()

        assert found["is_genuine"](secret(PAYMENT, 1), sent, body, now)
        assert found["is_genuine"](secret(PAYMENT, 2), sent, body, now + 299)
        assert not found["is_genuine"](secret(PAYMENT, 3), sent, body, now)
        assert not found["is_genuine"](secret(PAYMENT, 2), sent, b'{"won":2}', now)
        assert not found["is_genuine"](secret(PAYMENT, 2), sent, body, now + 301)


class TestPayment:
    def test_is_told_as_the_page_says_and_names_nobody(self, world: World) -> None:
        pays(world)
        pays(world)

        assert told() == [examples(place=place(world.laundry).number)["payment.received"]]
        body = Event.objects.get().body
        assert not [each for each in (world.resident, world.keeper) if str(each) in body or each.hex in body]

    def test_undone_and_refunded_are_told_as_the_page_says(self, world: World) -> None:
        given = examples(place=place(world.laundry).number)
        pays(world)
        operations.undo(acts(world.resident), payment_id=PAYMENT, key=BACK)
        assert told()[1] == given["payment.undone"]

    def test_a_part_that_is_refunded_carries_its_won(self, world: World) -> None:
        given = examples(place=place(world.laundry).number)
        pays(world)
        later = acts(world.keeper, MORNING + timedelta(days=1))

        operations.refund(later, payment_id=PAYMENT, coins=10, key=BACK)

        assert told()[1] == given["payment.refunded"]

    def test_what_a_dispute_gives_back_is_a_refund_too(self, world: World) -> None:
        pays(world, price=None)
        case = operations.dispute(acts(world.resident), payment_id=PAYMENT, reason=DisputeReason.OTHER, key=a_key())

        operations.accept_dispute(acts(world.keeper), dispute_id=case.key)

        [_, back] = told()
        assert (back["type"], back["data"]["why"]) == ("payment.refunded", "DISPUTE")
        assert back["data"]["coins"] == {"unit": "SC", "minor": 3000}

    def test_a_refusal_tells_nothing(self, world: World) -> None:
        before = books()

        with pytest.raises(Refusal):
            operations.spend(
                acts(world.resident), payer_id=world.resident, place_id=world.laundry, coins=1000, key=PAYMENT
            )

        assert (books(), Event.objects.count(), Delivery.objects.count()) == (before, 0, 0)

    def test_other_places_are_not_heard(self, world: World) -> None:
        world.pays(10, world.bakery)

        assert Event.objects.count() == 0


class TestSettlement:
    def test_what_is_paid_out_is_told_as_the_page_says(self, db: None) -> None:
        street = Street()
        street.funds()
        street.earns(street.resident, 60)
        street.pays(30)
        hears(street)
        publish()
        batch = street.drafts()
        street.checks(batch)
        street.exports(batch)
        line = Line.objects.get(batch=batch)

        for _ in range(2):
            settlement.pay_line(acts(street.maker, SETTLING), line_id=line.id)

        given = examples(place=place(street.laundry).number)["settlement.paid"]
        assert [blanked(each) for each in told()] == [blanked(given)]
        assert told()[0]["data"]["batch"] == batch.number
