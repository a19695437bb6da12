"""`pumasi demo` as a program: it serves what it prints, says so when its port is taken, and leaves nothing running."""

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from pumasi.config.demo_child import sealer
from tests.journeys.conftest import PROGRAM, ROOT

# A run in the background of a script inherits a deaf ear for SIGINT; the demo of a terminal hears it.
LISTENING = f"import signal; signal.signal(signal.SIGINT, signal.default_int_handler); {PROGRAM}"


def demo(*words: str) -> subprocess.Popen[str]:
    """The program with a clean environment; its words come in through a pipe."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("PUMASI_")}
    return subprocess.Popen(
        [sys.executable, "-c", LISTENING, "demo", "--small", *words],
        env={**clean, "PYTHONPATH": str(ROOT / "src"), "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) != 0


class TestDemo:
    def test_checks_every_personas_pages_beside_a_taken_port(self, tmp_path: Path) -> None:
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            taken.listen()
            port = int(taken.getsockname()[1])
            said, _errors = (
                process := demo("--check", "--home", str(tmp_path / "home"), "--port", str(port))
            ).communicate()

        assert process.returncode == 0
        assert f"port {port} is taken" in said
        assert said.count("  200  http://") == 32
        assert "books: 맞아요 / verified" in said
        assert "record: 맞아요 / verified (262 entries, 2 blocks)" in said
        assert "/chain/   공개 기록 / public record" in said
        assert "Σ KRW 0, SC 0" in said

    @pytest.mark.full
    def test_checks_the_pages_of_a_stand(self, tmp_path: Path) -> None:
        process = demo("--booth", "--check", "--home", str(tmp_path / "home"), "--port", "0")
        said, _errors = process.communicate()

        assert process.returncode == 0
        assert said.count("  200  http://") == 11
        assert "/booth/board/\n" in said

    def test_stops_its_server_when_it_is_stopped(self, tmp_path: Path) -> None:
        process = demo("--home", str(tmp_path / "home"), "--port", "0")
        assert process.stdout is not None
        address = next(line for line in process.stdout if "http://localhost:" in line)
        port = int(address.split("localhost:")[1].split("/")[0])
        served = not is_free(port)

        process.send_signal(signal.SIGINT)

        assert served
        assert process.wait(60) == 0
        assert is_free(port)

    def test_a_sealer_that_dies_is_started_again_and_ends_with_the_demo(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("PUMASI_HOME", str(tmp_path))

        with sealer(tmp_path) as kept:
            first = kept.process
            assert first is not None
            first.kill()
            second = next(each for each in iter(lambda: kept.process, None) if each is not first)
            was_alive = second.poll() is None

        assert was_alive
        assert second.poll() is not None

    def test_goes_on_where_it_was_with_keep(self, tmp_path: Path) -> None:
        home = str(tmp_path / "home")
        demo("--check", "--home", home, "--port", "0").communicate()
        marked = (tmp_path / "home" / "personas.json").read_text(encoding="utf-8")

        again = demo("--check", "--keep", "--home", home, "--port", "0")
        again.communicate()

        assert again.returncode == 0
        assert (tmp_path / "home" / "personas.json").read_text(encoding="utf-8") == marked

    @pytest.mark.parametrize("name", ["letter.txt", "node.sqlite3"])
    def test_never_clears_a_folder_that_is_not_its_own(self, tmp_path: Path, name: str) -> None:
        (tmp_path / name).write_text("mine", encoding="utf-8")

        _said, errors = (process := demo("--check", "--home", str(tmp_path))).communicate()

        assert process.returncode == 1
        assert "not a folder of the demo" in errors
        assert (tmp_path / name).read_text(encoding="utf-8") == "mine"
