"""Sales with a part in won, their steps, what of the won went back, and the simulated provider's own book."""

from typing import ClassVar

from django.db import models
from django.db.models import Q


class State(models.TextChoices):
    """A sale's latest step says where it stands. To be settled: OPEN, AUTHORISED, SPENT, RELEASING."""

    OPEN = "OPEN"  # authorisation may have been asked
    AUTHORISED = "AUTHORISED"  # the won are reserved at the provider
    SPENT = "SPENT"  # the coins are paid: only forward from here
    DONE = "DONE"  # the won are captured
    DECLINED = "DECLINED"  # nothing happened on either side
    RELEASING = "RELEASING"  # no coins are taken, or they are back; the reservation is being let go
    RELEASED = "RELEASED"


ENDS = (State.DONE, State.DECLINED, State.RELEASED)


class Sale(models.Model):
    """`coins` whole coins and `won` for one price. `payment_id` is the coin payment's key."""

    id = models.UUIDField(primary_key=True)
    place = models.ForeignKey("places.Place", on_delete=models.PROTECT, related_name="+")
    payer = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    cashier = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    coins = models.PositiveIntegerField()
    price = models.PositiveIntegerField()
    won = models.PositiveIntegerField()
    payment_id = models.UUIDField(unique=True)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="pos_sale_has_both", condition=Q(coins__gt=0, won__gt=0, price__gt=0))
        ]
        indexes: ClassVar = [models.Index(name="pos_sale_place", fields=["place", "-at"])]


class SaleStep(models.Model):
    """A sale came to `state`. `reference` is the provider's; `reason` a short code of it or of a refusal."""

    sale = models.ForeignKey(Sale, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State.choices)
    reference = models.CharField(max_length=60, default="")
    reason = models.CharField(max_length=60, default="")
    day = models.DateField()
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(name="pos_step_once", fields=["sale", "state"])]


class WonBack(models.Model):
    """What of a sale's won the provider has given back, for one refund of coins (`refund_id` is its key)."""

    refund_id = models.UUIDField(primary_key=True)
    sale = models.ForeignKey(Sale, on_delete=models.PROTECT, related_name="+")
    won = models.PositiveIntegerField()
    reference = models.CharField(max_length=60)
    day = models.DateField()
    at = models.DateTimeField()


class SimulatedMove(models.Model):
    """The simulated provider's own book: what it has done under a key. No money."""

    key = models.UUIDField(primary_key=True)
    kind = models.CharField(max_length=10)
    of = models.UUIDField(null=True)
    won = models.PositiveIntegerField()
    reason = models.CharField(max_length=30, default="")
    day = models.DateField()
