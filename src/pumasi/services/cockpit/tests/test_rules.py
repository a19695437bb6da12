"""Tariff, freezes, Monday list and paid hours on the officers' pages."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django import DjangoAssertNumQueries

from pumasi.civic.audit.models import AuditRow
from pumasi.civic.people.models import RoleName
from pumasi.civic.people.operations import join
from pumasi.civic.shell.tests.visiting import visitor
from pumasi.coin.models import ChangeStep, FindingClosed, Freeze, PaidHours, SelfDeal, TariffChange
from pumasi.coin.orders import OrderKind
from pumasi.coin.queries.monday import monday_list
from pumasi.coin.tests.world import DATABASES, MORNING, World, a_key, acts
from pumasi.services.cockpit.queries.order import read_file
from pumasi.services.cockpit.tests.test_views import text_of

pytestmark = pytest.mark.django_db(databases=DATABASES)

DECISION = {
    "name_ko": "가을 조정",
    "name_en": "Autumn change",
    "clause": "제5조",
    "document": "결재-2026-77",
    "effective_on": "2026-11-01",
}
MONDAY = date(2026, 10, 5)


def draft(**changes: object) -> dict[str, Any]:
    return {**DECISION, "key": str(a_key()), "step": "draft", **changes}


def tried(world: World) -> UUID:
    """The keeper tried twice to earn at their own shop last week; the id of the finding."""
    SelfDeal.objects.bulk_create(
        SelfDeal(person_id=world.keeper, place_id=world.laundry, refusal="coin.own_shop_deed", at=MORNING - each)
        for each in (timedelta(days=1), timedelta(days=2))
    )
    (found,) = monday_list(MONDAY, "ko").findings
    return found.id


class TestTariff:
    def test_looks_before_it_hands_over(self, world: World) -> None:
        client = visitor(world.issuer)

        look = client.post("/tariff/draft/", draft(step="look", coins_CLEAR_PET="3"))
        before = TariffChange.objects.count()
        done = client.post("/tariff/draft/", draft(coins_CLEAR_PET="3"), follow=True)

        assert "그 전까지: 10개마다 2코인 그날부터: 10개마다 3코인" in text_of(look)
        assert (before, TariffChange.objects.count()) == (0, 1)
        assert "두 번째 담당자를 기다려요" in text_of(done)

    def test_a_second_person_approves(self, world: World) -> None:
        visitor(world.issuer).post("/tariff/draft/", draft(end_TUMBLER="on", **{"cap_PERSON_DAY_*": "80"}))
        page = f"/tariff/{TariffChange.objects.get().id}/"

        alone = visitor(world.issuer).post(page, {"step": "approve"})
        steps = ChangeStep.objects.count()
        both = visitor(world.officers[0]).post(page, {"step": "approve"}, follow=True)

        assert (alone.status_code, steps) == (409, 0)
        assert "올린 사람이 스스로 확정할 수 없어요" in text_of(alone)
        assert "승인됨, 시행 전" in text_of(both)
        assert "텀블러 쓰기 그 전까지: 1번마다 2코인 그날부터: 끝나요" in text_of(both)

    def test_a_new_kind(self, world: World) -> None:
        new = {
            "new_code": "BATTERY",
            "new_name_ko": "폐건전지 모으기",
            "new_name_en": "Used batteries",
            "new_group": "ENVIRONMENT",
            "new_measure": "ITEM",
            "new_per": "20",
            "new_coins": "3",
            "new_evidence": ["STAFF"],
            "new_places": ["CENTRE"],
        }

        done = visitor(world.issuer, "en").post("/tariff/draft/", draft(**new), follow=True)
        gaps = visitor(world.issuer).post("/tariff/draft/", draft(**(new | {"new_per": ""})))

        assert "Used batteries Until then: - From then on: 3 coins for every 20 pieces" in text_of(done)
        assert gaps.status_code == 422
        assert "새 활동에 꼭 필요해요" in text_of(gaps)

    def test_keeps_what_was_typed_when_it_is_refused(self, world: World) -> None:
        answer = visitor(world.issuer).post("/tariff/draft/", draft(effective_on="2026-10-05", coins_CLEAR_PET="3"))

        assert answer.status_code == 409
        assert "2026-10-06부터" in text_of(answer)
        assert 'name="coins_CLEAR_PET" min="1" value="3"' in answer.content.decode()

    def test_the_auditor_reads_and_decides_nothing(self, world: World) -> None:
        auditor = world.joins("감사 역할")
        world.grants(auditor, RoleName.AUDITOR)
        visitor(world.issuer).post("/tariff/draft/", draft(coins_CLEAR_PET="3"))
        page = f"/tariff/{TariffChange.objects.get().id}/"

        assert visitor(auditor).get("/tariff/draft/").status_code == 403
        assert "승인하기" not in text_of(visitor(auditor).get(page))
        assert visitor(auditor).post(page, {"step": "approve"}).status_code == 409
        assert ChangeStep.objects.count() == 0

    def test_the_simulator_says_what_it_does_not_know(self, world: World) -> None:
        world.brings_hangers(20)
        visitor(world.issuer).post("/tariff/draft/", draft(coins_HANGER="4"))
        page = f"/tariff/{TariffChange.objects.get().id}/simulation/"

        said = text_of(visitor(world.issuer).get(page + "?first=2026-10-01&last=2026-10-31"))
        empty = text_of(visitor(world.issuer).get(page))
        wrong = visitor(world.issuer).get(page + "?first=2026-10-31&last=2026-10-01")

        assert "깨끗한 옷걸이를 제로샵 세탁소에 1 8 12 +4 800 1,200" in said
        assert "계산에 들어가지 않는 것" in said
        assert "이 기간에 인정된 활동이 없어요" in empty
        assert wrong.status_code == 422

    def test_the_register_takes_the_same_look_ups_however_long_it_is(
        self, world: World, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        for coins in (3, 4, 5):
            visitor(world.issuer).post("/tariff/draft/", draft(coins_CLEAR_PET=str(coins)))
        client = visitor(world.issuer)
        client.get("/tariff/")

        # Session, roles, changes, steps, version.
        with django_assert_num_queries(6):
            client.get("/tariff/")


FREEZE = {"what": "ALL", "cause": "ELECTION", "reason": "선거", "clause": "공직선거법 제86조", "until": "2026-10-20"}


class TestFreezes:
    def test_two_people_turn_it(self, world: World) -> None:
        form = {**FREEZE, "key": str(a_key()), "starts": "2026-10-05"}
        visitor(world.issuer).post("/freezes/", form)
        page = f"/freezes/{Freeze.objects.get().id}/"

        alone = visitor(world.issuer).post(page, {"step": "confirm"})
        both = visitor(world.officers[0]).post(page, {"step": "confirm"}, follow=True)

        assert alone.status_code == 409
        assert "선거가 다가와요" in text_of(both)
        assert "멈춤 끝내기" in text_of(both)

    def test_keeps_what_was_typed_when_it_is_refused(self, world: World) -> None:
        form = {**FREEZE, "key": str(a_key()), "starts": "2026-10-05", "until": "2026-10-01"}

        answer = visitor(world.issuer).post("/freezes/", form)

        assert answer.status_code == 409
        assert "공직선거법 제86조" in answer.content.decode()
        assert Freeze.objects.count() == 0


class TestMonday:
    def test_names_nobody_until_somebody_says_why(self, world: World) -> None:
        page = f"/monday/2026-10-05/{tried(world)}/"
        client = visitor(world.issuer)

        listed, blank = text_of(client.get("/monday/")), client.post(page, {"step": "look", "purpose": " "})
        looked = client.post(page, {"step": "look", "purpose": "자기 거래 확인"})

        assert "자기 거래 시도" in listed
        assert "가게 주인 역할" not in listed + text_of(client.get(page))
        assert blank.status_code == 422
        assert "가게 주인 역할" in text_of(looked)
        rows = AuditRow.objects.filter(action="people.person_card", whom=world.keeper)
        assert list(rows.values_list("purpose", "actor")) == [("자기 거래 확인", world.issuer)]

    def test_a_note_closes_it_and_is_kept(self, world: World) -> None:
        page = f"/monday/2026-10-05/{tried(world)}/"
        note = {"step": "close", "outcome": "ASKED", "note": "규칙을 설명했어요"}

        visitor(world.issuer).post(page, note)
        again = visitor(world.issuer).post(page, note)
        other = visitor(world.issuer).post(page, {**note, "note": "다른 말"})

        assert (again.status_code, other.status_code) == (302, 409)
        assert list(FindingClosed.objects.values_list("rule", "note", "by")) == [
            ("SELF_DEAL", "규칙을 설명했어요", world.issuer)
        ]
        assert "마무리됨" in text_of(visitor(world.issuer).get("/monday/"))

    def test_an_unknown_finding_is_not_closed(self, world: World) -> None:
        page = f"/monday/2026-10-05/{a_key()}/"

        answer = visitor(world.issuer).post(page, {"step": "close", "outcome": "ASKED", "note": "x"})

        assert answer.status_code == 409
        assert FindingClosed.objects.count() == 0

    def test_a_budget_officer_has_no_list(self, world: World) -> None:
        assert visitor(world.officers[0]).get("/monday/").status_code == 403

    def test_a_refused_self_deal_is_kept_after_its_transaction_was_undone(self, world: World) -> None:
        world.earns(world.keeper, 20)

        visitor(world.keeper).post(
            f"/pay/{world.laundry}/confirm/", {"key": str(a_key()), "coins": "10", "price": "", "sure": "on"}
        )

        assert list(SelfDeal.objects.values_list("person_id", "place_id", "refusal")) == [
            (world.keeper, world.laundry, "coin.own_shop")
        ]


class TestRosters:
    def test_a_spreadsheet_s_file_is_read(self, world: World) -> None:
        helper = join(acts(None), "주민 역할 다", "010-5550-0001", birth_year=1950).id
        text = "전화,날짜,시작,끝\r\n010-5550-0001,2026-10-04,09:00,12:00\r\n"
        file = SimpleUploadedFile("명단.csv", text.encode("cp949"))

        done = visitor(world.issuer).post("/rosters/", {"key": str(a_key()), "source": "노인일자리", "file": file})

        assert "1줄을 읽었고 1줄이 회원의 것이에요" in text_of(done)
        assert list(PaidHours.objects.values_list("person_id", flat=True)) == [helper]

    def test_says_which_line_is_wrong(self, world: World) -> None:
        form = {"key": str(a_key()), "source": "노인일자리", "text": "010-5550-0001,어제,09:00,12:00"}

        answer = visitor(world.issuer).post("/rosters/", form)

        assert answer.status_code == 409
        assert "1번째 줄" in text_of(answer)


class TestBudget:
    def test_the_cut_page_gives_the_lowest_and_the_text_to_sign(self, world: World) -> None:
        world.earns(world.resident, 40)
        client = visitor(world.issuer)

        page = text_of(client.get("/budget/cut/"))
        wrote = client.post("/budget/cut/", {"coins": "1000", "document": "감액-1"})
        too_much = client.post("/budget/cut/", {"coins": "49961", "document": "감액-1"})

        assert "가장 낮은 금액 40 코인 4,000원" in page
        signed = read_file(wrote.context["to_sign"])
        assert (signed.order.kind, signed.order.coins, signed.order.won) == (OrderKind.CUT, 100_000, 100_000)
        assert too_much.status_code == 409
        assert "가장 낮게 4,000원, 40코인까지" in text_of(too_much)

    def test_the_page_shows_range_cover_and_gauge(self, world: World) -> None:
        world.earns(world.resident, 40)

        page = text_of(visitor(world.issuer).get("/budget/"))

        assert "최근 4주처럼 40 연말까지" in page
        assert "구의 부채로 공시해요" in page
        assert "3,000,000,000원 중 4,000원 (0.0%)" in page

    def test_the_waiting_list_in_pages(self, db: None, clock: object) -> None:
        world = World()
        for _ in range(3):
            world.brings_hangers(10)

        page = visitor(world.issuer).get("/budget/waiting/?from=2")

        assert "3건이 기다리고 있어요" in text_of(page)
        assert [line.rank for line in page.context["page"].lines] == [2, 3]
        assert visitor(world.issuer).get("/budget/waiting/?from=abc").status_code == 200
