"""`pumasi replay`: the examples come out as their arithmetic says, and a bad line disturbs nothing."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from pumasi.coin.models import Claim, Waiting
from pumasi.config.programs.replay import run
from pumasi.config.replay import differences, replay
from pumasi.config.replay_lines import LINE_LIMIT_BYTES
from pumasi.ledger.reads import trial_balance

EXAMPLES = Path(__file__).resolve().parents[4] / "examples"
NAMES = sorted(path.stem for path in EXAMPLES.glob("*.jsonl"))
JOIN = b'{"at": "2026-10-05T09:00:00+09:00", "do": "join", "who": "a", "name": "role"}'

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(databases=["default", "keys"])]


def lines_of(name: str) -> list[bytes]:
    return (EXAMPLES / f"{name}.jsonl").read_bytes().split(b"\n")


class TestExamples:
    def test_there_are_five(self) -> None:
        assert NAMES == ["2026-10-month", "closed-shop", "death", "rate-change", "year-end"]

    @pytest.mark.parametrize("name", NAMES)
    def test_comes_out_as_the_arithmetic_says(self, name: str) -> None:
        expected = json.loads((EXAMPLES / f"{name}.expected.json").read_text(encoding="utf-8"))

        report = replay(lines_of(name))

        assert differences(expected, report) == []
        for unit in ("SC", "KRW"):
            assert sum(balance for at, balance in expected["balances"].items() if at.endswith(unit)) == 0

    def test_the_bad_lines_of_the_month_change_nothing(self) -> None:
        expected = json.loads((EXAMPLES / "2026-10-month.expected.json").read_text(encoding="utf-8"))
        bad = {refused["line"] for refused in expected["refused"]}
        good = [line for number, line in enumerate(lines_of("2026-10-month"), start=1) if number not in bad]

        report = replay(good)

        assert report.refused == []
        assert report.balances == expected["balances"]

    def test_claims_of_the_month_wait_for_the_second_order_and_are_paid(self) -> None:
        replay(lines_of("2026-10-month"))

        assert Waiting.objects.filter(issued_at=None).count() == 0
        assert Waiting.objects.count() > 0
        assert Claim.objects.count() == 159

    def test_a_file_can_be_played_into_books_that_are_not_empty(self) -> None:
        expected = json.loads((EXAMPLES / "closed-shop.expected.json").read_text(encoding="utf-8"))
        replay(lines_of("closed-shop"))

        report = replay(lines_of("closed-shop"))

        assert differences(expected, report) == []

    def test_the_month_is_what_its_script_writes(self) -> None:
        written = subprocess.run([sys.executable, EXAMPLES / "make_month.py"], capture_output=True, check=True)

        assert written.stdout == (EXAMPLES / "2026-10-month.jsonl").read_bytes()


class TestBadLines:
    @pytest.mark.parametrize(
        ("line", "code"),
        [
            (b"{", "replay.line_unreadable"),
            (b"null", "replay.line_unreadable"),
            (b"\xff", "replay.line_unreadable"),
            (b"\x00", "replay.line_unreadable"),
            (b'{"at": "\x00"}', "replay.line_unreadable"),
            (b"[" * 100_000, "replay.line_unreadable"),
            (b" " * LINE_LIMIT_BYTES + b"{}", "replay.line_unreadable"),
            (b'{"at": 1e3}', "replay.float_in_line"),
            (b'{"at": NaN}', "replay.float_in_line"),
            (b'{"at": -0.0}', "replay.float_in_line"),
            (b'{"at": 9007199254740992}', "replay.line_unreadable"),
            (b'{"at": "e\\u0301"}', "replay.line_unreadable"),
            (b'{"at": "\\u0000"}', "text_unreadable"),
            (b'{"at": "\\ud800"}', "text_unreadable"),
            (b'{"\\ud800": 1}', "text_unreadable"),
            (b'{"at": "' + b"a" * 201 + b'"}', "text_too_long"),
            (b"{}", "replay.wrong_field"),
            (b'{"at": null, "do": "vest"}', "replay.wrong_field"),
            (b'{"at": "2026-10-05T09:00:00", "do": "vest"}', "replay.wrong_field"),
            (b'{"at": "2026-10-05", "do": "vest"}', "replay.wrong_field"),
            (b'{"at": "2026-10-05T09:00:00+09:00", "do": ["vest"]}', "replay.wrong_field"),
            (b'{"at": "2026-10-05T09:00:00+09:00", "do": "fly"}', "replay.unknown_step"),
            (
                b'{"at": "2026-10-05T09:00:00+09:00", "do": "grant", "who": "b", "role": "ISSUER"}',
                "replay.unknown_name",
            ),
            (b'{"at": "2026-10-05T09:00:00+09:00", "do": "grant", "who": "a", "role": "KING"}', "replay.wrong_field"),
            (b'{"at": "2026-10-05T08:59:59+09:00", "do": "vest"}', "replay.time_runs_back"),
            (JOIN, "replay.name_taken"),
        ],
    )
    def test_is_refused_with_its_number_and_the_rest_goes_on(self, line: bytes, code: str) -> None:
        report = replay([JOIN, b"", line, JOIN.replace(b'"a"', b'"c"')])

        assert [(one.line, one.refusal.code) for one in report.refused] == [(3, code)]
        assert report.accepted == {"join": 2}
        assert report.balances == {}


class TestProgram:
    def test_says_what_came_of_it_in_korean_and_english(self, capsys: pytest.CaptureFixture[str]) -> None:
        file, expected = str(EXAMPLES / "closed-shop.jsonl"), str(EXAMPLES / "closed-shop.expected.json")

        korean = run([file, "--expect", expected])
        korean_text = capsys.readouterr().out
        english = run([file, "--expect", expected, "--lang", "en"])
        english_text = capsys.readouterr().out

        assert (korean, english) == (0, 0)
        assert "처리: 28" in korean_text
        assert "줄 32: coin.refund_too_late: 환불은 결제 후 30일" in korean_text
        assert "가맹점 받은코인" in korean_text
        assert "line 26: place_closed: " in english_text
        assert english_text.endswith("as expected\n")

    def test_another_outcome_than_expected_is_exit_code_1(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        expected = json.loads((EXAMPLES / "closed-shop.expected.json").read_text(encoding="utf-8"))
        expected["balances"]["2100:SC"] += 1
        wrong = tmp_path / "wrong.json"
        wrong.write_text(json.dumps(expected), encoding="utf-8")

        code = run([str(EXAMPLES / "closed-shop.jsonl"), "--expect", str(wrong), "--json"])

        found = json.loads(capsys.readouterr().out)
        assert code == 1
        assert len(found["differences"]) == 1
        assert found["differences"][0].startswith("balances: expected")

    def test_a_file_that_is_not_there_is_exit_code_2(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert run(["no-such-file.jsonl"]) == 2
        assert "no-such-file.jsonl" in capsys.readouterr().err
        assert trial_balance() == []
