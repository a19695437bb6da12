"""The program's front: help, unknown words, and what it costs to ask."""

import subprocess
import sys

import pytest

from pumasi.config import program


class TestProgram:
    def test_help_lists_every_command_in_both_languages(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert program.main(["--help"]) == 0

        printed = capsys.readouterr().out
        for command in program.COMMANDS.values():
            assert f"  {command.word:<13}{command.en} / {command.ko}" in printed

    def test_an_unknown_word_is_one_line_and_exit_code_2(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert program.main(["dance"]) == 2

        assert capsys.readouterr().err == (
            "pumasi: 모르는 명령입니다 / unknown command: dance. "
            "명령 / commands: demo, test, screenshots, check, migrate, boundaries, replay, history, machine, "
            "import, export, ledger, seal, hooks, nightly, messages, docs\n"
        )

    def test_help_loads_neither_django_nor_any_installed_package(self) -> None:
        script = (
            "import sys; from pumasi.config import bootstrap; bootstrap.main(['--help']); print(sorted(sys.modules))"
        )
        done = subprocess.run(
            [sys.executable, "-S", "-c", f"import sys; sys.path.insert(0, {str(program.ROOT / 'src')!r}); {script}"],
            capture_output=True,
            text=True,
            check=True,
        )

        assert "django" not in done.stdout.splitlines()[-1]
