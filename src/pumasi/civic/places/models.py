"""The place. Nothing secret is in the table: rotating codes derive from the node key, the id and `code_version`."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

NUMBERS = 2**15


class PlaceKind(models.TextChoices):
    SHOP = "SHOP"
    FACILITY = "FACILITY"
    CENTRE = "CENTRE"
    MACHINE = "MACHINE"


class Place(models.Model):
    """A place. `number` is public (three symbols on the sticker); `till` owns its takings in the ledger."""

    id = models.UUIDField(primary_key=True)
    number = models.PositiveIntegerField(unique=True)
    kind = models.CharField(max_length=8, choices=PlaceKind.choices)
    name_ko = models.CharField(max_length=60)
    name_en = models.CharField(max_length=60)
    dong = models.CharField(max_length=20)
    till = models.UUIDField(unique=True)
    opened_on = models.DateField()
    closed_on = models.DateField(null=True)
    code_version = models.PositiveIntegerField(default=1)
    # Codes with spaces between them. Not JSON, whose check would open the database whenever a command starts.
    accepts = models.TextField(default="")
    needs = models.TextField(default="")
    daily_limit = models.PositiveIntegerField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="place_kind_known", condition=Q(kind__in=PlaceKind.values)),
            models.CheckConstraint(name="place_number_in_range", condition=Q(number__lt=NUMBERS)),
            models.CheckConstraint(
                name="place_closes_after_opening", condition=Q(closed_on=None) | Q(closed_on__gte=F("opened_on"))
            ),
        ]
        indexes: ClassVar = [models.Index(name="place_kind", fields=["kind", "dong"])]
