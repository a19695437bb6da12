"""Tokens of the API. The secret is shown once; its hash is kept."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q


class Token(models.Model):
    """A program acts for `person`, within `scopes` (words with a space between), to the end of `ends`.

    `minute` and `used` count the calls of the latest minute since 1970, for the limit.
    """

    id = models.UUIDField(primary_key=True)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=60)
    secret_hash = models.BinaryField(max_length=32, unique=True)
    scopes = models.TextField()
    made_at = models.DateTimeField()
    ends = models.DateField()
    ended_at = models.DateTimeField(null=True)
    seen_on = models.DateField(null=True)
    minute = models.BigIntegerField(default=0)
    used = models.IntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="api_token_has_scopes", condition=~Q(scopes="")),
            models.CheckConstraint(name="api_token_counts_up", condition=Q(used__gte=0)),
            models.CheckConstraint(
                name="api_token_ends_after_made", condition=Q(ended_at=None) | Q(ended_at__gte=F("made_at"))
            ),
        ]
        indexes: ClassVar = [models.Index(name="api_token_person", fields=["person", "-made_at"])]
