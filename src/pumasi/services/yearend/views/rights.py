"""Who reads the year end, which years there are, and how spreadsheets leave."""

from collections.abc import Sequence

from django.http import Http404, HttpResponse
from django.utils.cache import add_never_cache_headers

from pumasi.civic.printing.sheets import MIME, Sheet, workbook
from pumasi.civic.shell import roles
from pumasi.civic.shell.acting import ShellRequest
from pumasi.kernel.clock import seoul_date
from pumasi.services.yearend.queries.dates import Dates, dates_of, known_year

READERS = (roles.ISSUER, roles.BUDGET_OFFICER, roles.TREASURY, roles.AUDITOR)


def dates_or_404(request: ShellRequest, year: int) -> Dates:
    """The days of a year's end; 404 for a year that has not begun or was before the programme."""
    if not known_year(year, seoul_date(request.acting.at)):
        raise Http404
    return dates_of(year)


def sheets_answer(sheets: Sequence[Sheet], name: str) -> HttpResponse:
    """A spreadsheet to take along, never cached."""
    answer = HttpResponse(workbook(sheets), content_type=MIME)
    answer["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    add_never_cache_headers(answer)
    return answer
