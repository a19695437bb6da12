"""A deed earns more from a day on: drafted by one officer, tried on past deeds, approved by another, public."""

from dataclasses import replace

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys import steps
from tests.journeys.conftest import DESKTOP, PHONE, Demo, Opener
from tests.journeys.looking import Looks
from tests.journeys.steps import KO

# Another deed than that of the other journeys, which go on in the same demo.
CARTONS = replace(KO, bottles="종이팩")
pytestmark = [pytest.mark.browser, pytest.mark.full]


class TestTariffChange:
    def test_two_officers_change_it_from_a_day_on(self, moving: Demo, open_page: Opener) -> None:
        page, phone = open_page(viewport=DESKTOP, bypass_csp=True), open_page(viewport=PHONE, bypass_csp=True)
        look = Looks(moving, "tariff")
        steps.let_pass(page, moving)
        today = page.locator(".pm-clock").inner_text()[-16:-6]
        page.goto(moving.url("issuer", "/tariff/"))
        look(page, "empty")
        page.get_by_role("link", name="변경안 올리기").click()

        self.drafted(page, look, today)
        change = page.url
        page.get_by_role("button", name="승인하기", exact=True).click()
        expect(page.get_by_role("alert")).to_contain_text("바뀐 것은 없어요")
        look(page, "not-alone")
        page.goto(change)
        page.get_by_role("link", name="지난 활동에 이 변경을 적용해 보기").click()
        page.locator("#id_first").fill("2027-01-20")
        page.locator("#id_last").fill(today)
        page.get_by_role("button", name="다시 계산").click()
        expect(page.locator("main")).to_contain_text("모의 코인")
        look(page, "simulator")
        phone.goto(change.replace("//issuer.", "//officer."))
        look(phone, "second-person")
        phone.get_by_role("button", name="승인하기", exact=True).click()
        expect(phone.locator("main .pm-tag").first).to_contain_text("승인")
        look(phone, "approved")

        phone.goto(moving.url("", "/rules/changes/"))
        expect(phone.locator("main")).to_contain_text("종이팩 더 받기")
        look(phone, "public")
        expect(self.rule(phone, moving)).to_contain_text("1킬로그램에 5코인")
        steps.let_pass(page, moving)
        expect(self.rule(phone, moving)).to_contain_text("1킬로그램에 6코인")
        before = steps.balance(phone, moving, "auditor")
        steps.earn_bottles(phone, moving, "auditor", steps.place_code(open_page(), moving), CARTONS, count=1)
        assert steps.balance(phone, moving, "auditor") == before + 6
        assert look.faults == []

    def drafted(self, page: Page, look: Looks, today: str) -> None:
        for name, text in (("name_ko", "종이팩 더 받기"), ("name_en", "More for cartons"), ("clause", "제5조")):
            page.locator(f"#id_{name}").fill(text)
        page.locator("#id_document").fill("결재-2027-4")
        page.locator("#id_effective_on").fill(today)
        page.locator("#id_coins_PAPER_PACK").fill("6")
        page.get_by_role("button", name="달라지는 점 보기").click()
        expect(page.get_by_role("alert")).to_be_visible()
        look(page, "draft-too-early")
        page.locator("#id_effective_on").fill(steps.days_after(today, 1))
        page.get_by_role("button", name="달라지는 점 보기").click()
        expect(page.locator("main")).to_contain_text("달라지는 점")
        look(page, "draft")
        page.get_by_role("button", name="두 번째 담당자에게 넘기기").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("종이팩 더 받기")
        look(page, "handed-over")

    def rule(self, phone: Page, demo: Demo) -> Locator:
        phone.goto(demo.url("resident", "/deeds/kinds/PAPER_PACK/"))
        return phone.locator("main .pm-big")
