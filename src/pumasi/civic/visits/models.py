"""A visit, its spans (only ever added), and the sessions in which leaders call the roll."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q


class Stage(models.TextChoices):
    """Where a visit stands; each stage is entered at most once. ENDED and CANCELLED are the last."""

    CLAIMED = "CLAIMED"
    ARRIVED = "ARRIVED"
    CALLED = "CALLED"
    STARTED = "STARTED"
    ENDED = "ENDED"
    CANCELLED = "CANCELLED"


NEXT: dict[str | None, frozenset[str]] = {
    None: frozenset({Stage.CLAIMED, Stage.ARRIVED, Stage.STARTED}),
    Stage.CLAIMED: frozenset({Stage.ARRIVED, Stage.STARTED, Stage.CANCELLED}),
    Stage.ARRIVED: frozenset({Stage.CALLED, Stage.STARTED, Stage.CANCELLED}),
    Stage.CALLED: frozenset({Stage.STARTED, Stage.CANCELLED}),
    Stage.STARTED: frozenset({Stage.ENDED, Stage.CANCELLED}),
}


class Session(models.Model):
    """A class, a clean-up, an event: at a place, from `starts_at` to `ends_at`, for one `activity` (a code)."""

    id = models.UUIDField(primary_key=True)
    place = models.ForeignKey("places.Place", on_delete=models.PROTECT, related_name="+")
    activity = models.CharField(max_length=40)
    title = models.CharField(max_length=60)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    opened_by = models.UUIDField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(name="session_ends", condition=Q(ends_at__gt=F("starts_at")))]
        indexes: ClassVar = [models.Index(name="session_place", fields=["place", "-starts_at"])]


class Leader(models.Model):
    """Somebody who may call the roll of a session."""

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    added_by = models.UUIDField(null=True)
    added_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(name="leader_once", fields=["session", "person"])]


class Visit(models.Model):
    """A person at a place. `is_open` until it has ended: nobody is at two places at once."""

    id = models.UUIDField(primary_key=True)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    place = models.ForeignKey("places.Place", on_delete=models.PROTECT, related_name="+")
    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="+", null=True)
    activity = models.CharField(max_length=40)
    is_open = models.BooleanField(default=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="visit_one_place_at_once", fields=["person"], condition=Q(is_open=True)),
            models.UniqueConstraint(
                name="visit_once_per_session", fields=["session", "person"], condition=Q(session__isnull=False)
            ),
        ]
        indexes: ClassVar = [models.Index(name="visit_place", fields=["place", "is_open"])]


class Span(models.Model):
    """The visit has come to `stage` at `at`; the span lasts until the next one. `by`: who said so."""

    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="+")
    stage = models.CharField(max_length=10, choices=Stage.choices)
    at = models.DateTimeField()
    by = models.UUIDField(null=True)
    channel = models.CharField(max_length=8)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="span_stage_once", fields=["visit", "stage"]),
            models.CheckConstraint(name="span_stage_known", condition=Q(stage__in=Stage.values)),
        ]
