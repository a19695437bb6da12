"""The access review: each role that ends with the year is given again or left to end, never by its own holder."""

from datetime import date, timedelta
from uuid import UUID

from django.db import transaction

from pumasi.civic.audit.operations import record
from pumasi.civic.people.errors import NoRoleForYourself
from pumasi.civic.people.models import RoleName
from pumasi.civic.people.operations import grant_role
from pumasi.civic.people.queries import person_card
from pumasi.coin.parties import check_role
from pumasi.kernel.acting import Acting
from pumasi.kernel.clock import seoul_date
from pumasi.services.yearend.errors import ReviewedAlready, RoleNotEnding
from pumasi.services.yearend.models import Decision, RoleReview
from pumasi.services.yearend.queries.access import ending_role, holders
from pumasi.services.yearend.queries.dates import Dates

# Two kinds, so that the only issuer's own role has somebody to look at it.
REVIEWERS = (RoleName.ISSUER, RoleName.BUDGET_OFFICER)


def review_role(acting: Acting, *, dates: Dates, role_id: UUID, decision: Decision) -> None:
    """Give a role again from the day after (or today, when that is over) to the next half year, or leave it to end.

    Raises NotAllowed (issuers and budget officers), RoleNotEnding, NoRoleForYourself, ReviewedAlready, and what
    `grant_role` raises.
    """
    actor = check_role(acting, *REVIEWERS)
    with transaction.atomic():
        role = ending_role(dates, role_id)
        if role is None:
            raise RoleNotEnding(day=dates.last_day.isoformat())
        if role.person_id == actor:
            raise NoRoleForYourself()
        if RoleReview.objects.filter(year=dates.year, role=role).exists():
            raise ReviewedAlready()
        if decision is Decision.KEEP:
            starts = max(dates.last_day + timedelta(days=1), seoul_date(acting.at))
            grant_role(acting, role.person_id, RoleName(role.role), role.place_id, starts=starts, ends=_half(starts))
        RoleReview.objects.create(
            year=dates.year, role=role, decision=decision.value, reviewed_by_id=actor, at=acting.at
        )
        record(acting, "yearend.review_role", role.person_id, decision.value)


def names_of_holders(acting: Acting, *, dates: Dates) -> list[tuple[str, str]]:
    """(label, name) of everybody on the list, each a noted look. Raises NotAllowed and PurposeMissing."""
    check_role(acting, *REVIEWERS)
    with transaction.atomic():
        return [(label, person_card(acting, person).name or "") for person, label in holders(dates)]


def _half(starts: date) -> date:
    return date(starts.year, 6, 30) if starts.month <= 6 else date(starts.year, 12, 31)
