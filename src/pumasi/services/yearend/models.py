"""Rows of the year end: carrying over, reviewed roles, drawn samples, and names shown to an auditor.

All of them are only ever added, held by triggers (migration 0001): who asks and who agrees are rows of their own.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q

PERSON = "people.Person"


class CarryOver(models.Model):
    """A budget officer asks that the encumbered won of a year go on; `id` is the key of the form."""

    id = models.UUIDField(primary_key=True)
    year = models.PositiveSmallIntegerField()
    document = models.CharField(max_length=80)
    asked_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()


class CarryOverDone(models.Model):
    """A second budget officer agreed, and it was posted; once per year."""

    asked = models.OneToOneField(CarryOver, on_delete=models.PROTECT, primary_key=True, related_name="+")
    year = models.PositiveSmallIntegerField(unique=True)
    agreed_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    won = models.BigIntegerField()
    transfer = models.BigIntegerField(unique=True)
    at = models.DateTimeField()


class Decision(models.TextChoices):
    KEEP = "KEEP"
    END = "END"


class RoleReview(models.Model):
    """One role that ends with the year was looked at: given again, or left to end."""

    year = models.PositiveSmallIntegerField()
    role = models.ForeignKey("people.Role", on_delete=models.PROTECT, related_name="+")
    decision = models.CharField(max_length=4, choices=Decision.choices)
    reviewed_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="yearend_role_once", fields=["year", "role"]),
            models.CheckConstraint(name="yearend_decision_known", condition=Q(decision__in=Decision.values)),
        ]


class Sample(models.Model):
    """A draw of payments: the seed, and the public record as it stood, from which everybody draws the same."""

    id = models.UUIDField(primary_key=True)
    year = models.PositiveSmallIntegerField()
    seed = models.CharField(max_length=80)
    count = models.PositiveSmallIntegerField()
    block = models.BigIntegerField()
    size = models.BigIntegerField()
    root = models.CharField(max_length=64)
    drawn_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(name="yearend_sample_some", condition=Q(count__gt=0))]


class NameAsk(models.Model):
    """An auditor asks to see who stands behind one payment, by order number and reason."""

    id = models.UUIDField(primary_key=True)
    payment = models.ForeignKey("coin.Payment", on_delete=models.PROTECT, related_name="+")
    order_number = models.CharField(max_length=80)
    reason = models.CharField(max_length=200)
    asked_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()


class NameGrant(models.Model):
    """A second person agreed: until `until` the asker may look, and each look is noted for the person."""

    asked = models.OneToOneField(NameAsk, on_delete=models.PROTECT, primary_key=True, related_name="+")
    agreed_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    until = models.DateTimeField()
