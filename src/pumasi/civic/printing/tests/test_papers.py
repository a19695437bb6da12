"""Papers: the same bytes for the same data, tagged, exact words, on as many pages as meant."""

import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pytest_django import Settings

from pumasi.civic.printing import papers
from pumasi.civic.printing.errors import PressUnavailable
from pumasi.civic.printing.papers import Balance, Card, Form, Letter, Poster, Slip, Statement, Sticker, Strip

MADE = datetime(2026, 10, 26, 1, 0, tzinfo=UTC)
ADDRESS = "HTTPS://COIN.SEOCHO.EXAMPLE/Q/A7KQ2"
STICKER = Sticker("서초구", "표본 세탁소", "반포1동", ADDRESS, "7KQ2-1", "가을 바다")
SLIP = Slip("서초구", "30코인을 냈어요", "30코인", (("곳", "표본 세탁소"), ("금액", "3,000원")), "영수증 1005-12")
STATEMENT = Statement(
    "서초구",
    "2026-10 코인",
    "내 지갑",
    (("처음", "0코인"), ("끝", "170코인")),
    ("때", "내용", "코인", "남음"),
    (2, 3),
    tuple((f"2026-10-{day:02}", f"투명 페트병 적립 {day}", "+2", str(2 * day)) for day in range(1, 32)) * 2,
    "2026-10-31 23:59 기준",
)
LETTER = Letter(
    "서초구",
    "코인 기한을 알려 드려요",
    "코인 회원께",
    ("20코인을 2026년 12월 31일까지 쓸 수 있어요.",),
    (("코인", "20코인"),),
    "문의: 주민센터",
)
POSTER = Poster(
    "서초구", "표본 쉼터", "여기서 코인을 모아요", ("페트병 10개에 2코인", "종이팩 1kg에 5코인"), ADDRESS, "7KQ2-1"
)

CARD = Card("서초구", "HTTPS://COIN.SEOCHO.EXAMPLE/Q/CXN0NJYX4G", "CXN0N-JYX4G")
FORM = Form(
    "서초구",
    "가입 신청서",
    ("이름", "태어난 해"),
    "동의",
    ("코인에만 써요.",),
    ("날짜", "서명"),
    "보호자",
    "주민센터로 가져오세요.",
)
BALANCE = Balance(
    "서초구",
    "내 코인",
    "170코인",
    (("오는 중", "20코인"),),
    "마지막 여섯 번",
    tuple(("10-31", f"서초구 반포본동 어울림 공동체 나눔 세탁소와 수선집 {turn}", "+1,250") for turn in range(6)),
    "주민센터에서 언제든지 다시 인쇄해 드려요.",
)
STRIP = Strip("서초구", tuple(f"{number * 47_123:06}" for number in range(1, 21)), "50")

type Print = Callable[[str], bytes]
PAPERS: dict[str, Print] = {
    "sticker": lambda language: papers.shop_sticker(STICKER, language=language, made_at=MADE),
    "poster": lambda language: papers.place_poster(POSTER, language=language, made_at=MADE),
    "slip": lambda language: papers.slip(SLIP, language=language, made_at=MADE),
    "statement": lambda language: papers.statement(STATEMENT, language=language, made_at=MADE),
    "letter": lambda language: papers.letter(LETTER, language=language, made_at=MADE),
    "card": lambda language: papers.card(CARD, language=language, made_at=MADE),
    "form": lambda language: papers.form(FORM, language=language, made_at=MADE),
    "balance": lambda language: papers.balance(BALANCE, language=language, made_at=MADE),
    "strip": lambda language: papers.strip(STRIP, language=language, made_at=MADE),
}


def tool(name: str) -> str:
    """A program of poppler-utils, which reads what was printed; without it the test is left out, and says so."""
    found = shutil.which(name)
    if found is None:
        pytest.skip(f"{name} (poppler-utils) is not installed")
    return found


def asked(tmp_path: Path, paper: bytes, *command: str) -> str:
    """What a program of poppler-utils says about a paper."""
    file = tmp_path / "paper.pdf"
    file.write_bytes(paper)
    name, *options = command
    done = subprocess.run([tool(name), *options, str(file), *(["-"] if name == "pdftotext" else [])],
                          capture_output=True, check=True)  # fmt: skip
    return done.stdout.decode(errors="replace")


def words(tmp_path: Path, paper: bytes) -> str:
    return " ".join(asked(tmp_path, paper, "pdftotext", "-layout").split())


class TestEveryPaper:
    @pytest.mark.parametrize("name", sorted(PAPERS))
    @pytest.mark.parametrize("language", ["ko", "en"])
    def test_is_the_same_for_ever_and_claims_pdf_ua(self, name: str, language: str) -> None:
        first, second = PAPERS[name](language), PAPERS[name](language)

        assert first == second
        assert first.startswith(b"%PDF-1.7")
        assert b"pdfuaid:part" in first

    @pytest.mark.parametrize("name", sorted(PAPERS))
    def test_is_tagged_and_has_a_title(self, tmp_path: Path, name: str) -> None:
        info = asked(tmp_path, PAPERS[name]("ko"), "pdfinfo", "-isodates")

        assert "Tagged:          yes" in info
        assert "Title:           " in info
        assert "CreationDate:    2026-10-26T01:00:00Z" in info

    @pytest.mark.parametrize("name", sorted(PAPERS))
    def test_begins_with_a_heading_of_the_first_level(self, tmp_path: Path, name: str) -> None:
        assert "H1" in asked(tmp_path, PAPERS[name]("ko"), "pdfinfo", "-struct")


class TestSticker:
    def test_says_name_serial_and_check_words(self, tmp_path: Path) -> None:
        said = words(tmp_path, PAPERS["sticker"]("ko"))

        for expected in ("표본 세탁소", "반포1동", "여기에서 코인을 쓸 수 있어요", "7KQ2-1", "가을 바다", "확인 낱말"):
            assert expected in said

    def test_tells_a_screen_reader_what_the_qr_is(self, tmp_path: Path) -> None:
        english = replace(STICKER, name="Sample Laundry")

        paper = papers.shop_sticker(english, language="en", made_at=MADE)

        assert b"/Alt(QR code with the address of Sample Laundry)" in paper
        assert "Figure" in asked(tmp_path, paper, "pdfinfo", "-struct")

    @pytest.mark.parametrize(
        "name", ["가", "서초구 반포본동 어울림 공동체 행복 나눔 세탁소와 수선집 본점 별관", "W" * 60, "가" * 60]
    )
    def test_stays_on_one_page_whatever_the_name(self, tmp_path: Path, name: str) -> None:
        long = Sticker("서초구", name, "반포1동", ADDRESS, "7KQ2-1", "가을 바다")

        info = asked(tmp_path, papers.shop_sticker(long, language="ko", made_at=MADE), "pdfinfo")

        assert "Pages:           1" in info


class TestLetters:
    def test_stand_on_a_page_each(self, tmp_path: Path) -> None:
        paper = papers.letter(LETTER, replace(LETTER, title="다른 편지"), language="ko", made_at=MADE)

        assert "Pages:           2" in asked(tmp_path, paper, "pdfinfo")
        assert "다른 편지" in words(tmp_path, paper)


class TestBalance:
    def test_keeps_six_long_lines_on_one_page_in_large_type(self, tmp_path: Path) -> None:
        said = words(tmp_path, PAPERS["balance"]("ko"))

        assert "Pages:           1" in asked(tmp_path, PAPERS["balance"]("ko"), "pdfinfo")
        assert all(expected in said for expected in ("170코인", "오는 중", "수선집 5", "+1,250"))

    def test_says_that_nothing_happened(self, tmp_path: Path) -> None:
        paper = papers.balance(replace(BALANCE, lines=()), language="en", made_at=MADE)

        assert "Nothing in this time." in words(tmp_path, paper)


class TestStatement:
    def test_says_every_row_and_repeats_its_head_on_each_page(self, tmp_path: Path) -> None:
        paper = PAPERS["statement"]("ko")

        said = asked(tmp_path, paper, "pdftotext", "-layout")

        assert "Pages:           2" in asked(tmp_path, paper, "pdfinfo")
        assert said.count("투명 페트병 적립 31") == 2
        assert said.count("남음") == 2
        assert "1/2" in said.replace(" ", "")
        assert "TH" in asked(tmp_path, paper, "pdfinfo", "-struct")

    def test_an_empty_time_says_so(self, tmp_path: Path) -> None:
        empty = Statement("서초구", "2026-10 코인", "내 지갑", (("처음", "0"),), ("때", "내용"), (1,), (), "기준")

        assert "이 기간에는 내역이 없어요" in words(tmp_path, papers.statement(empty, language="ko", made_at=MADE))


class TestWords:
    def test_what_looks_like_markup_is_printed_as_it_is(self, tmp_path: Path) -> None:
        odd = Slip("서초구", "#let x = 1 *a*", "$1$", (("<b>", '"\\'),), '#image("/etc/passwd")')

        said = words(tmp_path, papers.slip(odd, language="ko", made_at=MADE))

        assert "#let x = 1 *a*" in said
        assert '#image("/etc/passwd")' in said

    def test_without_the_fonts_it_is_refused_kindly(self, settings: Settings, tmp_path: Path) -> None:
        settings.FRONT_END = tmp_path

        with pytest.raises(PressUnavailable) as refused:
            PAPERS["slip"]("ko")

        assert refused.value.facts == {"what": "Pretendard"}
