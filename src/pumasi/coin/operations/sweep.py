"""What time alone brings about: waiting coins vest, holds time out, lapsed coins expire."""

from django.db import transaction

from pumasi.kernel.acting import Acting
from pumasi.ledger.sweep import sweep as sweep_ledger

STEP = 200
MAX_STEPS = 10_000


def sweep(acting: Acting) -> int:
    """Post everything that is due at `acting.at`, in short transactions, and return how many transfers that made.

    Safe to run again and to kill at any point: the ledger derives each key from what it sweeps.
    """
    done = 0
    for _ in range(MAX_STEPS):
        with transaction.atomic():
            step = sweep_ledger(acting.at, limit=STEP)
        done += step
        if step == 0:
            break
    return done
