"""A newcomer earns, pays and gets coins back, in both languages, on phone and desk; and what goes wrong on the way.

A person brings at most 100 bottles a day (20 coins), so each persona earns once; resident and elder begin with coins.
"""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import steps
from tests.journeys.conftest import DESKTOP, PHONE, Demo, Opener
from tests.journeys.steps import EN, KO, Words

pytestmark = pytest.mark.browser


def earned(page: Page, demo: Demo, persona: str, words: Words = KO) -> str:
    """20 fresh coins for the persona; answers with the name of the persona shop."""
    steps.earn_bottles(page, demo, persona, steps.place_code(page, demo), words)
    return steps.shop_name(page, demo)


class TestNewcomer:
    @pytest.mark.parametrize(
        ("persona", "locale", "size", "words"),
        [("auditor", "ko-KR", PHONE, KO), ("issuer", "en-US", DESKTOP, EN)],
        ids=["korean-phone", "english-desktop"],
    )
    def test_earns_pays_and_gets_coins_back(
        self, demo: Demo, open_page: Opener, persona: str, locale: str, size: dict[str, int], words: Words
    ) -> None:
        page = open_page(locale=locale, viewport=size)
        before = steps.balance(page, demo, persona)
        shot = f"{persona}-{locale}"

        shop = earned(page, demo, persona, words)
        after_earning = steps.balance(page, demo, persona)
        steps.choose_ten(page, demo, persona, shop, words)
        page.screenshot(path=demo.shots / f"journey-{shot}-confirm.png", full_page=True)
        page.get_by_role("button", name=words.pay_ten).click()
        expect(page).to_have_url(re.compile("/receipts/"))
        page.screenshot(path=demo.shots / f"journey-{shot}-receipt.png", full_page=True)
        after_paying = steps.balance(page, demo, persona)
        page.goto(demo.url("shop", "/received/"))
        page.locator(".pm-list a").first.click()
        page.get_by_role("button", name=words.give_back, exact=True).click()
        expect(page.locator("main form")).to_have_count(0)
        after_refund = steps.balance(page, demo, persona)

        assert (after_earning - before, after_paying - before, after_refund - before) == (20, 10, 20)


class TestWhatGoesWrong:
    def test_a_double_click_pays_once(self, demo: Demo, open_page: Opener) -> None:
        page = open_page()
        shop = steps.shop_name(page, demo)
        before = steps.balance(page, demo, "resident")

        steps.choose_ten(page, demo, "resident", shop, KO)
        page.get_by_role("button", name=KO.pay_ten).dblclick()
        expect(page).to_have_url(re.compile("/receipts/"))

        assert steps.balance(page, demo, "resident") == before - 10

    def test_going_back_and_pressing_again_shows_the_first_receipt(self, demo: Demo, open_page: Opener) -> None:
        page = open_page()
        shop = steps.shop_name(page, demo)
        before = steps.balance(page, demo, "elder")
        steps.choose_ten(page, demo, "elder", shop, KO)
        page.get_by_role("button", name=KO.pay_ten).click()
        expect(page).to_have_url(re.compile("/receipts/"))
        receipt = page.url

        page.go_back()
        if "/confirm/" in page.url:
            page.get_by_role("button", name=KO.pay_ten).click()

        expect(page).to_have_url(receipt)
        assert steps.balance(page, demo, "elder") == before - 10

    def test_without_network_nothing_is_sent_and_the_next_press_counts_once(
        self, demo: Demo, open_page: Opener
    ) -> None:
        page = open_page()
        shop = steps.shop_name(page, demo)
        before = steps.balance(page, demo, "elder")
        steps.choose_ten(page, demo, "elder", shop, KO)

        page.context.set_offline(True)
        page.get_by_role("button", name=KO.pay_ten).click()
        expect(page.locator("#pm-live")).to_contain_text("인터넷이 끊겼어요")
        page.context.set_offline(False)
        page.get_by_role("button", name=KO.pay_ten).click()
        expect(page).to_have_url(re.compile("/receipts/"))

        assert steps.balance(page, demo, "elder") == before - 10

    def test_above_thirty_coins_the_payer_ticks_once_more(self, demo: Demo, open_page: Opener) -> None:
        page = open_page()
        shop = steps.shop_name(page, demo)
        before = steps.balance(page, demo, "resident")
        page.goto(demo.url("resident", "/pay/"))
        page.locator("main a.pm-tile", has_text=shop).first.click()
        page.locator(".pm-key", has_text=re.compile(r"^40$")).click()
        page.get_by_role("button", name=KO.next, exact=True).click()

        pay = page.get_by_role("button", name="40코인 내기")
        pay.click()
        expect(page).to_have_url(re.compile("/confirm/"))
        page.get_by_text("네, 40코인이 맞아요").click()
        page.screenshot(path=demo.shots / "journey-forty-coins.png", full_page=True)
        pay.click()

        expect(page).to_have_url(re.compile("/receipts/"))
        assert steps.balance(page, demo, "resident") == before - 40

    def test_a_wrong_code_is_said_aloud_and_stays_in_the_field(self, demo: Demo, open_page: Opener) -> None:
        page = open_page()
        page.goto(demo.url("resident", "/deeds/"))

        page.get_by_label("장소 코드").fill("abcd-1234")
        page.get_by_role("button", name=KO.onward, exact=True).click()

        expect(page.get_by_role("alert")).to_contain_text("바뀐 것은 없어요")
        expect(page.get_by_label("장소 코드")).to_have_value("abcd-1234")


class TestOtherHands:
    def test_everything_works_without_any_script(self, demo: Demo, open_page: Opener) -> None:
        page = open_page(java_script_enabled=False)
        before = steps.balance(page, demo, "facility")

        shop = earned(page, demo, "facility")
        steps.choose_ten(page, demo, "facility", shop, KO)
        page.get_by_role("button", name=KO.pay_ten).click()
        page.wait_for_url(re.compile("/receipts/"))

        assert steps.balance(page, demo, "facility") == before + 10

    def test_paying_needs_no_mouse(self, demo: Demo, open_page: Opener) -> None:
        page = open_page()
        shop = steps.shop_name(page, demo)
        page.goto(demo.url("elder", "/pay/"))

        page.get_by_role("link", name=re.compile(re.escape(shop))).focus()
        page.keyboard.press("Enter")
        page.wait_for_url(re.compile(r"/pay/[0-9a-f-]+/$"))
        tab_to(page, 'input[name="coins"]')
        page.keyboard.press("Space")
        tab_to(page, "main form .krds-btn.primary")
        page.keyboard.press("Enter")
        page.wait_for_url(re.compile("/confirm/"))
        tab_to(page, "main form .krds-btn.primary")
        page.keyboard.press("Enter")

        expect(page).to_have_url(re.compile("/receipts/"))

    def test_the_first_tab_skips_to_the_content(self, demo: Demo, open_page: Opener) -> None:
        page = open_page()
        page.goto(demo.url("resident", "/coins/"))

        page.keyboard.press("Tab")
        expect(page.get_by_role("link", name="본문 바로가기")).to_be_focused()
        page.keyboard.press("Enter")

        expect(page.locator("#content")).to_be_focused()

    def test_the_counter_takes_coins_with_the_visitors_own_press(self, demo: Demo, open_page: Opener) -> None:
        page = open_page(viewport=DESKTOP)
        before = steps.balance(page, demo, "resident")
        code = steps.fresh_code(page, demo, "resident")

        page.goto(demo.url("facility", "/counter/"))
        page.locator(".pm-key", has_text=re.compile(r"^10$")).click()
        page.get_by_label("손님의 코드").fill(code)
        page.get_by_role("button", name="손님께 금액 보여 드리기").click()
        expect(page.locator(".pm-balance")).to_contain_text("10")
        page.get_by_role("button", name=KO.pay_ten).click()

        expect(page.get_by_role("heading", name="10코인을 받았어요")).to_be_visible()
        assert steps.balance(page, demo, "resident") == before - 10


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until an element that fits has the focus; gives up after 60 stops."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.locator(f"{selector}:focus").count():
            return
    raise AssertionError(f"Tab never reaches {selector}")
