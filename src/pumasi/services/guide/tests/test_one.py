"""The page of one place, and the page on which its position is set."""

import re
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from pytest_django import DjangoAssertNumQueries

from pumasi.civic.audit.models import AuditRow
from pumasi.civic.places.models import PlaceKind
from pumasi.civic.places.operations import close_for, close_place, set_hours, set_position, set_state, suspend_place
from pumasi.civic.places.positions import Position
from pumasi.civic.places.queries import place
from pumasi.civic.shell.tests.visiting import visitor
from pumasi.coin.tests.world import DATABASES, World, acts

pytestmark = pytest.mark.django_db(databases=DATABASES)
HERE = Position(3_748_712, 12_701_234)


def text_of(answer: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def page_of(place_id: UUID, person: UUID | None = None, language: str = "ko") -> Any:
    return visitor(person, language).get(f"/places/{place(place_id).number}/")


class TestPlace:
    def test_says_what_a_shop_takes_needs_and_saves(self, world: World) -> None:
        set_state(
            acts(None),
            world.laundry,
            accepts=["HANGER", "ICE_PACK"],
            needs=["HANGER"],
            daily_limit=None,
            item_limits={"HANGER": 30},
        )

        korean, english = text_of(page_of(world.laundry)), text_of(page_of(world.laundry, language="en"))

        assert "표본 세탁소 Sample SHOP · 표본동 · 탄소제로샵" in korean
        assert "Sample SHOP 표본 세탁소 · 표본동 · carbon-zero shop" in english
        assert "옷걸이 10개마다 2코인, 가게 2코인 한 개에 이산화탄소 약 130g (118~141g, 추정값, 1판)" in korean
        assert "오늘 30 중 30 남음 필요해요" in korean
        assert "아이스팩 아직 코인은 없지만 가게에서 다시 써요." in korean
        assert "여기에서 적립해요" not in korean

    def test_says_what_earns_at_a_centre_and_how(self, world: World) -> None:
        page = text_of(page_of(world.centre))

        assert "투명 페트병 모으기 장소 화면의 QR 찍기 · 직원에게 내 코드 보여 주기 10개마다 2코인" in page
        assert "이런 것을 가져오세요" not in page

    def test_a_machine_earns_by_its_receipt_and_takes_no_coins(self, world: World) -> None:
        machine = world.opens(PlaceKind.MACHINE, "표본 수거기")

        page = text_of(page_of(machine))

        assert "투명 페트병 모으기 기계 영수증의 QR 찍기 10개마다 2코인" in page
        assert "여기에서 코인 쓰기" not in page

    def test_shows_hours_and_days_off(self, world: World) -> None:
        before = text_of(page_of(world.laundry))
        set_hours(acts(None), world.laundry, {0: (540, 1140)})
        close_for(acts(None), world.laundry, starts=date(2026, 10, 7), ends=date(2026, 10, 8), reason="수리")

        page = text_of(page_of(world.laundry))

        assert "문 여는 시간을 아직 알려 주지 않았어요" in before
        assert "지금 열려 있어요, 19:00까지" in page
        assert "월요일 09:00~19:00 화요일 휴무" in page
        assert "2026-10-07 ~ 2026-10-08 수리" in page

    def test_leads_to_paying_only_where_one_can_pay(self, world: World) -> None:
        url = re.search(r'href="(/pay/at/[^"]+)"', page_of(world.bakery).content.decode())
        assert url is not None
        opened = visitor(world.resident).get(url[1])
        assert opened["Location"] == f"/pay/{world.bakery}/"

        suspend_place(acts(None), world.bakery)
        close_place(acts(None), world.gym)

        for each, said in ((world.bakery, "지금은 이용이 멈춰 있어요"), (world.gym, "2026-10-05부터 운영하지 않아요")):
            page = page_of(each)
            assert "/pay/at/" not in page.content.decode()
            assert said in text_of(page)

    def test_there_is_none_for_a_number_that_nobody_has(self, world: World) -> None:
        taken = {place(each).number for each in (world.laundry, world.bakery, world.gym, world.centre)}
        free = next(number for number in range(9) if number not in taken)

        assert [visitor(None).get(f"/places/{number}/").status_code for number in (free, 10**30)] == [404, 404]

    def test_costs_a_fixed_number_of_queries(
        self, world: World, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        page_of(world.laundry)
        client, address = visitor(None), f"/places/{place(world.laundry).number}/"

        # Tariff's version; the place for the view, the page and the pay link; hours, closures twice, freezes.
        with django_assert_num_queries(9):
            client.get(address)

    def test_other_lists_lead_there(self, world: World) -> None:
        address = f'href="/places/{place(world.laundry).number}/"'
        resident = visitor(world.resident)

        assert address in resident.get("/bring/HANGER/").content.decode()
        assert 'href="/near/?do=HANGER"' in resident.get("/bring/HANGER/").content.decode()
        assert 'href="/near/?do=pay"' in resident.get("/pay/").content.decode()
        assert f'href="/places/{place(world.gym).number}/"' in resident.get("/deeds/kinds/TALENT/").content.decode()
        assert 'href="/near/?do=TALENT"' in resident.get("/deeds/kinds/TALENT/").content.decode()
        assert address in visitor(world.keeper).get(f"/received/{world.laundry}/state/").content.decode()
        assert 'href="/near/"' in visitor(None).get("/").content.decode()


class TestPosition:
    @pytest.fixture
    def address(self, world: World) -> str:
        return f"/places/{place(world.laundry).number}/position/"

    @pytest.mark.parametrize("who", ["keeper", "official", "issuer"])
    def test_is_set_by_the_keeper_or_an_officer(self, world: World, address: str, who: str) -> None:
        actor = getattr(world, who)
        client = visitor(actor)

        after = client.post(address, {"latitude": "37.48712", "longitude": " 127.012340 "}, follow=True)

        assert place(world.laundry).position == HERE
        assert "이 위치는 서초동 안이에요" in text_of(after)
        assert AuditRow.objects.filter(action="places.set_position", whom=world.laundry, actor=actor).count() == 1
        assert address in page_of(world.laundry, actor).content.decode()

    def test_is_taken_off_again(self, world: World, address: str) -> None:
        set_position(acts(None), world.laundry, HERE)

        after = visitor(world.keeper).post(address, {"what": "remove"}, follow=True)

        assert place(world.laundry).position is None
        assert "아직 지도에 없는 곳이에요" in text_of(after)

    @pytest.mark.parametrize(
        ("form", "status", "said"),
        [
            ({"latitude": "127.01234", "longitude": "37.48712"}, 409, "두 수가 바뀌지 않았는지 보세요"),
            ({"latitude": "here", "longitude": "127"}, 409, "지도의 위치는 한국 안이어야 해요"),
            ({"latitude": "37.48712"}, 422, "경도"),
            ({}, 422, "위도"),
        ],
    )
    def test_a_point_that_cannot_be_is_refused_and_nothing_changes(
        self, world: World, address: str, form: dict[str, str], status: int, said: str
    ) -> None:
        set_position(acts(None), world.laundry, HERE)
        audited = AuditRow.objects.count()

        answer = visitor(world.keeper).post(address, form)

        assert (answer.status_code, place(world.laundry).position) == (status, HERE)
        assert said in text_of(answer)
        assert AuditRow.objects.count() == audited

    def test_a_point_beyond_the_dongs_is_kept_and_asked_about(self, world: World, address: str) -> None:
        after = visitor(world.keeper).post(address, {"latitude": "35.1", "longitude": "129.0"}, follow=True)

        assert "지도의 어느 동에도 들어 있지 않아요" in text_of(after)

    @pytest.mark.parametrize(("who", "status"), [("resident", 403), ("cashier", 404), (None, 403)])
    def test_is_nobody_elses(self, world: World, address: str, who: str | None, status: int) -> None:
        client = visitor(getattr(world, who) if who else None)

        answer = client.post(address, {"latitude": "37.48712", "longitude": "127.01234"})

        assert (answer.status_code, place(world.laundry).position) == (status, None)
        assert address not in page_of(world.laundry, getattr(world, who) if who else None).content.decode()
