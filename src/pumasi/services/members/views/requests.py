"""What waits for a second officer: each request with what it would change, to approve or to refuse."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from pumasi.civic.shell import roles
from pumasi.civic.shell.access import for_roles
from pumasi.civic.shell.acting import ShellRequest, acting_for, person_of
from pumasi.civic.shell.refusals import refused, unfinished
from pumasi.coin.operations import approve_estate_back, approve_merge, approve_undo_death
from pumasi.coin.operations.death import ESTATE_BACK, UNDO_DEATH, Told
from pumasi.coin.operations.merging import WAY as MERGE
from pumasi.coin.operations.proposals import reject
from pumasi.kernel.acting import Acting
from pumasi.kernel.result import Refusal
from pumasi.services.members.forms import NameForm
from pumasi.services.members.queries.requests import RequestPage, request_lines, request_page

DESK = (roles.DONG_OFFICIAL, roles.ISSUER)
_WAYS = {"MERGE": MERGE, "UNDO_DEATH": UNDO_DEATH, "ESTATE_BACK": ESTATE_BACK}


@for_roles(*DESK)
@require_safe
def requests(request: ShellRequest) -> HttpResponse:
    """All requests, those that wait first."""
    return render(request, "members/requests.html", {"lines": request_lines(person_of(request))})


@for_roles(*DESK)
@require_http_methods(["GET", "HEAD", "POST"])
def request(request: ShellRequest, request_id: UUID) -> HttpResponse:
    """One request; the second officer approves or refuses it here."""
    page = request_page(request_id, person_of(request), request.acting.at)
    context: dict[str, object] = {"page": page}
    if request.method != "POST":
        return render(request, "members/request.html", {**context, "form": NameForm()})
    form = NameForm(request.POST)
    is_approval = request.POST.get("step") == "approve"
    if is_approval and page.line.kind == "UNDO_DEATH" and not form.is_valid():
        return unfinished(request, "members/request.html", context, form)
    acting = acting_for(request, "SECOND_PERSON")
    try:
        if is_approval:
            _approve(acting, page, form)
        else:
            reason = request.POST.get("reason", "")[:200]
            reject(acting, _WAYS[page.line.kind], proposal_id=request_id, reason=reason)
    except Refusal as refusal:
        return refused(request, "members/request.html", {**context, "form": form}, refusal)
    return redirect("members:request", request_id=request_id)


def _approve(acting: Acting, page: RequestPage, form: NameForm) -> None:
    if page.line.kind == "MERGE":
        approve_merge(acting, proposal_id=page.line.id)
    elif page.line.kind == "ESTATE_BACK":
        approve_estate_back(acting, proposal_id=page.line.id)
    else:
        data = form.cleaned_data
        told = Told(data["name"], data["phone"] or None, data["birth_year"])
        approve_undo_death(acting, proposal_id=page.line.id, told=told)
