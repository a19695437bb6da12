"""`pumasi seal` on the terminal: what cannot begin is said in one sentence, and never as a traceback."""

import signal
from pathlib import Path

import pytest
from django.conf import settings
from pytest_django import Settings

from pumasi.config.programs import seal as program
from pumasi.config.programs.seal import run
from pumasi.kernel.result import Refusal
from pumasi.seal.errors import DatabaseAway, RulesBroken
from pumasi.seal.keys import log_signer
from pumasi.seal.sealer import SealerAtWork
from pumasi.seal.tests.record import seal_all, sealing


@pytest.fixture(autouse=True)
def own_signals(monkeypatch: pytest.MonkeyPatch) -> None:
    """The signals stay those of the test run."""
    monkeypatch.setattr(signal, "signal", lambda *_: None)


class TestCannotBegin:
    def test_with_a_log_key_that_others_may_read(self, capsys: pytest.CaptureFixture[str]) -> None:
        log_signer()
        Path(settings.LOG_KEY_FILE).chmod(0o644)

        assert run(["--once"]) == 1

        assert "log.key" in capsys.readouterr().err

    def test_with_a_log_key_that_is_a_folder(self, capsys: pytest.CaptureFixture[str]) -> None:
        Path(settings.LOG_KEY_FILE).mkdir(parents=True)

        assert run(["--once"]) == 1

        assert "cannot be read" in capsys.readouterr().err

    def test_beside_another_sealer(self, capsys: pytest.CaptureFixture[str]) -> None:
        with sealing():
            assert run(["--once"]) == 2

        assert "Another sealer" in capsys.readouterr().err


class Over:
    """Stands for the event that ends the program: notes how long each pause was to be, and ends after some."""

    def __init__(self, pauses: int) -> None:
        self.asked: list[float] = []
        self._pauses = pauses

    def wait(self, seconds: float) -> bool:
        self.asked.append(seconds)
        return len(self.asked) == self._pauses


class TestPause:
    @pytest.mark.parametrize(
        ("found", "is_demo", "pauses"),
        [
            (RulesBroken(rule="sum", reason="x"), False, [30.0, 60.0, 60.0]),
            (RulesBroken(rule="sum", reason="x"), True, [2.0, 2.0, 2.0]),
            (DatabaseAway(reason="x"), False, [2.0, 2.0, 2.0]),
            (None, False, [2.0, 2.0, 2.0]),
        ],
    )
    def test_is_long_once_sealing_has_stopped(
        self,
        found: Refusal | None,
        is_demo: bool,
        pauses: list[float],
        monkeypatch: pytest.MonkeyPatch,
        settings: Settings,
    ) -> None:
        settings.DEMO = is_demo
        over = Over(len(pauses))
        monkeypatch.setattr(program, "Event", lambda: over)
        monkeypatch.setattr(SealerAtWork, "turn", lambda *_, **__: found)

        assert run([]) == 0

        assert over.asked == pauses

    def test_is_short_again_after_a_good_look(self, monkeypatch: pytest.MonkeyPatch, settings: Settings) -> None:
        settings.DEMO = False
        over = Over(4)
        stopped = RulesBroken(rule="sum", reason="x")
        found = iter([stopped, stopped, None, stopped])
        monkeypatch.setattr(program, "Event", lambda: over)
        monkeypatch.setattr(SealerAtWork, "turn", lambda *_, **__: next(found))

        run([])

        assert over.asked == [30.0, 60.0, 2.0, 30.0]


class TestRecoverySecret:
    def test_is_warned_of_once_at_each_start_while_it_lies_here(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setattr(SealerAtWork, "turn", lambda *_, **__: None)
        said = []
        for _ in range(2):
            monkeypatch.setattr(program, "Event", lambda: Over(3))
            run([])
            said.append(capsys.readouterr().err)
        Path(settings.RECOVERY_KEY_FILE).with_name("recovery.pub.secret").unlink()
        run(["--once"])

        assert [(text.count("\n"), "recovery.pub.secret" in text) for text in said] == [(1, True), (1, True)]
        assert capsys.readouterr().err == ""


@pytest.mark.django_db(databases=["default", "keys"])
class TestAdoptGuard:
    def test_is_what_a_lost_guard_needs(self, capsys: pytest.CaptureFixture[str]) -> None:
        seal_all()
        Path(settings.LOG_GUARD_FILE).unlink()

        refused = run(["--once"])
        adopted = run(["--adopt-guard"])
        again = run(["--once"])

        assert (refused, adopted, again) == (1, 0, 0)
        said = capsys.readouterr()
        assert "sealing-stopped.md" in said.err
        assert "the guard stands at 1 entries" in said.out

    def test_says_that_nothing_was_signed(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert run(["--adopt-guard"]) == 1

        assert "No block was signed yet" in capsys.readouterr().err
