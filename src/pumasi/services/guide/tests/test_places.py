"""The list of places: what it says of each, the filter, pages, and the same list in one piece for the map."""

import re
from datetime import date, timedelta
from itertools import chain
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from pumasi.civic.places.models import Need, PlaceKind
from pumasi.civic.places.operations import (
    close_for,
    close_place,
    open_place,
    set_hours,
    set_need,
    set_position,
    set_state,
    suspend_place,
)
from pumasi.civic.places.positions import Position
from pumasi.civic.places.queries import place
from pumasi.civic.shell.tests.visiting import visitor
from pumasi.coin.tests.world import DATABASES, World, acts
from pumasi.kernel.clock import FixedClock

pytestmark = pytest.mark.django_db(databases=DATABASES)
HERE = Position(3_748_712, 12_701_234)
TODAY = date(2026, 10, 5)


def text_of(answer: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def lines_of(answer: Any) -> list[str]:
    """The list's lines, as words."""
    found = re.findall(r"<li data-number.*?</li>", answer.content.decode(), re.DOTALL)
    return [re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", each)).strip() for each in found]


def names_of(answer: Any) -> list[str]:
    return [each.split(" 표본동")[0] for each in lines_of(answer)]


def near(language: str = "ko", **asked: str | int) -> Any:
    return visitor(None, language).get("/near/", asked)


class TestLines:
    def test_say_what_where_and_what_for(self, world: World) -> None:
        set_state(acts(world.keeper), world.laundry, accepts=["HANGER", "ICE_PACK"], needs=["HANGER"], daily_limit=None)

        assert lines_of(near()) == [
            "표본 빵집 표본동 · 탄소제로샵 코인 쓰기 · 가져가기: 옷걸이, 텀블러 사용 아직 지도에 없어요",
            "표본 세탁소 표본동 · 탄소제로샵 코인 쓰기 · 가져가기: 옷걸이, 아이스팩 "
            "아직 지도에 없어요 필요해요: 옷걸이",
            "표본 주민센터 표본동 · 동주민센터 코인 쓰기 · 적립 12가지 아직 지도에 없어요",
            "표본 체육관 표본동 · 공공시설 코인 쓰기 · 적립 10가지 아직 지도에 없어요",
        ]
        assert lines_of(near("en"))[0].startswith("Sample CENTRE 표본동 · community centre pay with coins")

    def test_stand_by_dong_and_name(self, world: World) -> None:
        for name, dong in (("나", "가동"), ("가", "가동")):
            open_place(acts(None), kind=PlaceKind.SHOP, name_ko=name, name_en=name, dong=dong, opened_on=TODAY)

        assert [each.split(" ·")[0] for each in lines_of(near())][:3] == ["가 가동", "나 가동", "표본 빵집 표본동"]

    @pytest.mark.parametrize(
        ("hour", "said"),
        [
            (0, "지금 열려 있어요, 19:00까지"),
            (9, "오늘은 19:00에 닫았어요"),
            (-2, "오늘 09:00에 열어요"),
            (24, "오늘은 쉬는 날이에요"),
        ],
    )
    def test_say_whether_it_is_open(self, world: World, clock: FixedClock, hour: int, said: str) -> None:
        set_hours(acts(world.keeper), world.laundry, {0: (9 * 60, 19 * 60)})

        clock.advance(timedelta(hours=hour))

        assert said in lines_of(near(q="세탁"))[0]

    def test_keep_suspended_and_resting_places_and_say_so(self, world: World) -> None:
        suspend_place(acts(None), world.bakery, date(2026, 10, 9))
        suspend_place(acts(None), world.gym)
        close_for(acts(world.keeper), world.laundry, starts=TODAY, ends=TODAY, reason="수리")
        close_place(acts(None), world.centre)

        said = lines_of(near())

        assert [each.partition("없어요 ")[2] for each in said] == [
            "2026-10-09까지 이용이 멈춰 있어요",
            "오늘 쉬어요: 수리",
            "지금은 이용이 멈춰 있어요",
        ]

    def test_full_today_is_said_from_a_tap_and_from_a_limit(self, world: World) -> None:
        set_state(
            acts(world.keeper),
            world.laundry,
            accepts=["HANGER", "ICE_PACK"],
            needs=["HANGER"],
            daily_limit=None,
            item_limits={"HANGER": 20},
        )
        set_need(acts(world.keeper), world.laundry, "ICE_PACK", Need.FULL)
        assert "오늘은 다 찼어요: 아이스팩 필요해요: 옷걸이" in lines_of(near(q="세탁"))[0]

        world.brings_hangers(20)

        assert lines_of(near(q="세탁"))[0].endswith("오늘은 다 찼어요: 옷걸이, 아이스팩")
        assert lines_of(near(q="세탁", do="HANGER"))[0].endswith("오늘은 다 찼어요")


class TestFilter:
    @pytest.mark.parametrize(
        ("asked", "found"),
        [
            ({"kind": "ZERO"}, ["표본 세탁소"]),
            ({"kind": "SHOP"}, ["표본 빵집", "표본 세탁소"]),
            ({"kind": "CENTRE"}, ["표본 주민센터"]),
            ({"kind": "MACHINE"}, []),
            ({"do": "pay"}, ["표본 빵집", "표본 세탁소", "표본 주민센터", "표본 체육관"]),
            ({"do": "ICE_PACK"}, ["표본 세탁소"]),
            ({"do": "CLEAR_PET"}, ["표본 주민센터", "표본 체육관"]),
            ({"do": "HOUSEHOLD_LINKED"}, ["표본 주민센터"]),
            ({"dong": "표본동", "kind": "FACILITY"}, ["표본 체육관"]),
            ({"q": "빵"}, ["표본 빵집"]),
            ({"q": "sample fac"}, ["표본 체육관"]),
            ({"q": "없는 곳"}, []),
            ({"open": "1"}, ["표본 세탁소", "표본 주민센터", "표본 체육관"]),
        ],
    )
    def test_finds(self, world: World, asked: dict[str, str], found: list[str]) -> None:
        set_state(acts(None), world.laundry, accepts=["ICE_PACK"], needs=[], daily_limit=None)
        set_state(acts(None), world.bakery, accepts=["WELCOME"], needs=[], daily_limit=None)
        suspend_place(acts(None), world.bakery)

        assert names_of(near(**asked)) == found
        assert names_of(visitor(None).get("/near/all/", asked)) == found

    @pytest.mark.parametrize(
        "asked", [{"kind": "BANK"}, {"do": "WORKS_SUPERVISOR"}, {"dong": "없는동"}, {"q": "가" * 41}]
    )
    def test_a_choice_that_does_not_exist_is_said(self, world: World, asked: dict[str, str]) -> None:
        answer = near(**asked)

        assert (answer.status_code, lines_of(answer)) == (422, [])
        assert "이 부분을 다시 봐 주세요" in text_of(answer)

    def test_the_form_keeps_what_was_chosen(self, world: World) -> None:
        page = near(kind="SHOP", do="HANGER", open="1").content.decode()

        assert '<option value="SHOP" selected>' in page
        assert '<option value="HANGER" selected>' in page
        assert 'name="open" value="1" checked' in page
        assert 'data-all="/near/all/?kind=SHOP&amp;do=HANGER&amp;open=1"' in page


class TestPages:
    def many(self) -> None:
        for number in range(65):
            name = f"가게 {number:02}"
            open_place(acts(None), kind=PlaceKind.SHOP, name_ko=name, name_en=name, dong="가동", opened_on=TODAY)

    def test_thirty_a_page_and_all_of_them_for_the_map(self, world: World) -> None:
        self.many()

        pages = [lines_of(near(kind="SHOP", page=number)) for number in (1, 2, 3)]

        assert [len(each) for each in pages] == [30, 30, 7]
        assert list(chain(*pages)) == lines_of(visitor(None).get("/near/all/", {"kind": "SHOP"}))
        assert "3쪽 중 2쪽" in text_of(near(kind="SHOP", page=2))
        assert 'href="?kind=SHOP&amp;page=3"' in near(kind="SHOP", page=2).content.decode()

    @pytest.mark.parametrize(
        ("asked", "shown"), [("nonsense", "3쪽 중 1쪽"), ("99", "3쪽 중 3쪽"), ("-1", "3쪽 중 3쪽")]
    )
    def test_a_page_that_does_not_exist_is_one_that_does(self, world: World, asked: str, shown: str) -> None:
        self.many()

        assert shown in text_of(near(page=asked))

    def test_cost_the_same_for_many_places(
        self, world: World, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        client = visitor(None)
        client.get("/near/")

        # Version of the tariff, places, hours of today, who has any, closures; texts on the page.
        with django_assert_num_queries(6):
            client.get("/near/")
        self.many()
        with django_assert_num_queries(6):
            client.get("/near/")
        with django_assert_num_queries(5):
            client.get("/near/all/")

    def test_a_limit_of_pieces_costs_one_more(
        self, world: World, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        for shop in (world.laundry, world.bakery):
            set_state(acts(None), shop, accepts=[], needs=[], daily_limit=None, item_limits={"HANGER": 9, "TUMBLER": 9})

        client = visitor(None)
        client.get("/near/")

        with django_assert_num_queries(7):
            client.get("/near/")


class TestWholeList:
    def test_carries_positions_and_an_etag_that_follows_what_is_shown(self, world: World, clock: FixedClock) -> None:
        set_position(acts(None), world.laundry, HERE)
        set_hours(acts(None), world.laundry, {0: (9 * 60, 19 * 60)})
        client = visitor(None)

        first = client.get("/near/all/")
        again = client.get("/near/all/", headers={"if-none-match": first["ETag"]})
        clock.advance(timedelta(hours=9))
        evening = client.get("/near/all/", headers={"if-none-match": first["ETag"]})
        english = visitor(None, "en").get("/near/all/", headers={"if-none-match": evening["ETag"]})

        number = place(world.laundry).number
        assert f'data-number="{number}" data-mark="ZERO" data-at="37.48712,127.01234"' in first.content.decode()
        assert first.content.decode().count("data-at=") == 1
        assert (again.status_code, again.content, evening.status_code, english.status_code) == (304, b"", 200, 200)
        assert first["Cache-Control"] == "no-cache"


class TestOutlines:
    def test_are_sent_with_their_source_and_an_etag(self, world: World) -> None:
        first = visitor(None).get("/near/boundaries.json")
        again = visitor(None).get("/near/boundaries.json", headers={"if-none-match": first["ETag"]})

        assert len(first.json()["features"]) == 10
        assert (first["Content-Type"], again.status_code) == ("application/geo+json", 304)
        assert "국토지리정보원" in text_of(near())
        assert "National Geographic Information Institute" in text_of(near("en"))
