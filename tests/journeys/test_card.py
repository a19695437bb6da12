"""A person of 78 without a telephone: joins, earns and pays by a card, loses it, and the finder gets nowhere."""

import base64
import re
import subprocess

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys import steps
from tests.journeys.conftest import DESKTOP, PHONE, Demo, Opener
from tests.journeys.looking import Looks
from tests.journeys.test_life import finds, joins

pytestmark = [pytest.mark.browser, pytest.mark.full]
NAME, YEAR = "시연 카드 회원", "1948"
# The paper behind a link, or behind the form of a button, in base64.
PAPER = """async (element) => {
  const form = element.closest("form");
  const answer = await (form ? fetch(form.action, {method: "POST", body: new FormData(form)}) : fetch(element.href));
  return btoa(String.fromCharCode(...new Uint8Array(await answer.arrayBuffer())));
}"""


def printed(element: Locator) -> str:
    """What a person reads on the paper that this link or button prints."""
    paper = base64.b64decode(element.evaluate(PAPER))
    done = subprocess.run(["pdftotext", "-layout", "-", "-"], input=paper, capture_output=True, check=True)
    return done.stdout.decode()


class TestCard:
    def test_earns_pays_and_is_stopped(self, moving: Demo, open_page: Opener) -> None:
        desk = open_page(viewport=DESKTOP, bypass_csp=True)
        counter = open_page(viewport=PHONE, bypass_csp=True)
        look = Looks(moving, "card")
        joins(desk, moving, NAME, YEAR)
        look(desk, "joined")
        desk.get_by_role("button", name="카드 만들기").click()
        code = re.search(r"C[0-9A-Z]{4}-[0-9A-Z]{5}", printed(desk.get_by_role("link", name="카드 인쇄하기")))
        assert code is not None
        for _ in range(4):
            self.brings_bottles(counter, moving, code[0])
            look(counter, "earned")
            steps.let_pass(desk, moving)

        self.pays(counter, moving, code[0], 30)
        look(counter, "amount")
        counter.locator("main form .primary").click()
        expect(counter.locator("main")).to_contain_text("30")
        look(counter, "receipt")
        self.pays(counter, moving, code[0], 30)
        expect(counter.locator("main")).to_contain_text("오늘 20코인 남았어요")
        expect(counter.locator("main")).to_contain_text("쪽지가 없어요")
        look(counter, "needs-a-strip")

        finds(desk, moving, "official", NAME, YEAR)
        numbers = re.findall(r"\b(\d{3}) (\d{3})\b", printed(desk.get_by_role("button", name="새 쪽지 인쇄하기")))
        assert len(numbers) == 20
        self.pays(counter, moving, code[0], 30)
        counter.get_by_label("손님 쪽지의 1번 번호").fill("000")
        counter.locator("main form .primary").click()
        expect(counter.get_by_role("alert")).to_contain_text("1번 번호가 맞지 않아요. 4번 더 틀리면 카드가 멈춰요.")
        look(counter, "wrong-number")
        counter.get_by_label("손님 쪽지의 1번 번호").fill(" ".join(numbers[0]))
        counter.locator("main form .primary").click()
        expect(counter.locator("main")).to_contain_text("30코인을 받았어요")

        finds(desk, moving, "official", NAME, YEAR)
        expect(desk.locator("main")).to_contain_text("쪽지는 2번부터")
        desk.get_by_text("잃어버림, 찾음, 망가짐").click()
        look(desk, "lost")
        desk.get_by_role("button", name="멈추기 (전화로 부탁해도 돼요)").click()
        expect(desk.locator("main")).to_contain_text("카드가 멈춰 있어요")
        look(desk, "stopped")
        self.types(counter, moving, code[0], 10)
        expect(counter.get_by_role("alert")).to_contain_text("멈춰 둔 카드예요")
        look(counter, "finder")
        assert look.faults == []

    def brings_bottles(self, counter: Page, demo: Demo, code: str) -> None:
        """The staff of a facility count a hundred bottles and type what stands on the card."""
        counter.goto(demo.url("facility", "/deeds/confirm/"))
        counter.locator("#id_kind").select_option("CLEAR_PET")
        counter.locator("#id_quantity").fill("100")
        counter.locator("#id_code").fill(code)
        counter.get_by_role("button", name="코인 드리기").click()
        expect(counter.get_by_role("status").first).to_contain_text("코인을 드렸어요")

    def pays(self, counter: Page, demo: Demo, code: str, coins: int) -> None:
        self.types(counter, demo, code, coins)
        counter.wait_for_url(re.compile("/counter/.+"))

    def types(self, counter: Page, demo: Demo, code: str, coins: int) -> None:
        counter.goto(demo.url("facility", "/counter/"))
        counter.locator(".pm-key", has_text=re.compile(f"^{coins}$")).click()
        counter.locator("#id_code").fill(code)
        counter.locator("main form .primary").click()
