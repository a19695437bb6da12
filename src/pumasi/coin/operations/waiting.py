"""Waiting claims are paid in their order as soon as there is budget."""

from django.db import transaction

from pumasi.coin.district import district_tariff
from pumasi.coin.issuing import issue
from pumasi.coin.models import Waiting
from pumasi.kernel.acting import Acting

BATCH = 100


def issue_waiting(acting: Acting, limit: int = BATCH) -> int:
    """Issue up to `limit` waiting claims, oldest first, and stop at the first that the budget does not cover.

    Returns how many were issued. Safe to run again and at once by several workers: rows are locked in queue order.
    """
    tariff = district_tariff()
    issued = 0
    with transaction.atomic():
        queue = (
            Waiting.objects.select_for_update().filter(issued_at=None).select_related("claim").order_by("id")[:limit]
        )
        for waiting in queue:
            if not issue(tariff, waiting.claim, acting.at):
                break
            waiting.issued_at = acting.at
            waiting.save(update_fields=["issued_at"])
            issued += 1
    return issued
