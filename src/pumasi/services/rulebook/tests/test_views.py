"""The public rule book: prices, dates, reasons and the data file."""

import json
import re
from datetime import date
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries, Settings

from pumasi.civic.shell.tests.visiting import stand_still, visitor
from pumasi.coin import operations
from pumasi.coin.operations.tariff import Draft
from pumasi.coin.tariff_edit import SetAmount
from pumasi.coin.tests.world import DATABASES, MORNING, World, a_key, acts
from pumasi.kernel.clock import FixedClock

pytestmark = pytest.mark.django_db(databases=DATABASES)


@pytest.fixture
def world(db: None, monkeypatch: pytest.MonkeyPatch, settings: Settings) -> World:
    settings.WHITENOISE_AUTOREFRESH = True
    stand_still(monkeypatch, FixedClock(MORNING))
    return World()


def text_of(answer: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def changed(world: World) -> None:
    change = Draft("가을 조정", "Autumn change", "제5조", "결재-7", date(2026, 11, 1), (SetAmount("CLEAR_PET", 3),))
    made = operations.draft_change(acts(world.issuer), change, key=a_key())
    assert "가을 조정" not in text_of(visitor(None).get("/rules/changes/"))  # a draft is not public
    operations.approve_change(acts(world.officers[0]), change_id=made)


class TestRules:
    def test_says_what_earns_now_and_what_is_coming(self, world: World) -> None:
        changed(world)

        page = text_of(visitor(None).get("/rules/"))

        assert "투명 페트병 모으기 2026-11-01부터 10개마다 3코인 10개마다 2코인" in page
        assert "신규 가입 행사 오늘은 적립 없음" in page
        assert "한 사람 하루, 모든 활동 60코인" in page

    def test_says_why_it_was_five_coins(self, world: World) -> None:
        korean = text_of(visitor(None).get("/rules/VOLUNTEERING/"))
        english = text_of(visitor(None, "en").get("/rules/VOLUNTEERING/"))

        assert "1시간마다 5코인 지금 적립 시행일 2024-04-10 결정 20개 분야로 확대, 적립 상향" in korean
        assert "SAMPLE-2024-04" in korean
        assert "3 coins for every hour (from age 60) over In force from 2024-02-01 Until 2024-04-09" in english
        assert visitor(None).get("/rules/JUGGLING/").status_code == 404

    def test_the_history_names_no_officer(self, world: World) -> None:
        changed(world)

        page = visitor(None).get("/rules/changes/")

        assert "가을 조정 결정됨, 시행 전" in text_of(page)
        assert str(world.issuer) not in page.content.decode()

    def test_the_rules_against_fraud_are_open(self, world: World) -> None:
        assert "30일 중 15일 이상 같은 사람이 같은 가게에서" in text_of(visitor(None).get("/rules/watch/"))

    def test_a_page_asks_for_the_tariff_once(
        self, world: World, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        client = visitor(None)
        client.get("/rules/")

        # Version for the tariff, number for the page, freezes.
        with django_assert_num_queries(4):
            client.get("/rules/")


class TestData:
    def test_is_json_with_rows_and_an_etag_that_follows(self, world: World) -> None:
        first = visitor(None).get("/rules/tariff.json")
        again = visitor(None).get("/rules/tariff.json", headers={"if-none-match": first["ETag"]})
        changed(world)
        after = visitor(None).get("/rules/tariff.json", headers={"if-none-match": first["ETag"]})

        data = json.loads(first.content)
        pet = next(kind for kind in data["kinds"] if kind["code"] == "CLEAR_PET")
        assert [(row["coins"], row["from"], row["until"]) for row in pet["rows"]] == [
            (1, "2023-07-03", "2024-04-09"),
            (2, "2024-04-10", None),
        ]
        assert (again.status_code, after.status_code) == (304, 200)
        changes = json.loads(after.content)["changes"]
        assert [(each["document"], each["from"]) for each in changes] == [("결재-7", "2026-11-01")]
