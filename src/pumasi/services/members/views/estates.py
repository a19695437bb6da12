"""Coins of the deceased: the family finds them at a desk, names a member, or two officers send them back."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pumasi.civic.people.queries import find_by_phone
from pumasi.civic.shell import roles
from pumasi.civic.shell.access import for_roles
from pumasi.civic.shell.acting import ShellRequest, acting_for
from pumasi.civic.shell.refusals import refused, unfinished
from pumasi.coin.operations import ask_estate_back, ask_undo_death, pass_on_estate
from pumasi.coin.operations.death import deaths_of
from pumasi.kernel.acting import Acting
from pumasi.kernel.ids import new_id
from pumasi.kernel.result import Refusal
from pumasi.services.members.errors import NobodyFound
from pumasi.services.members.forms import FindForm, HeirForm, ReasonForm
from pumasi.services.members.queries.requests import estate_lines, estate_page

DESK = (roles.DONG_OFFICIAL, roles.ISSUER)


@for_roles(*DESK)
@require_http_methods(["GET", "HEAD", "POST"])
def estates(request: ShellRequest) -> HttpResponse:
    """All reports by number; the family's is found by name and year of birth."""
    context: dict[str, object] = {"lines": estate_lines(request.acting.at)}
    if request.method != "POST":
        return render(request, "members/estates.html", {**context, "form": FindForm()})
    form = FindForm(request.POST)
    if not form.is_valid():
        return unfinished(request, "members/estates.html", context, form)
    found = deaths_of(form.cleaned_data["name"], form.cleaned_data["birth_year"] or 0)
    if not found:
        return refused(request, "members/estates.html", {**context, "form": form}, NobodyFound())
    numbers = {each.number for each in found}
    mine = [line for line in estate_lines(request.acting.at) if line.number in numbers]
    return render(request, "members/estates.html", {"lines": mine, "form": form, "searched": True})


@for_roles(*DESK)
@require_safe
def estate(request: ShellRequest, number: int) -> HttpResponse:
    """One report: what waits, until when, what can be done."""
    return render(request, "members/estate.html", _page(request, number))


@for_roles(*DESK)
@require_POST
def act(request: ShellRequest, number: int, what: str) -> HttpResponse:
    """pass (to a member), back (to the programme: asks) or undo (asks)."""
    if what not in ("pass", "back", "undo"):
        raise Http404
    person, _ = estate_page(number, request.acting.at)
    form = HeirForm(request.POST) if what == "pass" else ReasonForm(request.POST)
    if not form.is_valid():
        return unfinished(request, "members/estate.html", {**_page(request, number), "what": what}, form)
    try:
        _do(acting_for(request, "ESTATE", person), what, person, form)
    except Refusal as refusal:
        context = {**_page(request, number), "what": what, "form": form}
        return refused(request, "members/estate.html", context, refusal)
    return redirect("members:estate", number=number) if what == "pass" else redirect("members:requests")


def _do(acting: Acting, what: str, person: UUID, form: Any) -> None:
    data = form.cleaned_data
    if what == "pass":
        heir = find_by_phone(acting, data["phone"])
        if heir is None:
            raise NobodyFound()
        pass_on_estate(acting, person_id=person, heir_id=heir, key=form.the_key())
    elif what == "back":
        ask_estate_back(acting, person_id=person, reason=data["reason"], document=data["document"], key=form.the_key())
    else:
        ask_undo_death(acting, person_id=person, reason=data["reason"], key=form.the_key())


def _page(request: ShellRequest, number: int) -> dict[str, object]:
    return {"line": estate_page(number, request.acting.at)[1], "key": new_id(request.acting.at)}
