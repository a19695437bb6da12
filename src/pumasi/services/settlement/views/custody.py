"""Unreachable money: closed shops with takings, what is in custody, and what two officers write off."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from pumasi.civic.shell import roles
from pumasi.civic.shell.access import for_roles
from pumasi.civic.shell.acting import ShellRequest, acting_for, person_of
from pumasi.civic.shell.refusals import refused, unfinished
from pumasi.coin.operations.proposals import reject
from pumasi.coin.settlement import operations
from pumasi.coin.settlement.operations.custody import WRITE_OFF
from pumasi.coin.settlement.unreachable import in_custody
from pumasi.coin.settlement.unreachable import unreachable as closed_shops
from pumasi.kernel.acting import Acting
from pumasi.kernel.ids import new_id
from pumasi.kernel.result import Refusal
from pumasi.services.settlement.forms import CustodyForm
from pumasi.services.settlement.queries.custody import write_offs

READERS = (roles.TREASURY, roles.AUDITOR, roles.ISSUER, roles.BUDGET_OFFICER)
OFFICERS = (roles.TREASURY, roles.BUDGET_OFFICER)


@for_roles(*READERS)
@require_safe
def unreachable(request: ShellRequest) -> HttpResponse:
    """What waits, what is kept, what was asked for."""
    return render(request, "settlement/unreachable.html", _page(request))


@for_roles(*OFFICERS)
@require_POST
def act(request: ShellRequest, what: str) -> HttpResponse:
    """keep, found, ask, approve or refuse."""
    if what not in _ACTS:
        raise Http404
    form = CustodyForm(request.POST)
    if not form.is_valid():
        return unfinished(request, "settlement/unreachable.html", _page(request), form)
    try:
        _ACTS[what](acting_for(request, "CUSTODY"), form.cleaned_data["which"], form.cleaned_data)
    except Refusal as refusal:
        return refused(request, "settlement/unreachable.html", _page(request), refusal)
    return redirect("settlement:unreachable")


_ACTS: dict[str, Callable[[Acting, UUID, dict[str, Any]], object]] = {
    "keep": lambda acting, place, data: operations.take_into_custody(
        acting, place_id=place, reason=data["reason"], document=data["document"], key=data["key"]
    ),
    "found": lambda acting, custody, data: operations.end_custody(acting, custody_id=custody, reason=data["reason"]),
    "ask": lambda acting, place, data: operations.ask_write_off(
        acting, place_id=place, reason=data["reason"], document=data["document"], key=data["key"]
    ),
    "approve": lambda acting, proposal, data: operations.approve_write_off(acting, proposal_id=proposal),
    "refuse": lambda acting, proposal, data: reject(acting, WRITE_OFF, proposal_id=proposal, reason=data["reason"]),
}


def _page(request: ShellRequest) -> dict[str, object]:
    at = request.acting.at
    return {
        "closed": [(each, new_id(at)) for each in closed_shops(at)],
        "kept": [(each, new_id(at)) for each in in_custody(at)],
        "requests": write_offs(person_of(request)),
        "today": at,
        "may_act": roles.TREASURY in request.viewer.roles,
        "may_decide": bool(request.viewer.roles & set(OFFICERS)),
    }
