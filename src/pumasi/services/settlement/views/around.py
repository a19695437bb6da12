"""Around settlement: bank accounts to confirm, holds, overrides of the sealing rule, public facilities."""

from collections.abc import Callable
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from pumasi.civic.places.models import PlaceKind
from pumasi.civic.places.queries import open_places
from pumasi.civic.shell import roles
from pumasi.civic.shell.access import for_roles
from pumasi.civic.shell.acting import ShellRequest, acting_for, person_of
from pumasi.civic.shell.refusals import refused, unfinished
from pumasi.coin.settlement import operations as settlement
from pumasi.coin.settlement.queries import accounts, holds, may_settle, open_facilities, overrides
from pumasi.kernel.clock import seoul_date
from pumasi.kernel.ids import new_id
from pumasi.kernel.result import Refusal
from pumasi.services.settlement.forms import ConfirmForm, FacilityForm, OverrideForm, PlaceReasonForm, ReasonForm

READERS = (roles.TREASURY, roles.AUDITOR, roles.ISSUER, roles.BUDGET_OFFICER)
OFFICERS = (roles.TREASURY, roles.ISSUER, roles.BUDGET_OFFICER)


@for_roles(*READERS)
@require_safe
def around(request: ShellRequest) -> HttpResponse:
    """Everything around the batches."""
    return render(request, "settlement/around.html", _around(request))


@for_roles(roles.TREASURY)
@require_POST
def account(request: ShellRequest) -> HttpResponse:
    """A bank account was compared with the copy of the bank book."""
    form = ConfirmForm(request.POST)
    return _done(
        request,
        form,
        lambda: settlement.confirm_account(
            acting_for(request, "SETTLE"),
            account_id=form.cleaned_data["account"],
            document=form.cleaned_data["document"],
        ),
    )


@for_roles(roles.TREASURY, roles.ISSUER)
@require_POST
def hold(request: ShellRequest) -> HttpResponse:
    """Hold a shop's payouts."""
    form = PlaceReasonForm(request.POST)
    return _done(
        request,
        form,
        lambda: settlement.place_hold(
            acting_for(request, "HOLD"), place_id=form.cleaned_data["place"], reason=form.cleaned_data["reason"]
        ),
    )


@for_roles(roles.TREASURY, roles.ISSUER)
@require_POST
def end_hold(request: ShellRequest) -> HttpResponse:
    """End a hold."""
    form = PlaceReasonForm(request.POST)
    return _done(
        request,
        form,
        lambda: settlement.end_hold(
            acting_for(request, "HOLD"), place_id=form.cleaned_data["place"], reason=form.cleaned_data["reason"]
        ),
    )


@for_roles(*OFFICERS)
@require_POST
def override(request: ShellRequest) -> HttpResponse:
    """Ask to pay out what the record does not show yet."""
    form = ReasonForm(request.POST)
    return _done(
        request,
        form,
        lambda: settlement.ask_to_override(acting_for(request, "OVERRIDE"), reason=form.cleaned_data["reason"]),
    )


@for_roles(*OFFICERS)
@require_POST
def agree(request: ShellRequest) -> HttpResponse:
    """Agree as the second officer."""
    form = OverrideForm(request.POST)
    return _done(
        request,
        form,
        lambda: settlement.agree_to_override(
            acting_for(request, "OVERRIDE"), override_id=form.cleaned_data["override"]
        ),
    )


@for_roles(roles.TREASURY)
@require_POST
def facility(request: ShellRequest) -> HttpResponse:
    """Close a public facility's takings."""
    form = FacilityForm(request.POST)
    return _done(
        request,
        form,
        lambda: settlement.close_facility(
            acting_for(request, "SETTLE"),
            place_id=form.cleaned_data["place"],
            document=form.cleaned_data["document"],
            key=form.the_key(),
        ),
    )


def _done(request: ShellRequest, form: forms.Form, act: Callable[[], object]) -> HttpResponse:
    if not form.is_valid():
        return unfinished(request, "settlement/around.html", _around(request), form)
    try:
        act()
    except Refusal as refusal:
        return refused(request, "settlement/around.html", _around(request), refusal)
    return redirect("settlement:around")


def _around(request: ShellRequest) -> dict[str, object]:
    viewer: UUID = person_of(request)
    today = seoul_date(request.acting.at)
    held = holds()
    stopped = {place.id for place, _reason in held}
    return {
        "accounts": accounts(),
        "holds": held,
        "shops": [each for each in open_places(PlaceKind.SHOP, today) if each.id not in stopped],
        "overrides": overrides(viewer),
        "facilities": [(each, new_id(request.acting.at)) for each in open_facilities()],
        "may_settle": may_settle(viewer, today),
        "may_hold": bool(request.viewer.roles & {roles.TREASURY, roles.ISSUER}),
        "may_override": bool(request.viewer.roles & set(OFFICERS)),
    }
