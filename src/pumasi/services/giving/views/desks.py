"""The charity's desk (register, propose, evidence) and the officers' desk (verify, open, release, cancel)."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pumasi.civic.shell import roles
from pumasi.civic.shell.access import for_roles
from pumasi.civic.shell.acting import ShellRequest, acting_for, person_of
from pumasi.civic.shell.refusals import refused, unfinished
from pumasi.kernel.acting import Acting
from pumasi.kernel.clock import seoul_date
from pumasi.kernel.result import Refusal
from pumasi.services.giving import operations
from pumasi.services.giving.forms import CampaignForm, CharityForm, EvidenceForm, TextForm
from pumasi.services.giving.queries.campaigns import campaign_page
from pumasi.services.giving.queries.desks import (
    all_campaigns,
    campaigns_of,
    charities_of,
    charities_to_verify,
    is_manager,
    latest_day,
    next_for,
    sample_clause,
)

READERS = (roles.ISSUER, roles.BUDGET_OFFICER, roles.TREASURY, roles.AUDITOR)
OFFICERS = (roles.ISSUER, roles.BUDGET_OFFICER)


@for_roles(roles.CHARITY_MANAGER)
@require_http_methods(["GET", "HEAD", "POST"])
def charity(request: ShellRequest) -> HttpResponse:
    """My charity and its campaigns; a new one is registered here."""
    if request.method != "POST":
        return render(request, "giving/charity.html", {**_charity(request), "form": CharityForm()})
    form = CharityForm(request.POST)
    if not form.is_valid():
        return unfinished(request, "giving/charity.html", _charity(request), form)
    try:
        operations.register_charity(acting_for(request, "CHARITY"), **form.cleaned_data)
    except Refusal as refusal:
        return refused(request, "giving/charity.html", {**_charity(request), "form": form}, refusal)
    return redirect("giving:charity")


@for_roles(roles.CHARITY_MANAGER)
@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: ShellRequest, charity_id: UUID) -> HttpResponse:
    """Propose a campaign."""
    mine = {each.id: each for each in charities_of(person_of(request))}
    if charity_id not in mine:
        raise Http404
    context = {"charity": mine[charity_id], "latest": latest_day(seoul_date(request.acting.at))}
    if request.method != "POST":
        return render(request, "giving/propose.html", {**context, "form": CampaignForm()})
    form = CampaignForm(request.POST)
    if not form.is_valid():
        return unfinished(request, "giving/propose.html", context, form)
    try:
        operations.propose(acting_for(request, "CHARITY"), charity_id=charity_id, **form.cleaned_data)
    except Refusal as refusal:
        return refused(request, "giving/propose.html", {**context, "form": form}, refusal)
    return redirect("giving:charity")


@for_roles(roles.CHARITY_MANAGER)
@require_http_methods(["GET", "HEAD", "POST"])
def evidence(request: ShellRequest, campaign_id: UUID) -> HttpResponse:
    """Say what the money was used for."""
    if not is_manager(person_of(request), campaign_id):
        raise Http404
    context = {"campaign": campaign_page(campaign_id, request.acting.at, for_desk=True), "next": next_for(campaign_id)}
    if request.method != "POST":
        return render(request, "giving/evidence.html", {**context, "form": EvidenceForm()})
    form = EvidenceForm(request.POST)
    if not form.is_valid():
        return unfinished(request, "giving/evidence.html", context, form)
    try:
        operations.give_evidence(acting_for(request, "CHARITY"), campaign_id=campaign_id, **form.cleaned_data)
    except Refusal as refusal:
        return refused(request, "giving/evidence.html", {**context, "form": form}, refusal)
    return redirect("giving:campaign", campaign_id=campaign_id)


@for_roles(*READERS)
@require_safe
def desk(request: ShellRequest) -> HttpResponse:
    """What waits for officers."""
    return render(request, "giving/desk.html", _desk(request))


@for_roles(*OFFICERS)
@require_POST
def verify(request: ShellRequest, charity_id: UUID) -> HttpResponse:
    """An officer has seen the charity's papers."""
    try:
        operations.verify_charity(
            acting_for(request, "CHARITY"), charity_id=charity_id, document=request.POST.get("text", "")[:200]
        )
    except Refusal as refusal:
        return refused(request, "giving/desk.html", _desk(request), refusal)
    return redirect("giving:desk")


@for_roles(*READERS)
@require_safe
def campaign(request: ShellRequest, campaign_id: UUID) -> HttpResponse:
    """One campaign with the next thing to do."""
    return render(request, "giving/desk_campaign.html", _campaign(request, campaign_id))


@for_roles(*OFFICERS, roles.TREASURY)
@require_POST
def act(request: ShellRequest, campaign_id: UUID, what: str) -> HttpResponse:
    """approve, release, cancel (officers) or paid (treasury)."""
    if what not in _ACTS:
        raise Http404
    form = TextForm(request.POST)
    if not form.is_valid():
        return unfinished(request, "giving/desk_campaign.html", _campaign(request, campaign_id), form)
    try:
        _ACTS[what](acting_for(request, "CAMPAIGN"), campaign_id, form.cleaned_data)
    except Refusal as refusal:
        return refused(request, "giving/desk_campaign.html", _campaign(request, campaign_id), refusal)
    return redirect("giving:desk_campaign", campaign_id=campaign_id)


_ACTS: dict[str, Callable[[Acting, UUID, dict[str, Any]], object]] = {
    "approve": lambda acting, id_, data: operations.approve(
        acting, campaign_id=id_, clause=data["clause"], document=data["text"]
    ),
    "release": lambda acting, id_, data: operations.agree_to_release(acting, campaign_id=id_, document=data["text"]),
    "paid": lambda acting, id_, data: operations.enter_payment(acting, campaign_id=id_, payment_number=data["text"]),
    "cancel": lambda acting, id_, data: operations.cancel(acting, campaign_id=id_, reason=data["text"]),
}


def _charity(request: ShellRequest) -> dict[str, object]:
    mine = charities_of(person_of(request))
    return {"charities": mine, "campaigns": campaigns_of(person_of(request), request.acting.at)}


def _desk(request: ShellRequest) -> dict[str, object]:
    return {
        "charities": charities_to_verify(),
        "campaigns": all_campaigns(request.acting.at),
        "may_act": bool(request.viewer.roles & set(OFFICERS)),
    }


def _campaign(request: ShellRequest, campaign_id: UUID) -> dict[str, object]:
    return {
        "campaign": campaign_page(campaign_id, request.acting.at, for_desk=True),
        "next": next_for(campaign_id),
        "clause": sample_clause(),
        "may_act": bool(request.viewer.roles & set(OFFICERS)),
        "may_pay": roles.TREASURY in request.viewer.roles,
    }
