"""Paying from one's own phone: choose or scan the place, choose the amount, look once more, pay; the receipt."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pumasi.civic.codes.grammar import Kind as CodeKind
from pumasi.civic.codes.queries import read_code
from pumasi.civic.shell import roles
from pumasi.civic.shell.access import for_roles
from pumasi.civic.shell.acting import ShellRequest, acting_for, person_of
from pumasi.civic.shell.forms import KeyedForm
from pumasi.civic.shell.refusals import refused, unfinished
from pumasi.coin import operations as coin
from pumasi.coin.district import district_tariff
from pumasi.kernel.clock import seoul_date
from pumasi.kernel.ids import new_id
from pumasi.kernel.result import Refusal
from pumasi.services.shops.forms import AmountForm, SureForm
from pumasi.services.shops.queries.disputes import dispute_about
from pumasi.services.shops.queries.pay import offer, open_place_card, place_groups, purse, receipt_for
from pumasi.services.shops.views.rights import STAFF


@for_roles(roles.RESIDENT)
@require_safe
def choose(request: ShellRequest) -> HttpResponse:
    """Where to pay, with a search that also knows dongs."""
    wanted = request.GET.get("q", "")[:40]
    context = {
        "groups": place_groups(seoul_date(request.acting.at), wanted),
        "balance": purse(person_of(request), request.acting.at).balance,
        "q": wanted,
    }
    return render(request, "shops/choose.html", context)


@for_roles(roles.RESIDENT)
@require_safe
def at(request: ShellRequest, text: str) -> HttpResponse:
    """The sticker of a place was scanned: an address, no proof of anything."""
    return redirect("shops:pay", place_id=read_code(text, request.acting.at, CodeKind.ADDRESS).subject)


@for_roles(roles.RESIDENT)
@require_safe
def pay(request: ShellRequest, place_id: UUID) -> HttpResponse:
    """How many coins; the key of this payment is made here and stays the same until it is paid."""
    form = AmountForm(initial={"key": new_id(request.acting.at)})
    return render(request, "shops/pay.html", {**_pay_context(request, place_id), "form": form})


@for_roles(roles.RESIDENT)
@require_http_methods(["GET", "HEAD", "POST"])
def pay_confirm(request: ShellRequest, place_id: UUID) -> HttpResponse:
    """The amount large, once more; then pay. Coming back here and pressing again shows the first receipt."""
    if request.method == "POST":
        return _pay(request, place_id)
    form = AmountForm(request.GET)
    if not form.is_valid():
        return unfinished(request, "shops/pay.html", _pay_context(request, place_id), form)
    paid = receipt_for(form.the_key(), person_of(request), (), request.acting.at)
    if paid is not None:
        return redirect("shops:receipt", payment_id=paid.id)
    try:
        context = _confirm_context(request, place_id, form)
    except Refusal as refusal:
        return refused(request, "shops/pay.html", {**_pay_context(request, place_id), "form": form}, refusal)
    return render(request, "shops/pay_confirm.html", {**context, "form": form})


def _pay(request: ShellRequest, place_id: UUID) -> HttpResponse:
    form = SureForm(request.POST)
    if not form.is_valid():
        if set(form.errors) == {"sure"}:
            return unfinished(request, "shops/pay_confirm.html", _confirm_context(request, place_id, form), form)
        return unfinished(request, "shops/pay.html", _pay_context(request, place_id), form)
    data, person = form.cleaned_data, person_of(request)
    try:
        paid = coin.spend(
            acting_for(request, "PAY"),
            payer_id=person,
            place_id=place_id,
            coins=data["coins"],
            key=form.the_key(),
            price_won=data["price"],
        )
    except Refusal as refusal:
        return refused(request, "shops/pay.html", {**_pay_context(request, place_id), "form": form}, refusal)
    return redirect("shops:receipt", payment_id=paid.key)


@for_roles(roles.RESIDENT, *STAFF)
@require_safe
def receipt(request: ShellRequest, payment_id: UUID) -> HttpResponse:
    """The receipt: for the payer with balance and undo, for the place without the payer."""
    found = receipt_for(payment_id, person_of(request), request.viewer.places(*STAFF), request.acting.at)
    if found is None:
        raise Http404
    form = KeyedForm(initial={"key": new_id(request.acting.at)})
    context = {"receipt": found, "form": form, "dispute": dispute_about(payment_id)}
    return render(request, "shops/receipt.html", context)


@for_roles(roles.RESIDENT)
@require_POST
def undo(request: ShellRequest, payment_id: UUID) -> HttpResponse:
    """The payer takes the whole payment back within the undo time."""
    found = receipt_for(payment_id, person_of(request), (), request.acting.at)
    if found is None:
        raise Http404
    form = KeyedForm(request.POST)
    if not form.is_valid():
        return unfinished(request, "shops/receipt.html", {"receipt": found}, form)
    try:
        coin.undo(acting_for(request, "UNDO"), payment_id=payment_id, key=form.the_key())
    except Refusal as refusal:
        return refused(request, "shops/receipt.html", {"receipt": found, "form": form}, refusal)
    return redirect("shops:receipt", payment_id=payment_id)


def _pay_context(request: ShellRequest, place_id: UUID) -> dict[str, object]:
    chosen = request.POST.get("coins", request.GET.get("coins", ""))
    found = purse(
        person_of(request), request.acting.at, int(chosen) if chosen.isdecimal() and len(chosen) < 8 else None
    )
    return {
        "place": open_place_card(place_id, seoul_date(request.acting.at)),
        "balance": found.balance,
        "choices": found.choices,
        "step": found.step,
        "step_won": found.step_won,
        "most": found.most,
    }


def _confirm_context(request: ShellRequest, place_id: UUID, form: AmountForm) -> dict[str, object]:
    data = form.cleaned_data
    return {
        "place": open_place_card(place_id, seoul_date(request.acting.at)),
        "offer": offer(data["coins"], data["price"], request.acting.at, person_of(request)),
        "undo_minutes": district_tariff().undo_minutes,
    }
