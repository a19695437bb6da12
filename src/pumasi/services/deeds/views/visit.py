"""Measuring hours with two codes: check in at a place, check out there."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from pumasi.civic.shell import roles
from pumasi.civic.shell.access import for_roles
from pumasi.civic.shell.acting import ShellRequest, acting_for, person_of
from pumasi.civic.shell.forms import KeyedForm
from pumasi.services.deeds import operations
from pumasi.services.deeds.forms import KindForm


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
    """I am done: the minutes become a claim."""
    form = KeyedForm(request.POST)
    if not form.is_valid():
        return redirect("deeds:here", scan_id=scan_id)
    key = form.the_key()
    operations.leave(acting_for(request, "DEED_VISIT"), person_id=person_of(request), scan_id=scan_id, key=key)
    return redirect("deeds:result", claim_id=key)
