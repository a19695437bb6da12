"""The freeze switch: what is stopped, asking for a stop, the second person's step."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from pumasi.civic.shell import roles
from pumasi.civic.shell.access import for_roles
from pumasi.civic.shell.acting import ShellRequest, acting_for
from pumasi.civic.shell.refusals import refused, unfinished
from pumasi.coin import operations as coin
from pumasi.coin.freezes import Cause, FreezeWhat
from pumasi.coin.operations.freeze import Stop
from pumasi.kernel.clock import seoul_date
from pumasi.kernel.ids import new_id
from pumasi.kernel.result import Refusal
from pumasi.services.cockpit.forms import FreezeForm, ReasonForm
from pumasi.services.cockpit.queries import words
from pumasi.services.cockpit.queries.control import freeze_lines, kind_choices, place_choices

READERS = (roles.ISSUER, roles.BUDGET_OFFICER, roles.AUDITOR)


@for_roles(*READERS)
@require_http_methods(["GET", "HEAD", "POST"])
def freezes(request: ShellRequest) -> HttpResponse:
    """All freezes, and the form that asks for one."""
    context = _page(request)
    if request.method != "POST":
        today = seoul_date(request.acting.at)
        form = FreezeForm(initial={"key": new_id(request.acting.at), "starts": today, "what": "ALL"})
        return render(request, "cockpit/freezes.html", {**context, "form": form})
    form = FreezeForm(request.POST)
    if not form.is_valid():
        return unfinished(request, "cockpit/freezes.html", context, form)
    data = form.cleaned_data
    stop = Stop(
        what=FreezeWhat(data["what"]),
        cause=Cause(data["cause"]),
        reason=data["reason"],
        clause=data["clause"],
        starts=data["starts"],
        until=data["until"],
        kind=data["kind"] if data["what"] == "KIND" else "",
        place_id=data["place"] if data["what"] == "PLACE" else None,
        is_emergency=data["is_emergency"],
    )
    try:
        coin.ask_freeze(acting_for(request, "FREEZE"), stop, key=form.the_key())
    except Refusal as refusal:
        return refused(request, "cockpit/freezes.html", {**context, "form": form}, refusal)
    return redirect("cockpit:freezes")


@for_roles(roles.ISSUER, roles.BUDGET_OFFICER)
@require_POST
def freeze(request: ShellRequest, freeze_id: UUID) -> HttpResponse:
    """The second person's step, or the wish to lift."""
    form = ReasonForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    acting = acting_for(request, "FREEZE")
    try:
        match request.POST.get("step"):
            case "confirm":
                coin.confirm_freeze(acting, freeze_id=freeze_id)
            case "refuse":
                coin.refuse_freeze(acting, freeze_id=freeze_id, reason=reason)
            case "ask":
                coin.ask_lifting(acting, freeze_id=freeze_id, reason=reason)
            case "lift":
                coin.confirm_lifting(acting, freeze_id=freeze_id)
    except Refusal as refusal:
        asking = FreezeForm(initial={"key": new_id(request.acting.at), "starts": seoul_date(request.acting.at)})
        return refused(request, "cockpit/freezes.html", {**_page(request), "form": asking}, refusal)
    return redirect("cockpit:freezes")


def _page(request: ShellRequest) -> dict[str, object]:
    return {
        "lines": freeze_lines(request.acting.at),
        "whats": words.freeze_whats(),
        "causes": words.causes(),
        "kind_choices": kind_choices(),
        "place_choices": place_choices(seoul_date(request.acting.at)),
        "may_decide": bool(request.viewer.roles & {roles.ISSUER, roles.BUDGET_OFFICER}),
    }
