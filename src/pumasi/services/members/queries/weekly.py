"""Members in the office's week."""

from django.utils.translation import gettext as _

from pumasi.civic.people.models import Person
from pumasi.civic.shell.weekly import Figure, Week, Weekly
from pumasi.coin.models import Death


def weekly(week: Week) -> Weekly:
    """Six queries."""
    names = (_("Joined"), _("Memberships closed"), _("Deaths noted"))
    return Weekly(tuple(Figure(*row) for row in zip(names, _sums(week), _sums(week.before), strict=True)))


def _sums(week: Week) -> tuple[str, ...]:
    counts = (
        Person.objects.filter(joined_on__range=(week.first, week.last)).count(),
        Person.objects.filter(closed_at__range=week.span).count(),
        Death.objects.filter(at__range=week.span).count(),
    )
    return tuple(f"{each:,}" for each in counts)
