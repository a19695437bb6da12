"""A resident's own pages: coins, history, code."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import condition, require_safe

from pumasi.civic.codes.queries import personal_code
from pumasi.civic.notices.queries import unread
from pumasi.civic.shell import roles
from pumasi.civic.shell.access import for_roles
from pumasi.civic.shell.acting import ShellRequest, person_of
from pumasi.civic.shell.scanning import ShownCode, code_etag, draw
from pumasi.kernel.clock import seoul_date
from pumasi.services.deeds.queries.wallet import coins_page, history_page, last_months


@for_roles(roles.RESIDENT)
@require_safe
def coins(request: ShellRequest) -> HttpResponse:
    """What I have, what happened last, what I can do."""
    person = person_of(request)
    return render(
        request, "deeds/coins.html", {"coins": coins_page(person, request.acting.at), "unread": unread(person)}
    )


@for_roles(roles.RESIDENT)
@require_safe
def history(request: ShellRequest) -> HttpResponse:
    """Every movement, 20 to a page."""
    given = request.GET.get("before", "")
    before = int(given) if given.isascii() and given.isdigit() and len(given) < 16 else None
    page = history_page(person_of(request), request.acting.at, before)
    return render(request, "deeds/history.html", {"page": page, "months": last_months(seoul_date(request.acting.at))})


@for_roles(roles.RESIDENT)
@require_safe
def my_code(request: ShellRequest) -> HttpResponse:
    """The code that I show at a counter."""
    return render(request, "deeds/my_code.html", {"code": _drawn(request)})


def _etag(request: ShellRequest) -> str | None:
    person = request.viewer.person_id
    return code_etag(personal_code(person, request.acting.at), request.get_host()) if person else None


@for_roles(roles.RESIDENT)
@require_safe
@condition(etag_func=_etag)
def my_code_part(request: ShellRequest) -> HttpResponse:
    """The part of `my_code` that changes; answers 304 while it does not."""
    answer = render(request, "deeds/parts/code.html", {"code": _drawn(request)})
    answer["Cache-Control"] = "no-cache, private"
    return answer


def _drawn(request: ShellRequest) -> ShownCode:
    code = personal_code(person_of(request), request.acting.at)
    return draw(request, code, _("My code; the characters stand below"), "facility")
