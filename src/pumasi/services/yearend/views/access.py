"""The access review, line by line, and the register of what was destroyed."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pumasi.civic.printing.sheets import Sheet, csv_file
from pumasi.civic.shell import roles
from pumasi.civic.shell.access import for_roles
from pumasi.civic.shell.acting import ShellRequest, acting_for, person_of
from pumasi.civic.shell.refusals import refused, unfinished
from pumasi.kernel.result import Refusal
from pumasi.services.yearend import operations
from pumasi.services.yearend.forms import ReviewForm
from pumasi.services.yearend.queries.access import destruction, role_lines
from pumasi.services.yearend.queries.words import decision_name
from pumasi.services.yearend.views.rights import READERS, dates_or_404

REVIEWERS = (roles.ISSUER, roles.BUDGET_OFFICER)


@for_roles(*READERS)
@require_safe
def page(request: ShellRequest, year: int) -> HttpResponse:
    """Every role that ends with the year."""
    return render(request, "yearend/access.html", _context(request, year))


@for_roles(*REVIEWERS)
@require_POST
def review(request: ShellRequest, year: int, role_id: UUID) -> HttpResponse:
    """Keep one, or leave it to end."""
    dates, form = dates_or_404(request, year), ReviewForm(request.POST)
    if not form.is_valid():
        return unfinished(request, "yearend/access.html", _context(request, year), form)
    try:
        decision = form.cleaned_data["decision"]
        operations.review_role(acting_for(request, "ACCESS_REVIEW"), dates=dates, role_id=role_id, decision=decision)
    except Refusal as refusal:
        return refused(request, "yearend/access.html", _context(request, year), refusal)
    return redirect("yearend:access", year=year)


@for_roles(*REVIEWERS)
@require_POST
def names(request: ShellRequest, year: int) -> HttpResponse:
    """The list with the holders' names: every one of them can see that it was looked at."""
    context = _context(request, year)
    known = operations.names_of_holders(acting_for(request, "ACCESS_REVIEW"), dates=dates_or_404(request, year))
    return render(request, "yearend/access.html", {**context, "names": known})


@for_roles(*READERS)
@require_safe
def as_csv(request: ShellRequest, year: int) -> HttpResponse:
    """The list as a file."""
    lines = role_lines(dates_or_404(request, year), None)
    head = (_("Role"), _("Place"), _("Holder"), _("Held since"), _("Granted by"), _("Last used"), _("Decision"))
    rows = tuple(
        (
            each.role, each.place, each.holder, each.since.isoformat(), each.granted_by,
            each.last_used.isoformat() if each.last_used else "", decision_name(each.decision),
        )
        for each in lines
    )  # fmt: skip
    answer = HttpResponse(csv_file(Sheet("", head, rows)), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="access-{year}.csv"'
    add_never_cache_headers(answer)
    return answer


@for_roles(*READERS)
@require_safe
def destroyed(request: ShellRequest, year: int) -> HttpResponse:
    """What was destroyed in the year and what may be."""
    dates = dates_or_404(request, year)
    context = {"dates": dates, "register": destruction(dates, request.acting.at)}
    return render(request, "yearend/destroyed.html", context)


def _context(request: ShellRequest, year: int) -> dict[str, object]:
    dates = dates_or_404(request, year)
    lines = role_lines(dates, person_of(request))
    return {"dates": dates, "lines": lines, "may_review": bool(request.viewer.roles & frozenset(REVIEWERS))}
