"""`pumasi import` at the command line: what it prints, what it refuses, and its exit codes."""

import json
from pathlib import Path

import pytest

from pumasi.civic.audit.models import AuditRow
from pumasi.civic.people.models import Person
from pumasi.civic.shell.tests.visiting import stand_still
from pumasi.coin.moving.models import Proposal
from pumasi.coin.moving.tests.books import made
from pumasi.coin.moving.tests.district import District
from pumasi.coin.tests.world import DATABASES, MORNING, books
from pumasi.config.programs import import_book
from pumasi.kernel.clock import FixedClock

pytestmark = pytest.mark.django_db(databases=DATABASES)
EXAMPLE = Path(__file__).resolve().parents[4] / "examples" / "import"


@pytest.fixture
def moving(db: None, monkeypatch: pytest.MonkeyPatch) -> District:
    stand_still(monkeypatch, FixedClock(MORNING))
    return District()


def everything() -> dict[str, object]:
    counted = (Person, Proposal, AuditRow)
    return {**books(), **{model.__name__: model.objects.count() for model in counted}}


class TestCheck:
    def test_reads_the_example_and_prints_its_sums_and_digest(
        self, moving: District, capsys: pytest.CaptureFixture[str]
    ) -> None:
        before = everything()

        code = import_book.run(["check", str(EXAMPLE)])

        said = capsys.readouterr().out
        assert code == 0
        assert "lots  good-deed/2024  2027-12-31  200원  1  15코인  3,000원" in said
        assert "회원 members 5 (전화 없음 without phone 1), 가게 shops 1, 합계 sum 131.5코인 = 14,650원" in said
        assert "digest 0827c1681eaa2232bbd80f29b3b433b492203289a2bd79dd6911171cda0cf74d" in said
        assert everything() == before

    def test_names_every_bad_row_and_writes_nothing(
        self, moving: District, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        files = made(12)
        files.rows["members"][4]["phone"] = "010-12"
        files.rows["lots"][2]["coins"] = "1.005"
        before = everything()

        code = import_book.run(["check", str(files.write(tmp_path))])

        said = capsys.readouterr()
        assert code == 1
        assert said.err.splitlines() == [
            "lots.csv:4: coins: over_precise: 소수점 아래는 2자리까지예요. / At most 2 decimals.",
            "members.csv:6: phone: phone: 전화번호를 읽을 수 없어요. / The phone number cannot be read.",
        ]
        assert "잘못된 줄 2개" in said.out
        assert everything() == before

    def test_speaks_json_to_machines(
        self, moving: District, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        code = import_book.run(["check", str(made(3, shops=1).write(tmp_path)), "--json"])

        said = json.loads(capsys.readouterr().out)
        assert (code, said["ok"], said["members"], said["coins"], said["won"]) == (0, True, 3, 4786, 4786)
        assert len(said["digest"]) == 64

    def test_no_command_is_not_understood(self) -> None:
        assert import_book.run([]) == 2


class TestTheWholeWay:
    def test_propose_run_report_compare_and_undo(
        self, moving: District, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        moving.covers()
        folder = str(made(10).write(tmp_path))

        assert import_book.run(["run", folder]) == 1
        assert capsys.readouterr().err.startswith("moving.changed:")
        assert import_book.run(["propose", folder]) == 0
        assert import_book.run(["run", folder]) == 1
        assert "moving.not_approved:" in capsys.readouterr().err
        moving.approves(Proposal.objects.get().id)
        assert import_book.run(["run", folder]) == 0
        assert "Moved: 10 members, 3 shops, 258.69 coins" in capsys.readouterr().out
        assert import_book.run(["report"]) == 0
        assert capsys.readouterr().out.splitlines()[-1] == "sum,,,,,19,19,258.69,258.69,yes"
        assert import_book.run(["compare", folder]) == 0
        assert "같음 same 10" in capsys.readouterr().out
        assert import_book.run(["propose", folder]) == 1
        assert "moved_before" in capsys.readouterr().err
        assert import_book.run(["undo"]) == 1

    def test_propose_refuses_bad_rows_and_keeps_nothing(self, moving: District, tmp_path: Path) -> None:
        files = made(4)
        files.rows["lots"][0]["coins"] = "-1"
        before = everything()

        assert import_book.run(["propose", str(files.write(tmp_path))]) == 1
        assert everything() == before
