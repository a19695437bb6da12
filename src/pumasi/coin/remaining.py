"""How much of a payment is where: with the place, back with the payer, or waiting in suspense. Minor units.

Exact only under the payment's lock (`operations.refund.locked_payment`); pages read it without.
"""

from django.db.models import Sum

from pumasi.coin.models import DISPUTE_ENDS, Dispute, DisputeStep, Payment, Refund


def returned_of(payment: Payment) -> int:
    """What has come back to the payer."""
    return int(Refund.objects.filter(payment=payment).aggregate(coins=Sum("coins", default=0))["coins"])


def disputed_of(payment: Payment) -> int:
    """What waits in suspense."""
    ended = DisputeStep.objects.filter(state__in=DISPUTE_ENDS).values("dispute_id")
    waiting = Dispute.objects.filter(payment=payment).exclude(key__in=ended)
    return int(waiting.aggregate(coins=Sum("coins", default=0))["coins"])


def left_of(payment: Payment) -> int:
    """What neither came back nor waits in suspense."""
    return payment.coins - returned_of(payment) - disputed_of(payment)
