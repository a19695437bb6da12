"""Lives of members at desk and phone: joining, moving, two that are one, a death; each page read by axe as it comes."""

import re
from datetime import timedelta
from itertools import count

import pytest
from playwright.sync_api import Page, expect

from pumasi.kernel.clock import SystemClock, seoul_date
from tests.journeys.conftest import DESKTOP, Demo, Opener
from tests.journeys.steps import fresh_code
from tests.journeys.test_reading import read

pytestmark = pytest.mark.browser
_NAMES = count(1)


def looks(page: Page, demo: Demo, name: str) -> None:
    """A picture of the page, and nothing that axe objects to."""
    found: list[str] = []
    read(page, demo, "normal", "normal", found, f"life-{name}")
    assert found == []


def joins(page: Page, demo: Demo, name: str, year: str, phone: str = "") -> None:
    """An official lets somebody join; the page is then the new member's."""
    page.goto(demo.url("official", "/desk/"))
    page.get_by_role("link", name="가입 받기").click()
    page.get_by_label("이름", exact=True).fill(name)
    page.get_by_label("전화번호(있으면)").fill(phone)
    page.get_by_label("태어난 해").fill(year)
    tick(page, "신분증을 보았어요")
    tick(page, "끝까지 듣고 동의하셨어요")
    page.get_by_role("button", name="가입시키기").click()


def finds(page: Page, demo: Demo, persona: str, name: str, year: str) -> None:
    page.goto(demo.url(persona, "/desk/"))
    page.get_by_label("이름", exact=True).fill(name)
    page.get_by_label("태어난 해").fill(year)
    page.get_by_role("button", name="찾기").click()


def in_days(days: int) -> str:
    """A day of the district's calendar, which is some hours ahead of UTC's."""
    return (seoul_date(SystemClock().now()) + timedelta(days=days)).isoformat()


def tick(page: Page, words: str) -> None:
    page.locator("label", has_text=words).locator("span").click()


def a_name() -> str:
    """A made-up name that nobody in this demo has."""
    return f"시연 새회원 {next(_NAMES)}"


class TestJoining:
    def test_at_a_desk_with_four_answers_and_a_slip(self, demo: Demo, open_page: Opener) -> None:
        page, name = open_page(viewport=DESKTOP, bypass_csp=True), a_name()
        page.goto(demo.url("official", "/desk/join/"))
        looks(page, demo, "desk-join")

        joins(page, demo, name, "1952")

        expect(page.get_by_role("heading", level=1)).to_have_text(name)
        expect(page.get_by_text("창구에서 확인함(L1)")).to_be_visible()
        looks(page, demo, "member")
        with page.expect_response(re.compile("slip.pdf")) as slip:
            page.evaluate("fetch(document.querySelector('a[href$=\"slip.pdf\"]').href)")
        assert (slip.value.status, slip.value.headers["content-type"]) == (200, "application/pdf")

    def test_alone_on_the_phone_in_english(self, demo: Demo, open_page: Opener) -> None:
        phone = open_page(locale="en-US", bypass_csp=True)
        phone.goto(demo.url("", "/join/"))
        looks(phone, demo, "join-en")

        phone.get_by_label("Name", exact=True).fill("Sample Newcomer")
        phone.get_by_label("Year of birth").fill("1995")
        tick(phone, "Works here")
        phone.get_by_label("Last day of the proof, if it ends").fill("2030-12-31")
        tick(phone, "I agree")
        phone.get_by_role("button", name="Join").click()

        expect(phone.get_by_role("heading", level=1)).to_have_text("My membership")
        expect(phone.get_by_text("50 coins a month, 100 in all")).to_be_visible()
        looks(phone, demo, "mine-en")

    def test_a_child_with_a_parents_code_and_a_foreigner_from_a_paper(self, demo: Demo, open_page: Opener) -> None:
        desk, child = open_page(viewport=DESKTOP, bypass_csp=True), a_name()
        parent = open_page(bypass_csp=True)
        joins(desk, demo, child, "2018")
        expect(desk.get_by_text("보호자가 동의해야 가입할 수 있어요.")).to_be_visible()
        looks(desk, demo, "child-refused")

        desk.get_by_label("보호자의 코드나 카드(어린이일 때)").fill(fresh_code(parent, demo, "resident"))
        desk.get_by_role("button", name="가입시키기").click()

        expect(desk.get_by_role("heading", level=1)).to_have_text(child)
        expect(desk.get_by_text("창구에서 확인함(L1)")).to_be_visible()

        looks(desk, demo, "child")
        desk.get_by_role("button", name="카드 만들기").click()
        parent.goto(demo.url("resident", "/membership/"))
        parent.get_by_role("link", name="우리 가족").click()
        expect(parent.get_by_role("heading", name=child)).to_be_visible()
        looks(parent, demo, "family")
        parent.get_by_role("button", name="카드를 잃어버렸어요: 멈추기").first.click()
        expect(parent.get_by_text("카드가 멈춰 있어요.").first).to_be_visible()

        page, name = open_page(locale="en-US", viewport=DESKTOP, bypass_csp=True), f"Sample Nguyen Thi {child[-1]}"
        page.goto(demo.url("official", "/desk/join/"))
        page.get_by_label("Name", exact=True).fill(name)
        page.get_by_label("Year of birth").fill("1991")
        tick(page, "I have looked at the identity card")
        page.get_by_text("A child, no card, or a paper form", exact=True).click()
        page.get_by_label("Day on the signed paper form").fill(in_days(-3))
        tick(page, "The person has heard it and agrees")
        looks(page, demo, "paper-en")
        page.get_by_role("button", name="Let them join").click()

        expect(page.get_by_role("heading", level=1)).to_have_text(name)
        expect(page.get_by_text("checked at a desk (L1)")).to_be_visible()


class TestMoving:
    def test_the_resident_says_it_and_stays_after_all(self, demo: Demo, open_page: Opener) -> None:
        phone = open_page(bypass_csp=True)
        phone.goto(demo.url("elder", "/membership/"))
        phone.get_by_text("이사해요", exact=True).click()
        phone.get_by_label("이 구에서의 마지막 날").fill(in_days(1))
        phone.get_by_role("button", name="적어 두기").click()

        expect(phone.get_by_text("에 이사하는 것으로 적혀 있어요.")).to_be_visible()
        looks(phone, demo, "moving")
        phone.get_by_role("button", name="이사하지 않아요").click()
        expect(phone.get_by_role("button", name="이사하지 않아요")).to_have_count(0)


class TestTwoThatAreOne:
    def test_is_hinted_asked_and_decided_by_another(self, demo: Demo, open_page: Opener) -> None:
        desk, second, name = (
            open_page(viewport=DESKTOP, bypass_csp=True),
            open_page(viewport=DESKTOP, bypass_csp=True),
            a_name(),
        )
        joins(desk, demo, name, "1961", "010-0000-7001")
        joins(desk, demo, name, "1961")
        expect(desk.get_by_role("heading", name="이름과 태어난 해가 같은 회원이 있어요")).to_be_visible()
        looks(desk, demo, "twins")
        tick(desk, "다른 사람이에요")
        desk.get_by_role("button", name="가입시키기").click()

        desk.get_by_label("같은 사람인 이유").fill("같은 분이 두 번 가입하셨어요")
        desk.get_by_role("button", name="이 기록으로 합쳐 달라고 요청").click()
        second.goto(demo.url("issuer", "/desk/requests/"))
        looks(second, demo, "requests")
        second.get_by_role("link", name="한 사람의 두 회원 기록 합치기").first.click()
        looks(second, demo, "merge-request")
        second.get_by_role("button", name="승인").click()

        expect(second.get_by_text("승인됨")).to_be_visible()
        finds(desk, demo, "official", name, "1961")
        expect(desk.get_by_role("heading", level=1)).to_have_text(name)


class TestDeath:
    def test_a_wrong_report_is_undone_by_two(self, demo: Demo, open_page: Opener) -> None:
        desk, second, name = (
            open_page(viewport=DESKTOP, bypass_csp=True),
            open_page(viewport=DESKTOP, bypass_csp=True),
            a_name(),
        )
        joins(desk, demo, name, "1933")
        desk.get_by_text("사망", exact=True).click()
        desk.get_by_label("돌아가신 날").fill("2026-01-02")
        desk.get_by_label("사망신고 접수번호").fill("시연-1")
        desk.get_by_role("button", name="사망 접수").click()
        looks(desk, demo, "estates")
        desk.locator(".pm-list a").first.click()
        looks(desk, demo, "estate")
        desk.get_by_text("잘못된 접수예요").click()
        desk.get_by_label("이유").last.fill("본인이 창구에 오셨어요")
        desk.locator("details button").last.click()

        second.goto(demo.url("issuer", "/desk/requests/"))
        second.get_by_role("link", name="잘못된 사망 접수 되돌리기").first.click()
        second.get_by_label("이름", exact=True).fill(name)
        second.get_by_label("태어난 해").fill("1933")
        looks(second, demo, "undo-death")
        second.get_by_role("button", name="승인").click()

        expect(second.get_by_text("승인됨")).to_be_visible()
        finds(desk, demo, "official", name, "1933")
        expect(desk.get_by_role("heading", level=1)).to_have_text(name)


class TestProgramme:
    def test_a_new_value_and_the_end_are_shown_before_anybody_decides(self, demo: Demo, open_page: Opener) -> None:
        page = open_page(viewport=DESKTOP, bypass_csp=True)
        for path, name in (
            ("/tariff/value/", "value"),
            ("/tariff/ending/", "ending"),
            ("/rules/ending/", "rules-ending"),
        ):
            page.goto(demo.url("issuer", path))
            looks(page, demo, name)
        page.goto(demo.url("treasury", "/settlement/unreachable/"))
        looks(page, demo, "unreachable")
        page.goto(demo.url("issuer", "/tariff/value/"))
        page.get_by_label("코인 하나의 원화 값").fill("200")
        page.get_by_label("시작하는 날").fill(in_days(400))
        page.get_by_label("조례 조항").fill("시연 조항")
        page.get_by_label("결재문서번호").fill("시연-2")
        page.get_by_role("button", name="바꾸기 전과 뒤 보기").click()

        expect(page.get_by_text("합계가 같아요.")).to_be_visible()
        looks(page, demo, "before-after")
