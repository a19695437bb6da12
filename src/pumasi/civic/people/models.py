"""Person, key, role, sign-in code and reading. Sealed columns hold bytes of `sealing`; nothing here names anybody.

A telephone number without `phone_index` was told and not confirmed: it finds nobody and signs nobody in.
"""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q


class Level(models.TextChoices):
    """How sure the district is who this is: vouched for, seen at a desk, verified by an identity provider."""

    L0 = "L0"
    L1 = "L1"
    L2 = "L2"


class Relation(models.TextChoices):
    RESIDENT = "RESIDENT"
    WORKER = "WORKER"


class RoleName(models.TextChoices):
    RESIDENT = "RESIDENT"
    SHOP_KEEPER = "SHOP_KEEPER"
    FACILITY_CASHIER = "FACILITY_CASHIER"
    DONG_OFFICIAL = "DONG_OFFICIAL"
    ISSUER = "ISSUER"
    BUDGET_OFFICER = "BUDGET_OFFICER"
    AUDITOR = "AUDITOR"
    REVIEWER = "REVIEWER"
    TREASURY = "TREASURY"
    CHARITY_MANAGER = "CHARITY_MANAGER"
    ORGANISATION_ADMIN = "ORGANISATION_ADMIN"


class Person(models.Model):
    """`wallet` owns coins in the ledger, `code_number` is inside personal codes (encrypted anew every 30 seconds).

    Whoever signed in before `signed_out_at` is signed in no more, on whatever device.
    """

    id = models.UUIDField(primary_key=True)
    wallet = models.UUIDField(unique=True)
    code_number = models.PositiveIntegerField(unique=True)
    level = models.CharField(max_length=2, choices=Level.choices)
    relation = models.CharField(max_length=8, choices=Relation.choices)
    relation_until = models.DateField(null=True)
    joined_on = models.DateField()
    left_on = models.DateField(null=True)
    closed_at = models.DateTimeField(null=True)
    shredded_at = models.DateTimeField(null=True)
    birth_year = models.PositiveSmallIntegerField(null=True)
    name_sealed = models.BinaryField(null=True)
    phone_sealed = models.BinaryField(null=True)
    phone_index = models.BinaryField(null=True, unique=True)
    tail_index = models.BinaryField(null=True)
    twin_index = models.BinaryField(null=True)
    signed_out_at = models.DateTimeField(null=True)
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, related_name="+", null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="person_level_known", condition=Q(level__in=Level.values)),
            models.CheckConstraint(name="person_relation_known", condition=Q(relation__in=Relation.values)),
            models.CheckConstraint(
                name="person_closed_has_no_contacts",
                condition=Q(closed_at=None, name_sealed__isnull=False)
                | Q(
                    closed_at__isnull=False,
                    name_sealed=None,
                    phone_sealed=None,
                    phone_index=None,
                    tail_index=None,
                    twin_index=None,
                    birth_year=None,
                ),
            ),
            models.CheckConstraint(
                name="person_merged_is_closed",
                condition=Q(merged_into=None) | Q(closed_at__isnull=False) & ~Q(merged_into=F("id")),
            ),
            models.CheckConstraint(
                name="person_shredded_after_close", condition=Q(shredded_at=None) | Q(shredded_at__gte=F("closed_at"))
            ),
        ]
        indexes: ClassVar = [
            models.Index(name="person_tail", fields=["tail_index"]),
            models.Index(name="person_twin", fields=["twin_index"]),
            models.Index(name="person_relation_until", fields=["relation_until"]),
        ]


class PersonKey(models.Model):
    """The person's key, wrapped by the node key. In a database of its own, with short-lived backups (decisions 11)."""

    database = "keys"

    person_id = models.UUIDField(primary_key=True)
    wrapped = models.BinaryField()
    node_key_id = models.CharField(max_length=16)
    made_at = models.DateTimeField()


class Role(models.Model):
    """A role from `starts` to `ends`, both inclusive; `ended_on` ends it early: on that day it is held no more."""

    id = models.UUIDField(primary_key=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=20, choices=RoleName.choices)
    place = models.ForeignKey("places.Place", on_delete=models.PROTECT, related_name="+", null=True)
    starts = models.DateField()
    ends = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    granted_by = models.UUIDField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="role_known", condition=Q(role__in=RoleName.values)),
            models.CheckConstraint(name="role_ends_after_start", condition=Q(ends=None) | Q(ends__gte=F("starts"))),
            models.CheckConstraint(
                name="role_only_residents_stay", condition=Q(ends__isnull=False) | Q(role=RoleName.RESIDENT)
            ),
        ]
        indexes: ClassVar = [models.Index(name="role_place", fields=["place", "role"])]


class SignInCode(models.Model):
    """A code that an officer read out; only its keyed hash is kept."""

    id = models.UUIDField(primary_key=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    code_hash = models.BinaryField()
    issued_by = models.UUIDField()
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    wrong_tries = models.PositiveSmallIntegerField(default=0)
    spent_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(name="sign_in_person", fields=["person", "-issued_at"])]


class ReadingChoice(models.Model):
    """How a person wants to read; the values are the shell's, an empty one was never chosen."""

    person = models.OneToOneField(Person, on_delete=models.PROTECT, primary_key=True, related_name="+")
    text = models.CharField(max_length=10)
    contrast = models.CharField(max_length=10)
    language = models.CharField(max_length=10)
