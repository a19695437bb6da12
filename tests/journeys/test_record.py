"""A resident proves a transfer: promise, receipt, verify page, and all of it again without any network."""

import os
import re
import signal
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
import segno
from playwright.sync_api import Page, expect

from tests.journeys import steps
from tests.journeys.conftest import DESKTOP, PHONE, Demo, Opener
from tests.journeys.looking import faults_of
from tests.journeys.steps import EN, KO, Words

pytestmark = pytest.mark.browser


@dataclass(frozen=True)
class Said:
    """The words of the proof's pages in one language."""

    proof: str
    verify: str
    keep: str
    keep_promise: str
    save: str
    genuine: str
    refused: str


KO_SAID = Said(
    proof="증명 보기",
    verify="확인해 보기",
    keep="파일로 간직하기",
    keep_promise="약속을 파일로 간직하기",
    save="확인 페이지 저장하기",
    genuine="이 영수증은 진짜예요",
    refused="맞지 않아요",
)
EN_SAID = Said(
    proof="See the proof",
    verify="Verify",
    keep="Keep the file",
    keep_promise="Keep the promise as a file",
    save="Save the verify page",
    genuine="This receipt is genuine",
    refused="Does not match",
)
VISITS = pytest.mark.parametrize(
    ("persona", "locale", "size", "words", "said"),
    [("resident", "ko-KR", PHONE, KO, KO_SAID), ("elder", "en-US", DESKTOP, EN, EN_SAID)],
    ids=["korean-phone", "english-desktop"],
)


def is_written(database: Path) -> bool:
    """Whether somebody has the database's write lock."""
    with closing(sqlite3.connect(database, timeout=1)) as connection:
        try:
            connection.execute("begin immediate")
        except sqlite3.OperationalError:
            return True
    return False


@contextmanager
def resting_sealer(demo: Demo) -> Iterator[None]:
    """The demo's sealer stands still between two of its writes, so that a transfer stays promised."""
    sealer = int((demo.home / "sealer.pid").read_text(encoding="ascii"))
    os.kill(sealer, signal.SIGSTOP)
    while is_written(demo.home / "node.sqlite3"):
        os.kill(sealer, signal.SIGCONT)
        os.kill(sealer, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(sealer, signal.SIGCONT)


def kept(page: Page, button: str, path: Path) -> bytes:
    """What the browser downloads at the press of a button."""
    with page.expect_download() as download:
        page.get_by_role("link", name=button, exact=True).click()
    download.value.save_as(path / download.value.suggested_filename)
    return (path / download.value.suggested_filename).read_bytes()


class TestProof:
    @VISITS
    def test_from_earning_to_a_receipt_that_anybody_can_check_offline(
        self,
        demo: Demo,
        open_page: Opener,
        tmp_path: Path,
        persona: str,
        locale: str,
        size: dict[str, int],
        words: Words,
        said: Said,
    ) -> None:
        page = open_page(locale=locale, viewport=size, bypass_csp=True)
        shot = demo.shots / f"record-{persona}"
        shop = steps.shop_name(page, demo)
        steps.earn_bottles(page, demo, persona, steps.place_code(page, demo), words, count=10)
        expect(page.get_by_role("link", name=said.proof)).to_be_visible()

        with resting_sealer(demo):
            steps.choose_ten(page, demo, persona, shop, words)
            page.get_by_role("button", name=words.pay_ten).click()
            expect(page).to_have_url(re.compile("/receipts/"))
            page.get_by_role("link", name=said.proof, exact=True).click()
            page.wait_for_url(re.compile("/chain/receipts/"))
            promise = kept(page, said.keep_promise, tmp_path)
            faults = faults_of(page)
            page.screenshot(path=f"{shot}-promise.png", full_page=True)
        page.locator("[data-live]").get_by_role("link", name=said.proof, exact=True).click()
        check = page.get_by_role("link", name=said.verify, exact=True)
        address = f"{demo.url(persona, '').rstrip('/')}{check.get_attribute('href')}"
        drawing = page.locator(".pm-qr path.qrline, .pm-qr path").last.get_attribute("d")
        receipt = kept(page, said.keep, tmp_path)
        faults += faults_of(page)
        page.screenshot(path=f"{shot}-receipt.png", full_page=True)
        check.click()
        expect(page.locator("#headline")).to_have_text(said.genuine)
        faults += faults_of(page)
        page.screenshot(path=f"{shot}-verify.png", full_page=True)

        assert faults == []
        assert promise.startswith(b"pumasi/promise/v1\n")
        assert receipt.startswith(b"c2sp.org/tlog-proof@v1\n")
        drawn = segno.make(address, error="L", boost_error=False, micro=False)
        assert f' d="{drawing}"' in drawn.svg_inline(omitsize=True, border=4)
        page.goto(demo.url(persona, "/chain/how/"))
        kept(page, said.save, tmp_path)
        self.checks_offline(open_page, receipt, tmp_path, said)

    def checks_offline(self, open_page: Opener, receipt: bytes, folder: Path, said: Said) -> None:
        """The saved page and the kept file, in a browser without network; then the file with one letter changed."""
        (folder / "good.tlog-proof").write_bytes(receipt)
        index = receipt.index(b"index ") + len(b"index ")
        other = bytes([receipt[index] ^ 1])
        (folder / "bad.tlog-proof").write_bytes(receipt[:index] + other + receipt[index + 1 :])
        alone = open_page(offline=True, locale="ko-KR" if said is KO_SAID else "en-US")

        alone.goto((folder / "pumasi-verify.html").as_uri())
        alone.set_input_files("#file", folder / "good.tlog-proof")
        expect(alone.locator("#headline")).to_have_text(said.genuine)
        alone.set_input_files("#file", folder / "bad.tlog-proof")
        expect(alone.locator("#headline")).to_contain_text(said.refused)


class TestExplorer:
    @VISITS
    def test_leads_from_the_footer_to_a_block_and_to_the_verify_page(
        self,
        demo: Demo,
        open_page: Opener,
        persona: str,
        locale: str,
        size: dict[str, int],
        words: Words,
        said: Said,
    ) -> None:
        page = open_page(locale=locale, viewport=size)
        page.goto(demo.url(""))

        page.locator("footer a[href='/chain/']").click()
        expect(page).to_have_url(demo.url("", "/chain/"))
        expect(page.locator(".pm-tag.good").first).to_contain_text("✓")
        page.screenshot(path=demo.shots / f"record-chain-{locale}.png", full_page=True)
        page.locator("#blocks ~ ul a").first.click()
        expect(page).to_have_url(re.compile(r"/chain/blocks/\d+/"))
        page.go_back()
        page.locator("main .primary").click()
        expect(page).to_have_url(demo.url("", "/chain/how/"))
        page.locator("main .primary").click()
        expect(page).to_have_url(demo.url("", "/verify"))
