"""The page in a browser, as people have it: a link, a saved file, pasted text, a folder; both languages; no network."""

import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from pumasi.tlog.note import Signer, sign
from pumasi.verify.page import assemble
from pumasi.verify.page.tests.driving import ROOT
from pumasi.verify.promise import promise_text
from pumasi.verify.receipt import to_fragment
from pumasi.verify.tests.making import ORIGIN, make_log, private_key

pytestmark = pytest.mark.browser

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
PHONE, DESKTOP = {"width": 390, "height": 844}, {"width": 1280, "height": 900}
# As root in a container, and without a word to the outside.
LAUNCH = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync"]
WITNESSED, ALONE = make_log(300, witnesses=4), make_log(300)
PROMISER = Signer(f"{ORIGIN}/promise", private_key("promise"))
GIFT = to_fragment(WITNESSED.receipt(3))
TAMPERED = GIFT.replace("index!3", "index!4")
GOOD_KO, GOOD_EN = "이 영수증은 진짜예요", "This receipt is genuine"
BAD_KO = "맞지 않아요: 이 줄이 서명된 기록에 없어요"

type Opener = Callable[..., Page]


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=os.environ["PUMASI_CHROMIUM"], args=LAUNCH)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The page as somebody has saved it, once with witnesses to trust and once without."""
    folder = tmp_path_factory.mktemp("saved")
    for name, made in (("witnessed", WITNESSED), ("alone", ALONE)):
        text = assemble(
            made.policy_bytes.decode(),
            promise_key=PROMISER.verifier.vkey,
            district_ko="서초구",
            district_en="Seocho-gu",
        )
        (folder / f"{name}.html").write_text(text, encoding="utf-8")
    return {name: folder / f"{name}.html" for name in ("witnessed", "alone")}


@pytest.fixture
def open_page(chromium: Browser, saved: dict[str, Path]) -> Iterator[Opener]:
    """Opens a saved page (`name`) at a fragment, offline; what it complains of or asks for makes the test fail."""
    contexts: list[BrowserContext] = []
    trouble: list[str] = []

    def opener(name: str = "witnessed", fragment: str = "", init: str = "", url: str = "", **options: Any) -> Page:
        context = chromium.new_context(**{"viewport": PHONE, "locale": "ko-KR", "offline": not url, **options})
        contexts.append(context)
        context.add_init_script(init or "undefined")
        page = context.new_page()
        page.on("pageerror", lambda error: trouble.append(str(error)))
        page.on("console", lambda message: trouble.append(message.text))
        start = url or saved[name].as_uri()
        page.on("request", lambda request: None if request.url.startswith(start) else trouble.append(request.url))
        if url:
            page.route(
                f"{url}*", lambda route: route.fulfill(body=saved[name].read_text("utf-8"), content_type="text/html")
            )
        page.goto(f"{start}{'#' if fragment else ''}{fragment}")
        return page

    yield opener
    for context in contexts:
        context.close()
    assert trouble == []


def headline(page: Page) -> str:
    page.wait_for_selector("#headline:not(:empty)")
    return page.locator("#headline").inner_text()


def facts(page: Page) -> dict[str, str]:
    names, values = page.locator("#list dt").all_inner_texts(), page.locator("#list dd").all_inner_texts()
    return dict(zip(names, values, strict=True))


def marks(page: Page) -> list[str]:
    return [text.split()[0] for text in page.locator("#steps li").all_inner_texts()]


class TestWaysIn:
    def test_a_link_is_checked_at_once(self, open_page: Opener) -> None:
        page = open_page(fragment=GIFT)

        assert headline(page) == GOOD_KO
        assert facts(page) == {
            "금액": "+20코인 (들어옴)",
            "종류": "선물",
            "일시": "2026년 11월 22일 11:00",
            "블록 번호": "1",
            "기록 속 자리": "3번 (모두 300줄)",
            "증인": "4곳이 서명함 (필요한 수 3): w0, w1, w2, w3",
            "증인이 서명한 때": "2026년 11월 22일 11:00",
            "기록의 종류": "허가형 블록체인 (검증자 4곳 중 3곳 확정)",
            "기록 이름": ORIGIN,
        }
        assert marks(page) == ["✓"] * 6

    def test_another_link_in_the_same_window_is_checked_too(self, open_page: Opener) -> None:
        page = open_page(fragment=GIFT)
        headline(page)

        page.evaluate("fragment => { location.hash = fragment }", TAMPERED)

        page.locator("#headline", has_text=BAD_KO).wait_for()
        assert marks(page) == ["✓", "✗", "–", "–", "–", "–"]

    def test_a_file_is_checked_without_network(self, open_page: Opener, tmp_path: Path) -> None:
        receipt = tmp_path / "gift.tlog-proof"
        receipt.write_bytes(WITNESSED.receipt(3, 1))
        page = open_page()
        assert not page.locator("#result").is_visible()

        page.locator("#file").set_input_files(receipt)

        assert headline(page) == GOOD_KO
        assert facts(page)["금액"] == "−20코인 (나감)"

    def test_pasted_text_and_pasted_links_are_checked(self, open_page: Opener) -> None:
        page = open_page()
        page.locator("summary", has_text="붙여넣기").click()

        for text, expected in (
            (f"\n{WITNESSED.receipt(3).decode()}\n ", GOOD_KO),
            ("안녕하세요", "맞지 않아요: 영수증이 온전하지 않아요"),
            (f"여기 보세요 https://seocho.example/verify#{GIFT} 입니다", GOOD_KO),
        ):
            page.locator("#text").fill(text)
            page.locator("#paste button").click()
            page.locator("#headline", has_text=expected).wait_for()

    def test_a_dropped_file_is_checked(self, open_page: Opener) -> None:
        page = open_page()
        data = page.evaluate_handle(
            "text => { const it = new DataTransfer(); it.items.add(new File([text], 'a.tlog-proof')); return it }",
            WITNESSED.receipt(3).decode(),
        )

        page.dispatch_event("main", "drop", {"dataTransfer": data})

        assert headline(page) == GOOD_KO

    def test_a_promise_says_until_when(self, open_page: Opener) -> None:
        page = open_page()
        text = promise_text(ORIGIN, bytes(32), datetime(2026, 11, 24, 2, tzinfo=UTC))

        page.evaluate("document.querySelector('details').open = true")
        page.locator("#text").fill(f"{text}\n{sign(text, PROMISER)}")
        page.locator("#paste button").click()

        assert headline(page) == "이 약속은 진짜예요"
        assert facts(page) == {"기록에 실릴 기한": "2026년 11월 24일 11:00", "기록 이름": ORIGIN}
        assert marks(page) == ["✓", "✓"]

    def test_a_whole_record_is_computed_anew(self, open_page: Opener, tmp_path: Path) -> None:
        WITNESSED.write(tmp_path)
        page = open_page(viewport=DESKTOP)
        page.locator("summary", has_text="전체 기록").click()

        page.locator("#folder").set_input_files(tmp_path)

        assert headline(page) == "기록 전체가 서명과 맞아요"
        assert (facts(page)["줄"], facts(page)["공개된 합계"]) == ("300", "폴더에 없음")
        assert marks(page) == ["✓"] * 6 + ["–"]
        issued = page.locator("tr", has_text="발행").inner_text().split()
        assert issued == ["발행", "3,464코인"]

    def test_a_record_with_a_changed_entry_is_refused(self, open_page: Opener, tmp_path: Path) -> None:
        WITNESSED.write(tmp_path)
        bundle = tmp_path / "tile" / "entries" / "000"
        bundle.write_bytes(bundle.read_bytes().replace(b"2026-11-22", b"2026-11-21", 1))
        page = open_page()
        page.evaluate("document.querySelectorAll('details')[1].open = true")

        page.locator("#folder").set_input_files(tmp_path)

        assert headline(page) == "맞지 않아요: 모든 줄을 합친 지문이 서명된 것과 달라요"
        assert marks(page) == ["✓", "✓", "✓", "✓", "✓", "✗", "–"]


class TestAnswers:
    def test_a_tampered_receipt_says_which_step_failed_and_what_to_do(self, open_page: Opener) -> None:
        page = open_page(fragment=TAMPERED)

        assert headline(page) == BAD_KO
        assert "창구에 보여 주세요" in page.locator("#advice").inner_text()
        assert page.locator("#code").inner_text() == "창구에 알려 줄 내용: included: the path leads to another root"
        assert marks(page) == ["✓", "✗", "–", "–", "–", "–"]
        assert not page.locator("#facts").is_visible()

    def test_a_record_without_witnesses_never_calls_itself_a_chain(self, open_page: Opener) -> None:
        page = open_page("alone", to_fragment(ALONE.receipt(2)))

        assert headline(page) == GOOD_KO
        assert facts(page)["기록의 종류"] == "서명된 기록 (독립 검증자 없음)"
        assert facts(page)["금액"] == "+230코인 (들어옴)"
        assert marks(page) == ["✓", "✓", "✓", "–", "✓", "✓"]
        text = page.locator("body").inner_text()
        assert "블록체인" not in text
        assert "구청이 다른 사람에게 다른 기록을 보여 주어도 알 수 없어요" in text

    def test_the_language_follows_the_browser_and_can_be_switched(self, open_page: Opener) -> None:
        page = open_page(fragment=GIFT, locale="en-US")
        first = (headline(page), facts(page)["Day and time"], page.title(), page.locator("html").get_attribute("lang"))

        page.get_by_role("button", name="한국어").click()

        assert first == (GOOD_EN, "22 November 2026 at 11:00", "Check a receipt · Seocho-gu", "en")
        assert headline(page) == GOOD_KO
        assert page.title() == "영수증 확인 · 서초구"
        assert page.locator("html").get_attribute("lang") == "ko"
        assert page.url.endswith(GIFT)

    def test_the_keys_it_trusts_can_be_read_and_compared(self, open_page: Opener) -> None:
        page = open_page()

        page.locator("summary", has_text="열쇠").click()

        assert page.locator("#policy").inner_text() == WITNESSED.policy_bytes.decode()
        assert len(page.locator("#fingerprint").inner_text().split()) == 16


class TestWithoutWebCrypto:
    def test_a_page_over_http_checks_in_plain_javascript(self, open_page: Opener) -> None:
        page = open_page(url="http://district.test/verify", fragment=GIFT)

        assert page.evaluate("[isSecureContext, typeof crypto.subtle]") == [False, "undefined"]
        assert headline(page) == GOOD_KO

    @pytest.mark.parametrize(
        "init",
        [
            "Object.defineProperty(Crypto.prototype, 'subtle', {get: () => undefined})",
            "SubtleCrypto.prototype.verify = () => { throw new DOMException('no Ed25519', 'NotSupportedError') }",
            "SubtleCrypto.prototype.verify = async () => false",
        ],
    )
    def test_a_browser_without_ed25519_decides_alike(self, init: str, open_page: Opener) -> None:
        assert headline(open_page(fragment=GIFT, init=init)) == GOOD_KO
        assert headline(open_page(fragment=TAMPERED, init=init)) == BAD_KO


class TestNetwork:
    def test_the_page_could_not_ask_anybody_if_it_wanted_to(self, chromium: Browser, saved: dict[str, Path]) -> None:
        context = chromium.new_context(locale="ko-KR")
        page = context.new_page()
        asked: list[str] = []
        page.on("requestfinished", lambda request: asked.append(request.url))
        page.on("requestfailed", lambda request: asked.append(str(request.failure)))
        page.goto(f"{saved['witnessed'].as_uri()}#{GIFT}")
        headline(page)

        blocked = page.evaluate(
            """async () => {
              const blocked = [];
              addEventListener("securitypolicyviolation", (event) => blocked.push(event.effectiveDirective));
              const image = new Image();
              const failed = new Promise((resolve) => (image.onerror = resolve));
              image.src = "https://example.com/a.png";
              await failed;
              await fetch("https://example.com/").catch(() => {});
              const script = document.createElement("script");
              script.textContent = "document.title = 'owned'";
              document.body.append(script);
              document.body.setAttribute("style", "color: red");
              await new Promise((resolve) => setTimeout(resolve));
              return [blocked.sort(), document.title];
            }"""
        )

        context.close()
        assert blocked == [["connect-src", "img-src", "script-src-elem", "style-src-attr"], "영수증 확인 · 서초구"]
        assert [url.partition("#")[0] for url in asked] == [saved["witnessed"].as_uri(), "csp"]


class TestReading:
    @pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
    @pytest.mark.parametrize("locale", ["ko-KR", "en-US"])
    def test_axe_finds_nothing(self, locale: str, size: dict[str, int], open_page: Opener) -> None:
        found = []
        looks: list[dict[str, Any]] = [
            {"fragment": ""},
            {"fragment": GIFT},
            {"fragment": TAMPERED},
            {"fragment": GIFT, "color_scheme": "dark"},
            {"fragment": TAMPERED, "color_scheme": "dark", "contrast": "more"},
        ]
        for look in looks:
            page = open_page(viewport=size, locale=locale, **look)
            if look["fragment"]:
                headline(page)
            page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")
            page.evaluate(AXE.read_text(encoding="utf-8"))
            result: dict[str, Any] = page.evaluate("axe.run(document)")
            found += [f"{look}: {each['id']}: {each['nodes'][0]['html']}" for each in result["violations"]]

        assert found == []

    @pytest.mark.parametrize("width", [320, 195])
    def test_nothing_is_wider_than_a_narrow_or_magnified_window(self, width: int, open_page: Opener) -> None:
        """195 pixels are a phone of 390 at 200 %."""
        page = open_page(fragment=GIFT, viewport={"width": width, "height": 600})
        headline(page)
        page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")

        assert page.evaluate("document.documentElement.scrollWidth") == width

    def test_everything_is_reached_and_used_by_keyboard(self, open_page: Opener) -> None:
        page = open_page()
        reached = []
        for _ in range(6):
            page.keyboard.press("Tab")
            reached.append(page.evaluate("document.activeElement.id || document.activeElement.textContent"))

        assert reached[:2] == ["other", "file"]
        assert reached[2:5] == ["글자나 링크로 붙여넣기", "전체 기록 확인하기", "이 페이지가 믿는 열쇠"]

    def test_the_answer_is_announced(self, open_page: Opener) -> None:
        page = open_page(fragment=GIFT)
        headline(page)

        assert page.locator("#status").get_attribute("role") == "status"
        assert page.locator("#status").inner_text() == f"{GOOD_KO}. 구청이 서명한 기록에 이 줄이 그대로 실려 있어요."
