"""The first five minutes: a newcomer follows the start page, from a good deed to the money on the shop's account."""

import re
from dataclasses import dataclass

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys import steps
from tests.journeys.conftest import DESKTOP, PHONE, Demo, Opener
from tests.journeys.looking import Looks
from tests.journeys.steps import EN, KO, Words

pytestmark = pytest.mark.browser


@dataclass(frozen=True)
class Said:
    """What the pages of joining, giving and settlement say in one language."""

    name: str
    born: str
    agree: str
    join: str
    member: str
    give: str
    give_ten: str
    thanks: str
    coming: str
    make: str
    as_checker: str
    checked: str
    files: str
    numbers: str
    all_paid: str
    finished: str


KO_SAID = Said(
    name="이름",
    born="태어난 해",
    agree="동의해요",
    join="가입하기",
    member="내 회원 정보",
    give="코인 기부하기",
    give_ten="10코인 기부하기",
    thanks="10코인, 고맙습니다",
    coming=r"부터 [0-9,]+원을 (더 )?지급할 수 있어요",
    make="정산 만들기",
    as_checker="시연에서는: 회계 확인 담당으로 열기",
    checked="확인했어요",
    files="지출결의 파일 내려받기",
    numbers="두 번호 입력",
    all_paid="남은 가게에 모두 지급했어요",
    finished="끝났어요",
)
EN_SAID = Said(
    name="Name",
    born="Year of birth",
    agree="I agree",
    join="Join",
    member="My membership",
    give="Give coins",
    give_ten="Give 10 coins",
    thanks="Thank you for 10 coins",
    coming=r"[0-9,]+ won (more )?can be paid from",
    make="Make a settlement",
    as_checker="In the demo: open it as the second person of the treasury",
    checked="I have checked it",
    files="Download the files for the treasury",
    numbers="Enter both numbers",
    all_paid="All open lines were paid",
    finished="Finished",
)


@dataclass
class Newcomer:
    """Somebody who knows nothing but the start page: each step begins at its link there."""

    page: Page
    demo: Demo
    look: Looks

    def step(self, number: int) -> Locator:
        """The link of a step of the tour, on the start page."""
        if self.page.url != self.demo.url(""):
            self.page.locator(".pm-who a").click()
            self.page.wait_for_url(self.demo.url(""))
        return self.page.locator(".pm-tour > li").nth(number - 1).locator("a")

    def press(self, name: str) -> None:
        """The one button or link that is called so."""
        self.page.locator("main").get_by_text(name, exact=True).click()


class TestFiveMinutes:
    @pytest.mark.parametrize(
        ("locale", "size", "words", "said"),
        [
            pytest.param("ko-KR", PHONE, KO, KO_SAID, id="korean-phone"),
            pytest.param("en-US", DESKTOP, EN, EN_SAID, id="english-desktop", marks=pytest.mark.full),
        ],
    )
    def test_a_newcomer_has_joined_earned_paid_given_and_settled(
        self, moving: Demo, open_page: Opener, locale: str, size: dict[str, int], words: Words, said: Said
    ) -> None:
        page = open_page(locale=locale, viewport=size, bypass_csp=True)
        steps.let_pass(page, moving)
        newcomer = Newcomer(page, moving, Looks(moving, f"tour-{locale}"))

        self.joins_earns_pays_and_gives(newcomer, words, said)
        after = steps.balance(page, moving, "")
        self.settles(newcomer, said)
        newcomer.step(10).click()
        newcomer.look(page, "payouts")
        page.locator(".pm-list a").first.click()
        newcomer.look(page, "payout")

        assert newcomer.look.faults == []
        assert after == 0
        expect(page.locator("main")).to_contain_text("2027-111")

    def joins_earns_pays_and_gives(self, newcomer: Newcomer, words: Words, said: Said) -> None:
        page, look = newcomer.page, newcomer.look
        first = newcomer.step(1)
        look(page, "start")
        with page.expect_popup() as beside:
            first.click()
        beside.value.locator("main a.pm-tile").first.click()
        newcomer.step(2).click()
        page.get_by_label(said.name, exact=True).fill("Sample Newcomer")
        page.get_by_label(said.born).fill("1995")
        page.locator("label", has_text=said.agree).locator("span").click()
        page.get_by_role("button", name=said.join).click()
        expect(page.get_by_role("heading", level=1)).to_have_text(said.member)
        look(page, "joined")
        newcomer.step(3).click()
        look(page, "earn")
        page.locator("#id_code").fill(beside.value.locator(".pm-typed").inner_text().split()[-1])
        page.get_by_role("button", name=words.onward, exact=True).click()
        page.locator("main a.pm-tile", has_text=words.bottles).click()
        page.locator("#id_quantity").fill("100")
        page.get_by_role("button", name=words.receive).click()
        page.wait_for_url(re.compile("/deeds/claims/"))
        look(page, "earned")
        newcomer.step(4).click()
        page.locator("main a.pm-tile").first.click()
        page.locator(".pm-key", has_text=re.compile(r"^10$")).click()
        page.get_by_role("button", name=words.next, exact=True).click()
        page.get_by_role("button", name=words.pay_ten).click()
        page.wait_for_url(re.compile("/receipts/"))
        look(page, "paid")
        newcomer.step(5).click()
        look(page, "campaigns")
        page.locator("main h2 a").first.click()
        newcomer.press(said.give)
        page.locator(".pm-key", has_text=re.compile(r"^10$")).click()
        page.get_by_role("button", name=words.next, exact=True).click()
        look(page, "give-confirm")
        newcomer.press(said.give_ten)
        expect(page.get_by_role("heading", level=1)).to_have_text(said.thanks)
        look(page, "given")

    def settles(self, newcomer: Newcomer, said: Said) -> None:
        page, look = newcomer.page, newcomer.look
        newcomer.step(7).click()
        expect(page.locator("main")).to_contain_text(re.compile(said.coming))
        look(page, "settlement-too-early")
        for _week in range(3):  # who comes after another newcomer waits for the next settlement day
            page.locator(".pm-who a").click()
            steps.let_pass(page, newcomer.demo, 168)
            newcomer.step(7).click()
            if page.get_by_role("button", name=said.make).count():
                break
            look(page, "settlement-not-due")
        look(page, "settlement")
        newcomer.press(said.make)
        look(page, "draft")
        newcomer.press(said.as_checker)
        look(page, "draft-for-the-checker")
        newcomer.press(said.checked)
        newcomer.step(9).click()
        page.locator(".pm-list a").first.click()
        with page.expect_download() as files:
            newcomer.press(said.files)
        assert files.value.suggested_filename.endswith(".zip")
        look(page, "exported")
        page.locator("#id_document").fill("재무과-2027-11")
        page.locator("#id_payment").fill("2027-111")
        newcomer.press(said.numbers)
        look(page, "numbers")
        newcomer.press(said.all_paid)
        expect(page.locator("h1 .pm-tag")).to_have_text(said.finished)
        look(page, "finished")
