"""The budget is cut down to what is promised, people are told before they walk, and an order pays those who waited.

Two officers sign in their own browsers; the issuer has seen their keys.
"""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import steps
from tests.journeys.conftest import DESKTOP, PHONE, Demo, Opener
from tests.journeys.looking import Looks
from tests.journeys.steps import KO

pytestmark = [pytest.mark.browser, pytest.mark.full]
OFFICERS = ("officer", "cosigner")


class TestBudgetCut:
    def test_a_cut_a_waiting_list_and_an_order(self, moving: Demo, open_page: Opener) -> None:
        issuer, phone = open_page(viewport=DESKTOP, bypass_csp=True), open_page(viewport=PHONE, bypass_csp=True)
        desks = {each: open_page(viewport=PHONE, bypass_csp=True) for each in OFFICERS}
        look = Looks(moving, "budget")
        steps.let_pass(issuer, moving)
        self.keys_are_made_and_entered(moving, issuer, desks, look)

        lowest, most = self.refuses_to_go_below_what_is_promised(moving, issuer, look)
        self.signed_by_two(moving, desks, self.order_text(issuer, most), look, "cut")
        issuer.goto(moving.url("issuer", "/budget/"))
        expect(issuer.locator("main")).to_contain_text(re.compile(r"더 발행할 수 있는 코인\s*0\s*코인"))
        look(issuer, "nothing-left")
        self.is_told_before_walking(moving, phone, look)
        # Taken now: a code of the screen is old after some minutes, and the signing has gone before.
        steps.earn_bottles(phone, moving, "elder", steps.place_code(open_page(), moving), KO)
        expect(phone.locator("main")).to_contain_text("1번째")
        look(phone, "waiting")
        slip = phone.url
        issuer.goto(moving.url("issuer", "/budget/waiting/"))
        expect(issuer.locator("main")).to_contain_text("1건이 기다리고 있어요")
        issuer.goto(moving.url("issuer", "/budget/raise/"))
        look(issuer, "raise")
        self.signed_by_two(moving, desks, self.order_text(issuer, 50_000), look, "order")
        phone.goto(slip)

        expect(phone.get_by_role("heading", name="20코인이 적립되었어요")).to_be_visible()
        phone.goto(moving.url("elder", "/deeds/"))
        expect(phone.locator("main")).not_to_contain_text("대기 명단")
        assert lowest > 0
        assert look.faults == []

    def keys_are_made_and_entered(self, demo: Demo, issuer: Page, desks: dict[str, Page], look: Looks) -> None:
        for number, (persona, desk) in enumerate(desks.items(), start=1):
            desk.goto(demo.url(persona, "/budget/order/"))
            desk.get_by_role("button", name="여기에 내 열쇠 만들기").click()
            expect(desk.locator("[data-public]")).to_have_text(re.compile("^[0-9a-f]{64}$"))
            key = desk.locator("[data-public]").inner_text()
            desk.reload()
            expect(desk.locator("[data-public]")).to_have_text(key)
            expect(desk.get_by_role("button", name="여기에 내 열쇠 만들기")).to_be_hidden()
            issuer.goto(demo.url("issuer", "/budget/keys/"))
            issuer.get_by_label("예산 담당", exact=True).select_option(label=f"시연 예산 담당 {number}")
            issuer.get_by_label("열쇠 64글자").fill(key)
            issuer.get_by_role("button", name="열쇠 등록하기").click()
            expect(issuer.locator(".pm-list")).to_contain_text(key[-8:])
        look(desks["officer"], "order-with-key")
        look(issuer, "keys")

    def refuses_to_go_below_what_is_promised(self, demo: Demo, issuer: Page, look: Looks) -> tuple[int, int]:
        issuer.goto(demo.url("issuer", "/budget/"))
        look(issuer, "budget")
        issuer.get_by_role("link", name="예산 줄이기").click()
        look(issuer, "cut")
        lowest = number(issuer.locator(".pm-big").inner_text())
        most = number(issuer.locator(".pm-facts dd").inner_text().partition("코인")[0])
        self.order_text(issuer, most + 1, expected=False)
        refusal = issuer.get_by_role("alert")
        expect(refusal).to_contain_text("이미 약속했거나 지급한 만큼은 줄일 수 없어요")
        expect(refusal).to_contain_text(f"{lowest:,}코인까지 줄일 수 있어요")
        look(issuer, "cut-refused")
        return lowest, most

    def order_text(self, page: Page, coins: int, *, expected: bool = True) -> str:
        page.locator("#id_coins").fill(str(coins))
        page.locator("#id_document").fill("결재-2027-7")
        page.get_by_role("button", name="지시 글 만들기").click()
        return page.locator("#file").input_value() if expected else ""

    def signed_by_two(self, demo: Demo, desks: dict[str, Page], text: str, look: Looks, name: str) -> None:
        """Each signs what the one before has handed over; the second one books it."""
        for persona, desk in desks.items():
            desk.goto(demo.url(persona, "/budget/order/"))
            desk.locator("#id_order").fill(text)
            desk.get_by_role("button", name="위의 글에 서명하기").click()
            expect(desk.locator("[data-said]")).to_contain_text("서명했어요")
            text = desk.locator("#id_order").input_value()
        desk = desks["cosigner"]
        desk.get_by_role("button", name="먼저 내용 보기").click()
        expect(desk.locator(".pm-facts")).to_contain_text("2개 중 2개")
        look(desk, f"{name}-preview")
        desk.get_by_role("button", name="올리기", exact=True).click()
        expect(desk.get_by_role("heading", name="예산 지시를 올렸어요")).to_be_visible()
        look(desk, f"{name}-booked")

    def is_told_before_walking(self, demo: Demo, phone: Page, look: Looks) -> None:
        for path in ("/deeds/", "/deeds/kinds/CLEAR_PET/", "/bring/", "/bring/HANGER/"):
            phone.goto(demo.url("elder", path))
            expect(phone.locator("main")).to_contain_text("대기 명단 1번째로 올라가고")
            look(phone, "told-before")
        screen = phone.context.new_page()
        screen.goto(demo.url("facility", "/places/"))
        screen.locator("main a.pm-tile").first.click()
        expect(screen.locator("main")).to_contain_text("1번째")
        screen.close()


def number(text: str) -> int:
    """The whole number in a text."""
    return int(re.sub(r"\D", "", text))
