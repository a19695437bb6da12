"""For staff of a place: the screen with the rotating code, confirming a deed, looking at hours."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import condition, require_http_methods, require_POST, require_safe

from pumasi.civic.codes.grammar import Kind as CodeKind
from pumasi.civic.codes.queries import place_code
from pumasi.civic.places.queries import place
from pumasi.civic.shell import roles
from pumasi.civic.shell.access import for_roles
from pumasi.civic.shell.acting import ShellRequest, acting_for
from pumasi.civic.shell.refusals import refused, unfinished
from pumasi.civic.shell.scanning import ShownCode, code_etag, draw, take
from pumasi.kernel.clock import seoul_date
from pumasi.kernel.ids import new_id
from pumasi.kernel.result import Refusal
from pumasi.services.deeds import operations
from pumasi.services.deeds.forms import ConfirmForm
from pumasi.services.deeds.queries.inbox import claimed_kind, is_at, waiting_for_look
from pumasi.services.deeds.queries.kinds import kinds_by_staff, measured, place_card
from pumasi.services.deeds.queries.reasons import REFUSALS
from pumasi.services.deeds.queries.slips import next_rank, place_notices

STAFF = (roles.SHOP_KEEPER, roles.FACILITY_CASHIER)


@for_roles(*STAFF)
@require_safe
def my_places(request: ShellRequest) -> HttpResponse:
    """The places whose screen I may open."""
    places = [place(each) for each in request.viewer.places(*STAFF)]
    cards = [place_card(each, reverse("deeds:screen", args=[each.id])) for each in places]
    return render(request, "deeds/my_places.html", {"places": cards})


@for_roles(*STAFF)
@require_safe
def screen(request: ShellRequest, place_id: UUID) -> HttpResponse:
    """The large code for residents to scan or type."""
    _must_be_mine(request, place_id)
    context = {
        "place": place_card(place(place_id), ""),
        "code": _drawn(request, place_id),
        "next_rank": next_rank(request.acting.at),
        "notices": place_notices(place_id, request.acting.at),
    }
    return render(request, "deeds/screen.html", context)


def _etag(request: ShellRequest, place_id: UUID) -> str | None:
    mine = place_id in request.viewer.places(*STAFF)
    return code_etag(place_code(place_id, request.acting.at), request.get_host()) if mine else None


@for_roles(*STAFF)
@require_safe
@condition(etag_func=_etag)
def screen_part(request: ShellRequest, place_id: UUID) -> HttpResponse:
    """The part of the screen that changes; answers 304 while it does not (decisions 26)."""
    _must_be_mine(request, place_id)
    answer = render(request, "deeds/parts/code.html", {"code": _drawn(request, place_id)})
    answer["Cache-Control"] = "no-cache, private"
    return answer


@for_roles(*STAFF)
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: ShellRequest) -> HttpResponse:
    """Give coins to the person in front of me, by their own code; and look at hours that wait."""
    form = ConfirmForm(request.POST) if request.method == "POST" else _fresh(request)
    context = {**_confirm_context(request), "form": form}
    if request.method != "POST":
        return render(request, "deeds/confirm.html", context)
    if not form.is_valid():
        return unfinished(request, "deeds/confirm.html", context, form)
    data = form.cleaned_data
    _must_be_mine(request, data["place"])
    try:
        scan = take(acting_for(request, "DEED_CONFIRM"), data["code"], CodeKind.PERSON)
        state = operations.confirm_in_person(
            acting_for(request, "DEED_CONFIRM", scan.subject),
            place_id=data["place"],
            scan_id=scan.id,
            kind=data["kind"],
            quantity=measured(data["kind"], data["quantity"]),
            key=form.the_key(),
        )
    except Refusal as refusal:
        return refused(request, "deeds/confirm.html", context, refusal)
    return _back(state)


@for_roles(*STAFF)
@require_POST
def decide(request: ShellRequest, claim_id: UUID) -> HttpResponse:
    """The second hand: accept a claim at my place, correct its quantity, or refuse it with a reason."""
    if not is_at(claim_id, request.viewer.places(*STAFF)):
        raise Http404
    is_right = request.POST.get("decision") == "approve"
    try:
        state = operations.decide(
            acting_for(request, "DEED_REVIEW"),
            claim_id=claim_id,
            is_right=is_right,
            quantity=_corrected(claim_id, request.POST.get("quantity", "")),
            reason=request.POST.get("reason", ""),
        )
    except Refusal as refusal:
        return refused(request, "deeds/confirm.html", {**_confirm_context(request), "form": _fresh(request)}, refusal)
    return _back(state)


def _corrected(claim_id: UUID, count: str) -> int | None:
    """The quantity that staff have typed, in the tariff's measure; None where they left it as it was."""
    kind = claimed_kind(claim_id)
    is_count = count.isascii() and count.isdigit() and 0 < len(count) <= 5
    return measured(kind, int(count)) if kind and is_count else None


def _back(state: str) -> HttpResponse:
    return redirect(f"{reverse('deeds:confirm')}?{urlencode({'done': state})}")


def _confirm_context(request: ShellRequest) -> dict[str, object]:
    today = seoul_date(request.acting.at)
    mine = request.viewer.places(*STAFF)
    places = [each for each in map(place, mine) if each.is_open(today)]
    done = _done_texts().get(request.GET.get("done", ""))
    return {
        "places": [place_card(each, "") for each in places],
        "groups": kinds_by_staff(places, today),
        "reviews": waiting_for_look(mine, today),
        "reasons": REFUSALS.items(),
        "done": {"headline": done[0], "say": done[1]} if done else None,
    }


def _done_texts() -> dict[str, tuple[str, str]]:
    return {
        "ISSUED": (
            _("Done: the coins are with the resident"),
            _("They see it under “My coins”; who has a card asks at any desk."),
        ),
        "WAITLISTED": (
            _("Noted: the resident is on the waiting list"),
            _("The budget is used up for now; the coins come in turn."),
        ),
        "REJECTED": (_("Noted: not right"), _("The resident sees this and how to object.")),
    }


def _fresh(request: ShellRequest) -> ConfirmForm:
    return ConfirmForm(initial={"key": new_id(request.acting.at)})


def _must_be_mine(request: ShellRequest, place_id: UUID) -> None:
    if place_id not in request.viewer.places(*STAFF):
        raise Http404


def _drawn(request: ShellRequest, place_id: UUID) -> ShownCode:
    code = place_code(place_id, request.acting.at)
    return draw(request, code, _("Code of this place; the characters stand below"), "resident")
