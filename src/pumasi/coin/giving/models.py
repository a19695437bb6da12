"""Donations and their way back. Which campaign that is, a service knows; here it is an id and a name to print.

Both tables are append-only by triggers (migration 0001). Amounts are minor units.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q

PERSON = "people.Person"


class Donation(models.Model):
    """Coins that one person gave to a campaign; the names are the campaign's title on that day."""

    key = models.UUIDField(primary_key=True)
    campaign = models.UUIDField()
    transfer = models.BigIntegerField(unique=True)
    person = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    wallet = models.CharField(max_length=120)
    coins = models.BigIntegerField()
    name_ko = models.CharField(max_length=80)
    name_en = models.CharField(max_length=80)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=Q(coins__gt=0), name="giving_donation_positive")]
        indexes: ClassVar = [
            models.Index(name="coin_giving_of_campaign", fields=["campaign"]),
            models.Index(name="coin_giving_of_person", fields=["person", "-at"]),
        ]


class WayBack(models.TextChoices):
    """The donor took it back, or the campaign failed or was cancelled."""

    TAKEN_BACK = "TAKEN_BACK"
    RETURNED = "RETURNED"


class DonationBack(models.Model):
    """A donation that came back whole; `lapsed` is the part whose last day had passed meanwhile."""

    donation = models.OneToOneField(Donation, on_delete=models.PROTECT, primary_key=True, related_name="+")
    kind = models.CharField(max_length=10, choices=WayBack.choices)
    transfer = models.BigIntegerField(unique=True)
    lapsed = models.BigIntegerField()
    actor = models.UUIDField(null=True)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(lapsed__gte=0), name="giving_back_lapsed"),
            models.CheckConstraint(condition=Q(kind__in=WayBack.values), name="giving_back_kind_known"),
        ]
