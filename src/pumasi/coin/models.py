"""The coin room's own rows: claims paid or waiting, payments, disputes, gifts, orders, officers' keys, cap counters.

Balances are the ledger's alone: rows here point at transfers. All but `CapCounter`, `Waiting` and the end of an
`OfficerKey` are only ever added. Amounts of coins are minor units; won are won.
"""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from pumasi.coin.registers.life_rows import (
    Custody,
    CustodyEnd,
    Death,
    DeathStep,
    Leaving,
    LeavingEnd,
    Proposal,
    ProposalKind,
    ProposalStep,
)
from pumasi.coin.registers.rows import (
    ChangeStep,
    FindingClosed,
    Freeze,
    FreezeStep,
    PaidHours,
    PaidRoster,
    RosterWithdrawn,
    SelfDeal,
    TariffChange,
    TariffVersion,
    UnpaidAnswer,
)

# Django looks for tables here and nowhere else.
__all__ = [
    "ChangeStep",
    "Custody",
    "CustodyEnd",
    "Death",
    "DeathStep",
    "FindingClosed",
    "Freeze",
    "FreezeStep",
    "Leaving",
    "LeavingEnd",
    "PaidHours",
    "PaidRoster",
    "Proposal",
    "ProposalKind",
    "ProposalStep",
    "RosterWithdrawn",
    "SelfDeal",
    "TariffChange",
    "TariffVersion",
    "UnpaidAnswer",
]

PERSON, PLACE = "people.Person", "places.Place"


class Request(models.Model):
    """One wish that must happen once: its key, and a digest of what was wished (decisions 3)."""

    key = models.UUIDField(primary_key=True)
    operation = models.CharField(max_length=20)
    digest = models.BinaryField(max_length=32)
    at = models.DateTimeField()


class CapCounter(models.Model):
    """What has been used of one cap in one period; the row that is locked while a cap is checked."""

    key = models.CharField(max_length=200, primary_key=True)
    used = models.BigIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=Q(used__gte=0), name="coin_cap_used_not_negative")]


class Claim(models.Model):
    """A good deed that was accepted: what, when, where, how proven, by which row of the tariff. Paid now or waiting."""

    key = models.UUIDField(primary_key=True)
    kind = models.CharField(max_length=40)
    quantity = models.PositiveIntegerField()
    counted = models.PositiveIntegerField()
    day = models.DateField()
    place = models.ForeignKey(PLACE, on_delete=models.PROTECT, related_name="+")
    evidence_kind = models.CharField(max_length=12)
    evidence_ref = models.CharField(max_length=120)
    act = models.CharField(max_length=40)
    actor = models.UUIDField(null=True)
    channel = models.CharField(max_length=12)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(counted__gt=0, quantity__gte=F("counted")), name="coin_claim_counted"),
        ]
        indexes: ClassVar = [models.Index(fields=["place", "day"])]


class ClaimShare(models.Model):
    """What one person gets for a claim; `part` tells the doer from the shop owner."""

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    part = models.CharField(max_length=10)
    coins = models.BigIntegerField()
    vest_on = models.DateField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["claim", "person"], name="coin_share_once"),
            models.CheckConstraint(condition=Q(coins__gt=0), name="coin_share_positive"),
        ]


class Award(models.Model):
    """A share that has been issued: points at the ledger's EARN transfer."""

    share = models.OneToOneField(ClaimShare, on_delete=models.PROTECT, primary_key=True, related_name="+")
    ledger_key = models.UUIDField(unique=True)
    transfer = models.BigIntegerField(unique=True)
    fund = models.CharField(max_length=60)
    at = models.DateTimeField()


class Waiting(models.Model):
    """A claim that waits for budget; `id` is its place in the queue, `issued_at` ends the wait."""

    claim = models.OneToOneField(Claim, on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField()
    issued_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["id"], name="coin_waiting_open", condition=Q(issued_at=None))]


class Reservation(models.Model):
    """Won set aside for the most that a deed with an outcome may still earn; `key` names the ledger's RESERVE.

    `freed_at` ends it; after `until` the ledger's own sweep has freed the money, whatever this row says.
    """

    key = models.UUIDField(primary_key=True)
    claim = models.UUIDField(db_index=True)
    fund = models.CharField(max_length=60)
    won = models.BigIntegerField()
    until = models.DateTimeField()
    at = models.DateTimeField()
    freed_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=Q(won__gt=0), name="coin_reservation_positive")]


class Payment(models.Model):
    """Coins paid at a place; `won` is the part of the price taken in won beside them."""

    key = models.UUIDField(primary_key=True)
    transfer = models.BigIntegerField(unique=True)
    place = models.ForeignKey(PLACE, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    wallet = models.CharField(max_length=120)
    till = models.CharField(max_length=120)
    coins = models.BigIntegerField()
    won = models.BigIntegerField()
    day = models.DateField()
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(coins__gt=0, won__gte=0), name="coin_payment_positive")
        ]
        indexes: ClassVar = [models.Index(fields=["place", "day"]), models.Index(fields=["person", "at"])]


class CardPayment(models.Model):
    """A payment for which a card alone was shown: these count against what a card may pay on a day (decisions 34)."""

    payment = models.OneToOneField(Payment, on_delete=models.PROTECT, primary_key=True, related_name="by_card")


class Refund(models.Model):
    """Coins of a payment given back; `kind` is REFUND, UNDO or DISPUTE, `lapsed` the part whose last day had passed."""

    key = models.UUIDField(primary_key=True)
    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10)
    transfer = models.BigIntegerField(unique=True)
    coins = models.BigIntegerField()
    lapsed = models.BigIntegerField()
    won = models.BigIntegerField()
    actor = models.UUIDField(null=True)
    day = models.DateField()
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(coins__gt=0, won__gte=0, lapsed__gte=0), name="coin_refund_positive"),
        ]


class DisputeSide(models.TextChoices):
    """Who said that the amount is wrong."""

    PAYER = "PAYER"
    SHOP = "SHOP"


class DisputeReason(models.TextChoices):
    """What is wrong with the amount."""

    TOO_MUCH = "TOO_MUCH"
    TWICE = "TWICE"
    NOT_GIVEN = "NOT_GIVEN"
    NOT_ME = "NOT_ME"
    OTHER = "OTHER"


class DisputeState(models.TextChoices):
    """RETURNED (to the payer) and UPHELD (the shop was right) end a dispute."""

    OPEN = "OPEN"
    EXPLAINED = "EXPLAINED"
    RETURNED = "RETURNED"
    UPHELD = "UPHELD"


DISPUTE_ENDS = (DisputeState.RETURNED, DisputeState.UPHELD)


class Dispute(models.Model):
    """금액이 달라요: one per payment; `coins` wait in suspense under its `key`. Its state is the last step."""

    key = models.UUIDField(primary_key=True)
    payment = models.OneToOneField(Payment, on_delete=models.PROTECT, related_name="+")
    side = models.CharField(max_length=5, choices=DisputeSide.choices)
    reason = models.CharField(max_length=10, choices=DisputeReason.choices)
    transfer = models.BigIntegerField(unique=True)
    coins = models.BigIntegerField()
    answer_by = models.DateField()
    day = models.DateField()
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=Q(coins__gt=0), name="coin_dispute_positive")]
        indexes: ClassVar = [models.Index(fields=["answer_by"], name="coin_dispute_answer_by")]


class DisputeStep(models.Model):
    """A dispute has come to `state`; `by` None: the node, because the shop was silent. Steps are only ever added."""

    dispute = models.ForeignKey(Dispute, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=DisputeState.choices)
    by = models.UUIDField(null=True)
    why = models.CharField(max_length=300)
    transfer = models.BigIntegerField(null=True)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["dispute", "state"], name="coin_dispute_step_once"),
            models.UniqueConstraint(
                fields=["dispute"], condition=Q(state__in=["RETURNED", "UPHELD"]), name="coin_dispute_one_end"
            ),
        ]


class Gift(models.Model):
    """Coins given from person to person."""

    key = models.UUIDField(primary_key=True)
    transfer = models.BigIntegerField(unique=True)
    giver = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    receiver = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    coins = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(coins__gt=0), name="coin_gift_positive"),
            models.CheckConstraint(condition=~Q(giver=F("receiver")), name="coin_gift_to_another"),
        ]


class OfficerKey(models.Model):
    """The public half of a budget officer's signing key; the private half never leaves the officer's own device."""

    public_key = models.BinaryField(max_length=32, unique=True)
    person = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    starts = models.DateField()
    ends = models.DateField()
    registered_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(ends__gte=F("starts")), name="coin_officer_key_span")
        ]


class BudgetOrder(models.Model):
    """A booked order or cut with the exact bytes that were signed and both signatures."""

    order_id = models.UUIDField(primary_key=True)
    kind = models.CharField(max_length=10)
    fund = models.CharField(max_length=60)
    fiscal_year = models.PositiveSmallIntegerField()
    coins = models.BigIntegerField()
    won = models.BigIntegerField()
    document = models.CharField(max_length=80)
    signed_bytes = models.BinaryField(max_length=4096)
    first_key = models.ForeignKey(OfficerKey, on_delete=models.PROTECT, related_name="+")
    first_signature = models.BinaryField(max_length=64)
    second_key = models.ForeignKey(OfficerKey, on_delete=models.PROTECT, related_name="+")
    second_signature = models.BinaryField(max_length=64)
    transfer = models.BigIntegerField(unique=True)
    booked_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(coins__gt=0, won__gt=0), name="coin_order_positive"),
            models.CheckConstraint(condition=~Q(first_key=F("second_key")), name="coin_order_two_keys"),
        ]
        indexes: ClassVar = [models.Index(fields=["fund", "booked_at"])]
