"""My membership: level and limits, relation, moving away; the slip to print again."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from pumasi.civic.audit.queries import looks_at
from pumasi.civic.cards.operations import freeze
from pumasi.civic.cards.queries import card_of
from pumasi.civic.people.signing_in import sign_out_everywhere
from pumasi.civic.printing import papers
from pumasi.civic.shell import roles
from pumasi.civic.shell.access import for_roles
from pumasi.civic.shell.acting import ShellRequest, acting_for, begin_session, person_of
from pumasi.civic.shell.downloads import pdf_answer
from pumasi.civic.shell.language import page_language
from pumasi.civic.shell.refusals import refused, unfinished
from pumasi.coin.operations import take_leaving_back, tell_leaving
from pumasi.kernel.ids import new_id
from pumasi.kernel.result import Refusal
from pumasi.services.members.forms import DayForm
from pumasi.services.members.queries.looks import look_lines
from pumasi.services.members.queries.member import first_slip, member_view


@for_roles(roles.RESIDENT)
@require_safe
def mine(request: ShellRequest) -> HttpResponse:
    """What holds for me."""
    return render(request, "members/mine.html", _page(request))


@for_roles(roles.RESIDENT)
@require_POST
def moving(request: ShellRequest) -> HttpResponse:
    """I move away on a day, or I stay after all."""
    acting = acting_for(request, "MOVING")
    if request.POST.get("what") == "stay":
        try:
            take_leaving_back(acting, person_id=person_of(request))
        except Refusal as refusal:
            return refused(request, "members/mine.html", _page(request), refusal)
        return redirect("members:mine")
    form = DayForm(request.POST)
    if not form.is_valid():
        return unfinished(request, "members/mine.html", _page(request), form)
    try:
        tell_leaving(acting, person_id=person_of(request), day=form.cleaned_data["day"], key=form.the_key())
    except Refusal as refusal:
        return refused(request, "members/mine.html", {**_page(request), "form": form}, refusal)
    return redirect("members:mine")


@for_roles(roles.RESIDENT)
@require_POST
def stop_card(request: ShellRequest) -> HttpResponse:
    """My card is gone: stop it at once."""
    person = person_of(request)
    try:
        freeze(acting_for(request, "CARD_STOP", person), person)
    except Refusal as refusal:
        return refused(request, "members/mine.html", _page(request), refusal)
    return redirect("members:mine")


@for_roles(roles.RESIDENT)
@require_POST
def sign_out(request: ShellRequest) -> HttpResponse:
    """Nobody stays signed in as me but this browser."""
    person = person_of(request)
    sign_out_everywhere(acting_for(request, "SIGN_OUT", person), person)
    begin_session(request, person)
    return redirect("members:mine")


@for_roles(roles.RESIDENT)
@require_safe
def slip(request: ShellRequest) -> HttpResponse:
    """The first slip, once more."""
    view = member_view(person_of(request), request.acting.at)
    made = papers.slip(first_slip(view, request.acting.at), language=page_language(), made_at=request.acting.at)
    return pdf_answer(made, "member")


def _page(request: ShellRequest) -> dict[str, object]:
    person = person_of(request)
    return {
        "view": member_view(person, request.acting.at),
        "card": card_of(person),
        "looks": look_lines(looks_at(person, limit=10)),
        "form": DayForm(initial={"key": new_id(request.acting.at)}),
    }
