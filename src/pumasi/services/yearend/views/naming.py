"""Names behind a payment: ask, agree, look. Two persons, an order number, one hour, and every look noted."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from pumasi.civic.shell import roles
from pumasi.civic.shell.access import for_roles
from pumasi.civic.shell.acting import ShellRequest, acting_for, person_of
from pumasi.civic.shell.refusals import refused, unfinished
from pumasi.kernel.result import Refusal
from pumasi.services.yearend import operations
from pumasi.services.yearend.forms import NamesForm
from pumasi.services.yearend.queries.naming import ask_lines
from pumasi.services.yearend.views.rights import READERS

AGREE = (roles.ISSUER, roles.BUDGET_OFFICER)


@for_roles(*READERS)
@require_safe
def page(request: ShellRequest) -> HttpResponse:
    """All requests, newest first."""
    return render(request, "yearend/names.html", _context(request))


@for_roles(roles.AUDITOR)
@require_POST
def ask(request: ShellRequest, transfer: int) -> HttpResponse:
    """Ask for the names behind one payment."""
    form = NamesForm(request.POST)
    if not form.is_valid():
        return unfinished(request, "yearend/names.html", _context(request), form)
    try:
        data = form.cleaned_data
        operations.ask_names(
            acting_for(request, "AUDIT"),
            transfer=transfer,
            order_number=data["order_number"],
            reason=data["reason"],
            key=form.the_key(),
        )
    except Refusal as refusal:
        return refused(request, "yearend/names.html", _context(request), refusal)
    return redirect("yearend:names")


@for_roles(*AGREE)
@require_POST
def agree(request: ShellRequest, ask_id: UUID) -> HttpResponse:
    """The second person."""
    try:
        operations.agree_names(acting_for(request, "AUDIT"), ask_id=ask_id)
    except Refusal as refusal:
        return refused(request, "yearend/names.html", _context(request), refusal)
    return redirect("yearend:names")


@for_roles(roles.AUDITOR)
@require_POST
def look(request: ShellRequest, ask_id: UUID) -> HttpResponse:
    """Look once; shown on this page only, and noted for everybody named."""
    try:
        names = operations.look_at_names(acting_for(request, "AUDIT"), ask_id=ask_id)
    except Refusal as refusal:
        return refused(request, "yearend/names.html", _context(request), refusal)
    return render(request, "yearend/names.html", {**_context(request), "names": names})


def _context(request: ShellRequest) -> dict[str, object]:
    held = request.viewer.roles
    lines = ask_lines(
        person_of(request), agrees=bool(held & frozenset(AGREE)), looks=roles.AUDITOR in held, at=request.acting.at
    )
    return {"lines": lines}
