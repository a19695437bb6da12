"""Good deeds with other proofs than a place's code: a roll, a photo, a machine, an objection, an outcome, a list."""

import os
import re
import subprocess
import sys
from datetime import datetime, timedelta
from io import BytesIO
from zoneinfo import ZoneInfo

import pytest
from PIL import Image
from playwright.sync_api import FilePayload, Page, expect

from tests.journeys import steps
from tests.journeys.conftest import DESKTOP, PROGRAM, ROOT, Demo, Opener
from tests.journeys.steps import KO

pytestmark = pytest.mark.browser
PEOPLE = ("resident", "elder", "shop", "official", "reviewer", "issuer")


def open_session(page: Page, demo: Demo) -> str:
    """The facility opens a session of two hours that is over by now, as with a paper list; the address of its roll."""
    page.goto(demo.url("facility", "/deeds/rolls/"))
    clock = page.locator(".pm-clock").inner_text()
    now = datetime.strptime(clock[-16:], "%Y-%m-%d %H:%M").replace(tzinfo=ZoneInfo("Asia/Seoul"))
    begin = now - timedelta(hours=3) if now.hour > 3 else now.replace(hour=20) - timedelta(days=1)
    page.locator("#id_title").fill("하천 청소")
    page.locator("#id_day").fill(f"{begin:%Y-%m-%d}")
    page.locator("#id_starts").fill(f"{begin:%H:%M}")
    page.locator("#id_ends").fill(f"{begin + timedelta(hours=2):%H:%M}")
    page.get_by_role("button", name="모임 열기").click()
    page.wait_for_url(re.compile("/deeds/rolls/[0-9a-f-]{36}/$"))
    return page.url


class TestRoll:
    def test_a_dozen_scans_make_six_people(self, demo: Demo, open_page: Opener) -> None:
        leader, phone = open_page(), open_page()
        address = open_session(leader, demo)
        beeps: list[str] = []

        for persona in (*PEOPLE, *PEOPLE):
            code = steps.fresh_code(phone, demo, persona)
            before = leader.locator("[data-roll-headline]").inner_text()
            leader.get_by_label("주민의 코드").fill(code)
            leader.keyboard.press("Enter")
            expect(leader.locator("#id_code")).to_have_value("")
            expect(leader.locator("[data-roll-said]")).to_be_visible()
            expect(leader.locator("[data-roll-headline]")).not_to_have_text(before)
            beeps.append(leader.locator("[data-roll-headline]").inner_text())
        leader.screenshot(path=demo.shots / "roll.png", full_page=True)

        assert [f"{n}번 출석했어요" for n in range(1, 7)] == beeps[:6]
        assert [f"이미 {n}번으로 출석했어요" for n in range(1, 7)] == beeps[6:]
        assert leader.locator("[data-roll-count]").inner_text() == "6"
        assert leader.url == address

    def test_closing_and_approval_by_somebody_else(self, demo: Demo, open_page: Opener) -> None:
        page = open_page(java_script_enabled=False)
        address = open_session(page, demo)
        code = steps.fresh_code(open_page(), demo, "auditor")
        page.goto(address)
        page.get_by_label("주민의 코드").fill(code)
        page.get_by_role("button", name="출석!").first.click()
        expect(page.locator("[data-roll-headline]")).to_contain_text("출석했어요")

        page.get_by_role("link", name="모두 나가기").click()
        page.screenshot(path=demo.shots / "roll-close.png", full_page=True)
        page.get_by_role("button", name="출석 마감하기").click()
        expect(page.locator("main")).to_contain_text("다른 직원이 승인해요")
        page.goto(address.replace("//facility.", "//organisation."))
        page.get_by_role("button", name="승인하고 코인 드리기").click()

        expect(page.locator("main")).to_contain_text("적립 1명, 대기 0명, 본인에게 물어볼 사람 0명")
        page.screenshot(path=demo.shots / "roll-approved.png", full_page=True)


class TestPhoto:
    def test_from_the_code_to_the_reviewer(self, demo: Demo, open_page: Opener) -> None:
        page = open_page()
        page.goto(demo.url("resident", "/deeds/kinds/BARTER_ITEM/photo/"))
        page.locator(".pm-key").first.click()
        page.get_by_role("button", name="코드 받기").click()
        page.wait_for_url(re.compile("/deeds/photos/"))
        code = page.locator(".pm-typed").inner_text().replace("-", "")
        picture = BytesIO()
        Image.new("RGB", (640, 480), (80, 140, 80)).save(picture, "JPEG")

        page.set_input_files(
            "#id_photo", FilePayload(name="deed.jpg", mimeType="image/jpeg", buffer=picture.getvalue())
        )
        page.get_by_role("button", name="사진 보내기").click()
        expect(page.get_by_role("heading", name="사진이 들어왔어요")).to_be_visible()
        claim = page.url.rstrip("/").rpartition("/")[2]
        page.goto(demo.url("reviewer", f"/deeds/review/{claim}/"))
        expect(page.locator("main")).to_contain_text(code)
        page.get_by_text("사진 보기").click()
        with page.expect_response(re.compile("/photo/$")) as shown:
            page.get_by_role("link", name="사진 열기").click()
        page.go_back()
        page.get_by_role("button", name="맞아요").click()
        page.goto(demo.url("resident", f"/deeds/claims/{claim}/"))

        assert shown.value.headers["content-type"] == "image/jpeg"
        expect(page.locator("main")).to_contain_text("부터 쓸 수 있어요")


class TestMachine:
    def test_the_simulated_machine_shows_a_qr_that_pays_once(self, demo: Demo, open_page: Opener) -> None:
        page = open_page()
        said = machine(demo, "--items", "10", "--persona", "reviewer").stdout.splitlines()

        page.goto(said[-1])
        page.screenshot(path=demo.shots / "machine.png", full_page=True)
        page.get_by_role("button", name="코인 받기").click()
        expect(page.get_by_role("heading", name="2코인이 적립되었어요")).to_be_visible()
        page.goto(said[-1].replace("//reviewer.", "//official."))
        page.get_by_role("button", name="코인 받기").click()

        expect(page.get_by_role("alert")).to_contain_text("이미 코인으로 바꾼 영수증이에요")

    def test_the_machine_reads_the_residents_code_itself(self, demo: Demo, open_page: Opener) -> None:
        page = open_page()

        first = machine(demo, "--items", "10", "--code", steps.fresh_code(page, demo, "organisation"))
        wrong = machine(demo, "--items", "10", "--code", "ABCD-1234")

        assert "ISSUED" in first.stdout
        assert wrong.returncode == 1


class TestObjection:
    def test_a_refusal_says_why_and_another_reviewer_grants_it(self, demo: Demo, open_page: Opener) -> None:
        page = open_page()
        code = steps.place_code(page, demo)
        page.goto(demo.url("cosigner", "/deeds/"))
        page.get_by_label(re.compile("장소 코드")).fill(code)
        page.get_by_role("button", name=KO.onward, exact=True).click()
        page.locator("main a.pm-tile", has_text="자원봉사").click()
        page.get_by_text("또는 몇 시간이었는지 적기").click()
        page.locator("label", has_text="아니요, 받지 않았어요").click()
        page.get_by_role("button", name="직원에게 보내기").click()
        page.wait_for_url(re.compile("/deeds/claims/"))
        slip = page.url

        page.goto(demo.url("facility", "/deeds/confirm/"))
        page.get_by_text("고치거나 거절하기").last.click()
        page.get_by_role("button", name="아니에요").last.click()
        page.goto(slip)
        expect(page.locator("main")).to_contain_text("30일 안")
        page.get_by_label("어떤 일이 있었나요?").fill("그날 한 시간 동안 있었어요.")
        page.get_by_role("button", name="이의신청하기").click()
        expect(page.get_by_role("heading", name="이의신청이 들어왔어요")).to_be_visible()
        page.goto(demo.url("reviewer", "/deeds/review/"))
        page.locator("main li", has_text="이의신청").locator("a").last.click()
        page.get_by_role("button", name="맞아요").click()
        page.goto(slip)

        expect(page.get_by_role("heading", name="5코인이 적립되었어요")).to_be_visible()


class TestDesks:
    def test_an_outcome_is_linked_and_pays_the_finder(self, demo: Demo, open_page: Opener) -> None:
        page = open_page(viewport=DESKTOP)
        page.goto(demo.url("elder", "/deeds/found/"))
        page.locator(".pm-key").first.click()
        page.get_by_role("button", name="알렸어요").click()
        page.wait_for_url(re.compile("/deeds/claims/"))
        slip = page.url

        page.goto(demo.url("official", "/deeds/outcomes/"))
        page.get_by_role("button", name="서비스 연계").first.click()
        page.goto(slip)

        expect(page.locator("main")).to_contain_text("코인이 적립되었어요")
        expect(page.locator("main")).to_contain_text("복지")

    def test_a_list_is_tried_before_it_is_written(self, demo: Demo, open_page: Opener) -> None:
        page = open_page(viewport=DESKTOP)
        page.goto(demo.url("organisation", "/deeds/lists/"))
        data = "전화번호,태어난해,활동,날짜,수량\n1234,1950,자원봉사,2026-11-01,60\n".encode()

        page.set_input_files("#id_file", FilePayload(name="list.csv", mimeType="text/csv", buffer=data))
        page.get_by_role("button", name="미리 보기").click()
        expect(page.get_by_role("heading", name="미리 보기")).to_be_visible()
        page.get_by_role("button", name="확정하고 코인 드리기").click()

        expect(page.get_by_role("heading", name="목록을 모두 처리했어요")).to_be_visible()


def machine(demo: Demo, *words: str) -> subprocess.CompletedProcess[str]:
    """Run the simulated machine of this demo."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("PUMASI_")}
    return subprocess.run(
        [sys.executable, "-c", PROGRAM, "machine", "--home", str(demo.home), "--port", str(demo.port), *words],
        env={**clean, "PYTHONPATH": str(ROOT / "src")},
        capture_output=True,
        text=True,
        check=False,
    )
