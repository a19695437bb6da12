"""금액이 달라요: the payer (or the place) reports, the place answers, an officer decides; everybody reads all steps."""

from collections.abc import Callable
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pumasi.civic.shell import roles
from pumasi.civic.shell.access import for_roles
from pumasi.civic.shell.acting import ShellRequest, acting_for, person_of
from pumasi.civic.shell.refusals import refused, unfinished
from pumasi.coin import operations as coin
from pumasi.coin.models import DisputeReason
from pumasi.kernel.ids import new_id
from pumasi.kernel.result import Refusal
from pumasi.services.shops.forms import DecisionForm, DisputeForm, WhyForm
from pumasi.services.shops.queries.disputes import DisputeCard, dispute_about, one_dispute, reasons, to_decide
from pumasi.services.shops.queries.pay import receipt_for
from pumasi.services.shops.queries.take import taken_payment
from pumasi.services.shops.views.rights import OFFICERS, STAFF


@for_roles(roles.RESIDENT, *STAFF)
@require_http_methods(["GET", "HEAD", "POST"])
def wrong(request: ShellRequest, payment_id: UUID) -> HttpResponse:
    """Say that the amount is wrong; the sum is set aside at once."""
    found = receipt_for(payment_id, person_of(request), request.viewer.places(*STAFF), request.acting.at)
    if found is None:
        raise Http404
    context: dict[str, object] = {"receipt": found, "reasons": reasons()}
    if request.method != "POST":
        form = DisputeForm(initial={"key": new_id(request.acting.at)})
        return render(request, "shops/wrong.html", {**context, "form": form})
    form = DisputeForm(request.POST)
    if not form.is_valid() or form.cleaned_data["reason"] not in DisputeReason.values:
        return unfinished(request, "shops/wrong.html", context, form)
    try:
        coin.dispute(
            acting_for(request, "DISPUTE"),
            payment_id=payment_id,
            reason=DisputeReason(form.cleaned_data["reason"]),
            coins=form.cleaned_data["coins"],
            key=form.the_key(),
        )
    except Refusal as refusal:
        return refused(request, "shops/wrong.html", {**context, "form": form}, refusal)
    return redirect("shops:receipt", payment_id=payment_id)


@for_roles(*STAFF)
@require_POST
def accept(request: ShellRequest, payment_id: UUID) -> HttpResponse:
    """The place agrees: the sum goes back."""

    def act(card: DisputeCard) -> None:
        coin.accept_dispute(acting_for(request, "DISPUTE"), dispute_id=card.id)

    return _answered(request, payment_id, act)


@for_roles(*STAFF)
@require_POST
def explain(request: ShellRequest, payment_id: UUID) -> HttpResponse:
    """The place says why the amount is right; an officer decides."""

    def act(card: DisputeCard) -> None:
        coin.explain_dispute(acting_for(request, "DISPUTE"), dispute_id=card.id, why=request.POST.get("why", "")[:300])

    return _answered(request, payment_id, act)


@for_roles(*OFFICERS)
@require_safe
def disputes(request: ShellRequest) -> HttpResponse:
    """What waits for an officer, the oldest last day first."""
    return render(request, "shops/disputes.html", {"disputes": to_decide()})


@for_roles(*OFFICERS)
@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: ShellRequest, dispute_id: UUID) -> HttpResponse:
    """One dispute: both sides' words, and the decision with reasons."""
    found = one_dispute(dispute_id)
    if found is None:
        raise Http404
    if request.method != "POST":
        return render(request, "shops/decide.html", {"dispute": found, "form": WhyForm()})
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return unfinished(request, "shops/decide.html", {"dispute": found}, form)
    try:
        coin.decide_dispute(
            acting_for(request, "DISPUTE_DECIDE"),
            dispute_id=dispute_id,
            is_payer_right=form.cleaned_data["payer_right"] == "yes",
            why=form.cleaned_data["why"],
        )
    except Refusal as refusal:
        return refused(request, "shops/decide.html", {"dispute": found, "form": form}, refusal)
    return redirect("shops:decide", dispute_id=dispute_id)


def _answered(request: ShellRequest, payment_id: UUID, act: Callable[[DisputeCard], None]) -> HttpResponse:
    mine = request.viewer.places(*STAFF)
    found, card = taken_payment(payment_id, mine, request.acting.at), dispute_about(payment_id)
    if found is None or card is None:
        raise Http404
    try:
        act(card)
    except Refusal as refusal:
        context = {"payment": found, "dispute": card, "form": WhyForm()}
        return refused(request, "shops/payment.html", context, refusal)
    return redirect("shops:payment", payment_id=payment_id)
