"""A 31 December from the pages alone, and an auditor's way from a payment number to a deed without a name."""

import os
import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from pumasi.kernel.clock import DemoClock, seoul_date
from tests.journeys import steps
from tests.journeys.conftest import DESKTOP, Demo, Opener, serving
from tests.journeys.test_reading import read

pytestmark = [pytest.mark.browser, pytest.mark.full]


@pytest.fixture(scope="module")
def december(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """A demo of its own: its clock goes into the next year."""
    shots = Path(os.environ.get("PUMASI_SHOTS", "") or tmp_path_factory.mktemp("shots"))
    with serving(tmp_path_factory.mktemp("december") / "home", shots) as made:
        yield made


def goes_on(demo: Demo, until: date) -> None:
    """The demo's clock goes on to this day."""
    path = demo.home / "clock.json"
    DemoClock.shift(path, timedelta(days=(until - seoul_date(DemoClock(path).now())).days))


def settles(page: Page, demo: Demo) -> str:
    """The treasury makes a settlement, another checks it, it is paid; the payment number."""
    page.goto(demo.url("treasury", "/settlement/"))
    page.get_by_role("button", name="정산 만들기").click()
    page.wait_for_url(re.compile("/settlement/[0-9a-f-]{36}/"))
    path = "/settlement/" + page.url.rpartition("/settlement/")[2]
    page.goto(demo.url("checker", path))
    page.get_by_role("button", name="확인했어요").click()
    page.goto(demo.url("treasury", path))
    with page.expect_download():
        page.get_by_role("button", name="지출결의 파일 내려받기").click()
    page.goto(demo.url("treasury", path))
    page.get_by_label("결재문서번호").fill("결재-1")
    page.get_by_label("지급번호").fill("지급-1")
    page.get_by_role("button", name="두 번호 입력").click()
    page.get_by_role("button", name="남은 가게에 모두 지급했어요").click()
    page.wait_for_load_state()
    return "지급-1"


def test_the_turn_of_the_year(december: Demo, open_page: Opener) -> None:
    phone, desk, found = open_page(), open_page(viewport=DESKTOP), list[str]()
    year = seoul_date(DemoClock(december.home / "clock.json").now()).year
    goes_on(december, date(year, 12, 31))
    code = steps.place_code(phone, december)
    steps.earn_bottles(phone, december, "elder", code, steps.KO)
    shop = steps.shop_name(phone, december)
    steps.choose_ten(phone, december, "elder", shop, steps.KO)
    phone.get_by_role("button", name=steps.KO.pay_ten).click()
    phone.wait_for_url(re.compile("/payments/|/receipts/|/pay/receipt"))

    desk.goto(december.url("issuer", "/year-end/"))
    expect(desk.get_by_role("heading", level=1)).to_have_text(f"{year}년 연말 마감")
    read(desk, december, "normal", "normal", found, "journey-year-end")
    desk.get_by_role("link", name="권한 점검", exact=True).click()
    read(desk, december, "normal", "normal", found, "journey-access")
    if desk.get_by_role("button", name=re.compile("다시 주기")).count():
        desk.get_by_role("button", name=re.compile("다시 주기")).first.click()
        expect(desk.locator("main .pm-tag.good").first).to_have_text("다시 줌")

    goes_on(december, date(year + 1, 1, 11))
    phone.goto(december.url("elder", "/my-year/"))
    expect(phone.get_by_role("heading", level=1)).to_have_text(f"{year}년 내 코인")
    read(phone, december, "normal", "normal", found, "journey-my-year")
    number = settles(desk, december)
    desk.goto(december.url("auditor", f"/year-end/{year}/note/"))
    expect(desk.get_by_role("status")).to_contain_text("모든 합계가 시산표와 같아요")
    expect(desk.get_by_role("status")).to_contain_text(f"{year}-12-31 마감 기준이에요")
    read(desk, december, "normal", "normal", found, "journey-note")

    desk.goto(december.url("auditor", "/audit/"))
    desk.get_by_label(re.compile("지급번호, 문서번호")).fill(number)
    desk.get_by_role("button", name="찾기").click()
    read(desk, december, "normal", "normal", found, "journey-audit")
    desk.get_by_role("link", name=re.compile(r"^정산 \d+호$")).click()
    read(desk, december, "normal", "normal", found, "journey-audit-batch")
    desk.get_by_role("link", name=shop).click()
    read(desk, december, "normal", "normal", found, "journey-audit-line")
    desk.locator("main a[href*='/audit/payments/']").last.click()
    expect(desk.locator("main h2").first).not_to_be_empty()
    expect(desk.locator("main")).to_contain_text("적립표 근거")
    expect(desk.locator("main a[href*='/chain/blocks/']").first).to_contain_text("기록")
    assert "시연 어르신" not in desk.content()
    read(desk, december, "normal", "normal", found, "journey-audit-payment")

    desk.get_by_text("이 결제의 이름 요청하기").click()
    desk.get_by_label("문서번호").fill("감사-1")
    desk.get_by_label("이유").fill("표본 대조")
    desk.get_by_role("button", name="이름 요청하기").click()
    expect(desk.locator("main .pm-tag.warn")).to_have_text("두 번째 담당자를 기다려요")
    read(desk, december, "normal", "normal", found, "journey-names")

    desk.goto(december.url("auditor", "/audit/"))
    desk.get_by_label("씨앗말").fill("3 1 4 1 5 9")
    desk.get_by_role("button", name="표본 뽑기").click()
    expect(desk.get_by_role("heading", level=1)).to_have_text(f"{year}년 표본")
    read(desk, december, "normal", "normal", found, "journey-sample")
    assert found == []
