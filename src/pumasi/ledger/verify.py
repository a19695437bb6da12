"""Verifying the books: everything is recomputed from postings and moves of lots, without the code that posted them.

One ordered walk over the book in bounded memory, then one over the places where coins lie. Each check of
`checks/difference.py` names its first difference. Not here: the log (`pumasi.verify`).
"""

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import connections

from pumasi.ledger.checks import accounts as account_checks
from pumasi.ledger.checks.budget import BudgetCheck
from pumasi.ledger.checks.difference import CHECKS, Difference, Findings
from pumasi.ledger.checks.places import PlaceCheck
from pumasi.ledger.checks.transfers import MoveCheck, TransferCheck
from pumasi.ledger.checks.walk import entries, holders
from pumasi.ledger.store import fingerprint, scans

_STEP = 5000
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Report:
    """Rows walked through, and the first difference of each check that failed, in the order they were met."""

    counts: dict[str, int]
    differences: tuple[Difference, ...]
    difference_count: int

    @property
    def ok(self) -> bool:
        """True when the books verify."""
        return not self.differences

    @property
    def check_count(self) -> int:
        """How many checks were made."""
        return len(CHECKS)


def verify(using: str = "default", progress: Progress | None = None) -> Report:
    """Check the whole book in one snapshot; writers are not held up. `progress(done, all)` hears of transfers."""
    findings = Findings()
    with scans.snapshot(using), _collector_at_rest():
        counts = counted(using)
        _schema(using, findings)
        _walk(using, findings, counts, progress)
    return Report(counts, findings.first, findings.count)


@contextmanager
def _collector_at_rest() -> Iterator[None]:
    """Rows make no cycles; the collector would only count millions of places again and again."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _schema(using: str, findings: Findings) -> None:
    difference = fingerprint.check(connections[using])
    if difference is not None:
        findings.add("schema", "fingerprint", "the schema of the release", difference)


def counted(using: str = "default") -> dict[str, int]:
    """How many rows the book has, by name."""
    ((transfers, postings, moves, accounts, lots),) = scans.scan(scans.COUNTS, using)
    return {"transfers": transfers, "postings": postings, "moves": moves, "accounts": accounts, "lots": lots}


def _walk(using: str, findings: Findings, counts: dict[str, int], progress: Progress | None) -> None:
    accounts = holders(using, findings)
    transfers = TransferCheck(accounts, dict(scans.scan(scans.CLOSED_YEARS, using)), findings)
    moves, budget = MoveCheck(accounts, findings), BudgetCheck(accounts, findings)
    places = PlaceCheck(accounts, findings)
    for done, entry in enumerate(entries(using, findings)):
        transfers.check(entry)
        moves.check(entry)
        budget.check(entry)
        places.check(entry)
        if progress is not None and done % _STEP == 0:
            progress(done, counts["transfers"])
    if progress is not None:
        progress(counts["transfers"], counts["transfers"])
    account_checks.check(accounts, findings)
    places.finish(using, counts["lots"])
    account_checks.check_pending(using, findings)
