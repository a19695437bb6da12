"""Organisations: the officers' page of bindings, and the admin's lists with their dry run."""

import csv
from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from io import StringIO
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pumasi.civic.people.queries import find_by_phone
from pumasi.civic.places.queries import names_of, open_places
from pumasi.civic.shell import roles
from pumasi.civic.shell.access import for_roles
from pumasi.civic.shell.acting import ShellRequest, acting_for, person_of
from pumasi.civic.shell.language import page_language
from pumasi.civic.shell.refusals import refused, unfinished
from pumasi.kernel.clock import seoul_date
from pumasi.kernel.ids import new_id
from pumasi.kernel.result import Refusal
from pumasi.services.deeds import operations
from pumasi.services.deeds.errors import BindingUnusable
from pumasi.services.deeds.forms import BindingForm, ListForm, OrganisationForm
from pumasi.services.deeds.operations.organisation import CENTRES
from pumasi.services.deeds.queries.kinds import place_card
from pumasi.services.deeds.queries.lists import MAX_LINES
from pumasi.services.deeds.queries.organisations import (
    Bound,
    batch_answers,
    batch_of,
    batches_of,
    bound_to,
    organisation_name,
    organisations,
)

OFFICERS = (roles.ISSUER, roles.DONG_OFFICIAL)
MAX_BYTES = 1_000_000


@for_roles(*OFFICERS)
@require_http_methods(["GET", "HEAD", "POST"])
def organisations_page(request: ShellRequest) -> HttpResponse:
    """All organisations, and a form for a new one."""
    form = OrganisationForm(request.POST or None, initial={"key": new_id(request.acting.at)})
    context = {**_officers(request), "form": form}
    if request.method != "POST":
        return render(request, "deeds/organisations.html", context)
    if not form.is_valid():
        return unfinished(request, "deeds/organisations.html", context, form)
    data = form.cleaned_data
    try:
        operations.register_organisation(
            acting_for(request, "ORGANISATION"), name_ko=data["name_ko"], name_en=data["name_en"], key=form.the_key()
        )
    except Refusal as refusal:
        return refused(request, "deeds/organisations.html", context, refusal)
    return redirect("deeds:organisations")


@for_roles(*OFFICERS)
@require_POST
def bind(request: ShellRequest) -> HttpResponse:
    """Bind an organisation to a coin centre and a named admin, with dates."""
    form = BindingForm(request.POST)
    fresh = OrganisationForm(initial={"key": new_id(request.acting.at)})
    context = {**_officers(request), "form": fresh, "binding": form}
    if not form.is_valid():
        return render(request, "deeds/organisations.html", context, status=422)
    data, acting = form.cleaned_data, acting_for(request, "ORGANISATION")
    try:
        admin = find_by_phone(acting, data["phone"])
        if admin is None:
            raise BindingUnusable(what="phone")
        operations.bind_organisation(
            acting,
            organisation_id=data["organisation"],
            centre_id=data["centre"],
            admin_id=admin,
            starts=data["starts"],
            ends=data["ends"],
        )
    except Refusal as refusal:
        return refused(request, "deeds/organisations.html", context, refusal)
    return redirect("deeds:organisations")


@for_roles(*OFFICERS)
@require_POST
def end(request: ShellRequest, binding_id: int) -> HttpResponse:
    """End a binding today."""
    operations.end_binding(acting_for(request, "ORGANISATION"), binding_id=binding_id)
    return redirect("deeds:organisations")


@for_roles(roles.ORGANISATION_ADMIN)
@require_http_methods(["GET", "HEAD", "POST"])
def lists(request: ShellRequest) -> HttpResponse:
    """Choose a file, read the dry run, confirm: nothing is written before the second press."""
    bound = bound_to(person_of(request), seoul_date(request.acting.at))
    context = _admins(bound)
    if request.method != "POST":
        return render(request, "deeds/lists.html", context)
    data, form = _file_of(request)
    if data is None:
        return unfinished(request, "deeds/lists.html", context, form)
    acting = acting_for(request, "ORGANISATION_LIST")
    try:
        if "confirm" in request.POST:
            return redirect("deeds:list", batch_id=operations.confirm_list(acting, data=data))
        preview = operations.preview_list(acting, data=data)
    except Refusal as refusal:
        return refused(request, "deeds/lists.html", context, refusal)
    rows = list(enumerate(preview.accepted, start=1))
    return render(
        request,
        "deeds/list_preview.html",
        {**context, "preview": preview, "rows": rows[:500], "all": len(rows), "file": b64encode(data).decode("ascii")},
    )


@for_roles(roles.ORGANISATION_ADMIN)
@require_safe
def one_list(request: ShellRequest, batch_id: UUID) -> HttpResponse:
    """What became of a list of mine."""
    bound = _must_be_bound(request)
    found = batch_of(batch_id, bound.organisation_id)
    if found is None:
        raise Http404
    ask = [number for number, is_accepted in batch_answers(batch_id) if not is_accepted]
    return render(request, "deeds/list.html", {"batch": found, "ask": ask[:500]})


@for_roles(roles.ORGANISATION_ADMIN)
@require_safe
def export(request: ShellRequest, batch_id: UUID) -> HttpResponse:
    """The answers as CSV: line and answer, nothing about a person."""
    bound = _must_be_bound(request)
    if batch_of(batch_id, bound.organisation_id) is None:
        raise Http404
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow([_("line"), _("answer")])
    words = {True: _("accepted"), False: _("ask the person")}
    writer.writerows([number, words[is_accepted]] for number, is_accepted in batch_answers(batch_id))
    answer = HttpResponse("\ufeff" + out.getvalue(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="list-{batch_id.hex[:8]}.csv"'
    return answer


def _file_of(request: ShellRequest) -> tuple[bytes | None, ListForm]:
    """The bytes of the chosen file, or of the one that comes back with the second press."""
    form = ListForm(request.POST, request.FILES)
    if "confirm" in request.POST:
        try:
            return b64decode(request.POST["confirm"], validate=True), form
        except (NotBase64, ValueError):
            return None, form
    if not form.is_valid():
        return None, form
    data = form.cleaned_data["file"].read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        form.add_error("file", _("The file is too large."))
        return None, form
    return bytes(data), form


def _must_be_bound(request: ShellRequest) -> Bound:
    bound = bound_to(person_of(request), seoul_date(request.acting.at))
    if bound is None:
        raise PermissionDenied
    return bound


def _admins(bound: Bound | None) -> dict[str, object]:
    language = page_language()
    if bound is None:
        return {"bound": None, "form": ListForm()}
    return {
        "bound": bound,
        "organisation": organisation_name(bound.organisation_id, language),
        "centre": names_of([bound.centre_id], language)[bound.centre_id],
        "batches": batches_of(bound.organisation_id),
        "form": ListForm(),
        "most": MAX_LINES,
    }


def _officers(request: ShellRequest) -> dict[str, object]:
    today = seoul_date(request.acting.at)
    centres = [place_card(each, "") for kind in CENTRES for each in open_places(kind, today)]
    return {"organisations": organisations(today, page_language()), "centres": centres, "today": today}
