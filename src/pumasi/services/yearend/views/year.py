"""The list of a year end."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from pumasi.civic.shell.access import for_roles
from pumasi.civic.shell.acting import ShellRequest
from pumasi.kernel.clock import seoul_date
from pumasi.seal.queries import newest_before
from pumasi.services.yearend.queries.accruals import accruals
from pumasi.services.yearend.queries.checklist import checklist
from pumasi.services.yearend.queries.dates import year_shown
from pumasi.services.yearend.views.rights import READERS, dates_or_404


@for_roles(*READERS)
@require_safe
def home(request: ShellRequest) -> HttpResponse:
    """The year whose end is at hand."""
    return redirect("yearend:year", year=year_shown(seoul_date(request.acting.at)))


@for_roles(*READERS)
@require_safe
def year(request: ShellRequest, year: int) -> HttpResponse:
    """What has to be done by when, what is open, and the deeds that the next year pays."""
    dates = dates_or_404(request, year)
    found = accruals(dates, request.acting.at)
    newest = newest_before(dates.closes)
    context = {
        "dates": dates,
        "items": checklist(dates, found, request.viewer.roles, request.acting.at),
        "accruals": found,
        "newest": newest,
        "root": newest.root.hex() if newest else "",
        "over": dates.is_over(seoul_date(request.acting.at)),
    }
    return render(request, "yearend/year.html", context)
