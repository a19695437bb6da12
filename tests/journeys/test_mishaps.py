"""What happens to codes, tabs and late presses: each thing is counted once, and a refusal says what to do."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import steps
from tests.journeys.conftest import Demo, Opener
from tests.journeys.steps import KO

pytestmark = pytest.mark.browser


def at_the_place(page: Page, demo: Demo, persona: str, code: str) -> None:
    """Type a place's code and choose bottles; ends before the last press."""
    page.goto(demo.url(persona, "/deeds/"))
    page.get_by_label("장소 코드").fill(code)
    page.get_by_role("button", name=KO.onward, exact=True).click()
    page.locator("main a.pm-tile", has_text=KO.bottles).click()
    page.locator("#id_quantity").fill("10")


class TestTabs:
    def test_the_same_payment_in_two_tabs_is_one(self, demo: Demo, open_page: Opener) -> None:
        page = open_page()
        shop = steps.shop_name(page, demo)
        before = steps.balance(page, demo, "elder")
        steps.choose_ten(page, demo, "elder", shop, KO)
        second = page.context.new_page()
        second.goto(page.url)

        for tab in (page, second):
            tab.get_by_role("button", name=KO.pay_ten).click()
            expect(tab).to_have_url(re.compile("/receipts/"))

        assert page.url == second.url
        assert steps.balance(page, demo, "elder") == before - 10


class TestLatePresses:
    def test_an_hour_after_the_scan_nothing_is_claimed(self, moving: Demo, open_page: Opener) -> None:
        page, other = open_page(), open_page()
        steps.let_pass(other, moving)
        before = steps.balance(other, moving, "facility")
        at_the_place(page, moving, "facility", steps.place_code(other, moving))
        steps.let_pass(other, moving, hours=1)

        page.get_by_role("button", name=KO.receive).click()

        expect(page.get_by_role("alert")).to_contain_text("찍은 지 오래되어")
        expect(page.get_by_role("alert")).to_contain_text("코드를 다시 찍어 주세요")
        assert steps.balance(other, moving, "facility") == before

    def test_a_press_that_counted_is_answered_the_same_an_hour_later(self, moving: Demo, open_page: Opener) -> None:
        page, other = open_page(), open_page()
        steps.let_pass(other, moving)
        before = steps.balance(other, moving, "elder")
        steps.choose_ten(page, moving, "elder", steps.shop_name(other, moving), KO)
        confirm = page.url
        page.get_by_role("button", name=KO.pay_ten).click()
        page.wait_for_url(re.compile("/receipts/"))
        receipt = page.url
        steps.let_pass(other, moving, hours=1)

        page.goto(confirm)
        if page.url == confirm:
            page.get_by_role("button", name=KO.pay_ten).click()

        expect(page).to_have_url(receipt)
        assert steps.balance(other, moving, "elder") == before - 10

    def test_the_payers_undo_ends_after_ten_minutes(self, moving: Demo, open_page: Opener) -> None:
        page, other = open_page(), open_page()
        steps.let_pass(other, moving)
        shop = steps.shop_name(other, moving)
        steps.choose_ten(page, moving, "resident", shop, KO)
        page.get_by_role("button", name=KO.pay_ten).click()
        page.wait_for_url(re.compile("/receipts/"))
        paid = steps.balance(other, moving, "resident")
        steps.let_pass(other, moving, hours=1)

        page.get_by_role("button", name="이 결제 되돌리기").click()

        expect(page.get_by_role("alert")).to_contain_text("바뀐 것은 없어요")
        assert steps.balance(other, moving, "resident") == paid


class TestCodes:
    def test_a_persons_code_pays_at_one_counter_only(self, demo: Demo, open_page: Opener) -> None:
        page = open_page()
        code = steps.fresh_code(page, demo, "resident")
        before = steps.balance(page, demo, "resident")
        for persona in ("facility", "shop"):
            page.goto(demo.url(persona, "/counter/"))
            page.locator(".pm-key", has_text=re.compile(r"^10$")).click()
            page.get_by_label("손님의 코드").fill(code)
            page.get_by_role("button", name="손님께 금액 보여 드리기").click()

        expect(page.get_by_role("alert")).to_contain_text("이미 쓴 코드예요")
        assert steps.balance(page, demo, "resident") == before

    def test_a_places_code_counts_once_for_a_person(self, moving: Demo, open_page: Opener) -> None:
        page, other = open_page(), open_page()
        steps.let_pass(other, moving)
        code = steps.place_code(other, moving)
        before = steps.balance(other, moving, "checker")
        at_the_place(page, moving, "checker", code)
        page.get_by_role("button", name=KO.receive).click()
        page.wait_for_url(re.compile("/deeds/claims/"))

        at_the_place(page, moving, "checker", code)
        page.get_by_role("button", name=KO.receive).click()

        expect(page.get_by_role("alert")).to_contain_text("이미 한 번 처리됐어요")
        assert steps.balance(other, moving, "checker") == before + 2
