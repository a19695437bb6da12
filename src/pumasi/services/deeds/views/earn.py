"""Earning: enter or scan a place's code, say what was done and how much, receive coins or a place in the line."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from pumasi.civic.codes.grammar import Kind as CodeKind
from pumasi.civic.codes.operations import open_scan
from pumasi.civic.places.queries import place
from pumasi.civic.shell import roles
from pumasi.civic.shell.access import for_roles
from pumasi.civic.shell.acting import ShellRequest, acting_for, person_of
from pumasi.civic.shell.refusals import refused, unfinished
from pumasi.civic.shell.scanning import take
from pumasi.kernel.clock import seoul_date
from pumasi.kernel.ids import new_id
from pumasi.kernel.result import Refusal
from pumasi.services.deeds import operations
from pumasi.services.deeds.forms import ClaimForm, CodeForm, NoteForm
from pumasi.services.deeds.queries.kinds import kind_card, kind_groups, kinds_by_code, measured, place_card, places_for
from pumasi.services.deeds.queries.slips import next_rank, notices_for, result_for
from pumasi.services.deeds.queries.visits import open_here


@for_roles(roles.RESIDENT)
@require_http_methods(["GET", "HEAD", "POST"])
def earn(request: ShellRequest) -> HttpResponse:
    """All kinds in groups, and the field for a place's code."""
    context = _earn_context(request)
    if request.method != "POST":
        return render(request, "deeds/earn.html", context)
    form = CodeForm(request.POST)
    if not form.is_valid():
        return unfinished(request, "deeds/earn.html", context, form)
    try:
        scan = take(acting_for(request, "DEED_CLAIM"), form.cleaned_data["code"], CodeKind.PLACE)
    except Refusal as refusal:
        chosen = _chosen(form.cleaned_data["kind"], request)
        return refused(request, "deeds/earn.html", {**context, "form": form, "kind": chosen}, refusal)
    return redirect(_here(scan.id, form.cleaned_data["kind"]))


@for_roles(roles.RESIDENT)
@require_safe
def kind(request: ShellRequest, code: str) -> HttpResponse:
    """One kind: what it earns, where, how; with the field for the place's code."""
    today = seoul_date(request.acting.at)
    context = {
        "kind": kind_card(code, today),
        "places": places_for(code, today),
        "next_rank": next_rank(request.acting.at),
        "notices": notices_for(person_of(request), request.acting.at, code),
    }
    return render(request, "deeds/kind.html", context)


@for_roles(roles.RESIDENT)
@require_safe
def scanned(request: ShellRequest, text: str) -> HttpResponse:
    """What a phone's camera opens at a place's screen."""
    try:
        scan = take(acting_for(request, "DEED_CLAIM"), text, CodeKind.PLACE)
    except Refusal as refusal:
        return refused(request, "deeds/earn.html", _earn_context(request), refusal)
    return redirect(_here(scan.id, ""))


@for_roles(roles.RESIDENT)
@require_http_methods(["GET", "HEAD", "POST"])
def here(request: ShellRequest, scan_id: UUID) -> HttpResponse:
    """At the place: choose what was done, then how much."""
    if request.method == "POST":
        return _claim(request, scan_id, person_of(request))
    context = here_context(request, scan_id, request.GET.get("kind", ""))
    return render(
        request, "deeds/here.html", {**context, "form": ClaimForm(initial={"key": new_id(request.acting.at)})}
    )


def here_context(request: ShellRequest, scan_id: UUID, code: str) -> dict[str, object]:
    """What the page of a place shows whose code was scanned, with the kind that was chosen or "". No form."""
    person, at = person_of(request), request.acting.at
    found = place(open_scan(scan_id, person, at).subject)
    return {
        "place": place_card(found, ""),
        "kind": _chosen(code, request),
        "groups": kinds_by_code(found, seoul_date(at)),
        "scan": scan_id,
        "visit": open_here(person, found.id, at),
        "next_rank": next_rank(at),
        "notices": notices_for(person, at, code, found.id),
    }


def _claim(request: ShellRequest, scan_id: UUID, person: UUID) -> HttpResponse:
    form = ClaimForm(request.POST)
    chosen = _chosen(request.POST.get("kind", ""), request)
    context = {"kind": chosen, "form": form, "place": _place_of(scan_id, request), "scan": scan_id}
    if form.is_valid() and getattr(chosen, "needs_review", False) and not form.cleaned_data["paid"]:
        form.add_error("paid", _("Please answer whether you were paid for it."))
    if not form.is_valid():
        return unfinished(request, "deeds/here.html", context, form)
    data, key = form.cleaned_data, form.the_key()
    try:
        operations.claim_by_code(
            acting_for(request, "DEED_CLAIM"),
            person_id=person,
            scan_id=scan_id,
            kind=data["kind"],
            quantity=measured(data["kind"], data["quantity"]),
            key=key,
            is_paid={"yes": True, "no": False}.get(data["paid"]),
        )
    except Refusal as refusal:
        return refused(request, "deeds/here.html", context, refusal)
    return redirect("deeds:result", claim_id=key)


@for_roles(roles.RESIDENT)
@require_safe
def result(request: ShellRequest, claim_id: UUID) -> HttpResponse:
    """The slip of one of my claims."""
    found = result_for(claim_id, person_of(request), request.acting.at)
    if found is None:
        raise Http404
    context = {
        "result": found,
        "form": NoteForm(initial={"key": new_id(request.acting.at)}),
        "notices": notices_for(person_of(request), request.acting.at),
    }
    return render(request, "deeds/result.html", context)


def _earn_context(request: ShellRequest) -> dict[str, object]:
    at = request.acting.at
    notices = notices_for(person_of(request), at)
    return {"groups": kind_groups(seoul_date(at)), "form": CodeForm(), "next_rank": next_rank(at), "notices": notices}


def _here(scan_id: UUID, kind: str) -> str:
    return reverse("deeds:here", args=[scan_id]) + (f"?{urlencode({'kind': kind})}" if kind else "")


def _chosen(code: str, request: ShellRequest) -> object | None:
    try:
        return kind_card(code, seoul_date(request.acting.at)) if code else None
    except Refusal:
        return None


def _place_of(scan_id: UUID, request: ShellRequest) -> object:
    try:
        return place_card(place(open_scan(scan_id, person_of(request), request.acting.at).subject), "")
    except Refusal:
        return {"name": ""}
