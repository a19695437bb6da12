"""A day in a shop: the tablet on the counter takes coins, the shelf is full, an amount is wrong, a new shop opens."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import steps
from tests.journeys.conftest import Demo, Opener

pytestmark = pytest.mark.browser
TABLET = {"width": 820, "height": 1180}


def bound(tablet: Page, owner: Page, demo: Demo) -> None:
    """The owner's phone shows a number, the tablet is bound with it."""
    owner.goto(demo.url("shop", "/received/"))
    owner.get_by_role("link", name="계산대 기기").click()
    owner.get_by_role("button", name="기기 연결하기").click()
    number = owner.locator(".pm-typed").inner_text()
    tablet.goto(demo.url("", "/till/"))
    tablet.get_by_label("주인 전화의 연결 번호").fill(number.lower())
    tablet.get_by_role("button", name="연결하기").click()
    expect(tablet.get_by_role("heading", level=1)).to_contain_text("표본")


class TestCounterMode:
    def test_takes_forty_says_so_and_undoes(self, demo: Demo, open_page: Opener) -> None:
        tablet, phone = open_page(viewport=TABLET), open_page()
        tablet.add_init_script(
            "window.said = []; window.speechSynthesis.speak = (words) => window.said.push(words.text)"
        )
        bound(tablet, phone, demo)
        before = steps.balance(phone, demo, "elder")
        code = steps.fresh_code(phone, demo, "elder")

        tablet.locator(".pm-key", has_text=re.compile("^40$")).click()
        tablet.get_by_label("손님의 코드").fill(code)
        tablet.get_by_role("button", name="손님께 금액 보여 드리기").click()
        expect(tablet.locator(".pm-balance")).to_contain_text("40")
        tablet.screenshot(path=demo.shots / "journey-till-confirm.png", full_page=True)
        tablet.locator(".pm-check").click()
        tablet.get_by_role("button", name="40코인 내기").click()
        expect(tablet.get_by_role("heading", level=1)).to_have_text("40코인을 받았어요")
        tablet.wait_for_function("window.said.length > 0")
        said = tablet.evaluate("window.said")
        tablet.reload()
        again = tablet.evaluate("window.said")
        paid = steps.balance(phone, demo, "elder")
        tablet.get_by_role("button", name="이 결제 되돌리기").click()
        expect(tablet.get_by_role("status").filter(has_text="되돌렸어요")).to_be_visible()

        assert (said, again) == (["40코인을 받았어요"], [])
        assert (paid, steps.balance(phone, demo, "elder")) == (before - 40, before)

    def test_shows_no_page_of_the_owner(self, demo: Demo, open_page: Opener) -> None:
        tablet = open_page(viewport=TABLET)
        bound(tablet, open_page(), demo)

        tablet.goto(demo.url("", "/received/"))

        expect(tablet).to_have_url(re.compile("/sign-in/"))


class TestNeeds:
    def test_one_tap_reaches_the_guide(self, demo: Demo, open_page: Opener) -> None:
        page = open_page()
        shop = steps.shop_name(page, demo)
        page.get_by_role("link", name="필요 안내").last.click()
        hangers = page.locator("section", has=page.get_by_role("heading", name=re.compile("^옷걸이")))

        hangers.get_by_role("button", name="오늘은 다 찼어요").click()

        page.goto(demo.url("resident", "/bring/HANGER/"))
        expect(page.locator("li", has_text=shop)).to_contain_text("오늘은 다 찼어요")
        page.goto(demo.url("shop", "/needs/"))
        hangers.get_by_role("button", name="필요해요").click()


class TestDispute:
    def test_the_payer_reports_and_the_shop_gives_back(self, demo: Demo, open_page: Opener) -> None:
        page = open_page()
        shop = steps.shop_name(page, demo)
        before = steps.balance(page, demo, "resident")
        steps.choose_ten(page, demo, "resident", shop, steps.KO)
        page.get_by_role("button", name="10코인 내기").click()

        page.get_by_role("link", name="금액이 달라요").click()
        page.locator(".pm-key", has_text="두 번 나갔어요").click()
        page.get_by_role("button", name="코인을 따로 떼어 두기").click()
        expect(page.locator("main")).to_contain_text("10코인을 따로 떼어 두었어요")
        page.goto(demo.url("shop", "/received/"))
        page.get_by_role("link", name="두 번 나갔어요").click()
        page.get_by_role("button", name=re.compile("10코인 돌려주기")).click()
        expect(page.locator("main")).to_contain_text("가게가 인정: 돌려드렸어요")

        assert steps.balance(page, demo, "resident") == before


class TestNewShop:
    def test_applies_is_checked_and_takes_its_first_coins(self, demo: Demo, open_page: Opener) -> None:
        page = open_page()
        page.goto(demo.url("auditor", "/my-shop/apply/"))
        page.get_by_label("가게 이름").fill("여정 카페")
        page.get_by_label("가게 영어 이름").fill("Journey Cafe")
        page.get_by_label("동", exact=True).select_option("반포1동")
        page.get_by_label("사업자등록번호").fill("123-45-67891")
        page.locator(".pm-key", has_text="텀블러").click()
        page.get_by_role("button", name="신청하기").click()
        page.goto(demo.url("issuer", "/shop-desk/"))
        page.get_by_role("link", name="여정 카페").click()
        page.get_by_label("등록증의 사업자등록번호").fill("1234567891")
        page.get_by_role("button", name="같은 가게가 맞아요").click()
        page.goto(demo.url("auditor", "/my-shop/"))
        page.get_by_role("link", name=re.compile("여정 카페")).click()
        page.get_by_role("button", name="코인 받기 시작").click()

        steps.choose_ten(page, demo, "elder", "여정 카페", steps.KO)
        page.get_by_role("button", name="10코인 내기").click()

        expect(page).to_have_url(re.compile("/receipts/"))
