"""Set-up step by step: what is done again, what is not, and what two starts at once do."""

import fcntl
import os
import subprocess
import sys
from pathlib import Path

import pytest

from pumasi.config import bootstrap
from pumasi.config.bootstrap import SetupFailed, Step, Tree

NOTHING: frozenset[str] = frozenset()


class Workshop:
    """A tree whose steps only note that they were done."""

    def __init__(self, root: Path) -> None:
        self.tree = Tree(root)
        self.done: list[str] = []
        self.broken = ""
        (root / "requirements").mkdir()
        (root / "pumasi").touch()
        self.lock("node", "django==6.1\n")

    def lock(self, name: str, text: str) -> None:
        self.tree.lock(name).write_text(text, encoding="utf-8")

    def steps(self) -> dict[str, Step]:
        return {
            "environment": Step("environment", self.make_environment, lambda tree: []),
            "packages": Step("packages", lambda tree: self.note("packages"), lambda tree: [tree.lock("node")]),
            "front end": Step(
                "front end",
                lambda tree: self.note("front end"),
                lambda tree: [],
                lambda tree: tree.root / "node_modules",
                on_demand=True,
            ),
        }

    def make_environment(self, tree: Tree) -> None:
        tree.python.parent.mkdir(parents=True, exist_ok=True)
        tree.python.touch(mode=0o755)
        self.note("environment")

    def note(self, name: str) -> None:
        if name == self.broken:
            raise SetupFailed(f"no {name} today")
        self.done.append(name)
        if name == "front end":
            (self.tree.root / "node_modules").mkdir(exist_ok=True)

    def start(self, needs: frozenset[str] = NOTHING) -> list[str]:
        """One start of the program; gives what it had to do."""
        self.done.clear()
        bootstrap.prepare(self.tree, needs)
        return list(self.done)


@pytest.fixture
def workshop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workshop:
    made = Workshop(tmp_path)
    monkeypatch.setattr(bootstrap, "STEPS", made.steps())
    return made


class TestPrepare:
    def test_the_second_start_does_nothing(self, workshop: Workshop) -> None:
        assert workshop.start() == ["environment", "packages"]
        assert workshop.start() == []

    def test_a_changed_lock_is_installed_and_nothing_else(self, workshop: Workshop) -> None:
        workshop.start()
        workshop.lock("node", "django==6.2\n")

        assert workshop.start() == ["packages"]

    def test_what_a_command_does_not_need_is_left_alone(self, workshop: Workshop) -> None:
        workshop.start()

        assert workshop.start(frozenset({"front end"})) == ["front end"]
        assert workshop.start(frozenset({"front end"})) == []

    def test_a_step_whose_work_was_removed_is_done_again(self, workshop: Workshop) -> None:
        workshop.start(frozenset({"front end"}))
        (workshop.tree.root / "node_modules").rmdir()

        assert workshop.start(frozenset({"front end"})) == ["front end"]

    def test_an_interrupted_set_up_goes_on_where_it_stopped(self, workshop: Workshop) -> None:
        workshop.broken = "packages"
        with pytest.raises(SetupFailed, match="no packages today"):
            workshop.start()
        workshop.broken = ""

        assert workshop.start() == ["packages"]

    def test_a_lost_environment_is_made_again_with_all_that_was_in_it(self, workshop: Workshop) -> None:
        workshop.start()
        workshop.tree.python.unlink()

        assert workshop.start() == ["environment", "packages"]

    def test_unreadable_stamps_count_as_none(self, workshop: Workshop) -> None:
        workshop.start()
        workshop.tree.stamps.write_text('{"environment": ', encoding="utf-8")

        assert workshop.start() == ["environment", "packages"]

    def test_a_read_only_folder_is_said_in_one_line(self, workshop: Workshop, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(os, "access", lambda path, mode: mode != os.W_OK)

        with pytest.raises(SetupFailed) as refusal:
            workshop.start()

        assert str(refusal.value) == (
            f"이 폴더에 쓸 수 없어 설치할 수 없습니다 / cannot write into {workshop.tree.root}, "
            "so nothing can be set up here: copy the folder to a place of your own, or run it once as its owner"
        )
        assert not workshop.tree.venv.exists()

    def test_a_full_disk_is_said_in_one_line(self, workshop: Workshop, monkeypatch: pytest.MonkeyPatch) -> None:
        def fail(tree: Tree) -> None:
            raise OSError(28, "No space left on device", str(tree.venv))

        monkeypatch.setitem(bootstrap.STEPS, "environment", Step("environment", fail, lambda tree: []))

        with pytest.raises(SetupFailed, match=r"set-up failed at: environment \(No space left on device: .*\.venv\)"):
            workshop.start()

    def test_a_tool_that_fails_is_quoted(self, workshop: Workshop) -> None:
        with pytest.raises(SetupFailed) as failure:
            bootstrap.run([sys.executable, "-c", "print('no such package'); exit(1)"], "the packages", workshop.tree)

        assert str(failure.value) == (
            "no such package\npumasi: 설치 실패 / set-up failed at: the packages. "
            "다시 실행하면 이어집니다 / run again to go on"
        )

    def test_the_second_tool_is_tried_when_the_first_fails(self, workshop: Workshop) -> None:
        marker = workshop.tree.root / "made"
        commands = [["/nonexistent/uv"], [sys.executable, "-c", f"open({str(marker)!r}, 'w')"]]

        bootstrap.run_first(commands, "the packages", workshop.tree)

        assert marker.exists()


class TestTwoStartsAtOnce:
    SCRIPT = """
import sys
from pathlib import Path
from pumasi.config import bootstrap
from pumasi.config.bootstrap import Step, Tree

def make(tree):
    tree.python.parent.mkdir(parents=True)  # fails for whoever comes second, if both are let in
    tree.python.touch(mode=0o755)
    print("made", flush=True)

bootstrap.STEPS = {"environment": Step("environment", make, lambda tree: [])}
bootstrap.prepare(Tree(Path(sys.argv[1])), frozenset())
"""

    def test_one_works_and_the_others_find_it_done(self, tmp_path: Path) -> None:
        (tmp_path / "pumasi").touch()
        environ = {**os.environ, "PYTHONPATH": str(Path(bootstrap.__file__).parents[2])}
        starts = [
            subprocess.Popen(
                [sys.executable, "-c", self.SCRIPT, str(tmp_path)],
                env=environ,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
            )
            for _ in range(4)
        ]

        outputs = [start.communicate(timeout=60) for start in starts]

        assert [start.returncode for start in starts] == [0, 0, 0, 0], outputs
        assert sorted(printed for printed, _ in outputs) == ["", "", "", "made\n"]


class TestKilledSetUp:
    SCRIPT = """
import sys
from pathlib import Path
from pumasi.config.bootstrap import Tree, one_at_a_time, run

tree = Tree(Path(sys.argv[1]))
with one_at_a_time(tree):
    run([sys.executable, "-c", "import sys; open(sys.argv[1]).read()", str(tree.root / "pipe")], "a slow tool", tree)
"""

    def test_the_next_start_waits_for_the_tool_that_goes_on(self, tmp_path: Path) -> None:
        (tmp_path / "pumasi").touch()
        os.mkfifo(tmp_path / "pipe")
        environ = {**os.environ, "PYTHONPATH": str(Path(bootstrap.__file__).parents[2])}
        start = subprocess.Popen([sys.executable, "-c", self.SCRIPT, str(tmp_path)], env=environ)

        with open(tmp_path / "pipe", "w", encoding="ascii"), open(tmp_path / "pumasi", "rb") as door:
            start.kill()  # the tool has opened its end: it is at work
            start.wait()
            with pytest.raises(BlockingIOError):
                fcntl.flock(door, fcntl.LOCK_EX | fcntl.LOCK_NB)

        with open(tmp_path / "pumasi", "rb") as door:
            fcntl.flock(door, fcntl.LOCK_EX)  # free as soon as the tool is done
