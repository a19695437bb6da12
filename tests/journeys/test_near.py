"""Near you: the map holds what the list holds, nearness is computed on the phone, and each no has its words."""

import math
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import PHONE, Demo, Opener

pytestmark = pytest.mark.browser
HERE = {"latitude": 37.4837, "longitude": 127.0324}
EARTH_METRES = 6_371_000


@pytest.fixture
def said(open_page: Opener) -> Iterator[list[str]]:
    """What the console of the pages opened by `watched` has complained about; nothing is right."""
    complaints: list[str] = []
    yield complaints
    assert complaints == []


def watched(page: Page, said: list[str]) -> Page:
    page.on("console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    return page


def metres(at: str) -> float:
    """From HERE to a point, by the law of haversines: a formula of this test, not the page's library."""
    latitude, longitude = (math.radians(float(each)) for each in at.split(","))
    home_latitude, home_longitude = math.radians(HERE["latitude"]), math.radians(HERE["longitude"])
    half = (
        math.sin((latitude - home_latitude) / 2) ** 2
        + math.cos(latitude) * math.cos(home_latitude) * math.sin((longitude - home_longitude) / 2) ** 2
    )
    return 2 * EARTH_METRES * math.asin(math.sqrt(half))


def numbers(page: Page, selector: str) -> list[str]:
    return [each.get_attribute("data-number") or "" for each in page.locator(selector).all()]


def with_map(page: Page) -> Page:
    expect(page.locator(".gd-canvas .gd-mark").first).to_be_visible()
    return page


class TestMap:
    @pytest.mark.parametrize("asked", ["", "?kind=FACILITY", "?do=HANGER"])
    def test_holds_the_places_of_the_list_and_the_same_words(
        self, demo: Demo, open_page: Opener, said: list[str], asked: str
    ) -> None:
        page = watched(open_page(), said)
        page.goto(demo.url("", f"/near/{asked}"))
        with_map(page)

        # A shop that another test has opened may stand nowhere on the map yet.
        listed = {each.get_attribute("data-number"): each for each in page.locator("#places > li[data-at]").all()}
        drawn = numbers(page, ".gd-canvas .gd-mark")

        assert len(drawn) > 0
        assert sorted(drawn) == sorted(filter(None, listed))
        mark = page.locator(".gd-canvas .gd-mark").first
        row = listed[mark.get_attribute("data-number")]
        mark.dispatch_event("click")
        assert page.locator(".gd-panel li").inner_text() == row.inner_text()
        assert page.locator(".gd-panel a").get_attribute("href") == row.locator("a").get_attribute("href")
        expect(page.locator(".gd-dong")).to_have_count(10)
        expect(page.locator(".gd-map")).to_contain_text("국토지리정보원")

    def test_the_keyboard_reaches_each_mark_and_the_way_around_them(
        self, demo: Demo, open_page: Opener, said: list[str]
    ) -> None:
        page = watched(open_page(), said)
        page.goto(demo.url("", "/near/"))
        with_map(page)
        order = numbers(page, "#places > li[data-at]")
        page.get_by_role("link", name=re.compile("지도 건너뛰기")).focus()

        for _ in range(2):
            page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.dataset.number") == order[0]
        for _ in range(3):
            page.keyboard.press("ArrowRight")
        assert page.evaluate("document.activeElement.dataset.number") == order[3]
        page.keyboard.press("Enter")

        name = page.locator("#places > li[data-at] a").nth(3).inner_text()
        expect(page.locator(".gd-panel a")).to_have_text(name)
        page.keyboard.press("Escape")
        expect(page.locator(".gd-panel")).to_be_hidden()
        page.keyboard.press("End")
        assert page.evaluate("document.activeElement.dataset.number") == order[-1]
        page.get_by_role("link", name=re.compile("지도 건너뛰기")).press("Enter")
        assert page.evaluate("document.activeElement.id") == "list-title"

    def test_an_officer_picks_a_point_and_the_mark_moves(self, demo: Demo, open_page: Opener, said: list[str]) -> None:
        page = watched(open_page(), said)
        page.goto(demo.url("issuer", "/near/?kind=MACHINE"))
        page.locator("#places a").click()
        page.get_by_role("link", name="지도 위치 정하기").click()
        before = page.get_by_label("위도").input_value()

        page.locator(".gd-canvas").click(position={"x": 120, "y": 150})
        picked = page.get_by_label("위도").input_value(), page.get_by_label("경도").input_value()
        page.get_by_role("button", name="이 위치로 정하기").click()

        expect(page.get_by_label("위도")).to_have_value(picked[0])
        assert picked[0] != before
        page.goto(demo.url("", "/near/?kind=MACHINE"))
        assert page.locator("#places > li").get_attribute("data-at") == ",".join(picked)


class TestNearness:
    def test_sorts_on_the_phone_and_sends_nothing(self, demo: Demo, open_page: Opener, said: list[str]) -> None:
        page = watched(open_page(geolocation=HERE, permissions=["geolocation"]), said)
        page.goto(demo.url("resident", "/near/"))
        with_map(page)
        places = {
            each.get_attribute("data-number") or "": each.get_attribute("data-at")
            for each in page.locator("#places > li").all()
        }
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))

        page.get_by_role("button", name="내 위치에서 가까운 순").click()
        expect(page.locator("#near-said")).to_contain_text("아무 데도 보내지 않아요")

        order = numbers(page, "#places > li")
        far = {number: metres(at) if at else math.inf for number, at in places.items()}
        assert order == sorted(far, key=lambda number: far[number])
        page.wait_for_load_state("networkidle")
        assert [each for each in asked if "/static/" not in each] == []  # a font may come, and nothing else
        assert page.locator(".gd-far").first.inner_text().strip() == f"· {round(far[order[0]] / 10) * 10}m"
        page.screenshot(path=demo.shots / "journey-near.png", full_page=True)

    def test_a_refusal_of_the_visitor_has_words_and_leaves_the_list(
        self, demo: Demo, open_page: Opener, said: list[str]
    ) -> None:
        page = watched(open_page(permissions=[]), said)
        page.goto(demo.url("", "/near/"))
        before = numbers(page, "#places > li")

        page.get_by_role("button", name="내 위치에서 가까운 순").click()

        expect(page.locator("#near-said")).to_contain_text("위치를 알려 주지 않으셔서")
        assert numbers(page, "#places > li") == before

    @pytest.mark.parametrize(
        ("answer", "words"),
        [
            ("(_found, failed) => failed({ code: 2 })", "지금은 이 전화가 위치를 알 수 없어요"),
            ("(_found, failed) => failed({ code: 3 })", "아직 위치를 알 수 없어요"),
            ("() => {}", "아직 위치를 알 수 없어요"),
        ],
        ids=["unavailable", "late", "silent"],
    )
    def test_a_phone_that_does_not_know_says_so(
        self, demo: Demo, open_page: Opener, said: list[str], answer: str, words: str
    ) -> None:
        page = watched(open_page(), said)
        page.add_init_script(f"navigator.geolocation.getCurrentPosition = {answer}")
        page.clock.install()
        page.goto(demo.url("", "/near/"))

        page.get_by_role("button", name="내 위치에서 가까운 순").click()
        page.clock.run_for(10_000)

        expect(page.locator("#near-said")).to_contain_text(words)


class TestWithoutScript:
    def test_the_list_its_filter_and_its_places_work(self, demo: Demo, open_page: Opener) -> None:
        page = open_page(java_script_enabled=False, viewport=PHONE)
        page.goto(demo.url("", "/near/"))

        expect(page.locator(".gd-map")).to_be_hidden()
        expect(page.get_by_role("button", name="내 위치에서 가까운 순")).to_be_hidden()
        page.get_by_text("종류, 할 일, 동으로 고르기").click()
        page.get_by_label("장소 종류").select_option("CENTRE")
        page.get_by_role("button", name="찾기").click()
        expect(page.locator("#places > li")).to_have_count(2)
        page.locator("#places a").first.click()

        expect(page.get_by_role("heading", name="여기에서 적립해요")).to_be_visible()
