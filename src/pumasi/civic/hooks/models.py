"""Endpoints, what happened, and the sending of it. No history: the books are; old rows are deleted after 30 days.

An endpoint's secret is in no table: it is derived from the node key (`signing`).
"""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q


class EndReason(models.TextChoices):
    OWNER = "OWNER"
    FAILING = "FAILING"


class State(models.TextChoices):
    """DROPPED: nothing more is sent to an ended endpoint, or to a person whose role has ended."""

    WAITING = "WAITING"
    DONE = "DONE"
    GIVEN_UP = "GIVEN_UP"
    DROPPED = "DROPPED"


class Problem(models.TextChoices):
    """Why a message did not arrive; NONE also before the first try."""

    NONE = "NONE"
    STATUS = "STATUS"
    TIMEOUT = "TIMEOUT"
    ADDRESS = "ADDRESS"
    TLS = "TLS"
    CONNECTION = "CONNECTION"


class Endpoint(models.Model):
    """`person` hears about `place` at `url`; `events` are types with spaces between. Only the ends ever change.

    version: of the secret, counted up when it is made anew at `renewed_at`. failing_since: no answer was good since.
    """

    id = models.UUIDField(primary_key=True)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    place = models.ForeignKey("places.Place", on_delete=models.PROTECT, related_name="+")
    url = models.CharField(max_length=500)
    events = models.TextField()
    version = models.PositiveIntegerField(default=1)
    made_at = models.DateTimeField()
    renewed_at = models.DateTimeField(null=True)
    failing_since = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    end_reason = models.CharField(max_length=8, choices=EndReason.choices, default="")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="hooks_endpoint_hears_something", condition=~Q(events="")),
            models.CheckConstraint(
                name="hooks_endpoint_ends_with_reason",
                condition=Q(ended_at=None, end_reason="")
                | Q(ended_at__gte=F("made_at"), end_reason__in=EndReason.values),
            ),
        ]
        indexes: ClassVar = [
            models.Index(name="hooks_endpoint_live", fields=["place"], condition=Q(ended_at=None)),
            models.Index(name="hooks_endpoint_person", fields=["person", "-made_at"]),
        ]


class Event(models.Model):
    """What happened, written in its own transaction. `body` is what is sent, to the byte; `id` is the webhook-id."""

    id = models.UUIDField(primary_key=True)
    type = models.CharField(max_length=40)
    at = models.DateTimeField()
    body = models.TextField()

    class Meta:
        indexes: ClassVar = [models.Index(name="hooks_event_at", fields=["at"])]


class Delivery(models.Model):
    """One event on its way to one endpoint. Who sends it moves `due_at` on first, so that nobody else takes it."""

    id = models.UUIDField(primary_key=True)
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="+")
    endpoint = models.ForeignKey(Endpoint, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    due_at = models.DateTimeField()
    tries = models.PositiveIntegerField(default=0)
    tried_at = models.DateTimeField(null=True)
    status = models.PositiveIntegerField(null=True)
    problem = models.CharField(max_length=10, choices=Problem.choices, default=Problem.NONE)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="hooks_delivery_once", fields=["event", "endpoint"]),
            models.CheckConstraint(name="hooks_delivery_state_known", condition=Q(state__in=State.values)),
        ]
        indexes: ClassVar = [
            models.Index(name="hooks_delivery_due", fields=["due_at"], condition=Q(state="WAITING")),
            models.Index(name="hooks_delivery_latest", fields=["endpoint", "-id"]),
        ]
