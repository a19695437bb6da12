"""What people do in the browser, in words of the pages, for both languages."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import Demo


@dataclass(frozen=True)
class Words:
    """The words of the buttons in one language."""

    onward: str
    receive: str
    bottles: str
    next: str
    pay_ten: str
    give_back: str


KO = Words("다음", "코인 받기", "투명 페트병", "다음", "10코인 내기", "돌려주기")
EN = Words("Continue", "Receive coins", "Clear PET bottles", "Next", "Pay 10 coins", "Give back")


def place_code(page: Page, demo: Demo, persona: str = "facility") -> str:
    """What the screen of a facility or a shop shows."""
    page.goto(demo.url(persona, "/places/"))
    page.locator("main a.pm-tile").first.click()
    return page.locator(".pm-typed").inner_text().split()[-1]


def fresh_code(page: Page, demo: Demo, persona: str) -> str:
    """What a person shows at a counter: one that no other test has used, so it may take half a minute to come."""
    page.goto(demo.url(persona, "/my-code/"))
    typed = page.locator(".pm-typed")
    if persona in demo.shown:
        expect(typed).not_to_contain_text(demo.shown[persona], timeout=60_000)
    demo.shown[persona] = typed.inner_text().split()[-1]
    return demo.shown[persona]


def earn_bottles(page: Page, demo: Demo, persona: str, code: str, words: Words, count: int = 100) -> None:
    """Type the code, choose bottles, say how many; ends on the slip."""
    page.goto(demo.url(persona, "/deeds/"))
    page.get_by_label(re.compile("장소 코드|Code of the place")).fill(code.lower())
    page.get_by_role("button", name=words.onward, exact=True).click()
    page.locator("main a.pm-tile", has_text=words.bottles).click()
    page.locator("#id_quantity").fill(str(count))
    page.get_by_role("button", name=words.receive).click()
    page.wait_for_url(re.compile("/deeds/claims/"))


def let_pass(page: Page, demo: Demo, hours: int = 24) -> None:
    """Shift the demo's clock on the page of all parts; ends there, once the clock says so."""
    page.goto(demo.url(""))
    before = page.locator(".pm-clock").inner_text()
    page.locator(f".pm-who button[value='{hours}']").click()
    expect(page.locator(".pm-clock")).not_to_have_text(before)


def shop_name(page: Page, demo: Demo) -> str:
    """The name of the shop whose owner is a persona, in the language of the page."""
    page.goto(demo.url("shop", "/received/"))
    return page.locator(".pm-card h2").first.inner_text()


def choose_ten(page: Page, demo: Demo, persona: str, shop: str, words: Words) -> None:
    """Choose the shop and ten coins; ends before the last tap."""
    page.goto(demo.url(persona, "/pay/"))
    page.locator("main a.pm-tile", has_text=shop).first.click()
    page.locator(".pm-key", has_text=re.compile(r"^10$")).click()
    page.get_by_role("button", name=words.next, exact=True).click()
    page.wait_for_url(re.compile("/confirm/"))


def balance(page: Page, demo: Demo, persona: str) -> int:
    """Whole coins on the first page."""
    page.goto(demo.url(persona, "/coins/"))
    return int(re.sub(r"\D", "", page.locator(".pm-balance").inner_text()))


def days_after(day: str, days: int) -> str:
    """An ISO date so many days after another one."""
    return (date.fromisoformat(day) + timedelta(days=days)).isoformat()


def reload_until(page: Page, wanted: Locator, times: int = 300) -> None:
    """Open the page again and again until it shows what another process does: the night's jobs, the sealer."""
    page.wait_for_load_state()
    while not wanted.count() and times:
        page.reload()
        times -= 1
    expect(wanted).to_be_visible()
