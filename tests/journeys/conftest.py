"""Demos of their own for the browser tests, and browsers on them. These tests touch no database of this process."""

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from pumasi.kernel.clock import SystemClock, fiscal_year, seoul_date

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
PHONE, DESKTOP = {"width": 390, "height": 844}, {"width": 1280, "height": 900}
# As root in a container, and without a word to the outside.
LAUNCH = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# A page may be slow while another test's demo starts beside it; what never comes still fails.
expect.set_options(timeout=20_000)
PROGRAM = "import sys; from pumasi.config.program import main; sys.exit(main())"


@dataclass(frozen=True)
class Demo:
    """A served demo; `url` is a page of a persona ("" for the plain host), `shown` each one's code last used.

    `said`: what the program goes on to print.
    """

    port: int
    shots: Path
    home: Path
    shown: dict[str, str] = field(default_factory=dict)
    said: Iterator[str] = field(default_factory=lambda: iter(()))

    def url(self, persona: str, path: str = "/") -> str:
        return f"http://{persona}{'.' if persona else ''}localhost:{self.port}{path}"


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """`pumasi demo` in a folder of its own, until the tests are over. Its clock is the machine's."""
    with serving(tmp_path_factory.mktemp("demo") / "home", shots_of(tmp_path_factory)) as served:
        yield served


@pytest.fixture(scope="session")
def moving(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """Another one, whose clock tests move on: it begins in the morning of 2 February of the coming year.

    So weeks can go by without the year's end. Each test begins with a new day (`steps.let_pass`).
    """
    home = tmp_path_factory.mktemp("moving") / "home"
    begin_at(home, datetime(fiscal_year(seoul_date(SystemClock().now())) + 1, 2, 2, 1, tzinfo=UTC))
    with serving(home, shots_of(tmp_path_factory), "--keep") as served:
        yield served


def begin_at(home: Path, moment: datetime) -> None:
    """A folder whose demo, served with --keep, begins at that moment."""
    home.mkdir()
    (home / "demo.txt").write_text("made for the journeys\n", encoding="utf-8")
    offset = {"offset_seconds": int((moment - SystemClock().now()).total_seconds())}
    (home / "clock.json").write_text(json.dumps(offset), encoding="ascii")


def shots_of(folders: pytest.TempPathFactory) -> Path:
    shots = Path(os.environ.get("PUMASI_SHOTS", "") or folders.mktemp("shots"))
    shots.mkdir(parents=True, exist_ok=True)
    return shots


@contextmanager
def serving(home: Path, shots: Path, *words: str) -> Iterator[Demo]:
    """The demo as a program, from its last line on the terminal until it has stopped by itself."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    clean = {name: value for name, value in os.environ.items() if not name.startswith("PUMASI_")}
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, "demo", "--small", "--home", str(home), "--port", str(port), *words],
        env={**clean, "PYTHONPATH": str(ROOT / "src"), "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    until_served(process.stdout)
    assert process.poll() is None, "the demo did not start"
    yield Demo(port, shots, home, said=process.stdout)
    process.send_signal(signal.SIGTERM)
    assert process.wait(15) == 0


def until_served(said: Iterator[str]) -> None:
    """Read on to the last line that the program prints once its server answers."""
    next(line for line in said if "Ctrl-C" in line)


@pytest.fixture(scope="session")
def launched() -> Iterator[Callable[..., Browser]]:
    """Starts Chromium with further words of its command line; the caller closes it."""
    with sync_playwright() as playwright:
        path = os.environ["PUMASI_CHROMIUM"]
        yield lambda *words: playwright.chromium.launch(executable_path=path, args=[*LAUNCH, *words])


@pytest.fixture(scope="module")
def chromium(launched: Callable[..., Browser]) -> Iterator[Browser]:
    """One Chromium for a file of tests."""
    browser = launched()
    yield browser
    browser.close()


type Opener = Callable[..., Page]


@pytest.fixture
def open_page(chromium: Browser) -> Iterator[Opener]:
    """Opens a page in a fresh context; keywords are those of Playwright's contexts. Language is Korean unless said."""
    contexts: list[BrowserContext] = []

    def opener(**options: object) -> Page:
        wanted = {"viewport": PHONE, "locale": "ko-KR", **options}
        contexts.append(chromium.new_context(**wanted))  # type: ignore[arg-type]  # options are checked by Playwright
        page = contexts[-1].new_page()
        page.set_default_timeout(45_000)
        return page

    yield opener
    for context in contexts:
        context.close()
