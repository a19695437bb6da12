"""The treasury: maker and checker are two people, sheet and numbers, a line that the bank sent back, the next batch."""

import re
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import steps
from tests.journeys.conftest import DESKTOP, PHONE, Demo, Opener
from tests.journeys.looking import Looks
from tests.journeys.steps import KO

pytestmark = [pytest.mark.browser, pytest.mark.full]


class TestSettlement:
    def test_one_is_given_up_and_one_bounces_into_the_next(
        self, moving: Demo, open_page: Opener, tmp_path: Path
    ) -> None:
        page, phone = open_page(viewport=DESKTOP, bypass_csp=True), open_page(viewport=PHONE, bypass_csp=True)
        look = Looks(moving, "settlement")
        steps.let_pass(page, moving)
        shop = steps.shop_name(phone, moving)
        steps.choose_ten(phone, moving, "resident", shop, KO)
        phone.get_by_role("button", name=KO.pay_ten).click()
        phone.wait_for_url(re.compile("/receipts/"))
        steps.let_pass(page, moving, hours=168)
        until_due(page, moving)

        draft(page)
        refused_to_the_maker(page, moving, look)
        given_up(page, look)
        page.goto(moving.url("treasury", "/settlement/"))
        draft(page)
        batch = page.url
        sheet = checked_and_exported(page, moving, batch, tmp_path, look)
        line = page.locator("section", has=page.locator("#lines")).locator("li", has_text=shop)
        line.get_by_text("이 가게만 입력하기").click()
        line.get_by_role("button", name="반송되었어요").click()
        expect(page).to_have_url(batch)  # the browser asks for the reason first
        line.get_by_label("은행이 알린 이유").fill("계좌번호 오류")
        look(page, "bounce")
        line.get_by_role("button", name="반송되었어요").click()

        expect(line).to_contain_text("은행에서 반송됨")
        expect(line).to_contain_text("계좌번호 오류")
        look(page, "bounced")
        assert shop in sheet
        phone.goto(moving.url("shop", "/payouts/"))
        phone.locator(".pm-list a").first.click()
        expect(phone.locator("main")).to_contain_text("계좌번호 오류")
        look(phone, "bounced-payout")
        until_due(page, moving)
        draft(page)
        expect(page.locator("section", has=page.locator("#lines"))).to_contain_text(shop)
        given_up(page, look)
        assert look.faults == []


def until_due(page: Page, demo: Demo) -> None:
    """Let weeks go by until the desk offers a settlement."""
    page.goto(demo.url("treasury", "/settlement/"))
    while not page.get_by_role("button", name="정산 만들기").count():
        steps.let_pass(page, demo, hours=168)
        page.goto(demo.url("treasury", "/settlement/"))


def draft(page: Page) -> None:
    """Make a settlement of all that can be paid."""
    page.get_by_role("button", name="정산 만들기").click()
    expect(page.locator("h1")).to_contain_text(re.compile(r"정산 \d+호"))


def refused_to_the_maker(page: Page, demo: Demo, look: Looks) -> None:
    """The page does not offer the maker the check."""
    expect(page.locator("main")).to_contain_text("다른 사람이 확인해야 해요")
    expect(page.get_by_role("button", name="확인했어요")).to_have_count(0)
    look(page, "draft")


def given_up(page: Page, look: Looks) -> None:
    """Give the open settlement up, with a reason."""
    page.get_by_text("이 정산 버리기").click()
    page.locator("#id_reason").fill("다음에 다시 만들어요")
    look(page, "give-up")
    page.locator("details[open] form button").click()
    expect(page.locator("h1 .pm-tag")).to_have_text("버림")


def checked_and_exported(page: Page, demo: Demo, batch: str, folder: Path, look: Looks) -> str:
    """Another person checks it; numbers before the files are refused; the payee sheet."""
    page.goto(batch.replace("//treasury.", "//checker."))
    page.get_by_role("button", name="확인했어요").click()
    page.goto(batch)
    enter_numbers(page)
    expect(page.get_by_role("alert")).to_contain_text("먼저 지출결의 파일을 내려받아 주세요")
    look(page, "numbers-too-early")
    with page.expect_download() as files:
        page.get_by_role("button", name="지출결의 파일 내려받기").click()
    files.value.save_as(folder / "files.zip")
    enter_numbers(page)
    expect(page.get_by_role("button", name="남은 가게에 모두 지급했어요")).to_be_visible()
    return zipfile.ZipFile(folder / "files.zip").read("payees.csv").decode("utf-8-sig")


def enter_numbers(page: Page) -> None:
    page.locator("#id_document").fill("재무과-2027-12")
    page.locator("#id_payment").fill("2027-112")
    page.get_by_role("button", name="두 번호 입력").click()
