"""The papers of paying and taking, as somebody who downloads them gets them."""

import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from pumasi.civic.codes.words import check_words
from pumasi.civic.places.operations import print_sticker, revoke_sticker
from pumasi.civic.shell.tests.visiting import visitor
from pumasi.coin.tests.world import DATABASES, World, acts

pytestmark = pytest.mark.django_db(databases=DATABASES)


def words(answer: Any, tmp_path: Path) -> str:
    """The words of a PDF, as a screen reader would get them."""
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext (poppler-utils) is not installed")
    assert answer["Content-Type"] == "application/pdf"
    file = tmp_path / "paper.pdf"
    file.write_bytes(answer.content)
    done = subprocess.run(["pdftotext", "-layout", str(file), "-"], capture_output=True, check=True)
    return " ".join(done.stdout.decode().split())


class TestPapers:
    def test_the_slip_says_what_the_receipt_says(self, world: World, tmp_path: Path) -> None:
        world.earns(world.resident, 40)
        payment = world.pays(30)

        said = words(visitor(world.resident).get(f"/receipts/{payment.key}/slip.pdf"), tmp_path)

        for expected in ("30코인", "표본 세탁소", "3,000원", "2026-10-05 10:00", "10코인", f"1005-{payment.transfer}"):
            assert expected in said

    def test_the_shops_slip_does_not_say_what_the_payer_has(self, world: World, tmp_path: Path) -> None:
        world.earns(world.resident, 40)
        payment = world.pays(30)

        said = words(visitor(world.keeper, "en").get(f"/receipts/{payment.key}/slip.pdf"), tmp_path)

        assert "30 coins" in said
        assert "You have now" not in said

    def test_the_sticker_says_name_serial_and_the_words_that_the_payer_sees(self, world: World, tmp_path: Path) -> None:
        print_sticker(acts(world.keeper), world.laundry)
        said = words(visitor(world.keeper).get(f"/received/{world.laundry}/stickers/1/sticker.pdf"), tmp_path)
        page = visitor(world.resident).get(f"/pay/{world.laundry}/").content.decode()

        mine = check_words(world.laundry, "ko")
        assert "표본 세탁소" in said
        assert mine in said
        assert mine in page

    def test_papers_of_other_places_and_people_are_not_found(self, world: World) -> None:
        world.earns(world.resident, 40)
        payment = world.pays(30)
        print_sticker(acts(world.keeper), world.laundry)

        codes = [
            visitor(world.cashier).get(f"/received/{world.laundry}/stickers/1/sticker.pdf").status_code,
            visitor(world.cashier).get(f"/received/{world.laundry}/stickers/1/poster.pdf").status_code,
            visitor(world.neighbour).get(f"/receipts/{payment.key}/slip.pdf").status_code,
        ]

        assert codes == [404, 404, 404]

    def test_a_revoked_sticker_is_not_printed_again(self, world: World) -> None:
        print_sticker(acts(world.keeper), world.laundry)
        revoke_sticker(acts(world.keeper), world.laundry, 1)

        answers = [
            visitor(world.keeper).get(f"/received/{world.laundry}/stickers/1/{paper}.pdf").status_code
            for paper in ("sticker", "poster")
        ]

        assert answers == [404, 404]
