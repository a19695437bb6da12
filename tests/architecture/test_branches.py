"""Some rooms hold no line and no branch that their own tests do not run; one that is not run is named.

The vectors of other implementations are left out of it: what a room promises, its own tests pin.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ["tlog", "verify"]
LEFT_OUT = [
    "tests/test_vectors.py",
    # The page's JavaScript: no branch of Python.
    *(f"page/tests/test_{each}.py" for each in ("browser", "fallback", "logs", "receipts", "standards")),
]


def not_run(root: Path, room: str, scratch: Path) -> list[str]:
    """Lines and branches of a room's modules that its tests leave out, as `file: line 3` or `file: line 3 to 5`."""
    folder = Path("src") / "pumasi" / room
    data, report = scratch / "coverage", scratch / "coverage.json"
    coverage = [sys.executable, "-m", "coverage"]
    tests = ["-m", "pytest", "-q", "-p", "no:cacheprovider"]
    tests += [f"--ignore={folder / each}" for each in LEFT_OUT]
    # The run within this run is a plain one of the quick tier; what it counts is not the outer run's tally.
    outer = ("PUMASI_", "PYTEST_", "DJANGO_", "COV")
    environment = {key: value for key, value in os.environ.items() if not key.startswith(outer)}
    environment |= {"PYTHONPATH": f"{root / 'src'}{os.pathsep}{root}", "COVERAGE_FILE": str(data)}
    measure = ["run", "--branch", f"--source={folder}", "--omit=*/tests/*", *tests, str(folder)]
    for words in (measure, ["json", "-q", "-o", str(report)]):
        done = subprocess.run(
            [*coverage, *words], cwd=root, env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
    files = json.loads(report.read_text(encoding="utf-8"))["files"]
    modules = {path.relative_to(root) for path in (root / folder).rglob("*.py") if "tests" not in path.parts}
    assert {Path(name) for name in files} == modules
    return [
        missing
        for name, found in sorted(files.items())
        for missing in (
            *(f"{name}: line {line}" for line in found["missing_lines"]),
            *(f"{name}: line {start} to {end}" for start, end in found["missing_branches"]),
            *(f"{name}: line {line} is excluded" for line in found["excluded_lines"]),
        )
    ]


@pytest.mark.parametrize("room", ROOMS)
def test_every_branch_of_the_room_is_run_by_its_tests(room: str, tmp_path: Path) -> None:
    assert not_run(ROOT, room, tmp_path) == []


def test_a_branch_that_no_test_runs_is_named(tmp_path: Path) -> None:
    room = tmp_path / "src" / "pumasi" / "oven"
    (room / "tests").mkdir(parents=True)
    for package in (room.parent, room, room / "tests"):
        (package / "__init__.py").touch()
    (room / "bread.py").write_text(
        "def bake(warm):\n    if warm:\n        warm = 2\n    return warm\n", encoding="utf-8"
    )
    (room / "tests" / "test_bread.py").write_text(
        "from pumasi.oven.bread import bake\n\n\ndef test_bakes():\n    assert bake(1) == 2\n", encoding="utf-8"
    )

    assert not_run(tmp_path, "oven", tmp_path) == ["src/pumasi/oven/bread.py: line 2 to 4"]
