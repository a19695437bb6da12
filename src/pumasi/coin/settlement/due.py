"""Whether a batch is due: a fixed day has passed since the last one, or enough is payable (decisions 36)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from pumasi.coin.settlement.candidates import Candidates
from pumasi.coin.settlement.models import Batch, State
from pumasi.coin.settlement.rules import rule
from pumasi.kernel.clock import seoul_date


@dataclass(frozen=True)
class Due:
    """`next_day` is the next fixed day, or the one that has come."""

    is_due: bool
    next_day: date
    payable_won: int
    threshold_won: int


def due(found: Candidates, at: datetime) -> Due:
    """Whether what was found may be paid out at `at`."""
    today = seoul_date(at)
    held = rule(today)
    payable = sum(payee.won for payee in found.payees)
    newest = Batch.objects.exclude(state=State.VOID).order_by("-number").first()
    # Before the first batch, the last month counts: a district that starts on the 12th pays on the 25th at the latest.
    since = seoul_date(newest.made_at) if newest else today - timedelta(days=31)
    next_day = held.next_day(since)
    is_due = next_day <= today or payable >= held.threshold_won
    return Due(is_due, next_day, payable, held.threshold_won)
