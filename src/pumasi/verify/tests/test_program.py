"""`pumasi-verify` as a stranger runs it: words, exit codes, and no server code beneath."""

import io
import json
import runpy
import subprocess
import sys
import tomllib
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path

import pytest

from pumasi.tlog.checkpoint import Checkpoint
from pumasi.tlog.note import Signer, sign
from pumasi.verify import __main__ as edge
from pumasi.verify import classes, report, rules
from pumasi.verify.leaf import parse
from pumasi.verify.program import run
from pumasi.verify.promise import promise_text
from pumasi.verify.receipt import check_receipt, to_fragment
from pumasi.verify.report import receipt_report
from pumasi.verify.tests.making import ORIGIN, SECONDS, Made, make_log, private_key

ROOT = Path(__file__).resolve().parents[4]
LOG = make_log(300, witnesses=3)
ALONE = make_log(300)
SPEND = next(index for index, entry in enumerate(LOG.entries) if b'"t":"spend"' in entry)
COMMITMENT = parse(LOG.entries[SPEND]).postings[1].commitment or b""
PROMISER = Signer(f"{ORIGIN}/promise", private_key("promise"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    LOG.write(tmp_path)
    (tmp_path / "receipt").write_bytes(LOG.receipt(SPEND))
    return tmp_path


type Call = Callable[..., tuple[str, int]]


@pytest.fixture
def call(folder: Path) -> Call:
    """Runs the program with names of files in the folder."""

    def called(word: str, *names: str, policy: str = "policy") -> tuple[str, int]:
        paths = [name if name.startswith("--") or name in ("-",) else str(folder / name) for name in names]
        return run([word, *paths, *(("--policy", str(folder / policy)) if policy else ())])

    return called


class TestReceipt:
    def test_a_good_one_is_explained_in_both_tongues(self, call: Call) -> None:
        text, code = call("receipt", "receipt")

        assert code == 0
        for words in (
            "영수증이 맞습니다 / The receipt is good",
            "seocho.example/coin, 300 entries",
            f"{SPEND} (2026-11-22, 사용 spend), block 1",
            "2026-11-22 11:00:00 KST, SPEND",
            "알 수 없는 것 / Cannot be known",
            sha256(LOG.policy_bytes).hexdigest(),
        ):
            assert words in text
        assert len(text.splitlines()) <= 24

    def test_without_witnesses_it_says_what_that_means(self, folder: Path, call: Call) -> None:
        (folder / "receipt").write_bytes(ALONE.receipt(SPEND))
        (folder / "policy").write_bytes(ALONE.policy_bytes)

        text, code = call("receipt", "receipt")

        assert code == 0
        assert "another history could be shown to somebody else" in text
        assert "없음 none" in text

    def test_it_may_come_through_standard_input(self, call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(LOG.receipt(SPEND))))

        assert call("receipt", "-")[1] == 0

    def test_won_taken_beside_the_coins_and_times_beyond_all_calendars_are_shown(self) -> None:
        checked = check_receipt(LOG.receipt(SPEND), LOG.policy)
        odd = replace(checked, payload=replace(checked.payload, won=-3000, seconds=2**53 - 1))

        text = receipt_report(odd, b"")

        assert f"원화 won{' ' * 22}-3,000" in text
        assert "9007199254740991 s" in text

    @pytest.mark.parametrize("address", ["https://seocho.example/verify#", "#"])
    def test_its_address_will_do(self, address: str, folder: Path, call: Call) -> None:
        (folder / "address").write_text(f"{address}{to_fragment(LOG.receipt(SPEND))}\n")

        assert call("receipt", "address")[1] == 0

    def test_a_changed_one_is_refused_with_its_reason(self, folder: Path, call: Call) -> None:
        (folder / "receipt").write_bytes(LOG.receipt(SPEND).replace(b"index ", b"index 1"))

        text, code = call("receipt", "receipt")

        assert code == 1
        assert "이것은 아무것도 증명하지 않습니다 / Refused: this proves nothing" in text

    def test_a_broken_rule_is_named(self, folder: Path, call: Call) -> None:
        made = Made([*LOG.entries[:2], b"{}"], [()] * 3, witnesses=3)
        (folder / "receipt").write_bytes(made.proof(2, b"\1\0" + bytes(34) + b"{}"))

        text, code = call("receipt", "receipt")

        assert code == 1
        assert "grammar: 항목의 형식이 틀립니다 / the bytes are not an entry" in text

    def test_a_file_that_is_not_there_is_not_understood(self, call: Call) -> None:
        text, code = call("receipt", "nothing")

        assert code == 2
        assert "읽을 수 없습니다 / cannot be read" in text


class TestLog:
    def test_a_good_one_is_counted(self, call: Call) -> None:
        text, code = call("log", ".")

        assert code == 0
        assert "기록이 규칙을 모두 지킵니다 / The log keeps every rule" in text
        assert "지갑 wallets" in text
        assert len(text.splitlines()) <= 45

    def test_for_machines_it_is_json(self, call: Call) -> None:
        text, code = call("log", ".", "--json")
        value = json.loads(text)

        assert code == 0
        assert value["problems"] == []
        assert value["solvency"]["size"] == 300
        assert value["witnesses"] == {"w0": SECONDS, "w1": SECONDS, "w2": SECONDS}

    def test_one_that_breaks_a_rule_is_refused(self, tmp_path: Path) -> None:
        made = Made([*LOG.entries[:60], *[LOG.entries[60]] * 30], [()] * 90)
        made.write(tmp_path)

        text, code = run(["log", str(tmp_path), "--policy", str(tmp_path / "policy")])
        machine, _ = run(["log", str(tmp_path), "--policy", str(tmp_path / "policy"), "--json"])

        assert code == 1
        assert "기록이 규칙을 어깁니다 / The log breaks rules: " in text
        assert (
            "- index, entry 61: 항목 번호가 자리와 다릅니다 / the entry's number is not its position (it says 60)"
            in text
        )
        assert f"- … {json.loads(machine)['found'] - 20} more" in text
        assert {problem["rule"] for problem in json.loads(machine)["problems"]} >= {"index", "twice"}

    def test_one_that_does_not_hang_together_is_refused(self, folder: Path, call: Call) -> None:
        (folder / "tile/entries/000").unlink()

        text, code = call("log", ".")

        assert (code, "tile/entries/000 is missing" in text) == (1, True)

    def test_few_problems_are_all_shown(self, tmp_path: Path) -> None:
        made = Made([*LOG.entries[:60], b"{}"], [()] * 61)
        made.write(tmp_path)

        text, code = run(["log", str(tmp_path), "--policy", str(tmp_path / "policy")])

        assert (code, "- grammar, entry 60: " in text, "more" in text) == (1, True, False)


class TestEquivocation:
    def test_evidence_is_refused_and_named(self, folder: Path, call: Call) -> None:
        (folder / "other").write_bytes(LOG.signed(Checkpoint(ORIGIN, 300, bytes(32))))

        text, code = call("equivocation", "checkpoint", "other")

        assert code == 1
        assert "Evidence: one log has signed two histories" in text

    def test_no_contradiction_is_good(self, folder: Path, call: Call) -> None:
        (folder / "older").write_bytes(LOG.checkpoint(100))

        assert call("equivocation", "older", "checkpoint", "--log", ".")[1] == 0

    def test_what_cannot_be_decided_is_said(self, folder: Path, call: Call) -> None:
        (folder / "older").write_bytes(LOG.checkpoint(100))

        text, code = call("equivocation", "older", "checkpoint")

        assert (code, "nothing follows from this alone" in text) == (0, True)

    def test_checkpoints_of_two_logs_are_refused(self, folder: Path, call: Call) -> None:
        other = make_log(10, origin="other.example/coin", seed=b"other")
        (folder / "other").write_bytes(other.checkpoint())
        (folder / "both").write_bytes(f"log {other.signer.verifier.vkey}\n".encode() + LOG.policy_bytes)

        text, code = call("equivocation", "other", "checkpoint", policy="both")

        assert (code, "the checkpoints are not of one log and key" in text) == (1, True)


class TestPromise:
    def given(self, folder: Path, commitment: bytes, before: str, origin: str = ORIGIN) -> list[str]:
        text = promise_text(origin, commitment, datetime.fromisoformat(before))
        signer = Signer(f"{origin}/promise", PROMISER.private_key)
        (folder / "promise").write_bytes(f"{text}\n{sign(text, signer)}".encode())
        return ["promise", str(folder / "promise"), "--key", signer.verifier.vkey]

    def log(self, folder: Path) -> list[str]:
        return ["--log", str(folder), "--policy", str(folder / "policy")]

    def test_alone_its_signature_is_checked(self, folder: Path) -> None:
        text, code = run(self.given(folder, bytes(32), "2026-11-24T02:00:00Z"))

        assert (code, "The promise is signed as it should be" in text) == (0, True)

    def test_kept(self, folder: Path) -> None:
        text, code = run([*self.given(folder, COMMITMENT, "2026-11-24T02:00:00Z"), *self.log(folder)])

        assert (code, "The promise is kept" in text) == (0, True)
        assert f"항목 entry{' ' * 20}{SPEND}" in text

    def test_broken_once_witnesses_have_seen_a_later_log(self, folder: Path) -> None:
        text, code = run([*self.given(folder, bytes(32), "2026-11-22T01:59:59Z"), *self.log(folder)])

        assert (code, "this note and the log prove it" in text) == (1, True)

    @pytest.mark.parametrize(
        ("now", "words"), [([], "has not come yet"), (["--now", "2026-11-25T00:00:00Z"], "nothing is proven yet")]
    )
    def test_not_broken_before(self, now: list[str], words: str, folder: Path) -> None:
        text, code = run([*self.given(folder, bytes(32), "2026-11-22T02:00:00Z"), *self.log(folder), *now])

        assert (code, words in text) == (0, True)

    def test_of_another_log_is_refused(self, folder: Path) -> None:
        text, code = run(
            [*self.given(folder, bytes(32), "2026-11-22T02:00:00Z", "other.example/coin"), *self.log(folder)]
        )

        assert (code, "the promise is about another log" in text) == (1, True)

    def test_signed_by_another_key_is_refused(self, folder: Path) -> None:
        words = self.given(folder, bytes(32), "2026-11-22T02:00:00Z")

        assert run([*words[:3], LOG.signer.verifier.vkey])[1] == 1


class TestPolicy:
    def test_is_told_what_it_is_worth(self, call: Call) -> None:
        text, code = call("policy", "policy", policy="")

        assert code == 0
        for words in ("증인 witnesses", "3, 정족수 quorum most", "겹침 overlap", sha256(LOG.policy_bytes).hexdigest()):
            assert words in text

    def test_without_witnesses_says_so(self, folder: Path, call: Call) -> None:
        (folder / "policy").write_bytes(ALONE.policy_bytes)

        assert "another history could be shown" in call("policy", "policy", policy="")[0]

    def test_that_cannot_be_read_is_refused(self, folder: Path, call: Call) -> None:
        (folder / "policy").write_bytes(b"quorum nobody\n")

        assert call("policy", "policy", policy="")[1] == 1


@pytest.mark.parametrize(
    "words", [[], ["nonsense"], ["receipt"], ["receipt", "x"], ["promise", "x", "--key", "k", "--now", "soon"]]
)
def test_words_that_are_not_understood_leave_with_2(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        run(words)

    assert left.value.code == 2
    assert "usage: pumasi-verify" in capsys.readouterr().err


def test_every_class_and_type_has_a_korean_name() -> None:
    assert set(report.CLASSES) == set(classes.CLASSES.values())
    assert set(report.TYPES) == classes.TYPES
    assert len(rules.RULES) == 11


def test_the_edge_is_also_what_the_installed_script_calls() -> None:
    scripts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["scripts"]

    assert scripts["pumasi-verify"] == f"{edge.__name__}:{edge.main.__name__}"


BLOCKER = """
import sys
class NoServer:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] == "django" or name.startswith(("pumasi.ledger", "pumasi.civic", "pumasi.config")):
            raise ImportError(f"{name} is not here")
sys.meta_path.insert(0, NoServer())
from pumasi.verify.__main__ import main
sys.exit(main())
"""


def test_the_edge_prints_the_answer_and_returns_its_code(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    monkeypatch.setattr(sys, "argv", ["pumasi-verify", "policy", str(folder / "policy")])
    monkeypatch.delitem(sys.modules, "pumasi.verify.__main__", raising=False)

    with pytest.raises(SystemExit) as left:
        runpy.run_module("pumasi.verify", run_name="__main__")

    assert left.value.code == 0
    assert capsysbinary.readouterr().out.decode() == run(["policy", str(folder / "policy")])[0]


class TestAlone:
    def python(self, *words: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
        return subprocess.run([sys.executable, "-c", BLOCKER, *words], input=stdin, capture_output=True, check=False)

    def test_it_runs_where_no_server_code_is(self, folder: Path) -> None:
        done = self.python("receipt", "-", "--policy", str(folder / "policy"), stdin=LOG.receipt(SPEND))

        assert (done.returncode, done.stderr) == (0, b"")
        assert "영수증이 맞습니다" in done.stdout.decode()

    def test_its_exit_code_is_the_answer(self, folder: Path) -> None:
        assert self.python("receipt", "-", "--policy", str(folder / "policy")).returncode == 1
        assert self.python("nonsense").returncode == 2
