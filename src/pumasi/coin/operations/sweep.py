"""What time alone brings about: waiting coins vest, holds time out, lapsed coins expire, silent shops give back."""

from django.db import transaction

from pumasi.coin.operations.dispute import answer_overdue_disputes
from pumasi.kernel.acting import Acting
from pumasi.ledger.sweep import sweep as sweep_ledger

STEP = 200
MAX_STEPS = 10_000


def sweep(acting: Acting) -> int:
    """Post everything that is due at `acting.at`, in short transactions, and return how many transfers that made.

    Safe to run again and to kill at any point: the ledger derives each key from what it sweeps.
    """
    done = 0
    # Sums in dispute come back first: what has lapsed of them meanwhile then expires in the same sweep.
    for sweeps in (answer_overdue_disputes, _sweep_books):
        for _ in range(MAX_STEPS):
            step = sweeps(acting)
            done += step
            if step == 0:
                break
    return done


def _sweep_books(acting: Acting) -> int:
    with transaction.atomic():
        return sweep_ledger(acting.at, limit=STEP)
