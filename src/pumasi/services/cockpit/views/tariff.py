"""Changing the tariff: the register, a draft with its diff, the second person's step, the simulator."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from pumasi.civic.shell import roles
from pumasi.civic.shell.access import for_roles
from pumasi.civic.shell.acting import ShellRequest, acting_for
from pumasi.civic.shell.language import page_language
from pumasi.civic.shell.refusals import refused, unfinished
from pumasi.coin import operations as coin
from pumasi.coin.district import district_tariff
from pumasi.coin.operations.tariff import Draft
from pumasi.coin.queries.rule_words import lines_of
from pumasi.coin.queries.simulation import last_quarter
from pumasi.kernel.clock import seoul_date
from pumasi.kernel.ids import new_id
from pumasi.kernel.result import Refusal
from pumasi.services.cockpit.forms import DraftForm, ReasonForm, SpanForm
from pumasi.services.cockpit.queries import words
from pumasi.services.cockpit.queries.control import change_line, change_lines, kind_choices, simulation_page
from pumasi.services.cockpit.queries.programme import sets_value

READERS = (roles.ISSUER, roles.BUDGET_OFFICER, roles.AUDITOR)


@for_roles(*READERS)
@require_safe
def tariff(request: ShellRequest) -> HttpResponse:
    """Every change with its state, newest first."""
    may_draft = roles.ISSUER in request.viewer.roles
    return render(request, "cockpit/tariff.html", {"lines": change_lines(request.acting.at), "may_draft": may_draft})


@for_roles(roles.ISSUER)
@require_http_methods(["GET", "HEAD", "POST"])
def draft(request: ShellRequest) -> HttpResponse:
    """Fill in what changes, look at the diff, hand it to a second person."""
    known, today = district_tariff(), seoul_date(request.acting.at)
    if request.method != "POST":
        form = DraftForm(tariff=known, day=today, initial={"key": new_id(request.acting.at)})
        return render(request, "cockpit/draft.html", _draft_page(form))
    form = DraftForm(request.POST, tariff=known, day=today)
    context = _draft_page(form)
    if not form.is_valid():
        return unfinished(request, "cockpit/draft.html", context, form)
    data, acting = form.cleaned_data, acting_for(request, "TARIFF_DRAFT")
    wish = Draft(data["name_ko"], data["name_en"], data["clause"], data["document"], data["effective_on"], form.edits())
    try:
        coin.try_out(acting, wish)
        context["diff"] = lines_of(known, wish.effective_on, wish.edits, page_language())
        if request.POST.get("step") != "draft":
            return render(request, "cockpit/draft.html", context)
        made = coin.draft_change(acting, wish, key=form.the_key())
    except Refusal as refusal:
        return refused(request, "cockpit/draft.html", context, refusal)
    return redirect("cockpit:change", change_id=made)


@for_roles(*READERS)
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: ShellRequest, change_id: UUID) -> HttpResponse:
    """One change: what it does, and the step that is open."""
    context = {
        "line": change_line(change_id, request.acting.at),
        "form": ReasonForm(),
        "sets_value": sets_value(change_id),
        "may_decide": bool(request.viewer.roles & {roles.ISSUER, roles.BUDGET_OFFICER}),
    }
    if request.method != "POST":
        return render(request, "cockpit/change.html", context)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return unfinished(request, "cockpit/change.html", context, form)
    try:
        _decide(request, change_id, request.POST.get("step", ""), form.cleaned_data["reason"])
    except Refusal as refusal:
        return refused(request, "cockpit/change.html", {**context, "form": form}, refusal)
    return redirect("cockpit:change", change_id=change_id)


@for_roles(*READERS)
@require_safe
def simulation(request: ShellRequest, change_id: UUID) -> HttpResponse:
    """Accepted deeds of a span, replayed under the change; the last quarter unless another span is asked for."""
    at = request.acting.at
    first, last = last_quarter(at)
    form = SpanForm(request.GET if "first" in request.GET else {"first": first, "last": last})
    context = {"line": change_line(change_id, at), "form": form}
    if not form.is_valid():
        return unfinished(request, "cockpit/simulation.html", context, form)
    try:
        context["page"] = simulation_page(change_id, form.cleaned_data["first"], form.cleaned_data["last"], at)
    except Refusal as refusal:
        return refused(request, "cockpit/simulation.html", context, refusal)
    return render(request, "cockpit/simulation.html", context)


def _decide(request: ShellRequest, change_id: UUID, step: str, reason: str) -> None:
    acting = acting_for(request, "TARIFF_CHANGE")
    match step:
        case "approve":
            coin.approve_change(acting, change_id=change_id)
        case "reject":
            coin.reject_change(acting, change_id=change_id, reason=reason)
        case "ask":
            coin.ask_withdrawal(acting, change_id=change_id, reason=reason)
        case "withdraw":
            coin.confirm_withdrawal(acting, change_id=change_id)
        case _:
            pass  # a button that does not exist changes nothing


def _draft_page(form: DraftForm) -> dict[str, object]:
    return {
        "form": form,
        "kinds": form.kind_rows(page_language()),
        "caps": form.cap_rows(page_language()),
        "groups": words.groups(),
        "measures": words.measures(),
        "evidences": words.evidences(),
        "place_kinds": words.place_kinds(),
        "scopes": words.scopes(),
        "kind_choices": kind_choices(),
    }
