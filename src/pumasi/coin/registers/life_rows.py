"""Life events on record: what two people decide, who left, who died, takings in custody.

Rows are only ever added (the database refuses to change one), but for the look-up index of a death, which is wiped.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q

PERSON, PLACE = "people.Person", "places.Place"


class ProposalKind(models.TextChoices):
    """What one officer asks for and another one decides."""

    MERGE = "MERGE"
    UNDO_DEATH = "UNDO_DEATH"
    ESTATE_BACK = "ESTATE_BACK"
    WRITE_OFF = "WRITE_OFF"


class Proposal(models.Model):
    """One officer asks. `person` is kept (MERGE) or dead, `other` the membership that goes, `place` a closed shop."""

    id = models.UUIDField(primary_key=True)
    kind = models.CharField(max_length=12, choices=ProposalKind.choices)
    person = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+", null=True)
    other = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+", null=True)
    place = models.ForeignKey(PLACE, on_delete=models.PROTECT, related_name="+", null=True)
    reason = models.CharField(max_length=200)
    document = models.CharField(max_length=80)
    asked_by = models.UUIDField()
    asked_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(kind__in=ProposalKind.values), name="coin_proposal_kind_known"),
            models.CheckConstraint(condition=~Q(reason=""), name="coin_proposal_has_reason"),
        ]


class ProposalStep(models.Model):
    """What became of it: APPROVED by a second officer, or REJECTED."""

    proposal = models.OneToOneField(Proposal, on_delete=models.PROTECT, primary_key=True, related_name="+")
    step = models.CharField(max_length=8)
    by = models.UUIDField()
    at = models.DateTimeField()
    reason = models.CharField(max_length=200)


class Leaving(models.Model):
    """A person does not live or work here any more from the day after `day`, told by themselves, a desk or the job."""

    id = models.UUIDField(primary_key=True)
    person = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    cause = models.CharField(max_length=13)
    told_by = models.UUIDField(null=True)
    told_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["day"], name="coin_leaving_day")]


class LeavingEnd(models.Model):
    """WITHDRAWN before its day, RETURNED, DIED, or ENDED with `coins` that went back to the programme."""

    leaving = models.OneToOneField(Leaving, on_delete=models.PROTECT, primary_key=True, related_name="+")
    how = models.CharField(max_length=9)
    coins = models.BigIntegerField(default=0)
    by = models.UUIDField(null=True)
    at = models.DateTimeField()


class Death(models.Model):
    """A death that a desk reported. `twin_index` lets the family find it by name and birth year until it is settled."""

    id = models.UUIDField(primary_key=True)
    person = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField(unique=True)
    twin_index = models.BinaryField(null=True)
    died_on = models.DateField()
    document = models.CharField(max_length=80)
    coins = models.BigIntegerField()
    reported_by = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["twin_index"], name="coin_death_twin")]


class DeathStep(models.Model):
    """What became of the coins: PASSED_ON, GIVEN (to a campaign), RETURNED to the programme; or the report UNDONE."""

    death = models.ForeignKey(Death, on_delete=models.PROTECT, related_name="+")
    how = models.CharField(max_length=9)
    coins = models.BigIntegerField()
    by = models.UUIDField()
    at = models.DateTimeField()


class Custody(models.Model):
    """Takings of a closed shop whose owner cannot be reached, set aside."""

    id = models.UUIDField(primary_key=True)
    place = models.ForeignKey(PLACE, on_delete=models.PROTECT, related_name="+")
    coins = models.BigIntegerField()
    reason = models.CharField(max_length=200)
    document = models.CharField(max_length=80)
    by = models.UUIDField()
    at = models.DateTimeField()


class CustodyEnd(models.Model):
    """The owner was FOUND, or the coins were WRITTEN_OFF."""

    custody = models.OneToOneField(Custody, on_delete=models.PROTECT, primary_key=True, related_name="+")
    how = models.CharField(max_length=11)
    reason = models.CharField(max_length=200)
    by = models.UUIDField()
    at = models.DateTimeField()
