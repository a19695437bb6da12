"""An officer's Monday from the pages alone: what waits, the week, a notice, a deputy, the first try at it."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from pumasi.kernel.clock import DemoClock, seoul_date
from tests.journeys.conftest import DESKTOP, Demo, Opener
from tests.journeys.looking import Looks
from tests.journeys.test_life import joins

pytestmark = [pytest.mark.browser, pytest.mark.full]
PHONE_OF_THE_DEPUTY = "010-0000-7311"


def day(demo: Demo, ahead: int) -> str:
    today = seoul_date(DemoClock(demo.home / "clock.json").now())
    return (today + timedelta(days=ahead)).isoformat()


def wanted(page: Page, fields: dict[str, str]) -> None:
    for name, value in fields.items():
        page.locator(f"#id_{name}").fill(value)


class TestMonday:
    def test_what_waits_and_the_week(self, moving: Demo, open_page: Opener) -> None:
        page, look = open_page(viewport=DESKTOP, bypass_csp=True), Looks(moving, "monday")
        # A week in which no other test has used the collecting machine, which is therefore named as silent.
        DemoClock.shift(moving.home / "clock.json", timedelta(days=14))
        page.goto(moving.url("issuer"))
        page.get_by_role("link", name="주간 회의").first.click()

        expect(page.get_by_role("heading", level=1)).to_have_text("주간 회의")
        expect(page.get_by_role("link", name=re.compile("수거기"))).to_be_visible()
        look(page, "week")
        now = page.locator("main .pm-lead").inner_text()
        page.get_by_role("link", name="지난주").click()
        expect(page.locator("main .pm-lead")).not_to_have_text(now)
        page.get_by_role("link", name="다음 주").click()
        expect(page.locator("main .pm-lead")).to_have_text(now)
        page.goto(moving.url("issuer", "/inbox/"))
        look(page, "inbox")
        page.goto(moving.url("issuer", "/monday/"))
        look(page, "findings")
        assert look.faults == []

    def test_a_notice_is_looked_at_shown_and_hidden(self, demo: Demo, open_page: Opener) -> None:
        desk, phone, look = (
            open_page(viewport=DESKTOP, bypass_csp=True),
            open_page(bypass_csp=True),
            Looks(demo, "notice"),
        )
        title = "전화가 안 되는 저녁"
        desk.goto(demo.url("issuer", "/texts/new/outage/"))
        words = {
            "title_ko": title,
            "title_en": "No telephone",
            "body_ko": "내일 고쳐요.",
            "body_en": "Mended tomorrow.",
        }
        wanted(desk, {**words, "starts": day(demo, 0), "ends": day(demo, 1)})
        desk.locator("button[value=preview]").click()
        expect(desk.get_by_text("아직 저장하지 않았어요.")).to_be_visible()
        look(desk, "preview")
        phone.goto(demo.url("resident", "/coins/"))
        expect(phone.get_by_role("heading", name=title)).to_have_count(0)

        desk.locator("button[value=save]").click()
        desk.wait_for_url("**/texts/")
        phone.reload()
        expect(phone.get_by_role("alert").get_by_role("heading", name=title)).to_be_visible()
        look(phone, "shown")

        desk.get_by_role("link", name=title).click()
        desk.locator("label", has_text="보이기").locator("span").click()
        desk.locator("button[value=save]").click()
        desk.wait_for_url("**/texts/")
        look(desk, "list")
        phone.reload()
        expect(phone.get_by_role("heading", name=title)).to_have_count(0)
        assert look.faults == []

    def test_a_week_of_leave_with_a_deputy_and_the_sheet(self, demo: Demo, open_page: Opener) -> None:
        page, look = open_page(viewport=DESKTOP, bypass_csp=True), Looks(demo, "leave")
        joins(page, demo, "대결 역할", "1986", PHONE_OF_THE_DEPUTY)
        page.goto(demo.url("treasury", "/staff/"))
        page.locator("main a[href*='/deputy/']").first.click()
        wanted(page, {"phone": PHONE_OF_THE_DEPUTY, "starts": day(demo, 1), "ends": day(demo, 5), "reason": "휴가"})
        look(page, "deputy")
        page.locator("main form button.primary").click()
        page.wait_for_url("**/staff/")
        page.goto(demo.url("treasury", "/staff/hand-over/"))
        expect(
            page.locator("section", has_text="내가 요청한 역할").get_by_role("link", name="회계 담당")
        ).to_be_visible()
        look(page, "hand-over")

        page.goto(demo.url("officer", "/staff/"))
        page.locator("main a[href*='/staff/']", has_text="회계 담당").first.click()
        expect(page.get_by_text("대결 역할")).to_be_visible()
        look(page, "decide")
        page.locator("button[value=give]").click()
        page.wait_for_url("**/staff/")
        expect(page.get_by_text(re.compile(rf"{day(demo, 1)}.*{day(demo, 5)}")).first).to_be_visible()
        assert look.faults == []

    def test_a_newcomer_tries_it_first(self, demo: Demo, open_page: Opener) -> None:
        page, look = open_page(bypass_csp=True, locale="en-US"), Looks(demo, "practice")
        page.goto(demo.url("official", "/training/"))

        expect(page.get_by_role("heading", name=re.compile(r"Done \d of 5"))).to_be_visible()
        look(page, "practice")
        page.locator("main a[href='/desk/']").click()
        expect(page).to_have_url(re.compile("/desk/$"))
        assert look.faults == []
