"""Begin and end a guardianship. Who may is asked by the callers; that it was done is audited, for both."""

from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from pumasi.civic.audit.operations import record
from pumasi.civic.guardians.errors import (
    GuardianAlready,
    GuardianDayUnusable,
    GuardiansEnough,
    NotYourWard,
    OwnGuardian,
)
from pumasi.civic.guardians.models import Basis, Guardianship
from pumasi.civic.guardians.queries import guardians_of
from pumasi.civic.people.operations import locked_person
from pumasi.civic.people.queries import facts, of_self
from pumasi.kernel.acting import Acting
from pumasi.kernel.clock import seoul_date
from pumasi.kernel.ids import new_id

# Two, so that separated parents both see; ten years, so that somebody looks at it again.
GUARDIANS = 2
LONGEST = timedelta(days=3652)
MAJORITY = 19


def last_day_of_childhood(birth_year: int) -> date:
    """The last day of the year before the one in which somebody comes of age (민법 article 4: at 19)."""
    return date(birth_year + MAJORITY - 1, 12, 31)


def begin(acting: Acting, *, ward_id: UUID, guardian_id: UUID, basis: Basis, ends: date) -> UUID:
    """The guardian looks after the ward until `ends`, inclusive; returns the guardianship.

    Raises OwnGuardian, PersonUnknown, PersonClosed, GuardianAlready, GuardiansEnough and GuardianDayUnusable.
    """
    today = seoul_date(acting.at)
    if ward_id == guardian_id:
        raise OwnGuardian()
    latest = max(today + LONGEST, last_day_of_childhood(today.year))
    if not today <= ends <= latest:
        raise GuardianDayUnusable(latest=latest.isoformat())
    with transaction.atomic():
        for each in sorted((ward_id, guardian_id)):
            facts(locked_person(each)).must_be_open()
        held = guardians_of(ward_id, today)
        for other in held:
            if other.guardian == guardian_id:
                raise GuardianAlready(until=other.until.isoformat())
        if len(held) >= GUARDIANS:
            raise GuardiansEnough(limit=GUARDIANS)
        # One whose last day is over still has to be ended before the same two begin anew.
        _end(acting, Guardianship.objects.filter(ward=ward_id, guardian=guardian_id, ended_at=None))
        made = Guardianship.objects.create(
            id=new_id(acting.at),
            ward_id=ward_id,
            guardian_id=guardian_id,
            basis=Basis(basis),
            ends=ends,
            made_by=acting.actor,
            at=acting.at,
        )
        for each in (ward_id, guardian_id):
            record(acting, "guardians.begin", each, made.basis)
    return made.id


def end(acting: Acting, *, guardianship_id: UUID, party_id: UUID) -> None:
    """End it at once, for `party_id`, who is its ward or its guardian; raises NotYourWard when it holds no more."""
    with transaction.atomic():
        theirs = of_self(party_id, "ward") | of_self(party_id, "guardian")
        row = Guardianship.objects.filter(theirs, id=guardianship_id, ended_at=None).first()
        if row is None:
            raise NotYourWard()
        _end(acting, Guardianship.objects.filter(id=row.id))
        for each in (row.ward_id, row.guardian_id):
            record(acting, "guardians.end", each, row.basis)


def _end(acting: Acting, rows: QuerySet[Guardianship]) -> None:
    rows.update(ended_at=acting.at, ended_by=acting.actor)
