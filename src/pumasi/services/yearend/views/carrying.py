"""Carrying over: one officer asks, another agrees."""

from collections.abc import Callable

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from pumasi.civic.shell import roles
from pumasi.civic.shell.access import for_roles
from pumasi.civic.shell.acting import ShellRequest, acting_for, person_of
from pumasi.civic.shell.refusals import refused, unfinished
from pumasi.kernel.ids import new_id
from pumasi.kernel.result import Refusal
from pumasi.services.yearend import operations
from pumasi.services.yearend.forms import DocumentForm
from pumasi.services.yearend.queries.carrying import carrying
from pumasi.services.yearend.views.rights import READERS, dates_or_404


@for_roles(*READERS)
@require_safe
def page(request: ShellRequest, year: int) -> HttpResponse:
    """What can be carried over, and who has to act."""
    return render(request, "yearend/carrying.html", _context(request, year))


@for_roles(roles.BUDGET_OFFICER)
@require_POST
def ask(request: ShellRequest, year: int) -> HttpResponse:
    """The first officer."""
    form = DocumentForm(request.POST)
    if not form.is_valid():
        return unfinished(request, "yearend/carrying.html", _context(request, year), form)
    document = form.cleaned_data["document"]
    acting = acting_for(request, "CARRY_OVER")
    return _done(
        request, year, lambda: operations.ask_carry_over(acting, year=year, document=document, key=form.the_key())
    )


@for_roles(roles.BUDGET_OFFICER)
@require_POST
def agree(request: ShellRequest, year: int) -> HttpResponse:
    """The second officer."""
    return _done(request, year, lambda: operations.agree_carry_over(acting_for(request, "CARRY_OVER"), year=year))


def _done(request: ShellRequest, year: int, act: Callable[[], None]) -> HttpResponse:
    try:
        act()
    except Refusal as refusal:
        return refused(request, "yearend/carrying.html", _context(request, year), refusal)
    return redirect("yearend:carrying", year=year)


def _context(request: ShellRequest, year: int) -> dict[str, object]:
    is_officer = roles.BUDGET_OFFICER in request.viewer.roles
    return {
        "dates": dates_or_404(request, year),
        "carrying": carrying(year, person_of(request), is_officer, request.acting.at),
        "form": DocumentForm(initial={"key": new_id(request.acting.at)}),
    }
