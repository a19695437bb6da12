"""One append-only table. Triggers refuse every change (migration 0002); there is no update path in the code either."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from pumasi.kernel.acting import Channel


class Kind(models.TextChoices):
    LOOK = "LOOK"
    ACT = "ACT"


class AuditRow(models.Model):
    """`actor` (a person id, or none for a job of the node) did `action` to `whom` at `at`, through `channel`.

    No keys to other tables: a row outlives the person it speaks of, and audit stands below people.
    """

    id = models.UUIDField(primary_key=True)
    kind = models.CharField(max_length=4, choices=Kind.choices)
    at = models.DateTimeField()
    actor = models.UUIDField(null=True)
    actor_role = models.CharField(max_length=120)
    subject = models.UUIDField(null=True)
    channel = models.CharField(max_length=8)
    purpose = models.CharField(max_length=100)
    action = models.CharField(max_length=60)
    whom = models.UUIDField(null=True)
    detail_code = models.CharField(max_length=60)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="audit_kind_known", condition=Q(kind__in=Kind.values)),
            models.CheckConstraint(name="audit_channel_known", condition=Q(channel__in=[c.value for c in Channel])),
            models.CheckConstraint(name="audit_look_has_purpose", condition=~Q(kind="LOOK") | ~Q(purpose="")),
        ]
        indexes: ClassVar = [
            models.Index(name="audit_whom", fields=["whom", "kind", "-id"]),
            models.Index(name="audit_actor_at", fields=["actor", "-at"]),
        ]
