"""A new value of the coin and the end of the programme on their pages."""

import re
from typing import Any

import pytest

from pumasi.civic.shell.tests.visiting import visitor
from pumasi.coin.district import district_tariff
from pumasi.coin.models import TariffChange
from pumasi.coin.tests.world import DATABASES, World, a_key

pytestmark = pytest.mark.django_db(databases=DATABASES)
DECIDED = {"clause": "제9조", "document": "결재-9"}
DAYS = {
    "last_earn": "2026-10-31",
    "last_spend": "2026-11-30",
    "last_settle": "2026-12-20",
    "archive": "2026-12-28",
}


def text_of(answer: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def drafts_value(world: World, **more: str) -> Any:
    form = {"key": str(a_key()), "won": "200", "convert": "yes", "effective_on": "2026-11-04", **DECIDED, **more}
    return visitor(world.issuer, "en").post("/tariff/value/", form, follow=True)


class TestValue:
    def test_shows_before_and_after_to_both_officers(self, world: World) -> None:
        world.earns(world.resident, 40)

        page = drafts_value(world)
        change = TariffChange.objects.get().id
        table = visitor(world.officers[0]).get(f"/tariff/{change}/before-after.csv").content.decode()
        visitor(world.officers[0]).post(f"/tariff/{change}/", {"step": "approve"})

        assert "One coin: 100 won, from 2026-11-04 200 won." in text_of(page)
        assert "Won in all: 4000 before, 4000 after." in text_of(page)
        assert "The sums are equal." in text_of(page)
        assert table.splitlines()[1] == "2100,Resident wallet,1,40,4000,20,4000"
        assert [rate.won for rate in district_tariff().unit.rates][-1] == 200

    def test_too_soon_or_unfilled_is_said_on_the_page(self, world: World) -> None:
        soon = drafts_value(world, effective_on="2026-10-20")
        empty = drafts_value(world, won="")

        assert (soon.status_code, empty.status_code, TariffChange.objects.count()) == (409, 422, 0)
        assert "2026-11-04 at the earliest" in text_of(soon)


class TestEnding:
    def test_is_public_once_two_have_decided(self, world: World) -> None:
        before = text_of(visitor(None, "en").get("/rules/ending/"))

        drafted = visitor(world.issuer, "en").post(
            "/tariff/ending/", {"key": str(a_key()), **DECIDED, **DAYS}, follow=True
        )
        change = TariffChange.objects.get().id
        visitor(world.officers[0]).post(f"/tariff/{change}/", {"step": "approve"})
        public = text_of(visitor(None, "en").get("/rules/ending/"))
        mine = text_of(visitor(world.issuer, "en").get("/tariff/ending/"))

        assert "No end is planned." in before
        assert "last day to earn 2026-10-31, to spend 2026-11-30" in text_of(drafted)
        assert "2026-12-20" in public
        assert "Every account stands at zero." in public
        assert "2026-12-28" in mine

    def test_days_out_of_order_are_refused(self, world: World) -> None:
        form = {"key": str(a_key()), **DECIDED, **DAYS, "last_spend": "2026-10-01"}

        answer = visitor(world.issuer).post("/tariff/ending/", form)

        assert (answer.status_code, TariffChange.objects.count()) == (409, 0)

    def test_an_auditor_reads_and_drafts_nothing(self, world: World) -> None:
        answer = visitor(world.officers[0], "en").post("/tariff/ending/", {"key": str(a_key()), **DECIDED, **DAYS})

        assert (answer.status_code, TariffChange.objects.count()) == (200, 0)
        assert "Draft a plan" not in text_of(answer)
