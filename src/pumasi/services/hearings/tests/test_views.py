"""A case in a browser without any script: the officer's desk, the letter's page, opinion and objection."""

import re
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pumasi.civic.people.models import RoleName
from pumasi.civic.shell.tests.visiting import visitor
from pumasi.coin import operations
from pumasi.coin.answers import Payee
from pumasi.coin.hearings.models import Case
from pumasi.coin.tests.world import DATABASES, World, a_key, acts
from pumasi.kernel.clock import FixedClock

pytestmark = pytest.mark.django_db(databases=DATABASES)
WORDS = {"why": "스무 개가 아니라 열 개였어요", "clause": "표본 조례 제7조"}


def text_of(answer: Any) -> str:
    """The words of a page without its tags."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


@pytest.fixture
def claim(world: World) -> UUID:
    """Twenty clean bottles that the resident has brought to the gym: 4 coins."""
    return operations.award(
        acts(world.resident),
        kind="CLEAR_PET",
        quantity=20,
        place_id=world.gym,
        payees=[Payee(world.resident)],
        evidence_ref="CODE:test",
        key=a_key(),
    ).key


def opened(world: World, claim: UUID, keep: int = 0) -> Case:
    visitor(world.reviewer).post(f"/clawbacks/new/{claim}/", {"key": a_key(), "keep": keep, **WORDS})
    return Case.objects.get()


class TestDesk:
    def test_finds_a_deed_by_place_and_day_without_a_name(self, world: World, claim: UUID) -> None:
        page = visitor(world.reviewer).get("/clawbacks/find/", {"place": str(world.gym), "day": "2026-10-05"})

        assert "투명 페트병" in text_of(page)
        assert "인정 20, 지급 4코인" in text_of(page)
        assert "주민 역할" not in text_of(page)

    def test_an_empty_day_says_so_and_a_missing_day_is_asked_for(self, world: World, claim: UUID) -> None:
        client = visitor(world.reviewer)

        empty = client.get("/clawbacks/find/", {"place": str(world.gym), "day": "2026-10-04"})
        missing = client.get("/clawbacks/find/", {"place": str(world.gym)})

        assert "적립된 활동이 없어요" in text_of(empty)
        assert missing.status_code == 422

    def test_gives_notice_and_waits_for_the_person(self, world: World, claim: UUID) -> None:
        case = opened(world, claim)

        early = visitor(world.official).post(f"/clawbacks/{case.id}/", {"decision": "stands", "why": "확인했어요"})

        assert early.status_code == 409
        assert "2026-10-15까지 당사자의 의견을 기다려요" in text_of(early)
        assert "4코인 환수" in text_of(visitor(world.official).get("/clawbacks/"))

    def test_a_wrong_quantity_keeps_what_was_typed(self, world: World, claim: UUID) -> None:
        answer = visitor(world.reviewer).post(f"/clawbacks/new/{claim}/", {"key": a_key(), "keep": 20, **WORDS})

        assert answer.status_code == 409
        assert "처음 인정된 20보다 적어야" in text_of(answer)
        assert "표본 조례 제7조" in answer.content.decode()
        assert Case.objects.count() == 0

    def test_asks_the_database_as_often_for_one_case_as_for_many(self, world: World, claim: UUID) -> None:
        opened(world, claim)
        client = visitor(world.official)
        client.get("/clawbacks/")
        with CaptureQueriesContext(connection) as one:
            client.get("/clawbacks/")
        other = a_key()
        world.brings_hangers(50, key=other)
        visitor(world.reviewer).post(f"/clawbacks/new/{other}/", {"key": a_key(), "keep": 0, **WORDS})

        with CaptureQueriesContext(connection) as many:
            client.get("/clawbacks/")

        assert Case.objects.count() == 3
        assert len(many) == len(one)


class TestPerson:
    def test_reads_answers_and_objects_and_is_told_the_end(self, world: World, claim: UUID, clock: FixedClock) -> None:
        case, client = opened(world, claim), visitor(world.resident)
        heard = client.post(f"/objections/{case.id}/", {"note": "스무 개를 가져왔어요"}, follow=True)
        visitor(world.official).post(f"/clawbacks/{case.id}/", {"decision": "stands", "why": "확인했어요"})
        objected = client.post(f"/objections/{case.id}/", {"note": "사진이 있어요"}, follow=True)
        assert "의견을 냈어요" in text_of(heard)
        assert "이의 신청됨" in text_of(objected)

        mine = visitor(world.reviewer).post(f"/clawbacks/{case.id}/", {"decision": "stands", "why": "그대로예요"})
        assert mine.status_code == 409
        visitor(world.issuer).post(f"/clawbacks/{case.id}/", {"decision": "stands", "why": "사진과 달라요"})
        clock.advance(timedelta(days=1))
        operations.finish_clawbacks(acts(None, clock.now()))

        assert "4코인 환수" in text_of(client.get("/objections/"))
        assert "끝났어요" in text_of(client.get(f"/objections/{case.id}/"))

    def test_without_any_case_the_page_says_what_it_is_for(self, world: World) -> None:
        assert "먼저 여기에 알리고 의견을 들어요" in text_of(visitor(world.neighbour).get("/objections/"))

    def test_a_granted_objection_ends_it(self, world: World, claim: UUID) -> None:
        case, client = opened(world, claim), visitor(world.resident)
        client.post(f"/objections/{case.id}/", {"note": "스무 개를 가져왔어요"})
        visitor(world.official).post(f"/clawbacks/{case.id}/", {"decision": "stands", "why": "확인했어요"})
        client.post(f"/objections/{case.id}/", {"note": "사진이 있어요"})

        visitor(world.issuer).post(f"/clawbacks/{case.id}/", {"decision": "drop", "why": "사진이 맞아요"})

        assert "이의가 받아들여졌어요" in text_of(client.get(f"/objections/{case.id}/"))
        assert Case.objects.get().ended_at is not None

    def test_words_are_asked_for(self, world: World, claim: UUID) -> None:
        case = opened(world, claim)

        answer = visitor(world.resident).post(f"/objections/{case.id}/", {"note": " "})

        assert answer.status_code == 422
        assert "몇 마디 적어 주세요" in text_of(answer)


class TestRights:
    def test_another_person_finds_no_case(self, world: World, claim: UUID) -> None:
        case = opened(world, claim)

        assert visitor(world.neighbour).get(f"/objections/{case.id}/").status_code == 404
        assert visitor(world.neighbour).get(f"/clawbacks/{case.id}/").status_code == 403
        world.grants(world.neighbour, RoleName.REVIEWER)
        assert visitor(world.neighbour).get(f"/clawbacks/{case.id}/").status_code == 200
