"""The exit export: what is in it, what is not, and that it moves into a fresh node to the minor unit."""

import csv
import json
import stat
from decimal import Decimal
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import models

from pumasi.civic.audit.models import AuditRow
from pumasi.coin.moving import operations
from pumasi.coin.moving.comparing import compare
from pumasi.coin.moving.errors import ExportPurposeMissing, ExportUnknown, FolderNotEmpty, ImportSecondOfficerNeeded
from pumasi.coin.moving.queries import reconciliation
from pumasi.coin.moving.tests.books import made
from pumasi.coin.moving.tests.district import District
from pumasi.coin.tests.world import DATABASES, MORNING, a_key, acts
from pumasi.config.leaving.package import export
from pumasi.config.leaving.tables import LEFT_BEHIND, columns, tables
from pumasi.config.programs import export_book
from pumasi.kernel.acting import Acting, Channel
from pumasi.ledger.verify import verify

pytestmark = pytest.mark.django_db(databases=DATABASES)


@pytest.fixture
def moving(db: None) -> District:
    return District()


def lines(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def coins(path: Path) -> Decimal:
    return sum((Decimal(row["coins"]) for row in lines(path)), Decimal(0))


def fresh_node() -> District:
    """The same databases, emptied: what stands there afterwards is another node."""
    for alias in DATABASES:
        call_command("flush", interactive=False, database=alias, verbosity=0)
    return District()


class TestRoundTrip:
    @pytest.mark.postgres
    @pytest.mark.django_db(transaction=True, databases=DATABASES)
    def test_what_leaves_moves_into_a_fresh_node_to_the_minor_unit(self, tmp_path: Path) -> None:
        files, out, moving = made(60), tmp_path / "out", District()
        moving.covers()
        moving.moves_in(files.write(tmp_path / "old"))
        moving.earns(moving.resident, 20)
        moving.pays(10, moving.laundry)

        export(acts(None), out)

        sums = {name: coins(out / f"{name}.csv") for name in ("lots", "balances", "takings", "elsewhere")}
        assert sums["lots"] == sums["balances"] == Decimal(files.coins("lots")) / 100 + 10
        assert sums["takings"] == Decimal(files.coins("takings")) / 100
        assert sums["elsewhere"] == 10  # paid at a shop that is not in the register of shops

        there = fresh_node()
        there.covers()
        found = reconciliation(there.moves_in(out))

        assert found.is_equal
        assert Decimal(found.new_coins) / 100 == sums["lots"] + sums["takings"]
        assert compare(there.book(out)).differences == ()
        assert verify().ok

    def test_days_and_terms_of_the_first_system_come_through(self, moving: District, tmp_path: Path) -> None:
        moving.covers()
        files = made(40)
        moving.moves_in(files.write(tmp_path / "old"))

        export(acts(None), tmp_path / "out")

        def terms(row: dict[str, str]) -> tuple[str, ...]:
            fund = row["fund"].rpartition("/")[2]
            return Decimal(row["coins"]).to_eng_string(), row["earned_on"], row["expires"], fund, row["won"]

        assert sorted(map(terms, lines(tmp_path / "out/lots.csv"))) == sorted(map(terms, files.rows["lots"]))
        days = sorted(row["taken_on"] for row in lines(tmp_path / "out/takings.csv"))
        assert days == sorted(row["taken_on"] for row in files.rows["takings"])


class TestWhatIsInIt:
    def test_every_table_is_exported_or_says_why_not(self) -> None:
        everything = {model._meta.label for model in apps.get_models()}

        assert {model._meta.label for model in tables()} | set(LEFT_BEHIND) == everything
        assert not set(LEFT_BEHIND) & {model._meta.label for model in tables()}

    def test_no_sealed_or_secret_column_is(self) -> None:
        binary = {
            f"{model._meta.label}.{each.name}"
            for model in tables()
            for each in columns(model)
            if isinstance(each, models.BinaryField)
        }

        assert binary == {
            "coin.BudgetOrder.first_signature",
            "coin.BudgetOrder.second_signature",
            "coin.BudgetOrder.signed_bytes",
            "coin.OfficerKey.public_key",
            "coin.Request.digest",
        }

    def test_names_and_numbers_stand_in_members_alone(self, moving: District, tmp_path: Path) -> None:
        moving.covers()
        moving.moves_in(made(9).write(tmp_path / "old"))

        export(acts(None), tmp_path / "out")

        holding = {
            path.name
            for path in (tmp_path / "out").rglob("*")
            if path.is_file() and ("시연 회원" in path.read_text("utf-8") or "8210000" in path.read_text("utf-8"))
        }
        assert holding == {"members.csv"}

    def test_only_its_owner_may_read_it(self, moving: District, tmp_path: Path) -> None:
        export(acts(None), tmp_path / "out")

        modes = {stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "out").rglob("*")}

        assert stat.S_IMODE((tmp_path / "out").stat().st_mode) == 0o700
        assert modes == {0o600, 0o700}

    def test_the_description_names_each_column_that_is_there(self, moving: District, tmp_path: Path) -> None:
        export(acts(None), tmp_path / "out")

        said = json.loads((tmp_path / "out/datapackage.json").read_text("utf-8"))

        for resource in said["resources"]:
            head = (tmp_path / "out" / resource["path"]).read_text("utf-8").splitlines()[0]
            assert head.split(",") == [each["name"] for each in resource["schema"]["fields"]]
        payment = next(each for each in said["resources"] if each["path"] == "tables/coin_payment.csv")
        assert {"name": "coins", "type": "integer", "unit": "minor units of the coin"} in payment["schema"]["fields"]

    def test_a_folder_with_something_in_it_is_left_alone(self, moving: District, tmp_path: Path) -> None:
        (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")

        with pytest.raises(FolderNotEmpty):
            export(acts(None), tmp_path)

        assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


class TestWhoMay:
    def test_two_officers_agree_and_the_box_writes(self, moving: District) -> None:
        key = operations.ask_export(acts(moving.issuer), purpose="다른 구로 이관", key=a_key())
        with pytest.raises(ImportSecondOfficerNeeded):
            operations.agree_export(acts(moving.issuer), order_id=key)
        with pytest.raises(ExportUnknown):
            operations.written(acts(None), order_id=key)

        operations.agree_export(acts(moving.officers[0]), order_id=key)
        purpose = operations.written(acts(None), order_id=key)

        assert purpose == "다른 구로 이관"
        noted = AuditRow.objects.filter(action__startswith="moving.").order_by("id").values_list("action", "actor")
        assert list(noted) == [
            ("moving.ask_export", moving.issuer),
            ("moving.agree_export", moving.officers[0]),
            ("moving.export", None),
        ]

    def test_without_a_purpose_nobody_does(self, moving: District) -> None:
        with pytest.raises(ExportPurposeMissing):
            operations.ask_export(acts(moving.issuer), purpose=" ", key=a_key())
        with pytest.raises(ExportPurposeMissing):
            operations.written(Acting(None, None, Channel.JOB, "", MORNING), order_id=None)

    def test_the_command_writes_and_warns(
        self, moving: District, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        code = export_book.run([str(tmp_path / "out"), "--purpose", "시험 / trial"])

        said = capsys.readouterr()
        assert code == 0
        assert "9  members.csv" in said.out
        assert "Warning: members.csv holds names and numbers in the clear." in said.err
        assert "trial" in (tmp_path / "out/README.md").read_text("utf-8")
        looks = AuditRow.objects.filter(action="people.cards_of", purpose="시험 / trial").count()
        assert looks == 9

    def test_the_command_refuses_an_order_that_nobody_gave(
        self, moving: District, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        code = export_book.run([str(tmp_path / "out"), "--order", str(a_key())])

        assert code == 1
        assert capsys.readouterr().err.startswith("moving.export_unknown:")
        assert not (tmp_path / "out").exists()
