"""Photo deeds of a resident: choose the place, take the code into the picture, send the picture."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from pumasi.civic.shell import roles
from pumasi.civic.shell.access import for_roles
from pumasi.civic.shell.acting import ShellRequest, acting_for, person_of
from pumasi.civic.shell.refusals import refused, unfinished
from pumasi.kernel.clock import seoul_date
from pumasi.kernel.ids import new_id
from pumasi.kernel.result import Refusal
from pumasi.services.deeds import operations
from pumasi.services.deeds.forms import PhotoForm, PhotoPlaceForm
from pumasi.services.deeds.operations.pictures import MEGABYTES
from pumasi.services.deeds.queries.kinds import kind_card, measured, places_for
from pumasi.services.deeds.queries.photos import photo_code


@for_roles(roles.RESIDENT)
@require_http_methods(["GET", "HEAD", "POST"])
def photo(request: ShellRequest, code: str) -> HttpResponse:
    """Choose the place of the deed and receive the one-time code."""
    today = seoul_date(request.acting.at)
    card = kind_card(code, today)
    if not card.by_photo:
        raise Http404
    form = PhotoPlaceForm(request.POST or None, initial={"key": new_id(request.acting.at)})
    context = {"kind": card, "places": places_for(code, today), "form": form}
    if request.method != "POST":
        return render(request, "deeds/photo.html", context)
    if not form.is_valid():
        return unfinished(request, "deeds/photo.html", context, form)
    try:
        made = operations.issue_photo_code(
            acting_for(request, "DEED_PHOTO"),
            person_id=person_of(request),
            place_id=form.cleaned_data["place"],
            kind=code,
            key=form.the_key(),
        )
    except Refusal as refusal:
        return refused(request, "deeds/photo.html", context, refusal)
    return redirect("deeds:photo_code", code_id=made.id)


@for_roles(roles.RESIDENT)
@require_http_methods(["GET", "HEAD", "POST"])
def send(request: ShellRequest, code_id: UUID) -> HttpResponse:
    """The code, large, and the field for the photo that shows it."""
    person = person_of(request)
    shown = photo_code(code_id, person)
    if shown is None:
        raise Http404
    card = kind_card(shown.kind, seoul_date(request.acting.at))
    form = PhotoForm(request.POST or None, request.FILES or None)
    context = {"code": shown, "kind": card, "form": form, "megabytes": MEGABYTES}
    if request.method != "POST":
        return render(request, "deeds/photo_code.html", context)
    if not form.is_valid():
        return unfinished(request, "deeds/photo_code.html", context, form)
    try:
        operations.claim_by_photo(
            acting_for(request, "DEED_PHOTO"),
            person_id=person,
            code_id=code_id,
            quantity=measured(shown.kind, form.cleaned_data["quantity"]),
            data=form.cleaned_data["photo"].read(MEGABYTES * 1024 * 1024 + 1),
        )
    except Refusal as refusal:
        return refused(request, "deeds/photo_code.html", context, refusal)
    return redirect("deeds:result", claim_id=code_id)
