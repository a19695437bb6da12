"""The test run's frame: tiers, stores, hypothesis profiles and the counts that `./pumasi test` sums up.

`PUMASI_TIER` is quick (default), full or soak; `PUMASI_STORE` is sqlite (default: all tests) or postgres (only tests
that are marked `postgres` or `postgres_only`). What a tier leaves out is said in one line, never silently.
"""

import json
import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import translation
from hypothesis import HealthCheck, settings

from house.examples import STORE, TIER, TIERS, fewer
from house.node_in_tests import flush_empties_all, home, node_key, node_key_file, record

# Once for the whole tree: a second conftest with the same fixtures would take the triggers away twice.
__all__ = ["flush_empties_all", "home", "node_key", "node_key_file", "record"]

LEFT_OUT = pytest.StashKey[Counter[str]]()

for name, examples in zip(TIERS, (20, 150, 5000), strict=True):
    settings.register_profile(
        name,
        max_examples=fewer(examples),
        stateful_step_count=30 if name == "quick" else 50,
        derandomize=name != "soak",
        deadline=None,
        database=None,
        suppress_health_check=[HealthCheck.too_slow],
    )
settings.load_profile(TIER)


@pytest.fixture(autouse=True)
def default_language() -> Iterator[None]:
    """A page in English leaves its language in the thread; the next test begins in the node's own."""
    yield
    translation.deactivate()


def pytest_configure(config: pytest.Config) -> None:
    if TIER not in TIERS:
        raise pytest.UsageError(f"PUMASI_TIER={TIER}: use one of {', '.join(TIERS)}")
    config.stash[LEFT_OUT] = Counter()


def reason_to_leave_out(item: pytest.Item) -> str | None:
    """Why this tier or store does not run the test; None when it does."""
    marks = {mark.name for mark in item.iter_markers()}
    if "soak" in marks and TIER != "soak":
        return "only in ./pumasi test --soak"
    if "full" in marks and TIER == "quick":
        return "only in ./pumasi test --full"
    if STORE == "sqlite" and "postgres_only" in marks:
        return "only on PostgreSQL"
    if STORE == "postgres" and not marks & {"postgres", "postgres_only"}:
        return "already run on SQLite"
    return None


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    kept, left_out = [], []
    for item in items:
        reason = reason_to_leave_out(item)
        (left_out if reason else kept).append(item)
        if reason:
            config.stash[LEFT_OUT][reason] += 1
        elif item.get_closest_marker("browser") and not os.environ.get("PUMASI_CHROMIUM"):
            item.add_marker(
                pytest.mark.skip(reason="no Chromium here: ./pumasi test as root installs it, or set PUMASI_CHROMIUM")
            )
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = kept


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: object, error: object) -> None:
    """xdist collects in its workers: take what the first of them left out."""
    output = getattr(node, "workeroutput", {})
    config: pytest.Config = node.config  # type: ignore[attr-defined]  # xdist's node has no public type
    config.stash[LEFT_OUT] = config.stash[LEFT_OUT] or Counter(output.get("left_out", {}))


def pytest_sessionfinish(session: pytest.Session) -> None:
    output = getattr(session.config, "workeroutput", None)
    if output is not None:
        output["left_out"] = dict(session.config.stash[LEFT_OUT])


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    count = {
        name: len(terminalreporter.getreports(name)) for name in ("passed", "failed", "error", "skipped", "xfailed")
    }
    for reason, number in sorted(config.stash[LEFT_OUT].items()):
        terminalreporter.write_line(f"not run here ({TIER} tier, {STORE}): {number} tests, {reason}")
    if path := os.environ.get("PUMASI_TALLY"):
        sums = {
            "passed": count["passed"],
            "failed": count["failed"] + count["error"],
            "skipped": count["skipped"] + count["xfailed"],
        }
        Path(path).write_text(json.dumps(sums), encoding="utf-8")
