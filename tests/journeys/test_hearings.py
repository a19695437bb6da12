"""Coins of a deed shall go back: notice, opinion, decision, objection; three officers, and the person at each step."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import steps
from tests.journeys.conftest import DESKTOP, Demo, Opener
from tests.journeys.test_reading import read

pytestmark = [pytest.mark.browser, pytest.mark.full]


def notice(page: Page, demo: Demo, place: str) -> None:
    """The reviewer finds the newest deed of today at a place, and gives notice."""
    page.goto(demo.url("reviewer", "/clawbacks/"))
    page.locator("#id_place").select_option(label=place)
    page.locator("#id_day").fill(page.locator("#id_day").get_attribute("max") or "")
    page.get_by_role("button", name="활동 보기").click()
    page.locator(".pm-list a").first.click()
    page.get_by_label("맞는 수량").fill("50")
    page.get_by_label("이유: 당사자가 읽어요").fill("절반은 페트병이 아니었어요")
    page.get_by_label("근거 조항", exact=True).fill("표본 조례 제7조")
    page.get_by_role("button", name="미리 알리기").click()
    page.wait_for_url(re.compile("/clawbacks/[0-9a-f-]{36}/"))


def test_from_notice_to_a_granted_objection(demo: Demo, open_page: Opener) -> None:
    phone, desk, found = open_page(), open_page(viewport=DESKTOP), list[str]()
    code = steps.place_code(phone, demo)
    place = phone.locator("h1").inner_text()
    steps.earn_bottles(phone, demo, "checker", code, steps.KO)
    desk.goto(demo.url("reviewer", "/clawbacks/"))
    label = desk.locator("#id_place option", has_text=place).first.inner_text()
    notice(desk, demo, label)
    case = desk.url.rpartition("/clawbacks/")[2]
    read(desk, demo, "normal", "normal", found, "journey-clawback-case")

    phone.goto(demo.url("checker", "/letters/"))
    phone.locator(".pm-list a").first.click()
    expect(phone.get_by_role("heading", level=1)).to_contain_text("환수 예정 알림")
    phone.goto(demo.url("checker", "/objections/"))
    read(phone, demo, "normal", "normal", found, "journey-objections")
    phone.locator(".pm-list a").first.click()
    phone.get_by_label("어떻게 생각하세요?").fill("모두 페트병이었어요")
    phone.get_by_role("button", name="의견 보내기").click()
    expect(phone.get_by_role("status").first).to_contain_text("의견을 냈어요")

    desk.goto(demo.url("official", f"/clawbacks/{case}"))
    desk.get_by_label("이유: 당사자가 읽어요").fill("사진에 병이 쉰 개예요")
    desk.get_by_role("button", name="코인 환수하기").click()
    expect(desk.get_by_role("status").first).to_contain_text("환수하기로 정했어요")
    phone.reload()
    phone.get_by_label("어떻게 생각하세요?").fill("사진은 두 장이에요")
    phone.get_by_role("button", name="이의신청하기").click()
    read(phone, demo, "normal", "normal", found, "journey-objected")

    desk.goto(demo.url("issuer", f"/clawbacks/{case}"))
    desk.get_by_label("이유: 당사자가 읽어요").fill("두 번째 사진을 확인했어요")
    desk.get_by_role("button", name="이의 받아들이기").click()
    phone.reload()
    expect(phone.get_by_role("status").first).to_contain_text("이의가 받아들여졌어요")
    assert found == []
