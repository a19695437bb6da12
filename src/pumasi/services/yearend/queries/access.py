"""The access review: roles that end with the year, who gave them, when their holder last did something; and the
register of what was destroyed in the year. Holders are H1, H2 ... here; their names are a noted look of their own.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _

from pumasi.civic.audit.queries import last_seen
from pumasi.civic.notices.models import Notice
from pumasi.civic.people.models import Person, Role, RoleName
from pumasi.civic.people.operations import kept_until
from pumasi.civic.places.queries import names_of
from pumasi.civic.shell.language import page_language
from pumasi.kernel.clock import seoul_date
from pumasi.services.yearend.models import RoleReview
from pumasi.services.yearend.queries.dates import Dates
from pumasi.services.yearend.queries.words import decision_name, role_name


@dataclass(frozen=True)
class RoleLine:
    """One role that ends with the year. `holder` is a label (H1, H2 ...) by which two lines of one person are told.

    last_used: the last act or look of the holder in the audit, in any role; decision: KEEP, END or "" while open.
    """

    id: UUID
    role: str
    place: str
    holder: str
    since: date
    granted_by: str
    last_used: datetime | None
    decision: str
    mine: bool

    @property
    def decision_text(self) -> str:
        return decision_name(self.decision)


@dataclass(frozen=True)
class Destruction:
    """Memberships closed and keys destroyed in the year; keys that may be destroyed now, and the next day of one.

    letters, people_told: letters written in the year, and to how many people.
    """

    closed: int
    shredded: int
    due: int
    next_due: date | None
    letters: int
    people_told: int


def role_lines(dates: Dates, viewer: UUID | None) -> list[RoleLine]:
    """All roles but RESIDENT whose last day is the last of the year; four queries for any number."""
    rows = list(_ending(dates).order_by("role", "id"))
    places = names_of({row.place_id for row in rows if row.place_id}, page_language())
    decided = dict(RoleReview.objects.filter(year=dates.year, role__in=rows).values_list("role_id", "decision"))
    people = {row.person_id for row in rows}
    used = last_seen(people, dates.closes)
    labels = _labels(rows)
    return [
        RoleLine(
            id=row.id,
            role=role_name(row.role),
            place=places.get(row.place_id, "") if row.place_id else "",
            holder=labels[row.person_id],
            since=row.starts,
            granted_by=_granter(row, labels),
            last_used=used.get(row.person_id),
            decision=decided.get(row.id, ""),
            mine=row.person_id == viewer,
        )
        for row in rows
    ]


def open_roles(dates: Dates) -> int:
    """How many roles that end with the year nobody has looked at."""
    return _ending(dates).exclude(id__in=RoleReview.objects.filter(year=dates.year).values("role_id")).count()


def destruction(dates: Dates, at: datetime) -> Destruction:
    """What was destroyed in the year, and what may be destroyed now: counts, nobody's name."""
    first = dates.closes.replace(year=dates.closes.year - 1)
    today = seoul_date(at)
    waiting = Person.objects.exclude(closed_at=None).filter(shredded_at=None).values_list("closed_at", flat=True)
    written = Notice.objects.filter(made_at__gte=first, made_at__lt=dates.closes)
    told = written.aggregate(letters=Count("id"), people=Count("person_id", distinct=True))
    ends = sorted(kept_until(seoul_date(closed)) for closed in waiting if closed is not None)
    return Destruction(
        closed=Person.objects.filter(closed_at__gte=first, closed_at__lt=dates.closes).count(),
        shredded=Person.objects.filter(shredded_at__gte=first, shredded_at__lt=dates.closes).count(),
        due=sum(1 for each in ends if each < today),
        next_due=next((each for each in ends if each >= today), None),
        letters=told["letters"],
        people_told=told["people"],
    )


def _ending(dates: Dates) -> QuerySet[Role]:
    return Role.objects.filter(ends=dates.last_day, ended_on=None).exclude(role=RoleName.RESIDENT)


def holders(dates: Dates) -> list[tuple[UUID, str]]:
    """(person, label) of everybody on the list, for `operations.reviewing` alone."""
    return list(_labels(list(_ending(dates).order_by("role", "id"))).items())


def ending_role(dates: Dates, role_id: UUID) -> Role | None:
    """One role that ends with the year, or None."""
    return _ending(dates).filter(id=role_id).first()


def _granter(row: Role, labels: dict[UUID, str]) -> str:
    if row.granted_by is None:
        return _("the node")
    return labels.get(row.granted_by) or _("another officer")


def _labels(rows: Sequence[Role]) -> dict[UUID, str]:
    labels: dict[UUID, str] = {}
    for row in rows:
        labels.setdefault(row.person_id, f"H{len(labels) + 1}")
    return labels
