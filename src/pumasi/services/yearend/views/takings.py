"""Takings of a year: all places for officers, one place for its owner; and the rehearsal of an expiry."""

from datetime import date, timedelta
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pumasi.civic.places.queries import place
from pumasi.civic.printing import papers
from pumasi.civic.printing.sheets import csv_file
from pumasi.civic.shell import roles
from pumasi.civic.shell.access import for_roles
from pumasi.civic.shell.acting import ShellRequest
from pumasi.civic.shell.downloads import district_name, pdf_answer
from pumasi.civic.shell.language import page_language
from pumasi.civic.shell.refusals import unfinished
from pumasi.kernel.clock import seoul_date
from pumasi.services.yearend.forms import DayForm
from pumasi.services.yearend.queries.dates import year_to_keep
from pumasi.services.yearend.queries.lapsing import rehearse
from pumasi.services.yearend.queries.takings import Takings, heads, sheet, takings, takings_by_month
from pumasi.services.yearend.views.rights import READERS, dates_or_404, sheets_answer

AHEAD = timedelta(days=366)


@for_roles(*READERS)
@require_safe
def page(request: ShellRequest, year: int) -> HttpResponse:
    """Every place, and the sum."""
    dates = dates_or_404(request, year)
    return render(request, "yearend/takings.html", {"dates": dates, "takings": takings(year), "heads": heads()})


@for_roles(*READERS)
@require_safe
def spreadsheet(request: ShellRequest, year: int) -> HttpResponse:
    """The same as a spreadsheet."""
    dates_or_404(request, year)
    return sheets_answer([sheet(_("Takings"), _("Place"), takings(year))], f"takings-{year}")


@for_roles(roles.SHOP_KEEPER)
@require_safe
def my_year(request: ShellRequest) -> HttpResponse:
    """The year of my first shop: the one that runs, in January the one that ended."""
    found = year_to_keep(seoul_date(request.acting.at))
    return redirect("yearend:shop", year=found, place_id=request.viewer.places(roles.SHOP_KEEPER)[0])


@for_roles(roles.SHOP_KEEPER)
@require_safe
def shop(request: ShellRequest, year: int, place_id: UUID) -> HttpResponse:
    """One shop's year by month, for its owner."""
    found = _mine(request, year, place_id)
    context = {
        "year": year,
        "earlier": year - 1,
        "place_id": place_id,
        "name": place(place_id).name(page_language()),
        "takings": found,
        "heads": heads(),
    }
    return render(request, "yearend/shop.html", context)


@for_roles(roles.SHOP_KEEPER)
@require_safe
def shop_csv(request: ShellRequest, year: int, place_id: UUID) -> HttpResponse:
    """The same as CSV."""
    found = _mine(request, year, place_id)
    answer = HttpResponse(csv_file(sheet("", _("Month"), found)), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="takings-{year}.csv"'
    add_never_cache_headers(answer)
    return answer


@for_roles(roles.SHOP_KEEPER)
@require_safe
def shop_paper(request: ShellRequest, year: int, place_id: UUID) -> HttpResponse:
    """The same as a paper, for the tax adviser."""
    found = _mine(request, year, place_id)
    data = papers.Statement(
        district=district_name(),
        title=_("Takings of %(year)s") % {"year": year},
        to=place(place_id).name(page_language()),
        facts=((_("Worth in won"), found.total.cells[4]), (_("Won taken beside"), found.total.cells[5])),
        columns=(_("Month"), *heads()),
        numeric=(1, 2, 3, 4, 5, 6),
        rows=tuple((each.name, *each.cells) for each in (*found.lines, found.total)),
        closing=_("As of %(moment)s.") % {"moment": papers.moment(request.acting.at)},
    )
    paper = papers.statement(data, language=page_language(), made_at=request.acting.at)
    return pdf_answer(paper, f"takings-{year}")


@for_roles(*READERS)
@require_safe
def lapsing(request: ShellRequest, year: int) -> HttpResponse:
    """What would lapse until a chosen day: nothing happens, nobody is named."""
    dates = dates_or_404(request, year)
    today = seoul_date(request.acting.at)
    latest = today + AHEAD
    context = {"dates": dates, "today": today, "latest": latest}
    form = DayForm(request.GET if "on" in request.GET else {"on": date(today.year, 12, 31)})
    if not form.is_valid():
        return unfinished(request, "yearend/lapsing.html", context, form)
    on = min(max(form.cleaned_data["on"], today), latest)
    return render(request, "yearend/lapsing.html", {**context, "form": form, "rehearsal": rehearse(today, on)})


def _mine(request: ShellRequest, year: int, place_id: UUID) -> Takings:
    dates_or_404(request, year)
    if place_id not in request.viewer.places(roles.SHOP_KEEPER):
        raise Http404
    return takings_by_month(place_id, year)
