"""A shop from the first day to the last: it opens, takes coins, closes; two letters, custody, the owner is found."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from pumasi.kernel.clock import DemoClock
from tests.journeys import steps
from tests.journeys.conftest import DESKTOP, Demo, Opener, serving, shots_of
from tests.journeys.looking import Looks

pytestmark = [pytest.mark.browser, pytest.mark.full]
NAME = "닫을 카페"


@pytest.fixture(scope="module")
def spring(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """A demo of its own: its clock goes months ahead."""
    with serving(tmp_path_factory.mktemp("spring") / "home", shots_of(tmp_path_factory)) as made:
        yield made


def goes_on(demo: Demo, days: int) -> None:
    DemoClock.shift(demo.home / "clock.json", timedelta(days=days))


def opens(page: Page, demo: Demo) -> None:
    """A member's shop is verified, and takes ten coins."""
    page.goto(demo.url("auditor", "/my-shop/apply/"))
    page.get_by_label("가게 이름").fill(NAME)
    page.get_by_label("가게 영어 이름").fill("Closing Cafe")
    page.get_by_label("동", exact=True).select_option("반포1동")
    page.get_by_label("사업자등록번호").fill("123-45-67891")
    page.locator(".pm-key", has_text="텀블러").click()
    page.get_by_role("button", name="신청하기").click()
    page.goto(demo.url("issuer", "/shop-desk/"))
    page.get_by_role("link", name=NAME).click()
    page.get_by_label("등록증의 사업자등록번호").fill("1234567891")
    page.get_by_role("button", name="같은 가게가 맞아요").click()
    page.goto(demo.url("auditor", "/my-shop/"))
    page.get_by_role("link", name=re.compile(NAME)).click()
    page.get_by_role("button", name="코인 받기 시작").click()
    steps.choose_ten(page, demo, "elder", NAME, steps.KO)
    page.get_by_role("button", name="10코인 내기").click()
    page.wait_for_url(re.compile("/receipts/"))


def closes(page: Page, demo: Demo) -> None:
    page.goto(demo.url("auditor", "/my-shop/"))
    page.get_by_role("link", name=re.compile(NAME)).click()
    number = page.url.rstrip("/").rpartition("/")[2]
    page.goto(demo.url("issuer", f"/shop-desk/{number}/"))
    form = page.locator("details", has=page.locator("form[action$='/close/']"))
    form.locator("summary").click()
    form.locator("input[name=why]").fill("문을 닫음")
    form.locator("button.danger").click()
    page.wait_for_load_state()


def test_closes_and_its_money_waits_for_the_owner(spring: Demo, open_page: Opener) -> None:
    page, look = open_page(viewport=DESKTOP, bypass_csp=True), Looks(spring, "shop-end")
    opens(page, spring)
    closes(page, spring)
    look(page, "closed")

    page.goto(spring.url("elder", "/pay/?q=" + NAME))
    expect(page.locator("main a.pm-tile", has_text=NAME)).to_have_count(0)
    for letters in (1, 2):
        goes_on(spring, 31)
        page.goto(spring.url("treasury", "/settlement/unreachable/"))
        steps.reload_until(page, page.locator("li", has_text=NAME).get_by_text(f"편지 2번 중 {letters}번 보냄"))
    look(page, "letters")
    page.goto(spring.url("auditor", "/letters/"))
    look(page, "letters-of-the-owner")

    goes_on(spring, 60)
    page.goto(spring.url("treasury", "/settlement/unreachable/"))
    row = page.locator("section[aria-labelledby=closed] li", has_text=NAME)
    row.locator("summary").click()
    row.locator("input[name=reason]").fill("편지 두 번, 답 없음")
    row.locator("input[name=document]").fill("결재-7")
    row.get_by_role("button").click()
    kept = page.locator("section[aria-labelledby=kept] li", has_text=NAME)
    expect(kept).to_be_visible()
    expect(kept.locator(".much")).to_have_text("10")
    look(page, "custody")

    found = kept.locator("details").first
    found.locator("summary").click()
    found.locator("input[name=reason]").fill("주인이 창구에 옴")
    found.get_by_role("button").click()
    expect(page.locator("section[aria-labelledby=kept] li", has_text=NAME)).to_have_count(0)
    expect(page.locator("section[aria-labelledby=closed] li", has_text=NAME)).to_be_visible()
    assert look.faults == []
