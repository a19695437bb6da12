"""`./pumasi` as a newcomer meets it: from any folder, under any name, with whatever Python the machine has."""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from house.sources import committed
from pumasi.config import program

ROOT = program.ROOT
REAL_PYTHON = os.path.realpath(getattr(sys, "_base_executable", sys.executable))


def launch(root: Path, *words: str, cwd: Path, environ: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(root / "pumasi"), *words], cwd=cwd, env=dict(environ), capture_output=True, text=True, check=False
    )


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A copy of the committed files under a path with spaces and Korean letters; nothing is set up in it."""
    root = tmp_path / "나의 품앗이" / "a copy"
    for source in committed(ROOT):
        target = root / source.path
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / source.path, target)
    return root


@pytest.fixture
def bare(tmp_path: Path) -> dict[str, str]:
    """An environment without any Python: an empty folder on PATH and an empty home."""
    (tmp_path / "bin").mkdir()
    (tmp_path / "home").mkdir()
    return {"PATH": str(tmp_path / "bin"), "HOME": str(tmp_path / "home"), "LANG": "C.UTF-8"}


def give_python(folder: Path, name: str) -> None:
    """A program of that name that is this test's Python, without its virtual environment."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(f'#!/bin/sh\nexec "{REAL_PYTHON}" "$@"\n', encoding="utf-8")
    (folder / name).chmod(0o755)


class TestFindingPython:
    def test_without_any_it_says_in_one_line_what_is_missing_and_how_to_get_it(
        self, tree: Path, bare: dict[str, str]
    ) -> None:
        done = launch(tree, "--help", cwd=tree, environ=bare)

        assert done.returncode == 3
        assert done.stdout == ""
        assert done.stderr == (
            "pumasi: Python 3.12 이상이 필요한데 찾지 못했습니다 / needs Python 3.12 or newer and found none. "
            "Get it with one of: apt install python3.12 | pyenv install 3.12 | uv python install 3.12, "
            "or name one: PUMASI_PYTHON=/path/to/python ./pumasi\n"
        )

    def test_a_shim_that_does_not_run_is_passed_over(self, tree: Path, bare: dict[str, str]) -> None:
        shim = Path(bare["PATH"]) / "python3.12"
        shim.write_text("#!/bin/sh\nexit 127\n", encoding="utf-8")
        shim.chmod(0o755)
        give_python(Path(bare["PATH"]), "python3")

        done = launch(tree, "--help", cwd=tree, environ=bare)

        assert (done.returncode, done.stderr) == (0, "")
        assert done.stdout == program.usage() + "\n"

    def test_an_old_python_is_passed_over(self, tree: Path, bare: dict[str, str]) -> None:
        old = Path(bare["PATH"]) / "python3"
        old.write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")  # what 3.11 answers to the launcher's question
        old.chmod(0o755)

        assert launch(tree, "--help", cwd=tree, environ=bare).returncode == 3

    @pytest.mark.parametrize("place", ["home/.pyenv/versions/3.13.0/bin", "elsewhere/versions/3.12.1/bin"])
    def test_pyenv_is_found_at_home_and_where_its_variable_points(
        self, place: str, tree: Path, bare: dict[str, str], tmp_path: Path
    ) -> None:
        give_python(tmp_path / place, "python")
        environ = {**bare, "PYENV_ROOT": str(tmp_path / "elsewhere")}

        assert launch(tree, "--help", cwd=tree, environ=environ).returncode == 0

    def test_a_named_one_goes_first(self, tree: Path, bare: dict[str, str], tmp_path: Path) -> None:
        give_python(tmp_path / "own python", "python")
        environ = {**bare, "PUMASI_PYTHON": str(tmp_path / "own python" / "python")}

        assert launch(tree, "--help", cwd=tree, environ=environ).returncode == 0


class TestCalling:
    @pytest.fixture
    def environ(self, bare: dict[str, str]) -> dict[str, str]:
        give_python(Path(bare["PATH"]), "python3")
        return bare

    def test_works_from_any_folder_and_through_a_link(
        self, tree: Path, environ: dict[str, str], tmp_path: Path
    ) -> None:
        door = tmp_path / "links" / "pumasi"
        door.parent.mkdir()
        door.symlink_to(tree / "pumasi")
        shutil.copy(shutil.which("readlink") or "", environ["PATH"])

        done = launch(door.parent, "--help", cwd=tmp_path, environ=environ)

        assert (done.returncode, done.stdout) == (0, program.usage() + "\n")

    def test_a_module_in_the_callers_folder_is_not_taken_for_ours(
        self, tree: Path, environ: dict[str, str], tmp_path: Path
    ) -> None:
        (tmp_path / "json.py").write_text("raise SystemExit('taken for the real one')\n", encoding="utf-8")

        done = launch(tree, "--help", cwd=tmp_path, environ={**environ, "PYTHONPATH": str(tmp_path)})

        assert done.returncode == 0

    def test_an_unknown_command_sets_nothing_up(self, tree: Path, environ: dict[str, str]) -> None:
        done = launch(tree, "dance", cwd=tree, environ=environ)

        assert done.returncode == 2
        assert done.stderr == program.unknown("dance") + "\n"
        assert not (tree / ".venv").exists()


class TestSetUp:
    @pytest.mark.full
    def test_a_fresh_copy_is_set_up_once_and_starts_again_without_a_package_tool(
        self, tree: Path, tmp_path: Path
    ) -> None:
        """The real thing: packages are installed, so this needs the package index."""
        environ = {name: value for name, value in os.environ.items() if name != "VIRTUAL_ENV"}

        first = launch(tree, "messages", "--compile", cwd=tmp_path, environ=environ)
        give_python(tmp_path / "bin", "python3")
        bare = {"PATH": str(tmp_path / "bin"), "HOME": str(tmp_path), "LANG": "C.UTF-8"}
        second = launch(tree, "messages", "--compile", cwd=tmp_path, environ=bare)

        assert first.returncode == 0, first.stderr
        assert "installing the locked packages" in first.stderr
        assert (second.returncode, second.stderr) == (0, "")
        assert second.stdout == first.stdout
