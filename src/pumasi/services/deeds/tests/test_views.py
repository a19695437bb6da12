"""Earning and one's own coins in a browser without any script."""

import re
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from pumasi.civic.codes.queries import personal_code, place_code
from pumasi.civic.shell.tests.visiting import visitor
from pumasi.coin.models import Award
from pumasi.coin.tests.world import DATABASES, MORNING, World, a_key
from pumasi.kernel.clock import FixedClock
from pumasi.services.deeds.models import Claim

pytestmark = pytest.mark.django_db(databases=DATABASES)


def text_of(answer: Any) -> str:
    """The words of a page without its tags."""
    html = answer.content.decode()
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def scan(client: Client, place: UUID, clock: FixedClock) -> str:
    """Type the place's present code; the address of the page that follows."""
    answer = client.post("/deeds/", {"code": place_code(place, clock.now()).grouped.lower()})
    assert answer.status_code == 302
    return str(answer["Location"])


class TestEarn:
    def test_a_typed_code_leads_to_what_this_place_accepts(self, world: World, clock: FixedClock) -> None:
        client = visitor(world.resident)

        page = client.get(scan(client, world.gym, clock))

        assert page.status_code == 200
        assert "표본 체육관" in text_of(page)
        assert "투명 페트병" in text_of(page)
        assert "텀블러" not in text_of(page)

    def test_bottles_bring_coins_and_a_slip(self, world: World, clock: FixedClock) -> None:
        client = visitor(world.resident)
        here = scan(client, world.gym, clock)

        answer = client.post(here, {"key": a_key(), "kind": "CLEAR_PET", "quantity": 20}, follow=True)

        assert answer.status_code == 200
        assert "4코인이 적립되었어요" in text_of(answer)
        assert "20개" in text_of(answer)
        assert "지금 가진 코인 4코인" in text_of(answer)

    def test_the_same_press_twice_counts_once(self, world: World, clock: FixedClock) -> None:
        client = visitor(world.resident)
        here, form = scan(client, world.gym, clock), {"key": a_key(), "kind": "CLEAR_PET", "quantity": 20}

        first, second = client.post(here, form), client.post(here, form)

        assert first["Location"] == second["Location"]
        assert Award.objects.count() == 1

    def test_the_same_page_with_another_quantity_is_refused(self, world: World, clock: FixedClock) -> None:
        client, key = visitor(world.resident), a_key()
        here = scan(client, world.gym, clock)
        client.post(here, {"key": key, "kind": "CLEAR_PET", "quantity": 20})

        answer = client.post(here, {"key": key, "kind": "CLEAR_PET", "quantity": 40})

        assert answer.status_code == 409
        assert "다른 내용이 이미 처리되었어요" in text_of(answer)
        assert Claim.objects.get().quantity == 20
        assert Award.objects.count() == 1

    def test_a_scan_pays_for_one_deed(self, world: World, clock: FixedClock) -> None:
        client = visitor(world.resident)
        here = scan(client, world.gym, clock)
        client.post(here, {"key": a_key(), "kind": "CLEAR_PET", "quantity": 20})

        answer = client.post(here, {"key": a_key(), "kind": "CLEAR_PET", "quantity": 20})

        assert answer.status_code == 409
        assert "이미 한 번 처리" in text_of(answer)
        assert Award.objects.count() == 1

    def test_nothing_expires_while_a_person_types(self, world: World, clock: FixedClock) -> None:
        client = visitor(world.resident)
        here = scan(client, world.gym, clock)
        clock.advance(timedelta(minutes=9))

        answer = client.post(here, {"key": a_key(), "kind": "CLEAR_PET", "quantity": 10}, follow=True)

        assert "2코인이 적립되었어요" in text_of(answer)

    def test_a_camera_opens_the_same_page(self, world: World, clock: FixedClock) -> None:
        client = visitor(world.resident)

        answer = client.get(f"/Q/{place_code(world.gym, clock.now()).text}", follow=True)

        assert "표본 체육관" in text_of(answer)

    def test_a_reload_of_the_camera_page_is_the_same_scan(self, world: World, clock: FixedClock) -> None:
        client, code = visitor(world.resident), place_code(world.gym, clock.now()).text

        first, second = client.get(f"/Q/{code}", follow=True), client.get(f"/Q/{code}", follow=True)

        assert first.redirect_chain[-1] == second.redirect_chain[-1]

    def test_refuses_a_mistyped_code_and_keeps_it_in_the_field(self, world: World) -> None:
        answer = visitor(world.resident).post("/deeds/", {"code": "ABCD-1234"})

        assert answer.status_code == 409
        assert "이번에는 처리하지 않았고, 바뀐 것은 없어요" in text_of(answer)
        assert 'value="ABCD-1234"' in answer.content.decode()

    def test_refuses_an_old_code_and_says_until_when_it_was_good(self, world: World, clock: FixedClock) -> None:
        old = place_code(world.gym, clock.now()).grouped
        clock.advance(timedelta(minutes=3))

        answer = visitor(world.resident).post("/deeds/", {"code": old})

        assert answer.status_code == 409
        assert "이 코드는" in text_of(answer)
        assert not Claim.objects.exists()

    def test_says_how_many_more_are_needed(self, world: World, clock: FixedClock) -> None:
        client = visitor(world.resident)
        here = scan(client, world.gym, clock)

        answer = client.post(here, {"key": a_key(), "kind": "CLEAR_PET", "quantity": 7})

        assert answer.status_code == 409
        assert 'value="7"' in answer.content.decode()
        assert not Claim.objects.exists()

    def test_asks_for_a_whole_number_and_keeps_the_page(self, world: World, clock: FixedClock) -> None:
        client = visitor(world.resident)
        here = scan(client, world.gym, clock)

        answer = client.post(here, {"key": a_key(), "kind": "CLEAR_PET", "quantity": "many"})

        assert answer.status_code == 422
        assert "숫자만 입력해 주세요" in text_of(answer)

    def test_hours_measured_by_two_codes_ask_whether_they_were_paid(self, world: World, clock: FixedClock) -> None:
        client = visitor(world.resident)
        client.post(scan(client, world.gym, clock) + "in/", {"key": a_key(), "kind": "VOLUNTEERING"})
        clock.advance(timedelta(hours=2))
        here = scan(client, world.gym, clock)

        page, unanswered = client.get(here), client.post(here + "out/", {"key": a_key()})
        done = client.post(here + "out/", {"key": a_key(), "paid": "no"}, follow=True)

        assert "돈을 받았다면 시간만 끝나고 코인은 쌓이지 않아요" in text_of(page)
        assert unanswered.status_code == 422
        assert "돈을 받은 활동인지 답해 주세요" in text_of(unanswered)
        assert "10코인이 적립되었어요" in text_of(done)
        assert Claim.objects.count() == 1

    def test_paid_hours_only_end(self, world: World, clock: FixedClock) -> None:
        client = visitor(world.resident)
        client.post(scan(client, world.gym, clock) + "in/", {"key": a_key(), "kind": "VOLUNTEERING"})
        clock.advance(timedelta(hours=2))

        done = client.post(scan(client, world.gym, clock) + "out/", {"key": a_key(), "paid": "yes"})

        assert done["Location"] == "/coins/"
        assert Claim.objects.count() == 0

    def test_hours_go_to_the_staff_first(self, world: World, clock: FixedClock) -> None:
        client, staff = visitor(world.resident), visitor(world.cashier)
        here, key = scan(client, world.gym, clock), a_key()

        sent = client.post(here, {"key": key, "kind": "VOLUNTEERING", "quantity": 2, "paid": "no"}, follow=True)
        waiting = staff.get("/deeds/confirm/")
        staff.post(f"/deeds/confirm/{key}/", {"decision": "approve"})
        after = client.get(f"/deeds/claims/{key}/")

        assert "이곳 직원에게 보냈어요" in text_of(sent)
        assert "2시간" in text_of(waiting)
        assert "10코인이 적립되었어요" in text_of(after)

    def test_staff_say_no_and_the_resident_reads_how_to_object(self, world: World, clock: FixedClock) -> None:
        client, key = visitor(world.resident), a_key()
        client.post(scan(client, world.gym, clock), {"key": key, "kind": "VOLUNTEERING", "quantity": 2, "paid": "no"})

        visitor(world.cashier).post(f"/deeds/confirm/{key}/", {"decision": "reject"})
        again = visitor(world.cashier).post(f"/deeds/confirm/{key}/", {"decision": "approve"})
        after = client.get(f"/deeds/claims/{key}/")

        assert again.status_code == 409
        assert "직원이 확인하지 못했어요" in text_of(after)
        assert "이의신청" in text_of(after)
        assert not Award.objects.exists()

    def test_without_budget_left_a_claim_gets_a_rank(self, db: None, clock: FixedClock) -> None:
        world = World()
        client = visitor(world.resident)
        before_walking = client.get("/deeds/kinds/CLEAR_PET/")
        here = scan(client, world.gym, clock)

        answer = client.post(here, {"key": a_key(), "kind": "CLEAR_PET", "quantity": 20}, follow=True)

        assert "대기 명단 1번째로 올라가고" in text_of(before_walking)
        assert "대기 명단 1번째예요" in text_of(answer)
        assert "대기 명단 2번째로 올라가고" in text_of(client.get("/deeds/"))
        assert "대기 1번째" in text_of(client.get("/coins/"))

    def test_while_the_budget_lasts_no_list_is_spoken_of(self, world: World) -> None:
        assert "대기 명단" not in text_of(visitor(world.resident).get("/deeds/"))

    def test_the_keeper_of_a_zero_shop_earns_too(self, world: World, clock: FixedClock) -> None:
        client = visitor(world.resident)
        here = scan(client, world.laundry, clock)

        slip = client.post(here, {"key": a_key(), "kind": "HANGER", "quantity": 10}, follow=True)

        assert Award.objects.count() == 2
        assert "이산화탄소 약 1,300g (1,180~1,410g, 추정값, 1판)" in text_of(slip)
        assert "+2" in text_of(visitor(world.keeper).get("/coins/"))


class TestCoins:
    def test_a_newcomer_reads_what_to_do(self, world: World) -> None:
        page = text_of(visitor(world.resident).get("/coins/"))

        assert "0 코인" in page
        assert "첫 착한 일을 하면 여기에 보여요" in page

    def test_shows_balance_worth_and_movements(self, world: World) -> None:
        world.earns(world.resident, 30)

        page = text_of(visitor(world.resident).get("/coins/"))

        assert "30 코인" in page
        assert "3,000원" in page
        assert "+20" in page

    def test_reads_in_english_with_one_coin_in_the_singular(self, world: World) -> None:
        page = visitor(world.resident, "en").get("/coins/")

        assert 'lang="en"' in page.content.decode()
        assert "Your coins have no expiry date." in text_of(page)

    def test_history_pages_are_stable(self, world: World) -> None:
        for day in range(12):
            world.earns(world.resident, 40, MORNING + timedelta(days=day))
        client = visitor(world.resident)

        first = client.get("/coins/history/").content.decode()
        older = re.search(r"\?before=(\d+)", first)

        assert first.count('class="what"') == 20
        assert older is not None
        assert client.get(f"/coins/history/?before={older[1]}").content.decode().count('class="what"') == 4

    def test_another_persons_slip_does_not_exist(self, world: World, clock: FixedClock) -> None:
        client, key = visitor(world.resident), a_key()
        client.post(scan(client, world.gym, clock), {"key": key, "kind": "CLEAR_PET", "quantity": 20})

        assert client.get(f"/deeds/claims/{key}/").status_code == 200
        assert visitor(world.neighbour).get(f"/deeds/claims/{key}/").status_code == 404


class TestPlace:
    def test_the_screen_changes_its_code_and_answers_304_in_between(self, world: World, clock: FixedClock) -> None:
        client, part = visitor(world.cashier), f"/places/{world.gym}/screen/part/"

        first = client.get(part)
        same = client.get(part, headers={"if-none-match": first["ETag"]})
        clock.advance(timedelta(seconds=30))
        later = client.get(part, headers={"if-none-match": first["ETag"]})

        assert (first.status_code, same.status_code, later.status_code) == (200, 304, 200)
        assert place_code(world.gym, clock.now()).grouped in later.content.decode()

    def test_another_places_screen_does_not_exist(self, world: World) -> None:
        assert visitor(world.cashier).get(f"/places/{world.laundry}/screen/").status_code == 404
        assert visitor(world.cashier).get(f"/places/{world.laundry}/screen/part/").status_code == 404

    def test_staff_confirm_a_deed_by_the_residents_code(self, world: World, clock: FixedClock) -> None:
        staff, code = visitor(world.cashier), personal_code(world.resident, clock.now()).grouped
        form = {"key": a_key(), "place": world.gym, "kind": "VOLUNTEERING", "quantity": 3, "code": code}

        answer = staff.post("/deeds/confirm/", form, follow=True)
        again = staff.post("/deeds/confirm/", form, follow=True)

        assert "주민에게 코인을 드렸어요" in text_of(answer)
        assert again.status_code == 200
        assert "+15" in text_of(visitor(world.resident).get("/coins/"))
        assert Award.objects.count() == 1

    def test_refuses_ones_own_deed(self, world: World, clock: FixedClock) -> None:
        code = personal_code(world.cashier, clock.now()).grouped
        form = {"key": a_key(), "place": world.gym, "kind": "VOLUNTEERING", "quantity": 3, "code": code}

        answer = visitor(world.cashier).post("/deeds/confirm/", form)

        assert answer.status_code == 409
        assert "자기 활동을 스스로 확인할 수 없어요" in text_of(answer)
        assert not Claim.objects.exists()

    def test_a_place_code_is_no_persons_code_and_stays_unused(self, world: World, clock: FixedClock) -> None:
        code = place_code(world.gym, clock.now())
        form = {"key": a_key(), "place": world.gym, "kind": "VOLUNTEERING", "quantity": 3, "code": code.text}

        refused = visitor(world.cashier).post("/deeds/confirm/", form)

        assert refused.status_code == 409
        assert visitor(world.cashier).post("/deeds/", {"code": code.text}).status_code == 302
