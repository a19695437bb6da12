"""The letter box on its pages."""

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from pumasi.civic.notices.models import Notice, NoticeRead
from pumasi.civic.notices.operations import Words, write_notice
from pumasi.civic.shell.tests.visiting import visitor
from pumasi.coin.tests.world import DATABASES, World, a_key, acts

pytestmark = pytest.mark.django_db(databases=DATABASES)
WORDS = Words(
    "20코인을 쓸 수 있어요",
    "Use 20 coins",
    "2026년 12월 31일까지예요. 가게에서 써 주세요.",
    "Until 2026-12-31. Use them.",
)


def text_of(answer: Any) -> str:
    """The words of a page without its tags."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def a_letter(world: World) -> UUID:
    write_notice(acts(None), person_id=world.resident, kind="EXPIRY", words=WORDS, key=a_key())
    return Notice.objects.get().id


class TestBox:
    def test_a_new_letter_is_marked_until_it_is_opened(self, world: World) -> None:
        letter = a_letter(world)
        client = visitor(world.resident)

        before, coins = text_of(client.get("/letters/")), text_of(client.get("/coins/"))
        opened = text_of(client.get(f"/letters/{letter}/"))
        client.get(f"/letters/{letter}/")
        after = text_of(client.get("/letters/"))

        assert "20코인을 쓸 수 있어요" in before
        assert "새 편지" in before
        assert "새 편지가 1통 있어요" in coins
        assert "가게에서 써 주세요." in opened
        assert "새 편지" not in after
        assert NoticeRead.objects.count() == 1

    def test_is_complete_in_english(self, world: World) -> None:
        letter = a_letter(world)

        assert "Until 2026-12-31." in text_of(visitor(world.resident, "en").get(f"/letters/{letter}/"))

    def test_a_letter_of_somebody_else_is_not_found_and_stays_new(self, world: World) -> None:
        letter = a_letter(world)
        client = visitor(world.neighbour)

        codes = [client.get(f"/letters/{letter}/").status_code, client.get(f"/letters/{letter}/letter.pdf").status_code]

        assert codes == [404, 404]
        assert NoticeRead.objects.count() == 0

    def test_the_paper_says_the_same(self, world: World, tmp_path: Path) -> None:
        if shutil.which("pdftotext") is None:
            pytest.skip("pdftotext (poppler-utils) is not installed")
        file = tmp_path / "letter.pdf"
        file.write_bytes(visitor(world.resident).get(f"/letters/{a_letter(world)}/letter.pdf").content)

        said = subprocess.run(["pdftotext", "-layout", str(file), "-"], capture_output=True, check=True).stdout.decode()

        assert "20코인을 쓸 수 있어요" in said
        assert "2026년 12월 31일까지예요." in said
        assert "2026-10-05" in said
