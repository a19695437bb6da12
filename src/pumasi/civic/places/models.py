"""The place with its state of today, hours, closures and stickers.

Nothing secret is in the table: rotating codes derive from the node key, the id and `code_version`.
"""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from pumasi.civic.places.positions import EAST, NORTH, SOUTH, WEST

NUMBERS = 2**15


class PlaceKind(models.TextChoices):
    SHOP = "SHOP"
    FACILITY = "FACILITY"
    CENTRE = "CENTRE"
    MACHINE = "MACHINE"


class Need(models.TextChoices):
    """How much a place wants more of an item; FULL is said for one day and forgets itself in the morning."""

    NEEDED = "NEEDED"
    ENOUGH = "ENOUGH"
    FULL = "FULL"


class Place(models.Model):
    """A place. `number` is public (three symbols on the sticker); `till` owns its takings in the ledger.

    `is_outsourced` never changes: whoever takes a facility over opens a new place, as a shop's new owner does.
    """

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
    item_limits = models.TextField(default="")  # "CODE=number" with spaces between them
    full = models.TextField(default="")
    full_on = models.DateField(null=True)
    suspended_from = models.DateField(null=True)
    suspended_until = models.DateField(null=True)
    is_outsourced = models.BooleanField(default=False)
    # Hundred-thousandths of a degree, WGS84 (`positions`); both or neither.
    latitude_e5 = models.PositiveIntegerField(null=True)
    longitude_e5 = models.PositiveIntegerField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="place_kind_known", condition=Q(kind__in=PlaceKind.values)),
            models.CheckConstraint(name="place_number_in_range", condition=Q(number__lt=NUMBERS)),
            models.CheckConstraint(
                name="place_closes_after_opening", condition=Q(closed_on=None) | Q(closed_on__gte=F("opened_on"))
            ),
            models.CheckConstraint(
                name="place_position_in_korea",
                condition=Q(latitude_e5__isnull=True, longitude_e5__isnull=True)
                | Q(
                    latitude_e5__isnull=False,
                    longitude_e5__isnull=False,
                    latitude_e5__range=(SOUTH, NORTH),
                    longitude_e5__range=(WEST, EAST),
                ),
            ),
        ]
        indexes: ClassVar = [models.Index(name="place_kind", fields=["kind", "dong"])]


class Hours(models.Model):
    """Open on a day of the week (0 = Monday) from `opens` until `closes`, minutes after midnight in Seoul."""

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    weekday = models.PositiveSmallIntegerField()
    opens = models.PositiveSmallIntegerField()
    closes = models.PositiveSmallIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="place_hours_once", fields=["place", "weekday"]),
            models.CheckConstraint(
                name="place_hours_in_order", condition=Q(weekday__lt=7, closes__lte=1440, opens__lt=F("closes"))
            ),
        ]


class Closure(models.Model):
    """Closed from `starts` to `ends`, both inclusive, for a reason in the shop's own words."""

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    starts = models.DateField()
    ends = models.DateField()
    reason = models.CharField(max_length=60)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="place_closure_in_order", condition=Q(ends__gte=F("starts")))
        ]
        indexes: ClassVar = [models.Index(name="place_closure", fields=["place", "ends"])]


class Sticker(models.Model):
    """A printed QR: `serial` counts from 1 at its place; revoked, it leads nowhere though others still do."""

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    serial = models.PositiveSmallIntegerField()
    printed_by = models.UUIDField(null=True)
    printed_at = models.DateTimeField()
    revoked_by = models.UUIDField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="place_sticker_once", fields=["place", "serial"]),
            models.CheckConstraint(name="place_sticker_in_range", condition=Q(serial__gte=1, serial__lt=1024)),
        ]
