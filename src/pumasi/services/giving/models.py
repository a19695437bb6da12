"""Charities, campaigns and the steps a campaign took. Coins are in `coin.giving` and the ledger.

`CampaignStep` is append-only by triggers (migration 0001). Targets are minor units.
"""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

PERSON = "people.Person"


class CharityState(models.TextChoices):
    REGISTERED = "REGISTERED"
    VERIFIED = "VERIFIED"


class Charity(models.Model):
    """An organisation with its registration number; `manager` speaks for it while holding the role."""

    id = models.UUIDField(primary_key=True)
    name_ko = models.CharField(max_length=60)
    name_en = models.CharField(max_length=60)
    number = models.CharField(max_length=30, unique=True)
    manager = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    registered_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=CharityState.choices)
    verified_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+", null=True)
    verified_at = models.DateTimeField(null=True)
    document = models.CharField(max_length=80, default="")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="charity_state_known", condition=Q(state__in=CharityState.values)),
            models.CheckConstraint(
                name="charity_verified_by_another", condition=Q(verified_by=None) | ~Q(verified_by=F("manager"))
            ),
        ]


class CampaignState(models.TextChoices):
    """REACHED: full and closed to more. CLOSED: the last day is over and the target was met.

    FAILED and CANCELLED end in RETURNED once every coin is back; RELEASED ends in EVIDENCED.
    """

    DRAFT = "DRAFT"
    OPEN = "OPEN"
    REACHED = "REACHED"
    CLOSED = "CLOSED"
    RELEASED = "RELEASED"
    EVIDENCED = "EVIDENCED"
    FAILED = "FAILED"
    CANCELLED = "CANCELLED"
    RETURNED = "RETURNED"


class Campaign(models.Model):
    """What a charity asks coins for. `deadline` is the last day on which coins are taken."""

    id = models.UUIDField(primary_key=True)
    charity = models.ForeignKey(Charity, on_delete=models.PROTECT, related_name="+")
    title_ko = models.CharField(max_length=60)
    title_en = models.CharField(max_length=60)
    text_ko = models.TextField(max_length=2000)
    text_en = models.TextField(max_length=2000)
    target = models.BigIntegerField()
    deadline = models.DateField()
    state = models.CharField(max_length=10, choices=CampaignState.choices)
    drafted_at = models.DateTimeField()
    clause = models.CharField(max_length=200, default="")
    document = models.CharField(max_length=80, default="")
    released = models.BigIntegerField(default=0)
    released_won = models.BigIntegerField(default=0)
    payment_number = models.CharField(max_length=80, default="")
    used_won = models.BigIntegerField(default=0)
    used_for = models.TextField(max_length=2000, default="")
    used_document = models.CharField(max_length=80, default="")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="campaign_state_known", condition=Q(state__in=CampaignState.values)),
            models.CheckConstraint(name="campaign_target_positive", condition=Q(target__gt=0)),
            models.CheckConstraint(
                name="campaign_open_cites_its_clause",
                condition=Q(state__in=["DRAFT", "CANCELLED", "RETURNED"]) | ~Q(clause=""),
            ),
            models.CheckConstraint(
                name="campaign_used_within_released", condition=Q(used_won__gte=0, used_won__lte=F("released_won"))
            ),
        ]
        indexes: ClassVar = [models.Index(name="campaign_state_deadline", fields=["state", "deadline"])]


class CampaignStep(models.Model):
    """What was done about a campaign, by whom (None: the node itself) and why."""

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="+")
    what = models.CharField(max_length=16)
    actor = models.UUIDField(null=True)
    at = models.DateTimeField()
    note = models.CharField(max_length=200, default="")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="campaign_officer_says_it_once",
                fields=["campaign", "what", "actor"],
                condition=Q(what__in=["APPROVED", "RELEASE"]),
            )
        ]
