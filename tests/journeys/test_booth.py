"""A fair: a guest with a phone, staff at a desk, the board on a television; and the night, after which all is new."""

import re
from collections.abc import Iterator
from datetime import datetime, time, timedelta

import pytest
from playwright.sync_api import Page, expect

from pumasi.kernel.clock import KST, DemoClock, SystemClock, seoul_date
from tests.journeys import steps
from tests.journeys.conftest import DESKTOP, PHONE, Demo, Opener, begin_at, serving, shots_of, until_served
from tests.journeys.looking import Looks
from tests.journeys.steps import EN

pytestmark = [pytest.mark.browser, pytest.mark.full]
TELEVISION = {"width": 1920, "height": 1080}


@pytest.fixture(scope="module")
def booth(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """The stand, from ten in the morning of tomorrow: its day neither ends nor is wiped while a guest is there."""
    home = tmp_path_factory.mktemp("booth") / "home"
    begin_at(home, datetime.combine(seoul_date(SystemClock().now()) + timedelta(days=1), time(10), KST))
    with serving(home, shots_of(tmp_path_factory), "--booth", "--keep") as served:
        yield served


def scanned(staff: Page, guest: Page, booth: Demo, station: str) -> None:
    """The guest's camera opens what the station's screen shows."""
    code = steps.place_code(staff, booth, station).replace("-", "")
    guest.goto(booth.url("", f"/Q/{code}"))


class TestBooth:
    def test_a_guest_earns_at_three_stations_and_pays_and_the_night_wipes_it(
        self, booth: Demo, open_page: Opener
    ) -> None:
        look = Looks(booth, "booth")
        staff, guest = open_page(viewport=DESKTOP), open_page(viewport=PHONE, locale="en-US")
        board = open_page(viewport=TELEVISION)
        board.goto(booth.url("", "/booth/board/"))
        look(board, "board-empty")

        scanned(staff, guest, booth, "goods")
        look(staff, "goods-screen")
        look(guest, "welcome")
        guest.get_by_role("button", name="Take a practice wallet").click()
        look(guest, "goods-here")
        guest.locator("main a.pm-tile", has_text="Hangers").click()
        guest.locator("#id_quantity").fill("4")
        guest.get_by_role("button", name=EN.receive).click()
        guest.wait_for_url(re.compile("/deeds/claims/"))
        look(guest, "goods-waiting")
        staff.goto(booth.url("goods", "/deeds/confirm/"))
        look(staff, "goods-confirm")
        staff.locator("button[value=approve]").first.click()
        expect(board.locator(".bo-figures")).to_contain_text("0.52 kg")

        scanned(staff, guest, booth, "pet")
        guest.locator("main a.pm-tile", has_text="Clear PET").click()
        guest.locator("#id_quantity").fill("5")
        guest.get_by_role("button", name=EN.receive).click()
        look(guest, "pet-result")

        scanned(staff, guest, booth, "helping")
        guest.locator("main a.pm-tile", has_text="Volunteering").click()
        look(guest, "helping-here")
        guest.get_by_role("button", name="Check in").click()
        guest.wait_for_url(re.compile("/coins/"))
        DemoClock.shift(booth.home / "clock.json", timedelta(minutes=25))
        scanned(staff, guest, booth, "helping")
        look(guest, "helping-leave")
        guest.locator("label.pm-key", has_text="No").first.click()
        guest.get_by_role("button", name="I am done: check out").click()
        guest.wait_for_url(re.compile("/deeds/claims/"))

        guest.goto(booth.url("", "/pay/"))
        guest.locator("main a.pm-tile", has_text="Souvenir counter").click()
        guest.locator(".pm-key", has_text=re.compile(r"^10$")).click()
        guest.get_by_role("button", name=EN.next, exact=True).click()
        guest.get_by_role("button", name=EN.pay_ten).click()
        guest.wait_for_url(re.compile("/receipts/"))
        look(guest, "receipt")
        staff.goto(booth.url("souvenirs", "/received/"))
        look(staff, "souvenirs")
        guest.goto(booth.url("", "/"))
        look(guest, "home")
        guest.goto(booth.url("", "/coins/"))
        look(guest, "coins")

        figures = board.locator(".bo-number")
        expect(figures).to_have_text(["0.52 kg", "5", "0시간 20분", "1", "130", "10"])
        expect(board.locator(".bo-range").last).to_have_text("0시간 20분~0시간 25분")
        look(board, "board")

        DemoClock.shift(booth.home / "clock.json", timedelta(hours=24))
        until_served(booth.said)
        guest.goto(booth.url("", "/coins/"))
        expect(guest.get_by_role("heading", name="The wallet you had here is gone")).to_be_visible()
        look(guest, "after-the-night")
        board.goto(booth.url("", "/booth/board/"))
        expect(board.locator(".pm-empty")).to_be_visible()

        assert look.faults == []
