"""`pumasi seal` on the terminal: what cannot begin is said in one sentence, and never as a traceback."""

import signal
from pathlib import Path

import pytest
from django.conf import settings

from pumasi.config.programs.seal import run
from pumasi.seal.keys import log_signer
from pumasi.seal.tests.record import sealing


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
