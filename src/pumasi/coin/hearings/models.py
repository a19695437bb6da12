"""A case against a person or a shop, with its steps. Steps are append-only by triggers (migration 0001).

Not here: what the decision moves (`coin.operations.clawback`, the shops' service).
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q

PERSON = "people.Person"


class Kind(models.TextChoices):
    CLAWBACK = "CLAWBACK"
    SUSPENSION = "SUSPENSION"


class State(models.TextChoices):
    """NOTIFIED waits for the person's opinion, DECIDED and UPHELD are against them, DROPPED and GRANTED for them."""

    NOTIFIED = "NOTIFIED"
    ANSWERED = "ANSWERED"
    DECIDED = "DECIDED"
    DROPPED = "DROPPED"
    OBJECTED = "OBJECTED"
    UPHELD = "UPHELD"
    GRANTED = "GRANTED"
    FINAL = "FINAL"


NEXT: dict[str | None, frozenset[str]] = {
    None: frozenset({State.NOTIFIED}),
    State.NOTIFIED: frozenset({State.ANSWERED, State.DECIDED, State.DROPPED}),
    State.ANSWERED: frozenset({State.DECIDED, State.DROPPED}),
    State.DECIDED: frozenset({State.OBJECTED, State.DROPPED, State.FINAL}),
    State.OBJECTED: frozenset({State.UPHELD, State.GRANTED, State.DROPPED}),
    State.UPHELD: frozenset({State.FINAL, State.DROPPED}),
}
ENDS = frozenset({State.DROPPED, State.GRANTED, State.FINAL})


class Case(models.Model):
    """What is intended against whom. `subject`: the ledger's key of an award, or a shop; `coins`: minor units, or 0.

    hear_until: the last day for an opinion. ended_at: nothing more happens; another case may be opened afterwards.
    """

    id = models.UUIDField(primary_key=True)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    person = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    subject = models.UUIDField()
    coins = models.BigIntegerField(default=0)
    why = models.CharField(max_length=300)
    clause = models.CharField(max_length=80)
    hear_until = models.DateField()
    opened_by = models.UUIDField()
    opened_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="hearings_kind", condition=Q(kind__in=Kind.values)),
            models.CheckConstraint(name="hearings_words", condition=~Q(why="") & ~Q(clause="")),
            models.CheckConstraint(
                name="hearings_coins",
                condition=Q(kind=Kind.CLAWBACK, coins__gt=0) | Q(kind=Kind.SUSPENSION, coins=0),
            ),
            models.UniqueConstraint(
                name="hearings_one_open", fields=["kind", "subject"], condition=Q(ended_at__isnull=True)
            ),
        ]
        indexes: ClassVar = [
            models.Index(name="hearings_person", fields=["person", "-opened_at"]),
            models.Index(name="hearings_open", fields=["hear_until"], condition=Q(ended_at__isnull=True)),
        ]


class CaseStep(models.Model):
    """The case has come to `state`; `by` None: the node. `why` is printed, `note_sealed` are the person's own words."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=State.choices)
    by = models.UUIDField(null=True)
    at = models.DateTimeField()
    why = models.CharField(max_length=300, default="")
    note_sealed = models.BinaryField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="hearings_step_number", fields=["case", "number"]),
            models.CheckConstraint(name="hearings_step_state", condition=Q(state__in=State.values)),
        ]
