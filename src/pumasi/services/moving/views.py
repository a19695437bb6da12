"""Pages of moving: the desk, one proposal with its reconciliation, the old id, the exit export."""

from collections.abc import Callable
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pumasi.civic.shell import roles
from pumasi.civic.shell.access import for_roles
from pumasi.civic.shell.acting import ShellRequest, acting_for, person_of
from pumasi.civic.shell.refusals import refused, unfinished
from pumasi.coin.moving import operations
from pumasi.coin.moving import queries as moving
from pumasi.coin.moving.report import rows_of, written
from pumasi.kernel.ids import new_id
from pumasi.kernel.result import Refusal
from pumasi.services.moving.forms import DigestForm, ExportForm, FindForm, ReasonForm
from pumasi.services.moving.queries import lines, orders, page

READERS = (roles.ISSUER, roles.BUDGET_OFFICER, roles.AUDITOR)
OFFICERS = (roles.ISSUER, roles.BUDGET_OFFICER)
FINDERS = (roles.ISSUER, roles.DONG_OFFICIAL)


@for_roles(*READERS)
@require_safe
def desk(request: ShellRequest) -> HttpResponse:
    """All proposals and orders of exports."""
    return render(request, "moving/desk.html", _desk(request))


@for_roles(*READERS)
@require_safe
def proposal(request: ShellRequest, proposal_id: UUID) -> HttpResponse:
    """One proposal: totals, steps, reconciliation."""
    return render(request, "moving/proposal.html", _proposal(request, proposal_id))


@for_roles(*OFFICERS)
@require_POST
def act(request: ShellRequest, proposal_id: UUID) -> HttpResponse:
    """Approve, reject, ask for the way back, agree to it."""
    acting = acting_for(request, "IMPORT")
    digest, why = DigestForm(request.POST), ReasonForm(request.POST)
    typed = digest.cleaned_data["digest"] if digest.is_valid() else ""
    reason = why.cleaned_data["reason"] if why.is_valid() else ""
    steps: dict[str | None, Callable[[], object]] = {
        "approve": lambda: operations.approve(acting, proposal_id=proposal_id, typed=typed),
        "reject": lambda: operations.reject(acting, proposal_id=proposal_id, reason=reason),
        "ask_back": lambda: operations.ask_back(acting, proposal_id=proposal_id, reason=reason),
        "agree_back": lambda: operations.agree_back(acting, proposal_id=proposal_id),
    }
    step = steps.get(request.POST.get("step"))
    if step is None:
        raise Http404
    try:
        step()
    except Refusal as refusal:
        return refused(request, "moving/proposal.html", _proposal(request, proposal_id), refusal)
    return redirect("moving:proposal", proposal_id)


@for_roles(*READERS)
@require_safe
def report(request: ShellRequest, proposal_id: UUID) -> HttpResponse:
    """The reconciliation as CSV, under pseudonyms."""
    view = moving.proposal(proposal_id)
    if view is None:
        raise Http404
    text = written(rows_of(moving.reconciliation(proposal_id)))
    answer = HttpResponse("\ufeff" + text, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="import-{view.digest[:8]}.csv"'
    return answer


@for_roles(*FINDERS)
@require_http_methods(["GET", "HEAD", "POST"])
def find(request: ShellRequest) -> HttpResponse:
    """The member behind an old id; by POST, so that no address and no log holds it."""
    if request.method != "POST":
        return render(request, "moving/find.html", {"form": FindForm()})
    form = FindForm(request.POST)
    if not form.is_valid():
        return unfinished(request, "moving/find.html", {}, form)
    found = moving.find_old_id(acting_for(request, form.cleaned_data["purpose"]), form.cleaned_data["old_id"])
    return render(request, "moving/find.html", {"form": form, "card": found, "is_asked": True})


@for_roles(*OFFICERS)
@require_POST
def export(request: ShellRequest) -> HttpResponse:
    """Ask for the exit export."""
    form = ExportForm(request.POST)
    if not form.is_valid():
        return unfinished(request, "moving/desk.html", _desk(request), form)
    purpose = form.cleaned_data["purpose"]
    return _exported(
        request, lambda: operations.ask_export(acting_for(request, purpose), purpose=purpose, key=form.the_key())
    )


@for_roles(*OFFICERS)
@require_POST
def agree(request: ShellRequest, order_id: UUID) -> HttpResponse:
    """Agree to the exit export as the second officer."""
    return _exported(request, lambda: operations.agree_export(acting_for(request, "EXPORT"), order_id=order_id))


def _exported(request: ShellRequest, step: Callable[[], object]) -> HttpResponse:
    try:
        step()
    except Refusal as refusal:
        return refused(request, "moving/desk.html", _desk(request), refusal)
    return redirect("moving:desk")


def _desk(request: ShellRequest) -> dict[str, object]:
    may_decide = bool(request.viewer.roles & set(OFFICERS))
    return {
        "lines": lines(),
        "orders": orders(person_of(request), may_decide=may_decide),
        "form": ExportForm(initial={"key": new_id(request.acting.at)}),
        "may_decide": may_decide,
        "may_find": bool(request.viewer.roles & set(FINDERS)),
        "ways": (
            ("./pumasi import check FOLDER", _("reads everything and names every bad row; writes nothing")),
            ("./pumasi import propose FOLDER", _("keeps the totals for two officers")),
            ("./pumasi import run FOLDER", _("loads what two officers have approved; may be stopped and run again")),
        ),
    }


def _proposal(request: ShellRequest, proposal_id: UUID) -> dict[str, object]:
    may_decide = bool(request.viewer.roles & set(OFFICERS))
    found = page(proposal_id, person_of(request), may_decide=may_decide)
    if found is None:
        raise Http404
    return {"page": found, "digest_form": DigestForm(), "reason_form": ReasonForm()}
