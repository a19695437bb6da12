"""A claim for coins and the steps it has taken. Steps are only ever added; the latest one is the claim's state.

The coin's own claim, once accepted, carries the same id as its key. Not here: amounts, caps, the waiting list (`coin`).
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q


class State(models.TextChoices):
    """Capitals that end a claim: ISSUED, WAITLISTED (the coin issues it in its turn) and REJECTED."""

    SUBMITTED = "SUBMITTED"
    AUTO_OK = "AUTO_OK"
    REVIEW = "REVIEW"
    ISSUED = "ISSUED"
    WAITLISTED = "WAITLISTED"
    REJECTED = "REJECTED"


class Evidence(models.TextChoices):
    """What stands behind a claim: the rotating code of a place, or staff in person."""

    CODE = "CODE"
    STAFF = "STAFF"


# A draft is a scan that has not been spent yet (`civic.codes`); from there a claim moves only along these lines.
NEXT: dict[str | None, frozenset[str]] = {
    None: frozenset({State.SUBMITTED}),
    State.SUBMITTED: frozenset({State.AUTO_OK, State.REVIEW}),
    State.AUTO_OK: frozenset({State.ISSUED, State.WAITLISTED}),
    State.REVIEW: frozenset({State.ISSUED, State.WAITLISTED, State.REJECTED}),
}


class Claim(models.Model):
    """`id` is the key of the form that sent it; `quantity` counts the tariff's measure (items, minutes, grams ...)."""

    id = models.UUIDField(primary_key=True)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    place = models.ForeignKey("places.Place", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=40)
    quantity = models.PositiveIntegerField()
    evidence = models.CharField(max_length=8, choices=Evidence.choices)
    scan = models.UUIDField(unique=True)
    done_at = models.DateTimeField()
    sent_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="deeds_claim_quantity", condition=Q(quantity__gt=0)),
            models.CheckConstraint(name="deeds_claim_evidence", condition=Q(evidence__in=Evidence.values)),
        ]
        indexes: ClassVar = [models.Index(name="deeds_claim_place", fields=["place", "sent_at"])]


class ClaimStep(models.Model):
    """A claim has come to `state`; `by` is who did it, None for the node itself."""

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State.choices)
    by = models.UUIDField(null=True)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="deeds_step_once", fields=["claim", "state"]),
            models.CheckConstraint(name="deeds_step_state", condition=Q(state__in=State.values)),
        ]
