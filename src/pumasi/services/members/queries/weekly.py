"""Members in the office's week."""

from django.utils.translation import gettext as _

from pumasi.civic.people.models import Person
from pumasi.civic.shell.weekly import Week, Weekly, compared
from pumasi.coin.models import Death


def weekly(week: Week) -> Weekly:
    """Six queries."""
    return Weekly(compared(week, _sums, _("Joined"), _("Memberships closed"), _("Deaths noted")))


def _sums(week: Week) -> tuple[str, ...]:
    counts = (
        Person.objects.filter(joined_on__range=(week.first, week.last)).count(),
        Person.objects.filter(closed_at__range=week.span).count(),
        Death.objects.filter(at__range=week.span).count(),
    )
    return tuple(f"{each:,}" for each in counts)
