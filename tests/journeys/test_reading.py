"""Everybody can read it: axe-core on every page in each profile, no sideways scrolling, 200 % zoom, long names."""

import os
import re
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.journeys import steps
from tests.journeys.conftest import DESKTOP, PHONE, Demo, Opener
from tests.journeys.looking import RULES, cut_off, faults_of, sideways

pytestmark = pytest.mark.browser

PAGES = [
    ("", "/"),
    ("", "/sign-in/"),
    ("", "/join/"),
    ("", "/rules/ending/"),
    ("resident", "/membership/"),
    ("official", "/desk/"),
    ("official", "/desk/join/"),
    ("elder", "/membership/family/"),
    ("official", "/desk/estates/"),
    ("issuer", "/desk/requests/"),
    ("issuer", "/tariff/value/"),
    ("issuer", "/tariff/ending/"),
    ("treasury", "/settlement/unreachable/"),
    ("", "/nowhere/"),
    ("", "/near/"),
    ("resident", "/near/?kind=ZERO&do=HANGER&open=1"),
    ("resident", "/near/?kind=BANK"),
    ("resident", "/"),
    ("resident", "/coins/"),
    ("resident", "/coins/history/"),
    ("resident", "/deeds/"),
    ("resident", "/deeds/kinds/CLEAR_PET/"),
    ("resident", "/deeds/kinds/BLOOD_DONATION/"),
    ("resident", "/my-code/"),
    ("resident", "/scan/"),
    ("resident", "/pay/"),
    ("resident", "/pay/?q=없는곳"),
    ("resident", "/bring/"),
    ("resident", "/bring/HANGER/"),
    ("resident", "/my-shop/"),
    ("resident", "/my-shop/apply/"),
    ("resident", "/budget/"),
    ("resident", "/deeds/found/"),
    ("resident", "/deeds/thanks/"),
    ("resident", "/deeds/kinds/BARTER_ITEM/photo/"),
    ("resident", "/deeds/machine/no-receipt/"),
    ("reviewer", "/deeds/review/"),
    ("official", "/deeds/outcomes/"),
    ("official", "/deeds/organisations/"),
    ("organisation", "/deeds/lists/"),
    ("facility", "/deeds/rolls/"),
    ("issuer", "/deeds/pool/"),
    ("shop", "/"),
    ("shop", "/received/"),
    ("shop", "/payouts/"),
    ("resident", "/giving/"),
    ("resident", "/giving/mine/"),
    ("resident", "/letters/"),
    ("resident", "/objections/"),
    ("reviewer", "/clawbacks/"),
    ("treasury", "/settlement/"),
    ("treasury", "/settlement/around/"),
    ("charity", "/charity/"),
    ("issuer", "/giving/desk/"),
    ("shop", "/counter/"),
    ("shop", "/deeds/confirm/"),
    ("facility", "/places/"),
    ("", "/till/"),
    ("issuer", "/shop-desk/"),
    ("issuer", "/shop-desk/new/"),
    ("issuer", "/year-end/"),
    ("auditor", "/audit/"),
    ("shop", "/shop-year/"),
    ("resident", "/my-year/"),
    ("issuer", "/budget/"),
    ("issuer", "/inbox/"),
    ("issuer", "/"),
    ("issuer", "/budget/order/"),
    ("issuer", "/budget/raise/"),
    ("issuer", "/budget/cut/"),
    ("issuer", "/budget/keys/"),
    ("officer", "/budget/order/"),
    ("officer", "/tariff/"),
    ("issuer", "/books/"),
    ("issuer", "/desk/code/"),
    ("issuer", "/moving/"),
    ("issuer", "/week/"),
    ("issuer", "/staff/"),
    ("issuer", "/staff/appoint/"),
    ("treasury", "/staff/hand-over/"),
    ("issuer", "/texts/"),
    ("issuer", "/texts/new/outage/"),
    ("issuer", "/training/"),
    ("", "/help/"),
    ("", "/api/"),
    ("shop", "/webhooks/"),
    ("shop", "/tokens/"),
    ("treasury", "/pos/"),
    ("official", "/moving/find/"),
    ("auditor", "/books/"),
    ("", "/chain/"),
    ("", "/chain/blocks/1/"),
    ("", "/chain/how/"),
    ("", "/verify"),
    ("resident", "/chain/"),
]
# Pages behind the first link of another page.
BEHIND = [
    ("resident", "/pay/", "main a.pm-tile"),
    ("resident", "/coins/", ".pm-list a"),
    ("", "/near/", "#places a"),
    ("shop", "/received/", "main a[href*=stickers]"),
    ("shop", "/received/", "main a[href*=devices]"),
    ("shop", "/received/", "main a[href*=takings]"),
    ("shop", "/received/", "main a[href*=state]"),
    ("shop", "/received/", "main a[href*=needs]"),
    ("issuer", "/shop-desk/", "main a[href*=prices]"),
    ("resident", "/giving/", "main h2 a"),
    ("issuer", "/giving/desk/", "main .pm-list a"),
    ("issuer", "/year-end/", "main a[href*=note]"),
    ("issuer", "/year-end/", "main a[href*=access]"),
    ("issuer", "/year-end/", "main a[href*=takings]"),
    ("issuer", "/year-end/", "main a[href*=lapsing]"),
    ("auditor", "/audit/", "main a[href*=names]"),
    ("charity", "/charity/", "main a.primary"),
    ("shop", "/payouts/", "main a[href*=account]"),
    ("facility", "/places/", "main a.pm-tile"),
    ("resident", "/coins/history/", "a[href*='/chain/receipts/']"),
]
PROFILES = [
    pytest.param("normal", "normal", "ko-KR", PHONE, id="default"),
    pytest.param("xlarge", "high", "ko-KR", DESKTOP, id="very-large-contrast", marks=pytest.mark.full),
    pytest.param("large", "high", "en-US", PHONE, id="english-large-contrast", marks=pytest.mark.full),
]


# The same Korean document as the first profile: only what text size and contrast can break is asked again.
ALIKE = ("xlarge", "high")
OF_LOOKS = ["color-contrast", "link-in-text-block", "target-size", "scrollable-region-focusable"]


def read(page: Page, demo: Demo, text: str, contrast: str, found: list[str], name: str) -> None:
    """Add what axe finds on the open page, and whether it scrolls sideways, to `found`; keep a picture."""
    found += faults_of(page, OF_LOOKS if (text, contrast) == ALIKE else RULES)
    if os.environ.get("PUMASI_SHOTS"):
        page.screenshot(path=demo.shots / f"{name}-{text}-{contrast}.png", full_page=True)


def dressed(open_page: Opener, demo: Demo, text: str, contrast: str, **options: Any) -> Page:
    """A page whose context has chosen this text size and contrast on every persona's host."""
    page = open_page(bypass_csp=True, **options)
    hosts = {demo.url(persona) for persona, _ in PAGES}
    chosen = (("pumasi_text", text), ("pumasi_contrast", contrast))
    page.context.add_cookies([{"name": name, "value": value, "url": host} for host in hosts for name, value in chosen])
    return page


class TestReading:
    @pytest.mark.parametrize(("text", "contrast", "locale", "size"), PROFILES)
    def test_axe_finds_nothing_on_any_page(
        self, demo: Demo, open_page: Opener, text: str, contrast: str, locale: str, size: dict[str, int]
    ) -> None:
        page = dressed(open_page, demo, text, contrast, locale=locale, viewport=size)
        found: list[str] = []

        for persona, path in PAGES:
            page.goto(demo.url(persona, path))
            read(page, demo, text, contrast, found, f"{persona or 'public'}{path.replace('/', '_').replace('?', '_')}")
        for persona, path, link in BEHIND:
            page.goto(demo.url(persona, path))
            page.locator(link).first.click()
            page.wait_for_load_state()
            read(page, demo, text, contrast, found, f"{persona}{path.replace('/', '_')}behind")

        assert found == []

    @pytest.mark.parametrize(
        ("text", "contrast"), [("normal", "normal"), pytest.param("xlarge", "high", marks=pytest.mark.full)]
    )
    def test_axe_finds_nothing_on_the_pages_within_a_flow(
        self, demo: Demo, open_page: Opener, text: str, contrast: str
    ) -> None:
        page = dressed(open_page, demo, text, contrast)
        found: list[str] = []

        def look(name: str) -> None:
            page.wait_for_load_state()
            read(page, demo, text, contrast, found, f"flow-{name}")

        page.goto(demo.url("resident", "/deeds/"))
        page.locator("#id_code").fill("abcd-1234")
        page.locator("main form .primary").click()
        look("refused")
        page.locator("#id_code").fill(steps.place_code(open_page(), demo))
        page.locator("main form .primary").click()
        look("here")
        page.locator("main a.pm-tile", has_text="자원봉사").click()
        page.get_by_text("또는 몇 시간이었는지 적기").click()
        look("how-many")
        page.get_by_role("button", name="직원에게 보내기").click()
        look("sent-to-staff")
        page.goto(demo.url("facility", "/deeds/confirm/"))
        look("staff-look")
        page.goto(demo.url("resident", "/pay/"))
        page.locator("main a.pm-tile").first.click()
        page.locator(".pm-key", has_text=re.compile(r"^40$")).click()
        page.locator("main form .primary").click()
        look("forty-coins")
        page.goto(demo.url("resident", "/my-code/"))
        code = page.locator(".pm-typed").inner_text().split()[-1]
        page.goto(demo.url("facility", "/counter/"))
        page.locator(".pm-key", has_text=re.compile(r"^10$")).click()
        page.locator("#id_code").fill(code)
        page.locator("main form .primary").click()
        look("turned-screen")
        page.locator("main form .primary").click()
        look("counter-receipt")
        page.goto(demo.url("facility", "/received/"))
        page.locator(".pm-list a").first.click()
        look("payment")
        page.goto(demo.url("issuer", "/budget/order/"))
        page.locator("#id_order").fill("not an order")
        page.locator("main form .primary").click()
        look("order-refused")

        assert found == []

    @pytest.mark.parametrize("text", ["normal", "xlarge"])
    def test_all_fits_into_320_pixels(self, demo: Demo, open_page: Opener, text: str) -> None:
        page = dressed(open_page, demo, text, "normal", viewport={"width": 320, "height": 640})
        found = []

        for persona, path in PAGES:
            page.goto(demo.url(persona, path))
            found += [f"{page.url}: {sideways(page)} px"] if sideways(page) else []
            found += cut_off(page)

        assert found == []

    def test_nothing_scrolls_sideways_at_200_percent_zoom(self, demo: Demo, open_page: Opener) -> None:
        # A window of 1280 pixels zoomed to 200 % has 640 pixels of CSS, each drawn twice as large.
        page = dressed(
            open_page, demo, "normal", "normal", viewport={"width": 640, "height": 450}, device_scale_factor=2
        )
        found = []

        for persona, path in PAGES:
            page.goto(demo.url(persona, path))
            found += [f"{page.url}: {sideways(page)} px"] if sideways(page) else []

        assert found == []

    def test_a_forty_character_name_wraps_inside_its_card(self, demo: Demo, open_page: Opener) -> None:
        page = dressed(open_page, demo, "xlarge", "normal", viewport={"width": 320, "height": 640})
        page.goto(demo.url("resident", "/pay/"))

        page.locator("main a.pm-tile .name").first.evaluate(
            "each => each.textContent = '가나다라마바사아자차'.repeat(4)"
        )

        assert sideways(page) == 0

    def test_nothing_is_blocked_by_our_own_policy(self, demo: Demo, open_page: Opener) -> None:
        page = open_page()
        said: list[str] = []
        page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: said.append(str(error)))

        for persona, path in PAGES:
            page.goto(demo.url(persona, path))

        assert [each for each in said if "status of 4" not in each] == []
