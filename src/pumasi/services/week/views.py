"""The page for the staff meeting."""

from datetime import date, timedelta
from itertools import chain

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from pumasi.civic.shell.access import for_roles
from pumasi.civic.shell.acting import ShellRequest
from pumasi.civic.shell.language import page_language
from pumasi.civic.shell.weekly import Week, parts, week_of
from pumasi.kernel.clock import seoul_date
from pumasi.services.week.apps import OFFICE

EARLIEST = date(2020, 1, 6)


@for_roles(*sorted(OFFICE))
@require_safe
def home(request: ShellRequest) -> HttpResponse:
    """The week of `?week=`; without it, that of yesterday: on a Monday the one that has ended."""
    week = _asked(request)
    found = parts(week, page_language())
    silent = list(chain.from_iterable(each.weekly.silent for each in found))
    ahead = chain.from_iterable(each.weekly.ahead for each in found)
    context = {
        "week": week,
        "parts": [each for each in found if each.weekly.figures],
        "silent": sorted(silent, key=lambda each: (each.what, each.last or date.min, each.name)),
        "ahead": sorted(ahead, key=lambda each: (each.day, each.what)),
        "earlier": week.first - timedelta(days=7),
        "later": week.first + timedelta(days=7) if week.last < seoul_date(request.acting.at) else None,
    }
    return render(request, "week/home.html", context)


def _asked(request: ShellRequest) -> Week:
    today = seoul_date(request.acting.at)
    try:
        day = date.fromisoformat(request.GET.get("week", ""))
    except ValueError:
        day = today - timedelta(days=1)
    return week_of(min(max(day, EARLIEST), today), request.acting.at)
