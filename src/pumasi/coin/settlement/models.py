"""Rows of settlement: batches with their lines and receipts, payout accounts, holds, overrides, closed facilities.

Coins and won lie in the ledger; rows here say why and by whom. Amounts of coins are minor units. Triggers keep the
history (`Step`), payout accounts, holds, overrides and facility closes append-only (migration 0001).
"""

from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import F, Q

PERSON, PLACE = "people.Person", "places.Place"


class State(models.TextChoices):
    """Of a batch; VOID and DONE are its ends."""

    DRAFT = "DRAFT"
    CHECKED = "CHECKED"
    EXPORTED = "EXPORTED"
    DONE = "DONE"
    VOID = "VOID"


class LineState(models.TextChoices):
    """Of one shop's sum in a batch; all but OPEN are ends."""

    OPEN = "OPEN"
    PAID = "PAID"
    BOUNCED = "BOUNCED"
    VOID = "VOID"


class Reason(models.TextChoices):
    """Why coins of a shop are not in a batch."""

    TOO_YOUNG = "TOO_YOUNG"
    NOT_SEALED = "NOT_SEALED"
    DISPUTED = "DISPUTED"
    ON_HOLD = "ON_HOLD"
    NO_ACCOUNT = "NO_ACCOUNT"
    BELOW_MINIMUM = "BELOW_MINIMUM"
    DRAFTED = "DRAFTED"


class Desk(models.Model):
    """One row: whoever makes, checks or ends a batch holds it, so that two desks never work on the same receipts."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    last_number = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(name="settlement_one_desk", condition=Q(id=1))]


class PayoutAccount(models.Model):
    """A shop's bank account, sealed under a key of the node; `tail` are the last digits, to tell two apart."""

    id = models.UUIDField(primary_key=True)
    place = models.ForeignKey(PLACE, on_delete=models.PROTECT, related_name="+")
    bank = models.CharField(max_length=30)
    number_sealed = models.BinaryField()
    holder_sealed = models.BinaryField()
    tail = models.CharField(max_length=4)
    entered_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(name="settlement_account_place", fields=["place", "-id"])]


class AccountSeen(models.Model):
    """The treasury has compared an account with the copy of the bank book 통장사본; only then money goes there."""

    account = models.OneToOneField(PayoutAccount, on_delete=models.PROTECT, primary_key=True, related_name="+")
    document = models.CharField(max_length=80)
    seen_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()


class Hold(models.Model):
    """Payouts to a shop stand still: a suspension, a suspicion. The reason is told to the shop."""

    id = models.UUIDField(primary_key=True)
    place = models.ForeignKey(PLACE, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=200)
    placed_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()


class HoldEnd(models.Model):
    """A hold is over."""

    hold = models.OneToOneField(Hold, on_delete=models.PROTECT, primary_key=True, related_name="+")
    reason = models.CharField(max_length=200)
    ended_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()


class SealOverride(models.Model):
    """An officer asks that payments up to `covers_until` be paid out although the record does not show them yet."""

    id = models.UUIDField(primary_key=True)
    reason = models.CharField(max_length=200)
    covers_until = models.DateTimeField()
    asked_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()


class SealOverrideVote(models.Model):
    """A second officer agrees; without this row an override has no effect."""

    override = models.OneToOneField(SealOverride, on_delete=models.PROTECT, primary_key=True, related_name="+")
    agreed_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()


class Batch(models.Model):
    """One run of payouts. `sheet` is the SHA-256 (hex) of the payee sheet that maker and checker agree on."""

    id = models.UUIDField(primary_key=True)
    number = models.PositiveIntegerField(unique=True)
    state = models.CharField(max_length=8, choices=State.choices)
    cutoff = models.DateField()
    maker = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    checker = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+", null=True)
    checked_at = models.DateTimeField(null=True)
    sheet = models.CharField(max_length=64, default="")
    document = models.CharField(max_length=80, default="")
    payment_number = models.CharField(max_length=80, default="")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="settlement_state_known", condition=Q(state__in=State.values)),
            models.CheckConstraint(name="settlement_two_persons", condition=Q(checker=None) | ~Q(checker=F("maker"))),
            models.CheckConstraint(
                name="settlement_checked_has_sheet", condition=Q(checker=None, sheet="") | Q(checker__isnull=False)
            ),
        ]


class Line(models.Model):
    """What one shop gets: `won` for its coins, less `set_off` for refunds that it owes. `id` owns its 2700 account."""

    id = models.UUIDField(primary_key=True)
    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="+")
    place = models.ForeignKey(PLACE, on_delete=models.PROTECT, related_name="+")
    account = models.ForeignKey(PayoutAccount, on_delete=models.PROTECT, related_name="+")
    till = models.CharField(max_length=120)
    shop = models.CharField(max_length=60)  # its name on that day: the files never change
    coins = models.BigIntegerField()
    won = models.BigIntegerField()
    set_off = models.BigIntegerField()
    state = models.CharField(max_length=8, choices=LineState.choices, default=LineState.OPEN)
    reason = models.CharField(max_length=200, default="")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="settlement_shop_once_in_batch", fields=["batch", "place"]),
            models.CheckConstraint(name="settlement_line_state_known", condition=Q(state__in=LineState.values)),
            models.CheckConstraint(
                name="settlement_line_amounts",
                condition=Q(coins__gt=0, won__gt=0, set_off__gte=0, set_off__lte=F("won")),
            ),
        ]


class LineReceipt(models.Model):
    """A payment, or takings moved in from another system, in a line; at most one live row for each (I15).

    `live` ends when the line bounces or is given up.
    """

    line = models.ForeignKey(Line, on_delete=models.PROTECT, related_name="+")
    payment = models.ForeignKey("coin.Payment", on_delete=models.PROTECT, related_name="+", null=True)
    moved = models.ForeignKey("coin_moving.MovedTaking", on_delete=models.PROTECT, related_name="+", null=True)
    coins = models.BigIntegerField()
    won = models.BigIntegerField()
    override = models.ForeignKey(SealOverride, on_delete=models.PROTECT, related_name="+", null=True)
    live = models.BooleanField(default=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="settlement_receipt_once", fields=["payment"], condition=Q(live=True)),
            models.UniqueConstraint(name="settlement_moved_once", fields=["moved"], condition=Q(live=True)),
            models.CheckConstraint(name="settlement_receipt_of_one", condition=Q(payment=None) ^ Q(moved=None)),
            models.CheckConstraint(name="settlement_receipt_amounts", condition=Q(coins__gt=0, won__gt=0)),
        ]

    @property
    def key(self) -> UUID:
        """The key of the payment or of the takings: the receipt's name in the ledger."""
        found: UUID | None = self.payment_id or self.moved_id
        assert found is not None
        return found


class LeftOut(models.Model):
    """Coins of a shop that were left out of a batch, and why."""

    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="+")
    place = models.ForeignKey(PLACE, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=16, choices=Reason.choices)
    coins = models.BigIntegerField()
    won = models.BigIntegerField()


class Step(models.Model):
    """The history of a batch: what was done, by whom, when."""

    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="+")
    what = models.CharField(max_length=16)
    actor = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    note = models.CharField(max_length=200, default="")


class FacilityClose(models.Model):
    """The takings of a public facility became fee income; no cash moved."""

    key = models.UUIDField(primary_key=True)
    place = models.ForeignKey(PLACE, on_delete=models.PROTECT, related_name="+")
    transfer = models.BigIntegerField(unique=True)
    coins = models.BigIntegerField()
    won = models.BigIntegerField()
    document = models.CharField(max_length=80)
    actor = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
