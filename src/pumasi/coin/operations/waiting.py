"""Waiting claims are paid in their order as soon as there is budget."""

from django.db import transaction

from pumasi.coin.district import district_tariff, one_tariff
from pumasi.coin.issuing import issue
from pumasi.coin.models import Waiting
from pumasi.kernel.acting import Acting

BATCH = 100
MAX_BATCHES = 10_000


@one_tariff()
def issue_waiting(acting: Acting) -> int:
    """Issue waiting claims, oldest first, and stop at the first that the budget does not cover; returns how many.

    In short transactions of at most 100 claims. Safe to run again, to kill, and to run at once by several workers: the
    queue is locked in its order before the ledger is.
    """
    issued = 0
    for _ in range(MAX_BATCHES):
        batch = _issue_batch(acting)
        issued += batch
        if batch < BATCH:
            break
    return issued


def _issue_batch(acting: Acting) -> int:
    tariff = district_tariff()
    with transaction.atomic():
        queue = Waiting.objects.select_for_update().filter(issued_at=None).order_by("id")[:BATCH]
        for issued, waiting in enumerate(queue):
            if not issue(tariff, waiting.claim, acting.at):
                return issued
            waiting.issued_at = acting.at
            waiting.save(update_fields=["issued_at"])
        return len(queue)
