"""A shop's way from application to closing, the devices on its counter, and price lists of facilities.

States are only ever added as steps. The state of the day (open, wanted items, limits) is `civic.places`' and money is
the coin's: rows here point at a place.
"""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

PERSON, PLACE = "people.Person", "places.Place"


class State(models.TextChoices):
    """MISSING waits for the owner, PROPOSED for a second officer; REFUSED and CLOSED end the shop."""

    APPLIED = "APPLIED"
    MISSING = "MISSING"
    REFUSED = "REFUSED"
    VERIFIED = "VERIFIED"
    ACTIVE = "ACTIVE"
    PROPOSED = "PROPOSED"
    SUSPENDED = "SUSPENDED"
    CLOSED = "CLOSED"


class SuspensionCause(models.TextChoices):
    """Why a shop is suspended: its terms (one officer after notice), or signs of fraud (two officers)."""

    TERMS = "TERMS"
    FRAUD = "FRAUD"


NEXT: dict[str, frozenset[str]] = {
    State.APPLIED: frozenset({State.MISSING, State.REFUSED, State.VERIFIED}),
    State.MISSING: frozenset({State.APPLIED, State.REFUSED}),
    State.VERIFIED: frozenset({State.ACTIVE, State.REFUSED}),
    State.ACTIVE: frozenset({State.PROPOSED, State.CLOSED}),
    State.PROPOSED: frozenset({State.SUSPENDED, State.ACTIVE, State.CLOSED}),
    State.SUSPENDED: frozenset({State.ACTIVE, State.CLOSED}),
}


class Shop(models.Model):
    """An application and what became of it; `id` is the key of the form. A new owner is a new shop.

    `items` are codes of `coin.items` with spaces between; `ended_at` is set by REFUSED and CLOSED and frees the number.
    """

    id = models.UUIDField(primary_key=True)
    name_ko = models.CharField(max_length=60)
    name_en = models.CharField(max_length=60)
    dong = models.CharField(max_length=20)
    business_number = models.CharField(max_length=10)
    owner = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    items = models.TextField()
    place = models.OneToOneField(PLACE, on_delete=models.PROTECT, related_name="+", null=True)
    applied_by = models.UUIDField()
    applied_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="shops_one_live_number", fields=["business_number"], condition=Q(ended_at=None)
            ),
        ]


class ShopStep(models.Model):
    """A shop has come to `state`: who, when, why; for a suspension also cause, clause, notice and last day."""

    shop = models.ForeignKey(Shop, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=9, choices=State.choices)
    by = models.UUIDField()
    at = models.DateTimeField()
    why = models.CharField(max_length=300)
    cause = models.CharField(max_length=5, choices=SuspensionCause.choices, blank=True)
    clause = models.CharField(max_length=80)
    notice = models.CharField(max_length=120)
    until = models.DateField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="shops_step_state", condition=Q(state__in=State.values)),
        ]
        indexes: ClassVar = [models.Index(name="shops_step_shop", fields=["shop", "-id"])]


class DeviceCode(models.Model):
    """Once, within minutes, this code binds a device to a place; only its keyed hash is kept."""

    code_hash = models.BinaryField(max_length=32, unique=True)
    place = models.ForeignKey(PLACE, on_delete=models.PROTECT, related_name="+")
    made_by = models.UUIDField()
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)


class Device(models.Model):
    """A device on a counter. It acts for `bound_by`, whose role at the place it needs; the token's hash is kept."""

    id = models.UUIDField(primary_key=True)
    place = models.ForeignKey(PLACE, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=40)
    token_hash = models.BinaryField(max_length=32, unique=True)
    bound_by = models.UUIDField()
    bound_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)


class DeviceTaking(models.Model):
    """A payment that a device has taken: it may undo its own and no others."""

    payment = models.UUIDField(primary_key=True)
    device = models.ForeignKey(Device, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(name="shops_taking_device", fields=["device", "-at"])]


class Price(models.Model):
    """What something costs at a place, in won, from `starts` until it is ended; a new price is a new row."""

    place = models.ForeignKey(PLACE, on_delete=models.PROTECT, related_name="+")
    name_ko = models.CharField(max_length=40)
    name_en = models.CharField(max_length=40)
    won = models.PositiveIntegerField()
    starts = models.DateField()
    ended_on = models.DateField(null=True)
    set_by = models.UUIDField()
    set_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="shops_price_positive", condition=Q(won__gt=0)),
            models.CheckConstraint(
                name="shops_price_ends_later", condition=Q(ended_on=None) | Q(ended_on__gte=F("starts"))
            ),
        ]
        indexes: ClassVar = [models.Index(name="shops_price_place", fields=["place", "starts"])]
