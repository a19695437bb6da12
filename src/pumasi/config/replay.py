"""Replaying a file of what happened in a district: one JSON command per line, each carried out or refused alone.

`replay` is what `pumasi replay` and the demo call. Not here: the command line (`programs.replay`).
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from django.db import transaction

from pumasi.config.replay_errors import TimeRunsBack, UnknownStep
from pumasi.config.replay_lines import read_line
from pumasi.config.replay_steps import STEPS, Cast
from pumasi.kernel.clock import KST, SystemClock
from pumasi.kernel.ids import new_id
from pumasi.kernel.result import Refusal
from pumasi.ledger.reads import trial_balance

type Balances = dict[str, int]


@dataclass(frozen=True)
class Refused:
    """A line that was not carried out: its number in the file (from 1) and why."""

    line: int
    refusal: Refusal


@dataclass
class Report:
    """What a replay did. `balances`: change of each ledger code and unit ("2100:SC") in minor units, without zeros."""

    cast: Cast
    accepted: Counter[str] = field(default_factory=Counter)
    refused: list[Refused] = field(default_factory=list)
    balances: Balances = field(default_factory=dict)

    def as_expected(self) -> dict[str, Any]:
        """The report in the form of an `.expected.json` file."""
        return {
            "accepted": dict(sorted(self.accepted.items())),
            "refused": [{"line": one.line, "code": one.refusal.code} for one in self.refused],
            "balances": self.balances,
        }


def replay(lines: Iterable[bytes], on_line: Callable[[int], None] = lambda number: None) -> Report:
    """Carry out every line in a transaction of its own; a refused line changes nothing and stops nothing.

    Blank lines are skipped. Refusals of all rooms become rows of the report; any other exception is a bug and rises.
    """
    before = _balances()
    report = Report(Cast(new_id(SystemClock().now())))
    latest: datetime | None = None
    for number, encoded in enumerate(lines, start=1):
        if not encoded.strip():
            continue
        try:
            do, latest = _carry_out(report.cast, encoded.rstrip(b"\r\n"), latest)
        except Refusal as refusal:
            report.refused.append(Refused(number, refusal))
        else:
            report.accepted[do] += 1
        on_line(number)
    report.balances = _difference(before, _balances())
    return report


def differences(expected: object, report: Report) -> list[str]:
    """What differs from an expectation, one sentence each; empty when all is as expected."""
    if not isinstance(expected, dict):
        return ["the expectation is not a JSON object"]
    found = report.as_expected()
    unknown = [f"unknown field {name!r}" for name in sorted(set(expected) - set(found))]
    return unknown + [
        f"{name}: expected {expected[name]}, found {found[name]}"
        for name in found
        if name in expected and expected[name] != found[name]
    ]


def _carry_out(cast: Cast, encoded: bytes, latest: datetime | None) -> tuple[str, datetime]:
    line = read_line(encoded)
    at, do = line.moment("at").astimezone(UTC), line.text("do")
    if do not in STEPS:
        raise UnknownStep(do=do[:40], known=", ".join(STEPS))
    if latest is not None and at < latest:
        raise TimeRunsBack(before=latest.astimezone(KST).isoformat())
    with transaction.atomic():
        STEPS[do](cast, line, at)
    return do, at


def _balances() -> Balances:
    return {f"{line.row.code}:{line.unit}": line.balance for line in trial_balance()}


def _difference(before: Balances, after: Balances) -> Balances:
    return {at: moved for at, now in sorted(after.items()) if (moved := now - before.get(at, 0))}
