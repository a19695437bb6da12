"""A district moves in: the box proposes, officers approve on the page, the box loads, the page shows the comparison."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from pumasi.coin.moving.tests.books import Files, business_number
from pumasi.kernel.clock import SystemClock, seoul_date
from tests.journeys.conftest import AXE, DESKTOP, PROGRAM, ROOT, Demo, Opener
from tests.journeys.looking import RULES, sideways

pytestmark = pytest.mark.browser
# The second officer has no persona in the demo: what their page would call is called here.
SECOND = """
import django; django.setup()
from pumasi.civic.people.models import Role
from pumasi.civic.shell import clock
from pumasi.coin.moving import operations
from pumasi.coin.moving.models import Proposal
from pumasi.kernel.acting import Acting, Channel
officer = Role.objects.filter(role="BUDGET_OFFICER").order_by("id")[0].person_id
asked = Proposal.objects.get()
acting = Acting(officer, officer, Channel.DESK, "IMPORT", clock.current_clock().now())
print(operations.approve(acting, proposal_id=asked.id, typed=asked.digest[:8]))
"""


def program(demo: Demo, *words: str, code: str = PROGRAM) -> str:
    """Run a command on the demo's own files."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("PUMASI_")}
    environ = {
        **clean,
        "PYTHONPATH": str(ROOT / "src"),
        "PUMASI_HOME": str(demo.home),
        "PUMASI_DEMO": "1",
        "DJANGO_SETTINGS_MODULE": "pumasi.config.settings",
    }
    done = subprocess.run(
        [sys.executable, "-c", code, *words], env=environ, capture_output=True, text=True, check=True, timeout=120
    )
    return done.stdout


def extract(folder: Path) -> Path:
    """What an old system gives today: coins of this year only, for which the demo has a budget."""
    today = seoul_date(SystemClock().now())
    lot = {"earned_on": today.isoformat(), "expires": f"{today.year + 3}-12-31", "fund": "", "won": "100"}
    members = [
        {"old_id": f"{1001 + n}", "name": f"시연 이관 {n}", "phone": f"010-0909-{1001 + n}", "birth_year": "1955",
         "relation": "RESIDENT", "valid_until": "", "dong": "서초1동"}
        for n in range(4)
    ]  # fmt: skip
    return Files(
        {
            "members": members,
            "lots": [{"old_id": "1001", "coins": "12.5", **lot}, {"old_id": "1002", "coins": "30", **lot}],
            "shops": [
                {"old_id": "S-1", "name_ko": "시연 이관 세탁소", "name_en": "Sample laundry", "dong": "서초1동",
                 "business_number": business_number(7), "owner": "1003", "items": "HANGER", "unpaid": "20"}
            ],
            "takings": [{"shop": "S-1", "coins": "20", "taken_on": today.isoformat(), "fund": "", "won": "100"}],
        },
        f'origin = "예전 시험 제도 (시연)"\nextract_on = {today.isoformat()}\nunit = "SC"\nlevel = "L1"\n',
    ).write(folder)  # fmt: skip


def reads_well(page: Page, shot: Path) -> None:
    """axe finds nothing, nothing scrolls sideways; keep a picture."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    result = page.evaluate("rules => axe.run(document, {runOnly: rules})", RULES)
    page.screenshot(path=shot, full_page=True)
    assert [each["id"] for each in result["violations"]] == []
    assert sideways(page) == 0


class TestMovingIn:
    def test_from_proposal_to_the_comparison(self, demo: Demo, open_page: Opener, tmp_path: Path) -> None:
        folder = str(extract(tmp_path / "old"))
        said = program(demo, "import", "propose", folder)
        digest = re.search(r"digest ([0-9a-f]{64})", said)
        assert digest is not None
        phone, desktop = open_page(bypass_csp=True), open_page(bypass_csp=True, viewport=DESKTOP, locale="en-GB")

        phone.goto(demo.url("issuer", "/moving/"))
        reads_well(phone, demo.shots / "moving-desk.ko.phone.png")
        phone.get_by_role("link", name="예전 시험 제도 (시연)").click()
        reads_well(phone, demo.shots / "moving-proposal.ko.phone.png")
        phone.get_by_label("지문의 앞 8자").fill("00000000")
        phone.get_by_role("button", name="비교했고 승인해요").click()
        expect(phone.get_by_role("alert")).to_contain_text("이 제안의 지문 앞 8자와 달라요")
        phone.get_by_label("지문의 앞 8자").fill(digest[1][:8])
        phone.get_by_role("button", name="비교했고 승인해요").click()
        expect(phone.get_by_text("두 번째 담당자를 기다려요")).to_be_visible()
        assert program(demo, code=SECOND).strip() == "APPROVED"
        assert "Moved: 4 members, 1 shops, 62.5 coins" in program(demo, "import", "run", folder)
        phone.reload()
        expect(phone.get_by_role("heading", name="예전 합계와 지금 합계가 끝자리까지 같아요")).to_be_visible()
        reads_well(phone, demo.shots / "moving-done.ko.phone.png")
        desktop.goto(phone.url)
        expect(desktop.get_by_role("heading", name="Old and new are equal to the last digit")).to_be_visible()
        reads_well(desktop, demo.shots / "moving-done.en.desktop.png")
        with desktop.expect_download() as download:
            desktop.get_by_role("link", name="Download the comparison (CSV)").click()
        lines = Path(download.value.path()).read_text("utf-8-sig").splitlines()
        assert lines[-1] == "sum,,,,,3,3,62.50,62.50,yes"

        desktop.goto(demo.url("issuer", "/moving/find/"))
        desktop.get_by_label("Id in the old system").fill("1002")
        desktop.get_by_label("Purpose").fill("help desk")
        desktop.get_by_role("button", name="Find").click()
        expect(desktop.get_by_role("heading", name="시연 이관 1")).to_be_visible()
        reads_well(desktop, demo.shots / "moving-find.en.desktop.png")
        desktop.goto(demo.url("issuer", "/moving/"))
        reads_well(desktop, demo.shots / "moving-desk.en.desktop.png")
