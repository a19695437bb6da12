"""Hours that somebody else has paid for do not earn (decisions 36): the exact overlap of minutes on a Seoul day.

A claim over minutes ends when the deed was done and begins its quantity earlier, unless it says its span. Touching
spans do not overlap: paid until 12:00 and helping from 12:00 is two things. Not here: uploading (`operations.rosters`).
"""

from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from pumasi.coin.models import PaidHours, RosterWithdrawn
from pumasi.coin.registers.errors import PaidElsewhere
from pumasi.kernel.clock import KST, seoul_date

MINUTES_A_DAY = 24 * 60


def check_unpaid(people: Sequence[UUID], *, ends_at: datetime, minutes: int, days: int) -> None:
    """Raises PaidElsewhere when a minute of the span is on a roster; `days`: within how many one may object."""
    for day, starts, ends in minutes_of(ends_at - timedelta(minutes=minutes), ends_at):
        found = (
            PaidHours.objects.filter(person_id__in=people, day=day, starts__lt=ends, ends__gt=starts)
            .exclude(roster_id__in=RosterWithdrawn.objects.values("roster_id"))
            .select_related("roster")
            .order_by("starts")
            .first()
        )
        if found is not None:
            raise PaidElsewhere(
                day=day.isoformat(),
                starts=clock_text(found.starts),
                ends=clock_text(found.ends),
                source=found.roster.source,
                days=days,
            )


def with_paid_hours(people: Collection[UUID]) -> set[UUID]:
    """Who of these people stands on any roster at all: nobody else can be refused by `check_unpaid`. One query."""
    return set(PaidHours.objects.filter(person_id__in=people).values_list("person_id", flat=True).distinct())


def minutes_of(starts_at: datetime, ends_at: datetime) -> Iterator[tuple[date, int, int]]:
    """(Seoul day, first minute, minute after the last) of a span, one for each day that it touches."""
    day, last = seoul_date(starts_at), seoul_date(ends_at)
    while day <= last:
        midnight = datetime(day.year, day.month, day.day, tzinfo=KST)
        starts = max(0, int((starts_at - midnight).total_seconds() // 60))
        ends = min(MINUTES_A_DAY, -int((midnight - ends_at).total_seconds() // 60))
        if starts < ends:
            yield day, starts, ends
        day += timedelta(days=1)


def clock_text(minute: int) -> str:
    """ "09:30" of minute 570."""
    return f"{minute // 60:02d}:{minute % 60:02d}"
