"""A person's cases with opinion and objection; the officers' desk: find a deed, give notice, decide."""

from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from pumasi.civic.places.queries import open_places
from pumasi.civic.shell import roles
from pumasi.civic.shell.access import for_roles, or_404
from pumasi.civic.shell.acting import ShellRequest, acting_for, person_of
from pumasi.civic.shell.language import page_language
from pumasi.civic.shell.refusals import refused, unfinished
from pumasi.coin import operations as coin
from pumasi.coin.hearings import operations as hearings
from pumasi.coin.hearings.models import State
from pumasi.coin.hearings.queries import has_hand_in
from pumasi.kernel.clock import seoul_date
from pumasi.kernel.ids import new_id
from pumasi.kernel.result import Refusal
from pumasi.services.hearings.forms import DecisionForm, FindForm, NoteForm, ProposeForm
from pumasi.services.hearings.queries import CasePage, case_page, deed, deeds_at, desk_lines, my_cases

OFFICERS = (roles.REVIEWER, roles.DONG_OFFICIAL, roles.ISSUER)


@for_roles(roles.RESIDENT)
@require_safe
def mine(request: ShellRequest) -> HttpResponse:
    """All my cases, newest first."""
    return render(request, "hearings/mine.html", {"cases": my_cases(person_of(request), request.acting.at)})


@for_roles(roles.RESIDENT)
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: ShellRequest, case_id: UUID) -> HttpResponse:
    """One of my cases; POST gives the opinion or makes the objection, whichever is asked for."""
    found = or_404(case_page(case_id, request.acting.at, person_of(request)))
    context: dict[str, object] = {"case": found, "form": NoteForm()}
    if request.method != "POST":
        return render(request, "hearings/one.html", context)
    form = NoteForm(request.POST)
    if not form.is_valid():
        return unfinished(request, "hearings/one.html", context, form)
    acting, note = acting_for(request, "HEARING"), form.cleaned_data["note"]
    try:
        hearings.take_words(acting, case_id, note)
    except Refusal as refusal:
        return refused(request, "hearings/one.html", {**context, "form": form}, refusal)
    return redirect("hearings:one", case_id=case_id)


@for_roles(*OFFICERS)
@require_safe
def desk(request: ShellRequest) -> HttpResponse:
    """Open clawbacks by the day on which somebody has to act."""
    lines = desk_lines(person_of(request), seoul_date(request.acting.at))
    return render(request, "hearings/desk.html", {"lines": lines, **_places(request), "form": FindForm()})


@for_roles(*OFFICERS)
@require_safe
def find(request: ShellRequest) -> HttpResponse:
    """The deeds that were paid at a place on a day, without names."""
    form = FindForm(request.GET)
    if not form.is_valid():
        return unfinished(request, "hearings/find.html", _places(request), form)
    deeds = deeds_at(form.cleaned_data["place"], form.cleaned_data["day"])
    return render(request, "hearings/find.html", {"deeds": deeds, "form": form, **_places(request)})


@for_roles(*OFFICERS)
@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: ShellRequest, claim_id: UUID) -> HttpResponse:
    """Give notice that coins of a deed shall go back."""
    found = or_404(deed(claim_id))
    form: forms.Form = ProposeForm(initial={"key": new_id(request.acting.at), "keep": 0})
    context = {"deed": found, "form": form}
    if request.method != "POST":
        return render(request, "hearings/propose.html", context)
    form = ProposeForm(request.POST)
    if not form.is_valid():
        return unfinished(request, "hearings/propose.html", context, form)
    data = form.cleaned_data
    try:
        cases = coin.propose_clawback(
            acting_for(request, "CLAWBACK"),
            claim_id=claim_id,
            keep=data["keep"],
            why=data["why"],
            clause=data["clause"],
            key=form.the_key(),
        )
    except Refusal as refusal:
        return refused(request, "hearings/propose.html", {**context, "form": form}, refusal)
    return redirect("hearings:case", case_id=cases[0])


@for_roles(*OFFICERS)
@require_http_methods(["GET", "HEAD", "POST"])
def case(request: ShellRequest, case_id: UUID) -> HttpResponse:
    """One case for an officer: all that is known, without a name, and the decision."""
    found = or_404(case_page(case_id, request.acting.at))
    mine = has_hand_in(case_id, person_of(request))
    context: dict[str, object] = {"case": found, "form": DecisionForm(), "mine": mine}
    if request.method != "POST":
        return render(request, "hearings/case.html", context)
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return unfinished(request, "hearings/case.html", context, form)
    try:
        _decide(request, found, form)
    except Refusal as refusal:
        return refused(request, "hearings/case.html", {**context, "form": form}, refusal)
    return redirect("hearings:case", case_id=case_id)


def _decide(request: ShellRequest, found: CasePage, form: DecisionForm) -> None:
    acting, data = acting_for(request, "CLAWBACK"), form.cleaned_data
    stands = data["decision"] == "stands"
    if found.state in (State.OBJECTED, State.UPHELD, State.GRANTED):
        coin.decide_clawback_objection(acting, case_id=found.id, granted=not stands, why=data["why"])
    else:
        coin.decide_clawback(acting, case_id=found.id, stands=stands, why=data["why"], urgent=data["urgent"])


def _places(request: ShellRequest) -> dict[str, object]:
    today = seoul_date(request.acting.at)
    choices = [(each.id, f"{each.dong} · {each.name(page_language())}") for each in open_places(None, today)]
    return {"places": choices, "today": today}
