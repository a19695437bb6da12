"""`./pumasi test`: the test run. SQLite for all tests, then PostgreSQL for those that must hold on both stores.

Tiers (decisions 25): quick is the default, `--full` is what `.ci/run` runs, `--soak` runs for hours; other words are
pytest's. The last line is always `N passed, N failed, N skipped`, summed over the runs, alone on its line.
"""

import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from urllib.parse import urlsplit, urlunsplit

from house.cluster import ClusterFailed, find_binaries, throwaway
from house.provision import NEEDS, find_chromium, provide

ROOT = Path(__file__).resolve().parent.parent
POSTGRES = "PUMASI_TEST_POSTGRES"
OURS = {POSTGRES, "PUMASI_CHROMIUM", "PUMASI_PYTHON"}
NO_TESTS = 5  # pytest's exit code for an empty selection
HELP = """Usage: ./pumasi test [--full | --soak] [--no-install] [pytest words]

  ./pumasi test                     quick tier: under 12 minutes on two cores
  ./pumasi test --full              what .ci/run runs
  ./pumasi test --soak              for hours
  ./pumasi test PATH -k WORD        any pytest words; both stores, no apt
  --no-install                      do not ask apt for what is absent

PostgreSQL: a throw-away cluster on a port of its own, or PUMASI_TEST_POSTGRES=postgresql://user:password@host:port/postgres
With CI=true anything unavailable makes the run fail."""


@dataclass
class Tally:
    """Sums over the pytest runs."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0
    wrong: bool = False
    unavailable: list[str] = field(default_factory=list)

    def add(self, counts: Mapping[str, int]) -> None:
        self.passed += counts["passed"]
        self.failed += counts["failed"]
        self.skipped += counts["skipped"]

    def line(self) -> str:
        return f"{self.passed} passed, {self.failed} failed, {self.skipped} skipped"


@dataclass(frozen=True)
class Words:
    """The command line, read."""

    tier: str
    install: bool
    rest: list[str]


def run(argv: Sequence[str]) -> int:
    """Run the tests; 0 when all passed (and, with CI=true, nothing was unavailable), 1 otherwise."""
    if argv and argv[0] in {"-h", "--help"}:
        print(HELP)
        return 0
    words = read_words(argv)
    tally = Tally()
    try:
        with terminated_like_interrupted(), ExitStack() as stack:
            absent = provide() if words.install else []
            tally.unavailable += [f"{need.name}: not tested: {need.lost}" for need in absent]
            url = postgres(stack, tally)
            pytest_run(words, environment(words.tier, url, store="sqlite"), tally)
            if url:
                pytest_run(words, environment(words.tier, url, store="postgres"), tally)
    except KeyboardInterrupt:
        print("\ninterrupted: the sums are of what was finished")
        tally.wrong = True
    return close(tally, in_ci=os.environ.get("CI", "").lower() in {"1", "true"})


def read_words(argv: Sequence[str]) -> Words:
    """Take our own words out; what is left is pytest's. Words of pytest's own mean a person at work: no apt then."""
    rest = [word for word in argv if word not in {"--full", "--soak", "--no-install"}]
    tier = "soak" if "--soak" in argv else "full" if "--full" in argv else "quick"
    return Words(tier, install=not rest and "--no-install" not in argv, rest=rest)


def postgres(stack: ExitStack, tally: Tally) -> str:
    """URL of a maintenance database: the given one, or that of a cluster that lives as long as `stack`; else empty."""
    given = os.environ.get(POSTGRES, "")
    if given:
        return given
    binaries = find_binaries()
    if binaries is None:
        line = "PostgreSQL: not tested: everything that must hold on both stores"
        tally.unavailable += [] if any(name.startswith("PostgreSQL") for name in tally.unavailable) else [line]
        return ""
    try:
        return stack.enter_context(throwaway(binaries))
    except ClusterFailed as reason:
        tally.unavailable.append(f"PostgreSQL did not start ({reason})")
        return ""


def environment(tier: str, url: str, store: str) -> dict[str, str]:
    """Environment of one pytest run on one store. No variable of a node may point the tests at real data."""
    kept = {name: value for name, value in os.environ.items() if name in OURS or not name.startswith("PUMASI_")}
    environ = {**kept, "PUMASI_TIER": tier, "PUMASI_STORE": store}
    environ |= {POSTGRES: url} if url else {}
    chromium = find_chromium()
    environ |= {"PUMASI_CHROMIUM": chromium} if chromium else {}
    if store == "postgres":
        environ["PUMASI_DATABASE_URL"] = with_name(url, "pumasi")
        environ["PUMASI_KEYS_DATABASE_URL"] = with_name(url, "pumasi_keys")
    return environ


def with_name(url: str, name: str) -> str:
    """The same server, another database."""
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))


def pytest_run(words: Words, environ: dict[str, str], tally: Tally) -> None:
    """One pytest process; its counts go into `tally`. No counts at all means that it died, which is a failure."""
    store = environ["PUMASI_STORE"]
    # `load` gives each worker its tests in order: those that commit come last, as pytest-django has sorted them.
    workers = ["-n", "2", "--dist", "load"] if not words.rest else []
    print(f"\n=== {words.tier} tier on {store} ===", flush=True)
    with tempfile.TemporaryDirectory(prefix="pumasi-tally-") as folder:
        report = Path(folder) / "counts.json"
        command = [sys.executable, "-m", "pytest", "-q", *workers, *words.rest]
        own = {"PUMASI_TALLY": str(report), "PUMASI_HOME": str(Path(folder) / "home")}
        code = subprocess.call(command, cwd=ROOT, env={**environ, **own})
        if report.exists():
            tally.add(json.loads(report.read_text(encoding="utf-8")))
        elif code != NO_TESTS:
            tally.failed += 1
    tally.wrong |= code not in {0, NO_TESTS}


def close(tally: Tally, *, in_ci: bool) -> int:
    """Say loudly what was unavailable, then the sums as the very last line. Returns the exit code."""
    empty = tally.passed + tally.failed == 0
    if tally.unavailable:
        verdict = "This fails the run, because CI=true." if in_ci else "The run says nothing about it."
        print("\n" + "!" * 100)
        for line in tally.unavailable:
            print(f"!! UNAVAILABLE {line}")
        packages = " ".join(package for need in NEEDS for package in need.packages)
        print(f"!! {verdict} To get it on Debian or Ubuntu: apt install {packages}")
        print("!" * 100)
    if empty and not tally.wrong:
        print("\nno test was selected")
    print(f"\n{tally.line()}", flush=True)
    return 1 if tally.wrong or tally.failed or empty or (in_ci and tally.unavailable) else 0


@contextmanager
def terminated_like_interrupted() -> Iterator[None]:
    """A polite kill must still stop the cluster: SIGTERM becomes KeyboardInterrupt while the tests run."""

    def interrupt(_signal: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
