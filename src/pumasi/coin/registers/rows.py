"""Registers that officers keep: changes of the tariff, freezes, closed findings, hours that were paid elsewhere.

Rows are only ever added; the database refuses to change or delete one (migration). A state is the sum of its steps.
"""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

PERSON, PLACE = "people.Person", "places.Place"


class TariffChange(models.Model):
    """A drafted change: its `edits` of the tariff (JSON of `tariff_edit`), by which decision, from which day."""

    id = models.UUIDField(primary_key=True)
    name_ko = models.CharField(max_length=60)
    name_en = models.CharField(max_length=60)
    clause = models.CharField(max_length=80)
    document = models.CharField(max_length=80)
    effective_on = models.DateField()
    edits = models.TextField()
    drafted_by = models.UUIDField()
    drafted_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(clause="") & ~Q(document=""), name="coin_change_has_document"),
        ]


class ChangeStep(models.Model):
    """What became of a change: APPROVED or REJECTED, later perhaps RECALL_ASKED and WITHDRAWN."""

    change = models.ForeignKey(TariffChange, on_delete=models.PROTECT, related_name="+")
    step = models.CharField(max_length=12)
    by = models.UUIDField()
    at = models.DateTimeField()
    reason = models.CharField(max_length=200)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["change", "step"], name="coin_change_step_once")]


class TariffVersion(models.Model):
    """The stamp that every process compares: `digest` names the set of changes in force after this step."""

    number = models.PositiveIntegerField(primary_key=True)
    digest = models.CharField(max_length=64)
    step = models.OneToOneField(ChangeStep, on_delete=models.PROTECT, related_name="+")


class Freeze(models.Model):
    """A stop of earning: all, promotions, one kind or one place, from `starts` to `until`, both included."""

    id = models.UUIDField(primary_key=True)
    what = models.CharField(max_length=10)
    kind = models.CharField(max_length=40)
    place = models.ForeignKey(PLACE, on_delete=models.PROTECT, related_name="+", null=True)
    cause = models.CharField(max_length=12)
    reason = models.CharField(max_length=200)
    clause = models.CharField(max_length=80)
    starts = models.DateField()
    until = models.DateField()
    is_emergency = models.BooleanField()
    asked_by = models.UUIDField()
    asked_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(until__gte=F("starts")), name="coin_freeze_span"),
            models.CheckConstraint(condition=~Q(reason="") & ~Q(clause=""), name="coin_freeze_has_reason"),
            models.CheckConstraint(condition=Q(what="PLACE") ^ Q(place=None), name="coin_freeze_place"),
        ]
        indexes: ClassVar = [models.Index(fields=["until"], name="coin_freeze_until")]


class FreezeStep(models.Model):
    """What became of a freeze: CONFIRMED or REFUSED by a second person, later LIFT_ASKED and LIFTED."""

    freeze = models.ForeignKey(Freeze, on_delete=models.PROTECT, related_name="+")
    step = models.CharField(max_length=12)
    by = models.UUIDField()
    at = models.DateTimeField()
    reason = models.CharField(max_length=200)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["freeze", "step"], name="coin_freeze_step_once")]


class FindingClosed(models.Model):
    """A finding of a Monday list as it was, closed with a note. `finding` is derived from rule, week and subject."""

    finding = models.UUIDField(primary_key=True)
    monday = models.DateField()
    rule = models.CharField(max_length=20)
    numbers = models.TextField()
    person = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+", null=True)
    place = models.ForeignKey(PLACE, on_delete=models.PROTECT, related_name="+", null=True)
    outcome = models.CharField(max_length=10)
    note = models.CharField(max_length=400)
    by = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=~Q(note=""), name="coin_finding_has_note")]
        indexes: ClassVar = [models.Index(fields=["monday"], name="coin_finding_monday")]


class SelfDeal(models.Model):
    """An attempt that was refused because giver and receiver were one: kept for the Monday list, nothing was paid."""

    person = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    place = models.ForeignKey(PLACE, on_delete=models.PROTECT, related_name="+")
    refusal = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["at"], name="coin_selfdeal_at")]


class PaidRoster(models.Model):
    """One uploaded list of hours that somebody else has paid; who is in it stands in `PaidHours`, matched only."""

    key = models.UUIDField(primary_key=True)
    source = models.CharField(max_length=80)
    digest = models.CharField(max_length=64)
    lines = models.PositiveIntegerField()
    matched = models.PositiveIntegerField()
    by = models.UUIDField()
    at = models.DateTimeField()


class RosterWithdrawn(models.Model):
    """A roster that was wrong: its hours count no more."""

    roster = models.OneToOneField(PaidRoster, on_delete=models.PROTECT, primary_key=True, related_name="+")
    reason = models.CharField(max_length=200)
    by = models.UUIDField()
    at = models.DateTimeField()


class PaidHours(models.Model):
    """Minutes of a Seoul day, `starts` included and `ends` not, for which a person is paid elsewhere."""

    roster = models.ForeignKey(PaidRoster, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    starts = models.PositiveSmallIntegerField()
    ends = models.PositiveSmallIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(ends__gt=F("starts"), ends__lte=1440), name="coin_paid_hours_span"),
        ]
        indexes: ClassVar = [models.Index(fields=["person", "day"], name="coin_paid_person_day")]


class UnpaidAnswer(models.Model):
    """Somebody answered "no" to "were you paid for this?" before a claim; `key` is the claim's."""

    key = models.UUIDField(primary_key=True)
    person = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
