"""Consents and visits of a desk. Both are append-only by triggers (migration 0001)."""

from typing import ClassVar

from django.db import models

PERSON = "people.Person"


class Consent(models.Model):
    """A person agreed to a version of the text: READ_OUT at a desk, ON_PHONE, or on PAPER on `signed_on`.

    `guardian` agreed for a child (개인정보 보호법 article 22-2), `voucher` knows a person who had nothing to show.
    `id` is the key of the joining.
    """

    id = models.UUIDField(primary_key=True)
    person = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    version = models.CharField(max_length=20)
    how = models.CharField(max_length=8)
    by = models.UUIDField(null=True)
    at = models.DateTimeField()
    signed_on = models.DateField(null=True)
    guardian = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+", null=True)
    voucher = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+", null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["voucher", "at"], name="members_consent_voucher")]


class Visit(models.Model):
    """An officer has found a person at the desk, for a purpose; for a while pages about this person open for them."""

    id = models.UUIDField(primary_key=True)
    officer = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=12)
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["officer", "at"], name="members_visit_officer")]
