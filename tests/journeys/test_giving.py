"""Giving: to a person, to a campaign that fills up and is used, and to one that misses its target and gives it back."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import steps
from tests.journeys.conftest import DESKTOP, PHONE, Demo, Opener
from tests.journeys.looking import Looks
from tests.journeys.steps import KO

pytestmark = pytest.mark.browser


def pressed(page: Page, name: str) -> None:
    """The one button or link of the page that is called so."""
    page.locator("main").get_by_text(name, exact=True).click()


class TestToAPerson:
    def test_whoever_shows_the_code_gets_the_coins(self, demo: Demo, open_page: Opener) -> None:
        page, other = open_page(bypass_csp=True), open_page()
        look = Looks(demo, "gift")
        before = steps.balance(page, demo, "elder"), steps.balance(other, demo, "checker")
        code = steps.fresh_code(other, demo, "checker")

        page.goto(demo.url("elder", "/giving/"))
        pressed(page, "사람에게 선물하기")
        look(page, "code")
        page.locator("#id_code").fill("abcd-1234")
        pressed(page, "다음")
        expect(page.get_by_role("alert")).to_contain_text("바뀐 것은 없어요")
        look(page, "wrong-code")
        page.locator("#id_code").fill(code.lower())
        pressed(page, "다음")
        page.locator("#id_coins").fill("99999")
        pressed(page, "다음")
        expect(page.get_by_role("alert")).to_contain_text("바뀐 것은 없어요")
        look(page, "too-many")
        page.locator("#id_coins").fill("3")
        pressed(page, "다음")
        look(page, "confirm")
        page.get_by_role("button", name="3코인 선물하기").dblclick()
        expect(page.get_by_role("heading", name="3코인을 선물했어요")).to_be_visible()
        look(page, "done")
        other.goto(demo.url("checker", "/coins/"))
        other.get_by_text("선물 받음").first.click()
        expect(other.get_by_role("heading", name="3코인을 선물받았어요")).to_be_visible()

        after = steps.balance(page, demo, "elder"), steps.balance(other, demo, "checker")
        assert after == (before[0] - 3, before[1] + 3)
        assert look.faults == []


@pytest.mark.full
class TestToACampaign:
    def test_a_full_one_is_passed_on_by_two_officers_and_accounted_for(self, moving: Demo, open_page: Opener) -> None:
        page, phone = open_page(viewport=DESKTOP, bypass_csp=True), open_page(viewport=PHONE, bypass_csp=True)
        look = Looks(moving, "campaign")
        steps.let_pass(page, moving)
        self.proposed_and_opened(moving, page, look, "연탄 나눔", target=10, days=3)

        self.given(moving, phone, "연탄 나눔", look)
        expect(phone.locator("main")).to_contain_text("10 / 10코인")
        phone.goto(moving.url("elder", "/giving/mine/"))
        look(phone, "mine")
        steps.let_pass(page, moving, hours=1)  # until then the giver may take it back
        steps.let_pass(page, moving, hours=168)
        self.at_the_desk(moving, page, "issuer", "연탄 나눔", until="끝남 · 목표 달성")
        look(page, "closed")
        page.locator("#id_text").fill("결재-2027-8")
        pressed(page, "동의해요")
        self.at_the_desk(moving, page, "officer", "연탄 나눔")
        look(page, "second-officer")
        pressed(page, "동의해요")
        self.at_the_desk(moving, page, "treasury", "연탄 나눔")
        page.locator("#id_text").fill("2027-55")
        look(page, "treasury")
        pressed(page, "입력")
        phone.goto(moving.url("charity", "/charity/"))
        phone.get_by_role("link", name="연탄 나눔").click()
        phone.locator("#id_used_won").fill("1000")
        phone.locator("#id_used_for").fill("연탄을 샀어요.")
        phone.locator("#id_document").fill("영수증-1")
        look(phone, "evidence")
        pressed(phone, "공개하기")

        expect(phone.locator("main")).to_contain_text("연탄을 샀어요.")
        look(phone, "used")
        assert look.faults == []

    def test_one_that_misses_its_target_gives_the_coins_back(self, moving: Demo, open_page: Opener) -> None:
        page, phone = open_page(viewport=DESKTOP, bypass_csp=True), open_page(viewport=PHONE, bypass_csp=True)
        look = Looks(moving, "missed")
        steps.let_pass(page, moving)
        before = steps.balance(phone, moving, "elder")
        self.proposed_and_opened(moving, page, look, "헌 책 나눔", target=5000, days=2)
        self.given(moving, phone, "헌 책 나눔", look)
        given = steps.balance(phone, moving, "elder")

        steps.let_pass(page, moving, hours=168)
        self.at_the_desk(moving, page, "issuer", "헌 책 나눔", until="코인이 돌아갔어요")
        look(page, "desk-returned")
        phone.goto(moving.url("elder", "/giving/mine/"))
        expect(phone.locator(".pm-list li", has_text="헌 책 나눔")).to_contain_text("코인이 돌아왔어요")
        look(phone, "returned")

        assert (given, steps.balance(phone, moving, "elder")) == (before - 10, before)
        assert look.faults == []

    def proposed_and_opened(self, demo: Demo, page: Page, look: Looks, title: str, *, target: int, days: int) -> None:
        """The charity proposes, two officers open it."""
        today = page.locator(".pm-clock").inner_text()[-16:-6]
        page.goto(demo.url("charity", "/charity/"))
        pressed(page, "모금 제안하기")
        for name, text in (
            ("title_ko", title),
            ("title_en", "Winter help"),
            ("text_ko", "도와요."),
            ("text_en", "Help."),
        ):
            page.locator(f"#id_{name}").fill(text)
        page.locator("#id_target").fill(str(target + 1))
        page.locator("#id_deadline").fill(steps.days_after(today, days))
        pressed(page, "구에 보내기")
        expect(page.get_by_role("alert")).to_contain_text("10")
        look(page, "propose-refused")
        page.locator("#id_target").fill(str(target))
        pressed(page, "구에 보내기")
        expect(page.locator("main")).to_contain_text("담당자 두 사람의 확인 대기")
        look(page, "proposed")
        self.at_the_desk(demo, page, "issuer", title)
        page.locator("#id_text").fill("결재-2027-3")
        pressed(page, "동의해요")
        self.at_the_desk(demo, page, "officer", title)
        look(page, "to-open")
        pressed(page, "동의해요")
        expect(page.locator("h1 .pm-tag")).to_have_text("모금 중")

    def given(self, demo: Demo, phone: Page, title: str, look: Looks) -> None:
        phone.goto(demo.url("elder", "/giving/"))
        phone.get_by_role("link", name=title).click()
        look(phone, "campaign")
        pressed(phone, "코인 기부하기")
        pressed(phone, "다음")
        expect(phone.get_by_role("alert").first).to_contain_text("코인")
        look(phone, "no-amount")
        phone.locator(".pm-key", has_text=re.compile(r"^10$")).click()
        phone.get_by_role("button", name=KO.next, exact=True).click()
        pressed(phone, "10코인 기부하기")
        expect(phone.get_by_role("heading", level=1)).to_have_text("10코인, 고맙습니다")

    def at_the_desk(self, demo: Demo, page: Page, persona: str, title: str, until: str = "") -> None:
        """Open the campaign at the officers' desk, after the night's jobs have brought it there."""
        page.goto(demo.url(persona, "/giving/desk/"))
        if until:
            steps.reload_until(page, page.locator(".pm-list li", has_text=title).get_by_text(until))
        page.get_by_role("link", name=title).click()
