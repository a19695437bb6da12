"""Who looks after whom. A row begins and ends; nothing else of it changes."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

PERSON = "people.Person"


class Basis(models.TextChoices):
    """Why somebody may: a parent of a minor, appointed by a court (민법 article 936), or asked by the person."""

    PARENT = "PARENT"
    COURT = "COURT"
    WISH = "WISH"


class Guardianship(models.Model):
    """From `at` to the last day `ends`, or until `ended_at`; `made_by` is the officer who has seen the papers."""

    id = models.UUIDField(primary_key=True)
    ward = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    guardian = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    basis = models.CharField(max_length=6, choices=Basis.choices)
    ends = models.DateField()
    made_by = models.UUIDField(null=True)
    at = models.DateTimeField()
    ended_by = models.UUIDField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="guardian_is_another", condition=~Q(ward=F("guardian"))),
            models.CheckConstraint(name="guardian_basis_known", condition=Q(basis__in=Basis.values)),
            models.UniqueConstraint(name="guardian_once", fields=["ward", "guardian"], condition=Q(ended_at=None)),
        ]
