"""Paying, receipts, taking coins, undoing and refunding in a browser without any script."""

import re
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from pumasi.civic.codes.queries import personal_code, place_address
from pumasi.civic.shell.tests.visiting import visitor
from pumasi.coin.models import Payment, Refund
from pumasi.coin.tests.world import DATABASES, World, a_key, books
from pumasi.kernel.clock import FixedClock

pytestmark = pytest.mark.django_db(databases=DATABASES)


def text_of(answer: Any) -> str:
    """The words of a page without its tags."""
    html = answer.content.decode()
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def pay(client: Client, place: UUID, **form: object) -> Any:
    """Press the last button of a payment."""
    return client.post(f"/pay/{place}/confirm/", {"key": a_key(), **form})


class TestPay:
    def test_shows_the_shops_name_and_what_can_be_paid(self, world: World) -> None:
        world.earns(world.resident, 40)

        page = visitor(world.resident).get(f"/pay/{world.laundry}/").content.decode()

        assert "표본 세탁소" in page
        assert 'value="40" >' in page.replace('value="40">', 'value="40" >')
        assert re.search(r'value="50"[^>]* disabled', page)

    def test_the_sticker_leads_to_the_place(self, world: World) -> None:
        answer = visitor(world.resident).get(place_address(world.laundry), follow=True)

        assert answer.redirect_chain[-1][0] == f"/pay/{world.laundry}/"

    def test_shows_the_amount_large_before_the_last_tap(self, world: World) -> None:
        world.earns(world.resident, 40)
        look = {"key": str(a_key()), "coins": "10", "price": "5000"}

        page = text_of(visitor(world.resident).get(f"/pay/{world.laundry}/confirm/", look))

        assert "10 코인" in page
        assert "나머지는 돈으로 4,000원" in page
        assert "남는 코인 30코인" in page

    def test_pays_once_however_often_it_is_pressed(self, world: World) -> None:
        world.earns(world.resident, 40)
        client, key = visitor(world.resident), a_key()

        first, second = (pay(client, world.laundry, key=key, coins=10) for _ in range(2))

        assert first["Location"] == second["Location"] == f"/receipts/{key}/"
        assert Payment.objects.count() == 1

    def test_coming_back_to_the_confirming_page_shows_the_receipt(self, world: World) -> None:
        world.earns(world.resident, 40)
        client, key = visitor(world.resident), a_key()
        pay(client, world.laundry, key=key, coins=10)

        again = client.get(f"/pay/{world.laundry}/confirm/", {"key": str(key), "coins": "10"})

        assert again["Location"] == f"/receipts/{key}/"

    def test_above_thirty_coins_the_payer_taps_once_more(self, world: World) -> None:
        world.earns(world.resident, 40)
        client, key, before = visitor(world.resident), a_key(), books()

        asked = pay(client, world.laundry, key=key, coins=40)
        unchanged = books() == before
        paid = pay(client, world.laundry, key=key, coins=40, sure="yes")

        assert asked.status_code == 422
        assert "네모 칸을 눌러 주세요" in text_of(asked)
        assert unchanged
        assert paid.status_code == 302

    @pytest.mark.parametrize(
        ("form", "said"),
        [
            ({"coins": 20}, "쓸 수 있는 코인은 10코인"),
            ({"other": 15}, "10코인 단위"),
            ({"coins": 10, "price": 500}, "코인을 줄여 주세요"),
        ],
    )
    def test_refuses_and_changes_nothing(self, world: World, form: dict[str, int], said: str) -> None:
        world.earns(world.resident, 10)
        before = books()

        answer = pay(visitor(world.resident), world.laundry, **form)

        assert answer.status_code == 409
        assert said in text_of(answer)
        assert books() == before

    def test_a_keeper_cannot_pay_at_the_own_shop(self, world: World) -> None:
        world.earns(world.keeper, 10)

        answer = pay(visitor(world.keeper), world.laundry, coins=10)

        assert answer.status_code == 409
        assert "자기 가게" in text_of(answer)

    def test_nobody_without_coins_meets_an_empty_keypad(self, world: World) -> None:
        page = text_of(visitor(world.resident).get(f"/pay/{world.laundry}/"))

        assert "10코인 이상 있어야 해요" in page

    def test_finds_a_place_by_name_or_dong(self, world: World) -> None:
        client = visitor(world.resident)

        assert "표본 빵집" in text_of(client.get("/pay/", {"q": "빵"}))
        assert "표본 세탁소" not in text_of(client.get("/pay/", {"q": "빵"}))
        assert "그런 이름의 장소가 없어요" in text_of(client.get("/pay/", {"q": "없는 곳"}))

    def test_the_payer_undoes_within_ten_minutes(self, world: World, clock: FixedClock) -> None:
        world.earns(world.resident, 10)
        client, key = visitor(world.resident), a_key()
        pay(client, world.laundry, key=key, coins=10)

        after = client.post(f"/receipts/{key}/undo/", {"key": a_key()}, follow=True)

        assert "10코인이 모두 돌아왔어요" in text_of(after)
        assert Refund.objects.get().kind == "UNDO"

    def test_after_ten_minutes_undo_is_refused_and_the_button_gone(self, world: World, clock: FixedClock) -> None:
        world.earns(world.resident, 10)
        client, key = visitor(world.resident), a_key()
        pay(client, world.laundry, key=key, coins=10)
        clock.advance(timedelta(minutes=11))

        page = client.get(f"/receipts/{key}/")
        late = client.post(f"/receipts/{key}/undo/", {"key": a_key()})

        assert "이 결제 되돌리기" not in text_of(page)
        assert late.status_code == 409
        assert not Refund.objects.exists()

    def test_a_receipt_is_for_payer_and_place_alone(self, world: World) -> None:
        world.earns(world.resident, 10)
        key = world.pays(10).key

        assert "지금 가진 코인" in text_of(visitor(world.resident).get(f"/receipts/{key}/"))
        assert "지금 가진 코인" not in text_of(visitor(world.keeper).get(f"/receipts/{key}/"))
        assert visitor(world.neighbour).get(f"/receipts/{key}/").status_code == 404
        assert visitor(world.cashier).get(f"/receipts/{key}/").status_code == 404


class TestTake:
    def test_shows_todays_payments_without_the_payer(self, world: World) -> None:
        world.earns(world.resident, 30)
        world.pays(20)
        world.pays(10)

        page = visitor(world.keeper).get("/received/")

        assert "30 코인" in text_of(page)
        assert "오늘 2건" in text_of(page)
        assert str(world.resident) not in page.content.decode()

    def test_the_list_answers_304_until_somebody_pays(self, world: World) -> None:
        world.earns(world.resident, 10)
        client, part = visitor(world.keeper), f"/received/{world.laundry}/part/"

        first = client.get(part)
        same = client.get(part, headers={"if-none-match": first["ETag"]})
        world.pays(10)
        later = client.get(part, headers={"if-none-match": first["ETag"]})

        assert (first.status_code, same.status_code, later.status_code) == (200, 304, 200)

    def test_gives_a_part_back_and_then_the_rest(self, world: World) -> None:
        world.earns(world.resident, 30)
        key = world.pays(30).key
        keeper = visitor(world.keeper)

        part = keeper.post(f"/payments/{key}/refund/", {"key": a_key(), "coins": 10}, follow=True)
        rest = keeper.post(f"/payments/{key}/refund/", {"key": a_key(), "coins": 20}, follow=True)

        assert "지금까지 돌려준 코인 10코인" in text_of(part)
        assert "모두 돌려드렸어요" in text_of(rest)

    def test_the_same_refund_twice_is_one(self, world: World) -> None:
        world.earns(world.resident, 30)
        payment, keeper, key = world.pays(30).key, visitor(world.keeper), a_key()

        for _ in range(2):
            keeper.post(f"/payments/{payment}/refund/", {"key": key, "coins": 10})

        assert Refund.objects.count() == 1

    def test_refuses_more_than_was_paid(self, world: World) -> None:
        world.earns(world.resident, 30)
        payment, before = world.pays(30).key, books()

        answer = visitor(world.keeper).post(f"/payments/{payment}/refund/", {"key": a_key(), "coins": 40})

        assert answer.status_code == 409
        assert {**books(), "rows": {}} == {**before, "rows": {}}

    def test_another_shops_payment_does_not_exist(self, world: World) -> None:
        world.earns(world.resident, 10)
        payment = world.pays(10, world.bakery).key

        assert visitor(world.keeper).get(f"/payments/{payment}/").status_code == 404
        assert visitor(world.keeper).post(f"/payments/{payment}/undo/", {"key": a_key()}).status_code == 404

    def test_the_visitor_sees_the_amount_and_presses(self, world: World, clock: FixedClock) -> None:
        world.earns(world.resident, 20)
        code = personal_code(world.resident, clock.now()).grouped
        cashier, key = visitor(world.cashier), a_key()
        typed = {"key": key, "place": world.gym, "coins": 20, "code": code}

        shown = cashier.post("/counter/", typed, follow=True)
        where = shown.redirect_chain[-1][0]
        done = cashier.post(where, {"key": key, "place": world.gym, "coins": 20, "price": ""}, follow=True)

        assert "20 코인" in text_of(shown)
        assert "20코인을 받았어요" in text_of(done)
        assert str(world.resident) not in done.content.decode()

    def test_a_scanned_code_pays_once(self, world: World, clock: FixedClock) -> None:
        world.earns(world.resident, 20)
        code = personal_code(world.resident, clock.now()).grouped
        cashier, key = visitor(world.cashier), a_key()
        form = {"key": key, "place": world.gym, "coins": 10, "price": ""}
        where = cashier.post("/counter/", {**form, "code": code})["Location"]

        cashier.post(where, form)
        cashier.post(where, form)
        other = cashier.post(where, {**form, "key": a_key()})

        assert Payment.objects.count() == 1
        assert other.status_code == 409

    def test_coins_cannot_be_taken_for_another_place(self, world: World, clock: FixedClock) -> None:
        world.earns(world.resident, 20)
        code = personal_code(world.resident, clock.now()).grouped

        answer = visitor(world.cashier).post(
            "/counter/", {"key": a_key(), "place": world.laundry, "coins": 10, "code": code}
        )

        assert answer.status_code == 404

    def test_prints_a_sticker_with_the_name(self, world: World) -> None:
        page = visitor(world.keeper).get(f"/received/{world.laundry}/poster/")

        assert "표본 세탁소" in text_of(page)
        assert "<svg" in page.content.decode()
