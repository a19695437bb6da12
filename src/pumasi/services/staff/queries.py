"""Who holds which role, what waits for a second officer, and what is handed over. People are labels: H1, H2 ..."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from pumasi.civic.audit.queries import last_seen
from pumasi.civic.people.models import Role, RoleName
from pumasi.civic.people.words import role_name
from pumasi.civic.places.queries import names_of
from pumasi.civic.shell.inbox import Task, Worker
from pumasi.civic.shell.language import page_language
from pumasi.civic.shell.weekly import Ahead, Week, Weekly
from pumasi.kernel.clock import seoul_date
from pumasi.services.staff.models import Appointment

MANAGERS = (RoleName.ISSUER, RoleName.BUDGET_OFFICER)
# Shop owners and organisations' admins come by their own ways.
APPOINTED = (
    RoleName.ISSUER,
    RoleName.BUDGET_OFFICER,
    RoleName.TREASURY,
    RoleName.AUDITOR,
    RoleName.REVIEWER,
    RoleName.DONG_OFFICIAL,
    RoleName.FACILITY_CASHIER,
    RoleName.CHARITY_MANAGER,
)
SOON = 30


@dataclass(frozen=True)
class RoleLine:
    """A role that is held or will be. `holder` is a label; `deputy`: it was given to stand in."""

    id: UUID
    role: str
    place: str
    holder: str
    starts: date
    ends: date
    last_used: datetime | None
    mine: bool
    deputy: bool
    is_soon: bool
    can_go_on: bool


@dataclass(frozen=True)
class Asked:
    """A request without a decision."""

    id: UUID
    role: str
    place: str
    starts: date
    ends: date
    reason: str
    deputy: bool
    mine: bool
    at: datetime


def roles_held(viewer: UUID, on: date, at: datetime, *, own: bool = False) -> list[RoleLine]:
    """All roles that are appointed here and not over (own: the viewer's, of any kind); four queries for any number."""
    rows = list(_not_over(on, own=viewer if own else None))
    places = names_of({row.place_id for row in rows if row.place_id}, page_language())
    used = last_seen({row.person_id for row in rows}, at)
    stands_in = set(_granted_as_deputy(rows))
    followed = {(row.person_id, row.role, row.place_id) for row in rows if row.starts > on}
    labels = labels_of(rows)
    return [
        RoleLine(
            id=row.id,
            role=role_name(row.role),
            place=places.get(row.place_id, "") if row.place_id else "",
            holder=labels[row.person_id],
            starts=row.starts,
            ends=row.ends,
            last_used=used.get(row.person_id),
            mine=row.person_id == viewer,
            deputy=(row.person_id, row.role, row.place_id, row.ends) in stands_in,
            is_soon=(row.ends - on).days <= SOON,
            can_go_on=row.starts <= on and (row.person_id, row.role, row.place_id) not in followed,
        )
        for row in rows
        if row.ends is not None
    ]


def holders(on: date) -> list[tuple[UUID, str]]:
    """(person, label) of everybody on the list, for the noted look alone."""
    return list(labels_of(list(_not_over(on))).items())


def waiting(viewer: UUID | None) -> list[Asked]:
    """Requests that nobody has decided, oldest first."""
    rows = list(Appointment.objects.filter(decision=None).order_by("at", "id"))
    places = names_of({row.place_id for row in rows if row.place_id}, page_language())
    return [
        Asked(
            row.id,
            role_name(row.role),
            places.get(row.place_id, "") if row.place_id else "",
            row.starts,
            row.ends,
            row.reason,
            row.instead_of_id is not None,
            row.asked_by_id == viewer,
            row.at,
        )
        for row in rows
    ]


def asked(appointment_id: UUID, viewer: UUID) -> tuple[Asked, UUID] | None:
    """One request that waits, with the person whom it would give the role."""
    found = next((each for each in waiting(viewer) if each.id == appointment_id), None)
    return (found, Appointment.objects.get(id=appointment_id).person_id) if found else None


def role_row(role_id: UUID, on: date) -> Role | None:
    """A role that is not over."""
    return Role.objects.filter(_open(on), id=role_id).exclude(role=RoleName.RESIDENT).first()


def ending_roles(first: date, last: date) -> list[tuple[date, str, int]]:
    """(last day, role, how many) of roles that end in these days and with which the same person does not go on."""
    held = Role.objects.filter(ended_on=None, role__in=APPOINTED)
    rows = held.filter(ends__range=(first, last))
    goes_on = set(held.filter(starts__gt=first).values_list("person_id", "role", "place_id", "starts"))
    ends = Counter(
        (row.ends, row.role)
        for row in rows
        if row.ends is not None and (row.person_id, row.role, row.place_id, row.ends + timedelta(days=1)) not in goes_on
    )
    return sorted((day, role, count) for (day, role), count in ends.items())


def tasks(worker: Worker) -> Iterable[Task]:
    """Requests that this officer may decide."""
    if not worker.has(*MANAGERS):
        return
    for each in waiting(worker.person_id):
        if not each.mine:
            yield Task(
                title=_("Decide on a role: %(role)s") % {"role": each.role},
                say=each.place,
                url=reverse("staff:one", args=[each.id]),
                since=each.at,
                due=max(each.starts, seoul_date(each.at)),
            )


def labels_of(rows: Iterable[Role]) -> dict[UUID, str]:
    """H1, H2 ... by which two lines of one person are told."""
    labels: dict[UUID, str] = {}
    for row in rows:
        labels.setdefault(row.person_id, f"H{len(labels) + 1}")
    return labels


def _open(on: date) -> Q:
    return Q(ends__gte=on) & (Q(ended_on=None) | Q(ended_on__gt=on))


def _not_over(on: date, own: UUID | None = None) -> Iterable[Role]:
    found = Role.objects.filter(_open(on)).exclude(role=RoleName.RESIDENT).order_by("role", "starts", "id")
    return found.filter(person_id=own) if own else found.filter(role__in=APPOINTED)


def _granted_as_deputy(rows: Iterable[Role]) -> Iterable[tuple[UUID, str, UUID | None, date]]:
    people = {row.person_id for row in rows}
    given = Appointment.objects.filter(person__in=people, decision__is_right=True).exclude(instead_of=None)
    return given.values_list("person_id", "role", "place_id", "ends")


def weekly(week: Week) -> Weekly:
    """One line for each day and role."""
    return Weekly(
        ahead=tuple(
            Ahead(day, _("A role ends: %(role)s (%(n)s)") % {"role": role_name(role), "n": count})
            for day, role, count in ending_roles(*week.ahead)
        )
    )
