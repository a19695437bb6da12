"""An import as it was proposed, what became of it, and which member, shop and takings it brought.

Rows are only ever added; the database refuses to change or delete one (migration). Old ids are kept as a blind index
alone: who knows an old id finds the member, and nobody reads an old id here. Amounts are minor units.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q

PERSON, PLACE = "people.Person", "places.Place"


class StepName(models.TextChoices):
    """What became of a proposal, in the order in which it may happen."""

    FIRST = "FIRST"
    SECOND = "SECOND"
    REJECTED = "REJECTED"
    STARTED = "STARTED"
    DONE = "DONE"
    BACK_ASKED = "BACK_ASKED"
    BACK_AGREED = "BACK_AGREED"
    BACK_CLOSED = "BACK_CLOSED"
    UNDONE = "UNDONE"


class Proposal(models.Model):
    """An import set by its digest, with the totals of its dry run; `origin` is the name of the other system."""

    id = models.UUIDField(primary_key=True)
    digest = models.CharField(max_length=64)
    origin = models.CharField(max_length=80)
    extract_on = models.DateField()
    members = models.PositiveIntegerField()
    without_phone = models.PositiveIntegerField()
    shops = models.PositiveIntegerField()
    coins = models.BigIntegerField()
    won = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="moving_proposal_positive", condition=Q(coins__gte=0, won__gte=0)),
        ]
        indexes: ClassVar = [models.Index(name="moving_proposal_digest", fields=["digest"])]


class ProposalSum(models.Model):
    """Lots of one kind in a proposal; `where` is `lots` (wallets) or `takings` (tills)."""

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="+")
    where = models.CharField(max_length=8)
    fund = models.CharField(max_length=60)
    expires = models.CharField(max_length=10)
    rate = models.PositiveIntegerField()
    lots = models.PositiveIntegerField()
    coins = models.BigIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="moving_sum_once", fields=["proposal", "where", "fund", "expires", "rate"]),
        ]


class Beneficiary(models.Model):
    """A member of this node who gets coins by the import, and so never approves it."""

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(name="moving_beneficiary_once", fields=["proposal", "person"])]


class Step(models.Model):
    """A proposal has come to `step`; `by` None: the box itself, as it worked."""

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="+")
    step = models.CharField(max_length=12, choices=StepName.choices)
    by = models.UUIDField(null=True)
    at = models.DateTimeField()
    reason = models.CharField(max_length=200)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="moving_step_once", fields=["proposal", "step"]),
            models.CheckConstraint(name="moving_step_known", condition=Q(step__in=StepName.values)),
        ]


class MovedMember(models.Model):
    """A member that an import brought; `is_new` False: they were a member here already and only got their coins."""

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="+")
    old_index = models.BinaryField(max_length=32)
    person = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    owner = models.CharField(max_length=32)
    lots = models.PositiveIntegerField()
    coins = models.BigIntegerField()
    is_new = models.BooleanField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="moving_member_once", fields=["proposal", "old_index"]),
        ]
        indexes: ClassVar = [models.Index(name="moving_member_index", fields=["old_index"])]


class MovedShop(models.Model):
    """A shop that an import brought, with the sum of its takings."""

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="+")
    old_index = models.BinaryField(max_length=32)
    place = models.ForeignKey(PLACE, on_delete=models.PROTECT, related_name="+")
    owner = models.CharField(max_length=32)
    lots = models.PositiveIntegerField()
    coins = models.BigIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="moving_shop_once", fields=["proposal", "old_index"]),
        ]


class MovedTaking(models.Model):
    """Coins that a shop took in the other system and is still to be paid for: settled like a payment of `day`."""

    key = models.UUIDField(primary_key=True)
    shop = models.ForeignKey(MovedShop, on_delete=models.PROTECT, related_name="+")
    till = models.CharField(max_length=120)
    transfer = models.BigIntegerField(unique=True)
    coins = models.BigIntegerField()
    day = models.DateField()
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(name="moving_taking_positive", condition=Q(coins__gt=0))]


class ExportOrder(models.Model):
    """One officer asks for the exit export, with its purpose; a second one agrees. The box writes it."""

    id = models.UUIDField(primary_key=True)
    purpose = models.CharField(max_length=100)
    asked_by = models.UUIDField()
    asked_at = models.DateTimeField()


class ExportStep(models.Model):
    """AGREED by a second officer, or WRITTEN by the box."""

    order = models.ForeignKey(ExportOrder, on_delete=models.PROTECT, related_name="+")
    step = models.CharField(max_length=8)
    by = models.UUIDField(null=True)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="moving_export_agreed_once", fields=["order"], condition=Q(step="AGREED")),
            models.CheckConstraint(name="moving_export_step_known", condition=Q(step__in=["AGREED", "WRITTEN"])),
        ]
