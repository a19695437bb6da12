"""Uses of codes (each is a scan with a life of its own) and misses. Both are forgotten after a while."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from pumasi.civic.codes.grammar import Kind

USED = [each.value for each in (Kind.PERSON, Kind.PLACE, Kind.CARD)]


class CodeUse(models.Model):
    """`by_person` used the code that `subject` (a person or a place) showed in `step`; `id` is the scan's id.

    A card may be used many times, also within one step: what it is good for is limited elsewhere.

    No keys to people and places: a scan says who met whom when, so it is cut off from them by `forget_before` alone.
    """

    id = models.UUIDField(primary_key=True)
    kind = models.CharField(max_length=1)
    subject = models.UUIDField()
    step = models.BigIntegerField()
    by_person = models.UUIDField()
    key = models.UUIDField()
    used_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    spent_key = models.UUIDField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="code_use_kind", condition=Q(kind__in=USED)),
            models.UniqueConstraint(
                name="code_use_person_once", fields=["subject", "step"], condition=Q(kind=Kind.PERSON.value)
            ),
            models.UniqueConstraint(
                name="code_use_place_once_per_person",
                fields=["subject", "step", "by_person"],
                condition=Q(kind=Kind.PLACE.value),
            ),
            models.UniqueConstraint(name="code_use_key", fields=["by_person", "key"]),
        ]
        indexes: ClassVar = [models.Index(name="code_use_age", fields=["used_at"])]


class Miss(models.Model):
    """A code that was spelt right and proved nothing: somebody may be guessing."""

    id = models.UUIDField(primary_key=True)
    by_person = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(name="code_miss_by", fields=["by_person", "at"])]
