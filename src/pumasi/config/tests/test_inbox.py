"""One inbox for whoever is at work: what each role finds in it, in which order, and at which price."""

import re
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.module_loading import import_string

from pumasi.civic.people.models import RoleName
from pumasi.civic.shell.manifest import manifests
from pumasi.civic.shell.tests.visiting import visitor
from pumasi.coin.models import DisputeReason
from pumasi.coin.operations import dispute, propose_clawback
from pumasi.coin.tests.world import DATABASES, World, a_key, acts
from pumasi.kernel.clock import FixedClock
from pumasi.services.deeds import operations as deeds
from pumasi.services.deeds.tests.scene import at_place
from pumasi.services.shops.operations.lifecycle import Wish, apply

pytestmark = pytest.mark.django_db(databases=DATABASES)


def lines(person: UUID) -> list[str]:
    """The lines of a person's inbox, tags and spaces taken out."""
    html = visitor(person).get("/inbox/").content.decode()
    return [_plain(each) for each in re.findall(r"<li><span class=\"what\">(.*?)</li>", html, re.DOTALL)]


def _plain(html: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html)).strip()


def claims_hours(world: World) -> None:
    deeds.claim_by_code(
        acts(world.resident),
        person_id=world.resident,
        scan_id=at_place(world.resident, world.gym),
        kind="VOLUNTEERING",
        quantity=120,
        key=a_key(),
        is_paid=False,
    )


def applies(world: World, name: str = "표본 카페", number: str = "1234567891") -> None:
    wish = Wish(name, "Sample cafe", "서초1동", number, ["HANGER"])
    apply(acts(world.neighbour), owner_id=world.neighbour, wish=wish, key=a_key())


def gives_notice(world: World) -> None:
    claim = world.brings_hangers(10).key
    propose_clawback(acts(world.reviewer), claim_id=claim, keep=0, why="달라요", clause="제7조", key=a_key())


class TestLines:
    def test_staff_find_hours_with_their_last_day(self, world: World) -> None:
        claims_hours(world)

        (line,) = lines(world.cashier)

        assert line.startswith("자원봉사")
        assert "2시간 · 표본 체육관" in line
        assert "2026-10-08까지" in line

    def test_what_is_late_says_so_and_comes_first(self, world: World, clock: FixedClock) -> None:
        gives_notice(world)
        applies(world)
        clock.advance(timedelta(days=12))

        found = lines(world.issuer)

        assert [each.split(" ")[0] for each in found[:3]] == ["2코인", "2코인", "가게"]
        assert "기한 지남: 2026-10-15" in found[0]
        assert "12일째 기다려요" in found[2]

    def test_who_gave_notice_is_not_asked_to_decide(self, world: World) -> None:
        gives_notice(world)

        assert lines(world.reviewer) == []
        assert len(lines(world.official)) == 2

    def test_a_keeper_finds_the_wrong_amount_and_its_three_days(self, world: World) -> None:
        world.earns(world.resident, 10)
        paid = world.pays(10).key
        dispute(acts(world.resident), payment_id=paid, reason=DisputeReason.TWICE, key=a_key())

        (line,) = lines(world.keeper)

        assert line.startswith("두 번 나갔어요")
        assert "2026-10-08까지" in line

    def test_the_start_page_of_a_worker_shows_the_first_three(self, world: World) -> None:
        for name, number in (("가", "1234567891"), ("나", "2208162517")):
            applies(world, name, number)
        gives_notice(world)

        page = _plain(visitor(world.official).get("/").content.decode())

        assert "할 일이 4건 있어요" in page
        assert page.count("오늘부터") == 3

    def test_a_resident_has_none(self, world: World) -> None:
        applies(world)

        assert visitor(world.resident).get("/inbox/").status_code == 403
        assert "할 일" not in _plain(visitor(world.resident).get("/").content.decode())

    def test_nothing_waits(self, world: World) -> None:
        assert "기다리는 일이 없어요" in _plain(visitor(world.cashier).get("/inbox/").content.decode())


class TestSources:
    def test_every_role_can_open_it(self, world: World) -> None:
        for role in set(RoleName) - {RoleName.RESIDENT}:
            person = world.joins("역할 시험")
            at_a_place = role in (RoleName.SHOP_KEEPER, RoleName.FACILITY_CASHIER, RoleName.ORGANISATION_ADMIN)
            world.grants(person, role, world.centre if at_a_place else None)

            assert visitor(person).get("/inbox/").status_code == 200, role

    def test_every_named_function_is_there(self) -> None:
        named = [each.inbox for each in manifests() if each.inbox]

        assert len(named) >= 6
        assert all(callable(import_string(each)) for each in named)

    def test_asks_the_database_as_often_for_one_as_for_many(self, world: World) -> None:
        applies(world)
        client = visitor(world.official)
        client.get("/inbox/")
        with CaptureQueriesContext(connection) as one:
            client.get("/inbox/")
        applies(world, "나", "2208162517")
        applies(world, "다", "1018232460")

        with CaptureQueriesContext(connection) as many:
            client.get("/inbox/")

        assert len(lines(world.official)) == 3
        assert len(many) == len(one)
