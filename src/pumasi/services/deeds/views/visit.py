"""Measuring hours with two codes: check in at a place, check out there."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from pumasi.civic.shell import roles
from pumasi.civic.shell.access import for_roles
from pumasi.civic.shell.acting import ShellRequest, acting_for, person_of
from pumasi.civic.shell.refusals import unfinished
from pumasi.services.deeds import operations
from pumasi.services.deeds.forms import KindForm, LeaveForm
from pumasi.services.deeds.views.earn import here_context


@for_roles(roles.RESIDENT)
@require_POST
def arrive(request: ShellRequest, scan_id: UUID) -> HttpResponse:
    """I am here and begin."""
    form = KindForm(request.POST)
    if not form.is_valid():
        return redirect("deeds:here", scan_id=scan_id)
    operations.arrive(
        acting_for(request, "DEED_VISIT"),
        person_id=person_of(request),
        scan_id=scan_id,
        kind=form.cleaned_data["kind"],
        key=form.the_key(),
    )
    return redirect("deeds:coins")


@for_roles(roles.RESIDENT)
@require_POST
def leave(request: ShellRequest, scan_id: UUID) -> HttpResponse:
    """I am done: the minutes become a claim, unless somebody has paid for them."""
    form = LeaveForm(request.POST)
    if not form.is_valid():
        return unfinished(request, "deeds/here.html", here_context(request, scan_id, ""), form)
    key = form.the_key()
    state = operations.leave(
        acting_for(request, "DEED_VISIT"),
        person_id=person_of(request),
        scan_id=scan_id,
        key=key,
        is_paid=form.cleaned_data["paid"] == "yes",
    )
    return redirect("deeds:coins") if state is None else redirect("deeds:result", claim_id=key)
