"""Cards and the one-time codes of their strips. A code is kept as a keyed hash and never shown again."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q


class End(models.TextChoices):
    """Why a card works no more."""

    REPLACED = "REPLACED"
    GONE = "GONE"


class Card(models.Model):
    """`number` is what the QR writes. Frozen it waits for its holder; ended it never works again."""

    id = models.UUIDField(primary_key=True)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    number = models.BigIntegerField(unique=True)
    issued_by = models.UUIDField(null=True)
    issued_at = models.DateTimeField()
    wrong_tries = models.PositiveSmallIntegerField(default=0)
    frozen_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    end = models.CharField(max_length=8, choices=End.choices, default="")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="card_one_at_a_time", fields=["person"], condition=Q(ended_at=None)),
            models.CheckConstraint(name="card_ends_for_a_reason", condition=Q(ended_at=None, end="") | ~Q(end="")),
            models.CheckConstraint(
                name="card_ends_after_it_began", condition=Q(ended_at=None) | Q(ended_at__gte=F("issued_at"))
            ),
        ]


class StripCode(models.Model):
    """One code of a card's newest strip: `position` is its number on the paper; `spent_key` what it was spent for."""

    card = models.ForeignKey(Card, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()
    code_hash = models.BinaryField()
    spent_at = models.DateTimeField(null=True)
    spent_key = models.UUIDField(null=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(name="card_strip_position", fields=["card", "position"])]
