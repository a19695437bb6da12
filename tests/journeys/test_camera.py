"""The camera really scans: a fake one holds a code in front of the page."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys import steps
from tests.journeys.conftest import PHONE, Demo, Opener
from tests.journeys.filming import film

pytestmark = pytest.mark.browser


type Filmed = Callable[[Path | None], Page]


@pytest.fixture
def camera(launched: Callable[..., Browser]) -> Iterator[Filmed]:
    """A phone whose camera sees a film; None: it has no camera."""
    browsers: list[Browser] = []

    def opener(picture: Path | None) -> Page:
        words = ["--use-fake-ui-for-media-stream"]
        if picture is not None:
            words += ["--use-fake-device-for-media-stream", f"--use-file-for-fake-video-capture={picture}"]
        browsers.append(launched(*words))
        page = browsers[-1].new_context(viewport=PHONE, locale="ko-KR").new_page()  # type: ignore[arg-type]  # two numbers
        page.set_default_timeout(30_000)
        return page

    yield opener
    for browser in browsers:
        browser.close()


class TestCamera:
    def test_a_places_code_leads_to_the_deed(
        self, demo: Demo, open_page: Opener, camera: Filmed, tmp_path: Path
    ) -> None:
        code = steps.place_code(open_page(), demo).replace("-", "")
        page = camera(film(tmp_path / "code.y4m", f"HTTP://RESIDENT.LOCALHOST:{demo.port}/Q/{code}"))

        page.goto(demo.url("resident", "/scan/"))

        page.wait_for_url(re.compile("/deeds/here/"))
        page.screenshot(path=demo.shots / "camera-arrived.png")

    def test_a_foreign_code_is_named_as_such_and_looked_past(self, demo: Demo, camera: Filmed, tmp_path: Path) -> None:
        page = camera(film(tmp_path / "foreign.y4m", "https://example.com/win"))

        page.goto(demo.url("resident", "/scan/"))

        expect(page.locator("[data-camera-says]")).to_contain_text("품앗이")
        page.screenshot(path=demo.shots / "camera-foreign.png", full_page=True)
        assert "/scan/" in page.url

    def test_a_proof_of_this_host_leads_to_its_check(self, demo: Demo, camera: Filmed, tmp_path: Path) -> None:
        page = camera(film(tmp_path / "proof.y4m", f"http://resident.localhost:{demo.port}/verify#c2sp.org/t~$x!y"))

        page.goto(demo.url("resident", "/scan/"))

        page.wait_for_url(demo.url("resident", "/verify#c2sp.org/t~$x!y"))

    def test_a_proof_of_another_host_is_foreign(self, demo: Demo, camera: Filmed, tmp_path: Path) -> None:
        page = camera(film(tmp_path / "proof.y4m", "https://example.com/verify#c2sp.org/t~$x!y"))

        page.goto(demo.url("resident", "/scan/"))

        expect(page.locator("[data-camera-says]")).to_contain_text("품앗이")
        assert "/scan/" in page.url

    def test_a_reader_that_cannot_be_loaded_is_said_and_the_camera_goes_off(
        self, demo: Demo, camera: Filmed, tmp_path: Path
    ) -> None:
        page = camera(film(tmp_path / "any.y4m", "https://example.com/win"))
        page.route("**/zxing/**", lambda route: route.abort())

        page.goto(demo.url("resident", "/scan/"))

        expect(page.locator("[data-camera-says]")).to_contain_text("프로그램을 불러오지 못했어요")
        states = "document.querySelector('video').srcObject.getTracks().map((track) => track.readyState)"
        assert page.evaluate(states) == ["ended"]

    def test_clothes_hangers_pay_both_sides(
        self, demo: Demo, open_page: Opener, camera: Filmed, tmp_path: Path
    ) -> None:
        look = open_page()
        before = steps.balance(look, demo, "reviewer"), steps.balance(look, demo, "shop")
        code = steps.place_code(look, demo, "shop").replace("-", "")
        page = camera(film(tmp_path / "shop.y4m", f"HTTP://REVIEWER.LOCALHOST:{demo.port}/Q/{code}"))

        page.goto(demo.url("reviewer", "/scan/"))
        page.wait_for_url(re.compile("/deeds/here/"))
        page.locator("main a.pm-tile", has_text="옷걸이").click()
        page.locator("#id_quantity").fill("10")
        page.get_by_role("button", name=steps.KO.receive).click()
        expect(page.get_by_role("heading", name="2코인이 적립되었어요")).to_be_visible()

        after = steps.balance(look, demo, "reviewer"), steps.balance(look, demo, "shop")
        assert (after[0] - before[0], after[1] - before[1]) == (2, 2)

    def test_a_photographed_code_proves_nothing_an_hour_later(
        self, moving: Demo, open_page: Opener, camera: Filmed, tmp_path: Path
    ) -> None:
        other = open_page()
        code = steps.place_code(other, moving).replace("-", "")
        page = camera(film(tmp_path / "old.y4m", f"HTTP://RESIDENT.LOCALHOST:{moving.port}/Q/{code}"))
        steps.let_pass(other, moving, hours=1)
        before = steps.balance(other, moving, "resident")

        page.goto(moving.url("resident", "/scan/"))

        expect(page.get_by_role("alert")).to_contain_text("코드는 30초마다 바뀌어요")
        expect(page.get_by_label("장소 코드")).to_be_visible()
        assert steps.balance(other, moving, "resident") == before

    def test_without_a_camera_the_code_is_typed(self, demo: Demo, open_page: Opener, camera: Filmed) -> None:
        code = steps.place_code(open_page(), demo)
        page = camera(None)

        page.goto(demo.url("resident", "/scan/"))
        expect(page.locator("[data-camera-says]")).to_contain_text("카메라를 찾지 못했어요")
        page.get_by_label("코드 아래의 글자").fill(code.lower())
        page.get_by_role("button", name="다음").click()

        page.wait_for_url(re.compile("/deeds/here/"))

    def test_a_shop_scans_the_code_of_its_visitor(
        self, demo: Demo, open_page: Opener, camera: Filmed, tmp_path: Path
    ) -> None:
        code = steps.fresh_code(open_page(), demo, "elder").replace("-", "")
        page = camera(film(tmp_path / "visitor.y4m", f"HTTP://ELDER.LOCALHOST:{demo.port}/Q/{code}"))

        page.goto(demo.url("shop", "/counter/"))
        page.locator(".pm-key", has_text=re.compile("^10$")).click()
        page.get_by_role("button", name="카메라로 찍기").click()

        page.wait_for_url(re.compile(r"/counter/[0-9a-f-]{36}/"))
        expect(page.locator(".pm-balance")).to_contain_text("10")

    def test_a_scan_before_the_amount_keeps_the_code_and_asks(
        self, demo: Demo, open_page: Opener, camera: Filmed, tmp_path: Path
    ) -> None:
        code = steps.fresh_code(open_page(), demo, "elder").replace("-", "")
        page = camera(film(tmp_path / "visitor.y4m", f"HTTP://ELDER.LOCALHOST:{demo.port}/Q/{code}"))

        page.goto(demo.url("shop", "/counter/"))
        page.get_by_role("button", name="카메라로 찍기").click()

        expect(page.locator("p.error")).to_contain_text("몇 코인인지 골라 주세요")
        assert page.locator("#id_code").input_value() == code
