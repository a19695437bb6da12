"""The desk of a reviewer: what waits by legal deadline and age, one claim with its photo, the decision."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from pumasi.civic.shell import roles
from pumasi.civic.shell.access import for_roles
from pumasi.civic.shell.acting import ShellRequest, acting_for, person_of
from pumasi.civic.shell.refusals import refused, unfinished
from pumasi.kernel.clock import seoul_date
from pumasi.kernel.result import Refusal
from pumasi.services.deeds import operations
from pumasi.services.deeds.forms import DecisionForm
from pumasi.services.deeds.queries.inbox import ReviewPage, claimed_kind, review_page, reviewers_inbox
from pumasi.services.deeds.queries.kinds import measured
from pumasi.services.deeds.queries.reasons import QUESTIONS, REFUSALS


@for_roles(roles.REVIEWER)
@require_safe
def inbox(request: ShellRequest) -> HttpResponse:
    """Everything that waits for a reviewer."""
    lines = reviewers_inbox(seoul_date(request.acting.at))
    return render(request, "deeds/review_inbox.html", {"lines": lines, "done": request.GET.get("done", "")})


@for_roles(roles.REVIEWER)
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: ShellRequest, claim_id: UUID) -> HttpResponse:
    """One claim: all that is known, and accept, ask or refuse."""
    page = review_page(claim_id, person_of(request), seoul_date(request.acting.at))
    context = {"page": page, "reasons": REFUSALS.items(), "questions": QUESTIONS.items()}
    if request.method != "POST":
        if page is None:
            raise Http404
        return render(request, "deeds/review.html", context)
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return unfinished(request, "deeds/review.html", context, form)
    try:
        state = _decided(request, claim_id, form, page)
    except Refusal as refusal:
        return refused(request, "deeds/review.html", context, refusal)
    return redirect(f"{reverse('deeds:review_inbox')}?done={state}")


@for_roles(roles.REVIEWER)
@require_safe
def photo(request: ShellRequest, claim_id: UUID) -> HttpResponse:
    """The picture alone; each look is noted for the person whose claim it is."""
    picture = operations.look_at_photo(acting_for(request, "DEED_REVIEW"), claim_id=claim_id)
    return HttpResponse(picture, content_type="image/jpeg", headers={"Cache-Control": "no-store, private"})


def _decided(request: ShellRequest, claim_id: UUID, form: DecisionForm, page: ReviewPage | None) -> str:
    acting, data = acting_for(request, "DEED_REVIEW"), form.cleaned_data
    if data["decision"] == "ask":
        return operations.ask(acting, claim_id=claim_id, reason=data["question"])
    kind, count = claimed_kind(claim_id), data["quantity"]
    is_same = page is None or count is None or count == page.line.count
    return operations.decide(
        acting,
        claim_id=claim_id,
        is_right=data["decision"] == "approve",
        quantity=None if is_same or kind is None else measured(kind, count),
        reason=data["reason"],
        note=data["note"],
    )
