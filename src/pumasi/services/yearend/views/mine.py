"""A resident's year, on the page and on paper."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pumasi.civic.printing import papers
from pumasi.civic.shell import roles
from pumasi.civic.shell.access import for_roles
from pumasi.civic.shell.acting import ShellRequest, person_of
from pumasi.civic.shell.downloads import district_name, pdf_answer
from pumasi.civic.shell.language import page_language
from pumasi.kernel.amount import Amount
from pumasi.kernel.clock import seoul_date
from pumasi.services.yearend.queries.dates import FIRST_YEAR, year_to_keep
from pumasi.services.yearend.queries.yearly import Year, year_of
from pumasi.services.yearend.views.rights import dates_or_404


@for_roles(roles.RESIDENT)
@require_safe
def home(request: ShellRequest) -> HttpResponse:
    """The year that runs, in January the one that ended."""
    return redirect("yearend:mine", year=year_to_keep(seoul_date(request.acting.at)))


@for_roles(roles.RESIDENT)
@require_safe
def page(request: ShellRequest, year: int) -> HttpResponse:
    """My year in a few lines."""
    dates = dates_or_404(request, year)
    context = {
        "year": year,
        "lines": _lines(year_of(person_of(request), dates)),
        "over": dates.is_over(seoul_date(request.acting.at)),
        "earlier": year - 1 if year > FIRST_YEAR else None,
    }
    return render(request, "yearend/mine.html", context)


@for_roles(roles.RESIDENT)
@require_safe
def paper(request: ShellRequest, year: int) -> HttpResponse:
    """The same as a letter to keep."""
    dates = dates_or_404(request, year)
    made_at = min(request.acting.at, dates.closes)
    data = papers.Letter(
        district=district_name(),
        title=_("My coins in %(year)s") % {"year": year},
        to=_("To a member of the coin programme"),
        paragraphs=(_("This is what happened in your wallet from 1 January to 31 December."),)
        if dates.is_over(seoul_date(request.acting.at))
        else (_("The year is not over: these are the figures of now."),),
        facts=tuple(_lines(year_of(person_of(request), dates))),
        closing=_("Questions? Ask at the desk of your community centre."),
    )
    return pdf_answer(papers.letter(data, language=page_language(), made_at=made_at), f"year-{year}")


def _lines(year: Year) -> list[tuple[str, str]]:
    """(name, coins); the first, the earned and the last line always, the others where something was."""
    lines = [
        (_("On 1 January"), year.opening, True),
        (_("Earned with good deeds"), year.earned, True),
        (_("Gifts received"), year.received, False),
        (_("Spent"), year.spent, False),
        (_("Gifts given"), year.given, False),
        (_("Given to campaigns"), year.donated, False),
        (_("Lapsed"), year.lapsed, False),
        (_("Taken back"), year.taken_back, False),
        (_("Other"), year.other, False),
        (_("On 31 December"), year.closing, True),
    ]
    return [(name, _coins(amount)) for name, amount, always in lines if always or amount.minor]


def _coins(amount: Amount) -> str:
    return _("%(coins)s coins") % {"coins": amount.text()}
