"""Needs, disputes, enrolment, counter mode, stickers and takings in a browser without any script."""

import re
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from pumasi.civic.codes.queries import personal_code, sticker_address
from pumasi.civic.people.operations import join
from pumasi.civic.places.models import Need
from pumasi.civic.places.operations import close_for, print_sticker, set_need, set_state
from pumasi.civic.places.queries import closures_of, hours_of, place
from pumasi.civic.shell.tests.visiting import visitor
from pumasi.coin.models import Dispute, Payment, Refund
from pumasi.coin.queries import dispute_of
from pumasi.coin.tests.world import DATABASES, MORNING, World, a_key, acts, books
from pumasi.kernel.clock import FixedClock
from pumasi.services.shops.models import Device, Shop
from pumasi.services.shops.operations.prices import set_price

pytestmark = pytest.mark.django_db(databases=DATABASES)
FORM = {
    "name_ko": "표본 카페",
    "name_en": "Sample cafe",
    "dong": "서초1동",
    "number": "123-45-67891",
    "items": ["HANGER"],
}


def text_of(answer: Any) -> str:
    """The words of a page without its tags."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


class TestNeeds:
    def test_one_tap_says_full_and_residents_see_it_before_they_walk(self, world: World) -> None:
        keeper = visitor(world.keeper)

        after = keeper.post(f"/needs/{world.laundry}/", {"item": "HANGER", "need": "FULL"}, follow=True)

        assert "옷걸이 오늘은 다 찼어요" in text_of(after)
        guide = text_of(visitor(world.resident).get("/bring/HANGER/"))
        assert "표본 세탁소 표본동 오늘은 다 찼어요" in guide
        assert "이산화탄소 약 130g (118~141g, 추정값, 1판)" in guide

    def test_tomorrow_it_is_forgotten(self, world: World, clock: FixedClock) -> None:
        set_need(acts(world.keeper), world.laundry, "HANGER", Need.NEEDED)
        set_need(acts(world.keeper), world.laundry, "HANGER", Need.FULL)

        clock.advance(timedelta(days=1))

        assert "표본 세탁소 표본동 필요해요" in text_of(visitor(world.resident).get("/bring/HANGER/"))

    def test_the_limit_counts_down_and_then_the_guide_says_full(self, world: World) -> None:
        set_state(
            acts(world.keeper),
            world.laundry,
            accepts=["HANGER"],
            needs=[],
            daily_limit=None,
            item_limits={"HANGER": 30},
        )
        world.brings_hangers(20)
        resident = visitor(world.resident)

        assert "오늘 30 중 10 남음 충분해요" in text_of(resident.get("/bring/HANGER/"))
        world.brings_hangers(10)
        assert "오늘 30 중 0 남음 오늘은 다 찼어요" in text_of(resident.get("/bring/HANGER/"))

    def test_another_shops_board_does_not_exist(self, world: World) -> None:
        answer = visitor(world.keeper).post(f"/needs/{world.bakery}/", {"item": "HANGER", "need": "FULL"})

        assert (answer.status_code, place(world.bakery).full) == (404, ())

    def test_what_i_have_saved_has_a_range(self, world: World) -> None:
        world.brings_hangers(20)

        page = text_of(visitor(world.resident).get("/bring/"))

        assert "내가 아낀 양: 20개, 이산화탄소 약 2.6kg (2.4~2.8kg, 계수 판 1)" in page
        assert "20개" not in text_of(visitor(world.keeper).get("/bring/"))

    def test_hours_limits_and_days_off(self, world: World) -> None:
        keeper, page = visitor(world.keeper), f"/received/{world.laundry}/state/"

        keeper.post(page, {"what": "hours", "opens_0": "09:00", "closes_0": "19:00"})
        keeper.post(page, {"what": "limits", "daily_limit": "9", "limit_HANGER": "40"})
        keeper.post(page, {"what": "closure", "starts": "2026-10-05", "ends": "2026-10-06", "reason": "수리"})

        facts = place(world.laundry)
        assert [(each.opens, each.closes) for each in hours_of(world.laundry)] == [("09:00", "19:00")]
        assert (facts.daily_limit, facts.item_limits) == (9, {"HANGER": 40})
        assert "오늘 쉬어요: 수리" in text_of(visitor(world.resident).get("/bring/HANGER/"))
        wrong = keeper.post(page, {"what": "hours", "opens_0": "19:00", "closes_0": "09:00"})
        assert (wrong.status_code, len(hours_of(world.laundry))) == (409, 1)
        keeper.post(page, {"what": "reopen", "closure": str(closures_of(world.laundry, MORNING.date())[0].id)})
        assert closures_of(world.laundry, MORNING.date()) == []

    def test_the_list_of_items_costs_the_same_for_many_shops(self, world: World) -> None:
        client = visitor(world.resident)
        client.get("/bring/HANGER/")
        with CaptureQueriesContext(connection) as few:
            client.get("/bring/HANGER/")
        for number in range(5):
            world.opens(place(world.laundry).kind, f"표본 가게 {number}")

        with CaptureQueriesContext(connection) as many:
            client.get("/bring/HANGER/")

        assert len(many) == len(few) == 11
        assert "표본 빵집" in text_of(client.get("/bring/HANGER/", {"q": "빵"}))
        assert "표본 세탁소" not in text_of(client.get("/bring/HANGER/", {"q": "빵"}))


class TestDisputes:
    @pytest.fixture
    def payment(self, world: World) -> UUID:
        world.earns(world.resident, 40)
        return world.pays(30).key

    def report(self, world: World, payment: UUID, **form: object) -> Any:
        wanted = {"key": a_key(), "reason": "TOO_MUCH", "coins": 20, **form}
        return visitor(world.resident).post(f"/receipts/{payment}/wrong/", wanted, follow=True)

    def test_the_payer_reports_and_reads_what_comes_next(self, world: World, payment: UUID) -> None:
        page = text_of(self.report(world, payment))

        assert "20코인을 따로 떼어 두었어요" in page
        assert "가게가 2026-10-08까지 답해요" in page
        assert "이 결제 되돌리기" not in page

    def test_the_shop_sees_it_and_gives_back(self, world: World, payment: UUID) -> None:
        self.report(world, payment)
        keeper = visitor(world.keeper)

        assert "‘금액이 달라요’가 들어왔어요" in text_of(keeper.get("/received/"))
        after = keeper.post(f"/payments/{payment}/dispute/accept/", follow=True)

        assert "가게가 인정: 돌려드렸어요" in text_of(after)
        assert Refund.objects.get().kind == "DISPUTE"
        assert "‘금액이 달라요’" not in text_of(keeper.get("/received/"))
        coins = text_of(visitor(world.resident).get("/coins/"))
        assert "금액 확인 후 돌려받음" in coins

    def test_an_explanation_reaches_the_officer_who_decides(self, world: World, payment: UUID) -> None:
        self.report(world, payment)
        visitor(world.keeper).post(f"/payments/{payment}/dispute/explain/", {"why": "두 벌 값"})
        found = dispute_of(payment)
        assert found is not None
        officer, page = visitor(world.issuer), f"/shop-desk/disputes/{found.key}/"

        assert "표본 세탁소" in text_of(officer.get("/shop-desk/"))
        assert "두 벌 값" in text_of(officer.get(page))
        gap = officer.post(page, {"payer_right": "yes", "why": ""})
        done = officer.post(page, {"payer_right": "no", "why": "영수증을 봄"}, follow=True)

        assert gap.status_code == 422
        assert "금액이 맞았어요" in text_of(done)
        assert str(world.resident) not in done.content.decode()

    def test_refuses_on_the_page_and_changes_nothing(self, world: World, payment: UUID) -> None:
        self.report(world, payment)
        before = books()

        again = self.report(world, payment)

        assert again.status_code == 409
        assert "이미 ‘금액이 달라요’로 접수된 적이 있어요" in text_of(again)
        assert books() == before

    @pytest.mark.parametrize("form", [{"reason": "NONSENSE"}, {"coins": "-1"}, {"reason": ""}])
    def test_gaps_are_shown(self, world: World, payment: UUID, form: dict[str, str]) -> None:
        assert self.report(world, payment, **form).status_code == 422
        assert not Dispute.objects.exists()

    def test_strangers_meet_nothing(self, world: World, payment: UUID) -> None:
        self.report(world, payment)

        assert visitor(world.neighbour).get(f"/receipts/{payment}/wrong/").status_code == 404
        assert visitor(world.cashier).post(f"/payments/{payment}/dispute/accept/").status_code == 404


class TestEnrolment:
    def test_from_the_form_to_the_first_coin(self, world: World) -> None:
        owner, officer = visitor(world.resident), visitor(world.official)

        page = owner.post("/my-shop/apply/", {"key": a_key(), **FORM}, follow=True)
        shop = Shop.objects.get()
        assert "접수됨" in text_of(page)
        desk = officer.get(f"/shop-desk/{shop.id}/")
        assert "123-45-67891" not in desk.content.decode()
        wrong = officer.post(f"/shop-desk/{shop.id}/verify/", {"number": "220-81-62517"})
        assert wrong.status_code == 409
        officer.post(f"/shop-desk/{shop.id}/verify/", {"number": "1234567891"})
        owner.post(f"/my-shop/{shop.id}/open/")

        world.earns(world.neighbour, 10)
        shop.refresh_from_db()
        paid = visitor(world.neighbour).post(f"/pay/{shop.place_id}/confirm/", {"key": a_key(), "coins": 10})
        assert paid.status_code == 302
        assert "표본 카페" in text_of(owner.get("/received/"))

    def test_refusals_stand_on_the_form_and_keep_what_was_typed(self, world: World) -> None:
        answer = visitor(world.resident).post("/my-shop/apply/", {"key": a_key(), **FORM, "number": "1234567890"})

        assert answer.status_code == 409
        assert "사업자등록번호 10자리가 맞지 않아요" in text_of(answer)
        assert 'value="표본 카페"' in answer.content.decode()

    def test_a_dong_is_one_of_the_districts(self, world: World) -> None:
        answer = visitor(world.resident).post("/my-shop/apply/", {"key": a_key(), **FORM, "dong": "서초일동"})

        assert answer.status_code == 422
        assert "서초일동" in text_of(answer)
        assert Shop.objects.count() == 0

    def test_a_desk_types_a_paper_form_for_a_telephone_number(self, world: World) -> None:
        owner = join(acts(None), "가게 주인 역할", "010-1234-5678").id
        desk = visitor(world.official)

        gone = desk.post("/shop-desk/new/", {"key": a_key(), **FORM, "phone": "010-9999-9999"})
        done = desk.post("/shop-desk/new/", {"key": a_key(), **FORM, "phone": "010-1234-5678"}, follow=True)

        assert gone.status_code == 409
        assert "표본 카페" in text_of(done)
        assert Shop.objects.get().owner_id == owner

    def test_what_is_missing_is_read_and_handed_in_again(self, world: World) -> None:
        owner = visitor(world.resident)
        owner.post("/my-shop/apply/", {"key": a_key(), **FORM})
        shop = Shop.objects.get()
        visitor(world.official).post(f"/shop-desk/{shop.id}/ask/", {"why": "등록증이 흐려요"})

        assert "등록증이 흐려요" in text_of(owner.get(f"/my-shop/{shop.id}/"))
        again = owner.post(f"/my-shop/{shop.id}/", {"key": a_key(), **FORM, "name_ko": "새 이름"}, follow=True)
        assert "새 이름" in text_of(again)
        assert "접수됨" in text_of(again)

    def test_a_suspension_shows_clause_notice_and_objection(self, world: World) -> None:
        owner, officer = visitor(world.resident), visitor(world.official)
        owner.post("/my-shop/apply/", {"key": a_key(), **FORM})
        shop = Shop.objects.get()
        officer.post(f"/shop-desk/{shop.id}/verify/", {"number": "1234567891"})
        owner.post(f"/my-shop/{shop.id}/open/")
        form = {"cause": "FRAUD", "why": "의심", "clause": "제5조", "notice": "전화 10-01", "until": ""}

        officer.post(f"/shop-desk/{shop.id}/suspend/", form)
        own = officer.post(f"/shop-desk/{shop.id}/approve/")
        early = visitor(world.issuer).post(f"/shop-desk/{shop.id}/approve/", {"urgent": ""})
        told = text_of(owner.get(f"/my-shop/{shop.id}/"))
        visitor(world.issuer).post(f"/shop-desk/{shop.id}/approve/", {"urgent": "위조 코드"})

        assert (own.status_code, early.status_code) == (409, 409)
        assert "읽고 의견 내기" in told
        page = text_of(owner.get(f"/my-shop/{shop.id}/"))
        assert "이용 정지" in page
        assert "근거 조항: 제5조" in page
        assert "이의신청은 2026-11-04까지" in page
        shop.refresh_from_db()
        pay = visitor(world.neighbour).get(f"/pay/{shop.place_id}/")
        assert pay.status_code == 409
        assert "이용이 멈춰 있어요" in text_of(pay)

    def test_an_unknown_act_is_no_page(self, world: World) -> None:
        visitor(world.resident).post("/my-shop/apply/", {"key": a_key(), **FORM})

        answer = visitor(world.official).post(f"/shop-desk/{Shop.objects.get().id}/delete/", {"why": "x"})

        assert answer.status_code == 404


class TestCounterMode:
    @pytest.fixture
    def device(self, world: World) -> Client:
        """A tablet bound by the keeper; nobody is signed in on it."""
        shown = visitor(world.keeper).post(f"/received/{world.laundry}/devices/")
        code = re.search(r'pm-typed pm-number">([^<]+)<', shown.content.decode())
        assert code is not None
        tablet = visitor(None)
        tablet.post("/till/bind/", {"code": code[1], "name": "계산대 태블릿"})
        return tablet

    def take(self, world: World, device: Client, coins: int, key: UUID, **form: object) -> Any:
        code = personal_code(world.resident, MORNING).grouped
        shown = device.post("/till/", {"key": key, "coins": coins, "code": code}, follow=True)
        where = shown.redirect_chain[-1][0]
        return shown, device.post(where, {"key": key, "coins": coins, "price": "", **form}, follow=True)

    def test_takes_says_and_undoes(self, world: World, device: Client) -> None:
        world.earns(world.resident, 40)

        shown, done = self.take(world, device, 30, a_key())

        assert "30 코인" in text_of(shown)
        assert 'data-say="30코인을 받았어요"' in done.content.decode()
        payment = Payment.objects.get()
        undone = device.post("/till/undo/", {"key": a_key(), "payment": str(payment.key)}, follow=True)
        assert "되돌렸어요" in text_of(undone)
        assert Refund.objects.get().kind == "UNDO"

    def test_above_thirty_the_payer_taps_once_more(self, world: World, device: Client) -> None:
        world.earns(world.resident, 40)
        key = a_key()

        _shown, asked = self.take(world, device, 40, key)

        assert asked.status_code == 422
        assert not Payment.objects.exists()
        code = device.post("/till/", {"key": key, "coins": 40, "code": personal_code(world.resident, MORNING).grouped})
        done = device.post(code["Location"], {"key": key, "coins": 40, "price": "", "sure": "yes"}, follow=True)
        assert "40코인을 받았어요" in text_of(done)

    def test_shows_nothing_of_the_past_but_todays_count(self, world: World, device: Client, clock: FixedClock) -> None:
        world.earns(world.resident, 40)
        self.take(world, device, 20, a_key())

        clock.advance(timedelta(minutes=11))

        page = text_of(device.get("/till/"))
        assert "오늘 1건" in page
        assert "20코인" not in page
        assert device.get("/till/done/")["Location"] == "/till/"
        for closed in ("/received/", f"/received/{world.laundry}/takings/", f"/payments/{Payment.objects.get().key}/"):
            assert device.get(closed).status_code == 302

    def test_sent_away_it_asks_for_a_number_again(self, world: World, device: Client) -> None:
        known = Device.objects.get()

        page = visitor(world.keeper).post(f"/received/{world.laundry}/devices/", {"revoke": str(known.id)}, follow=True)

        assert "연결 끊음" in text_of(page)
        assert "이 기기를 계산대로 연결" in text_of(device.get("/till/"))
        refused = device.post("/till/undo/", {"key": a_key(), "payment": str(a_key())})
        assert refused.status_code == 409

    def test_a_wrong_number_is_told(self, world: World) -> None:
        answer = visitor(None).post("/till/bind/", {"code": "0000-0000", "name": "x"})

        assert answer.status_code == 409
        assert "연결 번호가 맞지 않거나" in text_of(answer)
        assert not Device.objects.exists()

    def test_another_shops_keeper_sends_nothing_away(self, world: World, device: Client) -> None:
        answer = visitor(world.cashier).post(
            f"/received/{world.laundry}/devices/", {"revoke": str(Device.objects.get().id)}
        )

        assert answer.status_code == 404
        assert Device.objects.get().revoked_at is None


class TestFacility:
    def test_charges_by_the_price_list_partly_in_coins(self, world: World) -> None:
        world.earns(world.resident, 20)
        officer = visitor(world.issuer)
        officer.post(f"/shop-desk/prices/{world.gym}/", {"name_ko": "자유수영", "name_en": "Free swim", "won": "4000"})
        cashier, key = visitor(world.cashier), a_key()
        code = personal_code(world.resident, MORNING).grouped

        page = cashier.get("/counter/")
        shown = cashier.post(
            "/counter/", {"key": key, "place": world.gym, "coins": 20, "item": 4000, "code": code}, follow=True
        )
        where = shown.redirect_chain[-1][0]
        cashier.post(where, {"key": key, "place": world.gym, "coins": 20, "price": 4000})

        assert "자유수영 4,000원" in text_of(page)
        assert "나머지는 돈으로 2,000원" in text_of(shown)
        assert Payment.objects.get().won == 2000

    def test_a_cashier_cannot_open_the_price_list(self, world: World) -> None:
        set_price(acts(world.issuer), place_id=world.gym, name_ko="수영", name_en="Swim", won=4000)

        assert visitor(world.cashier).get(f"/shop-desk/prices/{world.gym}/").status_code == 403


class TestStickers:
    def test_each_leads_to_the_shop_until_it_is_revoked(self, world: World) -> None:
        keeper, resident = visitor(world.keeper), visitor(world.resident)
        printed = keeper.post(f"/received/{world.laundry}/stickers/", follow=True)
        address = sticker_address(world.laundry, 1)

        assert "스티커 1번" in text_of(printed)
        words = re.search(r"(\S+ \S+) 전화 화면에", text_of(printed))
        assert words is not None
        shown = resident.get(address, follow=True)
        assert f"확인 낱말: {words[1]}" in text_of(shown)
        keeper.post(f"/received/{world.laundry}/stickers/", {"revoke": "1"})
        gone = resident.get(address, follow=True)
        assert (gone.status_code, "더 쓰지 않아요" in text_of(gone)) == (409, True)

    def test_a_revoked_one_is_not_printed_again(self, world: World) -> None:
        print_sticker(acts(world.keeper), world.laundry)
        keeper = visitor(world.keeper)
        keeper.post(f"/received/{world.laundry}/stickers/", {"revoke": "1"})

        assert keeper.get(f"/received/{world.laundry}/stickers/1/").status_code == 404


class TestTakings:
    def test_a_month_by_day_on_screen_paper_and_in_a_file(self, world: World) -> None:
        world.earns(world.resident, 60)
        payment = world.pays(30, price=5000).key
        world.pays(10, at=MORNING + timedelta(days=1))
        keeper = visitor(world.keeper)
        keeper.post(f"/payments/{payment}/refund/", {"key": a_key(), "coins": 10})

        page = text_of(keeper.get(f"/received/{world.laundry}/takings/?month=2026-10"))
        file = keeper.get(f"/received/{world.laundry}/takings.csv?month=2026-10")
        paper = text_of(keeper.get(f"/received/{world.laundry}/days/2026-10-05/"))

        assert "2 40 10 3,000" in page
        rows = file.content.decode("utf-8-sig").splitlines()
        assert rows[1:] == ["2026-10-05,1,30,10,20,2000,1334", "2026-10-06,1,10,0,10,1000,0"]
        assert "20코인 (2,000원)" in paper
        assert str(world.resident) not in file.content.decode()

    def test_another_shops_takings_do_not_exist(self, world: World) -> None:
        keeper = visitor(world.keeper)

        for page in ("takings/", "takings.csv", "days/2026-10-05/", "stickers/", "devices/", "state/"):
            assert keeper.get(f"/received/{world.bakery}/{page}").status_code == 404

    def test_nonsense_in_the_address_is_this_month_or_nothing(self, world: World) -> None:
        keeper = visitor(world.keeper)

        assert "2026-10 받은 코인" in text_of(keeper.get(f"/received/{world.laundry}/takings/?month=99-99"))
        assert keeper.get(f"/received/{world.laundry}/days/2026-13-01/").status_code == 404

    def test_a_month_takes_the_same_queries_however_many_payments(self, world: World) -> None:
        world.earns(world.resident, 40)
        keeper, page = visitor(world.keeper), f"/received/{world.laundry}/takings/"
        world.pays(10)
        with CaptureQueriesContext(connection) as one:
            keeper.get(page)
        world.pays(10)
        world.pays(10, at=MORNING + timedelta(days=1))

        with CaptureQueriesContext(connection) as three:
            keeper.get(page)

        assert len(one) == len(three) == 7

    def test_hand_overs_of_today_show_without_the_doer(self, world: World) -> None:
        world.brings_hangers(20)

        page = visitor(world.keeper).get("/received/")

        assert "옷걸이 가게 몫 4코인 20" in text_of(page)
        assert str(world.resident) not in page.content.decode()


def test_days_off_in_the_past_are_refused_on_the_page(world: World) -> None:
    close_for(acts(world.keeper), world.laundry, starts=MORNING.date(), ends=MORNING.date(), reason="")
    answer = visitor(world.keeper).post(
        f"/received/{world.laundry}/state/", {"what": "closure", "starts": "2026-10-01", "ends": "2026-10-02"}
    )

    assert answer.status_code == 409
