"""A deed's slip and a month's statement, as PDF."""

import shutil
import subprocess
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from pumasi.civic.shell.tests.visiting import visitor
from pumasi.coin.models import Claim
from pumasi.coin.queries.month import month_view
from pumasi.coin.tests.world import DATABASES, MORNING, World
from pumasi.kernel.clock import FixedClock

pytestmark = pytest.mark.django_db(databases=DATABASES)


def words(answer: Any, tmp_path: Path) -> str:
    """The words of a PDF."""
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext (poppler-utils) is not installed")
    assert answer["Content-Type"] == "application/pdf"
    file = tmp_path / "paper.pdf"
    file.write_bytes(answer.content)
    done = subprocess.run(["pdftotext", "-layout", str(file), "-"], capture_output=True, check=True)
    return " ".join(done.stdout.decode().split())


class TestSlip:
    def test_says_deed_place_and_coins(self, world: World, tmp_path: Path) -> None:
        claim = world.brings_hangers(20).key

        said = words(visitor(world.resident).get(f"/deeds/claims/{claim}/slip.pdf"), tmp_path)

        for expected in ("깨끗한 옷걸이", "표본 세탁소", "4코인"):
            assert expected in said

    def test_of_somebody_else_or_of_a_claim_that_waits_is_not_found(self, db: None, clock: FixedClock) -> None:
        world = World()
        waiting = world.brings_hangers(20).key

        codes = [
            visitor(person).get(f"/deeds/claims/{waiting}/slip.pdf").status_code
            for person in (world.resident, world.neighbour)
        ]

        assert codes == [404, 404]
        assert Claim.objects.count() == 1


class TestMonth:
    def test_opening_and_closing_fit_and_every_movement_is_there(self, world: World, tmp_path: Path) -> None:
        world.earns(world.resident, 40, MORNING - timedelta(days=3))
        world.pays(10)
        november = MORNING + timedelta(days=40)

        october = month_view(world.resident, date(2026, 10, 1), november)
        after = month_view(world.resident, date(2026, 11, 1), november)
        said = words(visitor(world.resident).get("/coins/history/2026-10.pdf"), tmp_path)

        assert (october.opening.text(), october.closing.text(), len(october.movements)) == ("0", "30", 3)
        assert (after.opening.text(), after.closing.text(), len(after.movements)) == ("30", "30", 0)
        assert "표본 세탁소에서 사용" in said
        assert "−10" in said

    @pytest.mark.parametrize("month", ["2026-11", "2026-13", "1999-10", "2026-0"])
    def test_a_month_that_is_not_there_is_not_found(self, world: World, month: str) -> None:
        assert visitor(world.resident).get(f"/coins/history/{month}.pdf").status_code == 404

    def test_crosses_a_new_year_and_ends_with_february(self, world: World) -> None:
        world.earns(world.resident, 2, MORNING)

        february = month_view(world.resident, date(2028, 2, 1), MORNING)

        assert (february.last, february.opening.text()) == (date(2028, 2, 29), "2")
