"""Requests for roles, what was decided, and why roles ended early. Rows are only ever added."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from pumasi.civic.people.models import RoleName

PERSON = "people.Person"


class Appointment(models.Model):
    """A request that `person` holds a role from `starts` to `ends`; `instead_of`: as a deputy of that role's holder."""

    id = models.UUIDField(primary_key=True)
    person = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=20, choices=RoleName.choices)
    place = models.ForeignKey("places.Place", on_delete=models.PROTECT, related_name="+", null=True)
    starts = models.DateField()
    ends = models.DateField()
    instead_of = models.ForeignKey("people.Role", on_delete=models.PROTECT, related_name="+", null=True)
    reason = models.CharField(max_length=200)
    asked_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="staff_appointment_dates", condition=Q(ends__gte=F("starts"))),
            models.CheckConstraint(name="staff_nobody_asks_for_self", condition=~Q(person=F("asked_by"))),
        ]


class Decision(models.Model):
    """What another officer decided; a request that was taken back is one, too."""

    appointment = models.OneToOneField(Appointment, on_delete=models.PROTECT, primary_key=True, related_name="decision")
    is_right = models.BooleanField()
    reason = models.CharField(max_length=200)
    by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()


class RoleEnd(models.Model):
    """Why a role ended before its last day, and by whom."""

    role = models.OneToOneField("people.Role", on_delete=models.PROTECT, primary_key=True, related_name="+")
    reason = models.CharField(max_length=200)
    by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
