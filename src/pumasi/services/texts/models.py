"""Texts and their versions. Rows are only ever added; the latest version counts."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q


class Kind(models.TextChoices):
    """OUTAGE: on top of all pages. CLOSURE: the desks are closed. QUESTION: of the help page. NOTE: on one page."""

    OUTAGE = "OUTAGE"
    CLOSURE = "CLOSURE"
    QUESTION = "QUESTION"
    NOTE = "NOTE"


DATED = (Kind.OUTAGE, Kind.CLOSURE)


class Text(models.Model):
    """Something to say. `slot`: where a NOTE stands."""

    id = models.UUIDField(primary_key=True)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    slot = models.CharField(max_length=12, default="")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="texts_note_has_a_slot", condition=Q(kind=Kind.NOTE) ^ Q(slot="")),
            models.UniqueConstraint(name="texts_slot_once", fields=["slot"], condition=~Q(slot="")),
        ]


class Version(models.Model):
    """The words of a text since `at`. `easy`: the same in easy Korean. A text that is not shown is kept."""

    text = models.ForeignKey(Text, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    title_ko = models.CharField(max_length=80)
    title_en = models.CharField(max_length=80)
    body_ko = models.CharField(max_length=1500)
    body_en = models.CharField(max_length=1500)
    easy = models.CharField(max_length=800, default="")
    starts = models.DateField(null=True)
    ends = models.DateField(null=True)
    is_shown = models.BooleanField()
    by = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="texts_version_once", fields=["text", "number"]),
            models.CheckConstraint(
                name="texts_days_in_order",
                condition=Q(starts=None, ends=None) | Q(starts__isnull=False, ends__gte=F("starts")),
            ),
        ]
