"""`pumasi ledger`: what each subcommand says, to people and to machines, and its exit code."""

import io
import json
import sys
from pathlib import Path

import pytest
from beancount import loader
from django.db import OperationalError, connection

from pumasi.config.programs import ledger
from pumasi.ledger import reads
from pumasi.ledger.tests import stories

AT = "2026-01-06T10:00:00+09:00"
GIFT = {
    "kind": "GIFT", "key": "00000000-0000-0000-0000-0000000000ff", "at": AT, "wallet": stories.W1, "to": stories.W2,
    "amount": 100,
}  # fmt: skip

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]


def write(path: Path, *lines: object) -> str:
    """A file of these lines."""
    path.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    return str(path)


class TestPost:
    def test_says_how_many_and_exits_0(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        stories.small_book()

        code = ledger.run(["post", write(tmp_path / "in", {"open": "2100:SC:new", "at": AT}, GIFT)])

        assert (code, capsys.readouterr()) == (
            0,
            ("기록 posted 1, 이미 있음 replayed 0, 개설 opened 1, 거절 refused 0\n", ""),
        )

    def test_names_refused_lines_in_both_languages_and_exits_1(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        stories.small_book()

        code = ledger.run(["post", write(tmp_path / "in", {**GIFT, "amount": 99_999})])

        assert code == 1
        assert capsys.readouterr().err == (
            "1: insufficient_balance: 잔액이 모자랍니다. 필요: 99999, 쓸 수 있는 잔액: 1500. / "
            "The balance is too small. Needed: 99999, available: 1500.\n"
        )

    def test_reads_standard_input_and_answers_machines(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        stories.small_book()
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(json.dumps(GIFT).encode() + b"\n{\n")))

        code = ledger.run(["post", "-", "--json", "--batch", "1"])

        lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
        assert (code, lines[0]["line"], lines[0]["code"]) == (1, 2, "malformed_line")
        assert lines[1] == {"posted": 1, "replayed": 0, "opened": 0, "refused": 1}

    def test_a_missing_file_exits_5(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert ledger.run(["post", str(tmp_path / "none")]) == 5
        assert "no_file: 파일을 읽거나 쓸 수 없습니다." in capsys.readouterr().err

    def test_a_folder_as_file_exits_5(self, tmp_path: Path) -> None:
        assert ledger.run(["post", str(tmp_path)]) == 5


class TestReading:
    def test_a_balance_now_and_at_a_past_moment(self, capsys: pytest.CaptureFixture[str]) -> None:
        stories.small_book()

        assert ledger.run(["balance", stories.W1]) == 0
        assert ledger.run(["balance", stories.W1, "--at", "2026-01-05T12:00:00+09:00"]) == 0

        assert capsys.readouterr().out == "15.00\n80.00\n"

    def test_a_balance_for_machines(self, capsys: pytest.CaptureFixture[str]) -> None:
        stories.small_book()

        ledger.run(["balance", stories.W1, "--json"])

        assert json.loads(capsys.readouterr().out) == {"address": stories.W1, "balance": 1500, "amount": "15.00"}

    @pytest.mark.parametrize("word", ["balance", "statement", "lots"])
    def test_an_unknown_account_exits_1(self, word: str, capsys: pytest.CaptureFixture[str]) -> None:
        assert ledger.run([word, "2100:SC:nobody"]) == 1
        assert capsys.readouterr().err.startswith("unknown_account: 계정 2100:SC:nobody이(가) 없습니다.")

    def test_a_statement_by_pages(self, capsys: pytest.CaptureFixture[str]) -> None:
        stories.small_book()
        ledger.run(["statement", stories.W1, "--limit", "2", "--json"])
        first = json.loads(capsys.readouterr().out)

        ledger.run(["statement", stories.W1, "--before", str(first[-1]["transfer"]), "--json"])

        second = json.loads(capsys.readouterr().out)
        assert [(line["kind"], line["amount"], line["balance"]) for line in first + second] == [
            ("HOLD", -500, 1500), ("PAY", -6000, 2000), ("EARN", 3000, 8000), ("EARN", 5000, 5000),
        ]  # fmt: skip

    def test_a_statement_for_people(self, capsys: pytest.CaptureFixture[str]) -> None:
        stories.small_book()

        ledger.run(["statement", stories.W1, "--limit", "1"])

        assert capsys.readouterr().out.splitlines()[-1].split() == [
            str(reads.statement(stories.W1)[0].transfer), "2026-01-05", "15:00", "보류", "Hold", "-5.00", "15.00",
        ]  # fmt: skip

    def test_the_lots_of_a_wallet(self, capsys: pytest.CaptureFixture[str]) -> None:
        stories.small_book()

        ledger.run(["lots", stories.W1])

        assert capsys.readouterr().out.splitlines()[-1].split()[1:] == [
            "good-deed/2026", "2026-12-31", "100", "15.00",
        ]  # fmt: skip

    def test_a_trial_balance_for_people_machines_and_spreadsheets(self, capsys: pytest.CaptureFixture[str]) -> None:
        stories.small_book()

        assert [ledger.run(["trial-balance", *option]) for option in ([], ["--json"], ["--csv"])] == [0, 0, 0]

        out = capsys.readouterr().out
        assert "2200       가맹점 받은코인    Shop takings" in out
        assert '"code": "2200"' in out
        assert "\r\n2200,가맹점 받은코인,Shop takings,SC,3,60.00\r\n" in out


class TestVerify:
    def test_healthy_books_exit_0_with_counts(self, capsys: pytest.CaptureFixture[str]) -> None:
        stories.small_book()

        code = ledger.run(["verify", "--json"])

        said = json.loads(capsys.readouterr().out)
        assert (code, said["ok"], said["transfers"], said["differences"]) == (0, True, 7, [])

    def test_other_books_exit_3_and_name_the_difference(self, capsys: pytest.CaptureFixture[str]) -> None:
        stories.small_book()
        with connection.cursor() as cursor:
            cursor.execute("update ledger_account set balance = 1501 where address = %s", [stories.W1])

        code = ledger.run(["verify"])

        said = capsys.readouterr()
        assert code == 3
        assert "계정 2100:SC:w1, balance: 있어야 할 값 1500, 있는 값 1501\n" in said.err
        assert "account 2100:SC:w1, balance: expected 1500, found 1501\n" in said.err
        assert "The books do not verify: 2 differences" in said.out


class TestRebuild:
    def test_a_dry_run_exits_3_when_something_differs_and_a_rebuild_0(self) -> None:
        stories.small_book()
        with connection.cursor() as cursor:
            cursor.execute("update ledger_account set balance = 1501 where address = %s", [stories.W1])

        assert [ledger.run(["rebuild", *option]) for option in (["--dry-run"], [], ["--dry-run"])] == [3, 0, 0]
        assert reads.balance(stories.W1) == 1500


class TestExport:
    def test_writes_a_book_that_beancount_accepts(self, tmp_path: Path) -> None:
        stories.full_book()

        code = ledger.run(["export", "--format", "beancount", str(tmp_path / "book.beancount")])

        _, errors, _ = loader.load_file(str(tmp_path / "book.beancount"))
        assert (code, errors) == (0, [])

    def test_writes_a_file_for_spreadsheets(self, tmp_path: Path) -> None:
        stories.small_book()

        code = ledger.run(["export", "--format", "csv", str(tmp_path / "postings.csv")])

        text = (tmp_path / "postings.csv").read_bytes()
        assert (code, text[:3], text.count(b"\r\n")) == (0, b"\xef\xbb\xbf", 23)


class TestWords:
    @pytest.mark.parametrize(
        "words",
        [
            [], ["dance"], ["balance"], ["post", "-", "--batch", "0"], ["post", "-", "--batch", "5001"],
            ["balance", "2100:SC:w1", "--at", "yesterday"], ["lots", "2100:SC:w1", "--scale", "SC=9"],
            ["export", "--format", "xlsx", "f"],
        ],
    )  # fmt: skip
    def test_that_cannot_be_understood_exit_2(self, words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
        assert ledger.run(words) == 2
        assert "usage: pumasi ledger" in capsys.readouterr().err

    def test_of_help_name_the_exit_codes(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert ledger.run(["--help"]) == 0
        assert "3 the books do not verify" in " ".join(capsys.readouterr().out.split())

    def test_may_name_the_decimals_of_another_unit(self, capsys: pytest.CaptureFixture[str]) -> None:
        stories.small_book()

        ledger.run(["balance", stories.W1, "--scale", "SC=0"])

        assert capsys.readouterr().out == "1,500\n"


class TestAnUnreachableDatabase:
    def test_exits_4_and_says_what_to_do(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        def unreachable(*_: object) -> int:
            raise OperationalError("connection refused\nmore lines")

        monkeypatch.setattr(reads, "balance", unreachable)

        assert ledger.run(["balance", stories.W1]) == 4
        assert capsys.readouterr().err == (
            "no_database: 데이터베이스에 닿지 않거나 준비되지 않았습니다 (./pumasi migrate). / The database cannot be "
            "reached or is not prepared (./pumasi migrate): connection refused\n"
        )


class TestProgress:
    def test_is_shown_on_a_terminal_only(self, monkeypatch: pytest.MonkeyPatch) -> None:
        class Terminal(io.StringIO):
            def isatty(self) -> bool:
                return True

        stories.small_book()
        terminal, pipe = Terminal(), io.StringIO()
        for stream in (terminal, pipe):
            monkeypatch.setattr(sys, "stderr", stream)
            ledger.run(["verify"])

        assert "verify [##############################] 7/7" in terminal.getvalue()
        assert pipe.getvalue() == ""
