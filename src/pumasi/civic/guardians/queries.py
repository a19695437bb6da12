"""Whose guardian somebody is, and who looks after somebody; a merged membership counts as the one that is left."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from pumasi.civic.guardians.errors import NotYourWard
from pumasi.civic.guardians.models import Basis, Guardianship
from pumasi.civic.people.queries import of_self, one_self
from pumasi.kernel.clock import seoul_date


@dataclass(frozen=True, slots=True)
class Guarding:
    """One guardianship that holds; ward and guardian are the memberships that are open now."""

    id: UUID
    ward: UUID
    guardian: UUID
    basis: Basis
    since: date
    until: date


def wards_of(guardian_id: UUID, day: date) -> list[Guarding]:
    """Whom this person looks after on that day, the first ones first."""
    return _open(Guardianship.objects.filter(of_self(guardian_id, "guardian")), day)


def guardians_of(ward_id: UUID, day: date) -> list[Guarding]:
    """Who looks after this person on that day, the first ones first."""
    return _open(Guardianship.objects.filter(of_self(ward_id, "ward")), day)


def guarded(guardianship_id: UUID, guardian_id: UUID, day: date) -> Guarding:
    """This guardianship, if it holds on that day and is this guardian's; raises NotYourWard."""
    for each in wards_of(guardian_id, day):
        if each.id == guardianship_id:
            return each
    raise NotYourWard()


def _open(rows: QuerySet[Guardianship], day: date) -> list[Guarding]:
    found = []
    for row in rows.filter(ended_at=None, ends__gte=day).order_by("at", "id"):
        ward, guardian = one_self(row.ward_id), one_self(row.guardian_id)
        if ward.closed_at is None and guardian.closed_at is None and ward.id != guardian.id:
            found.append(Guarding(row.id, ward.id, guardian.id, Basis(row.basis), seoul_date(row.at), row.ends))
    return found
