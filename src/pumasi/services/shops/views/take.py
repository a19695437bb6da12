"""Behind the counter: what was received, one payment with undo and refund, taking coins from a visitor's code."""

import hashlib
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pumasi.civic.codes.grammar import Kind as CodeKind
from pumasi.civic.codes.operations import open_scan, scan_of
from pumasi.civic.places.queries import place
from pumasi.civic.shell.access import for_roles
from pumasi.civic.shell.acting import ShellRequest, acting_for, person_of
from pumasi.civic.shell.camera import with_camera
from pumasi.civic.shell.forms import KeyedForm
from pumasi.civic.shell.refusals import refused, unfinished
from pumasi.civic.shell.scanning import take
from pumasi.coin import operations as coin
from pumasi.coin.district import district_tariff
from pumasi.kernel.clock import seoul_date
from pumasi.kernel.ids import new_id
from pumasi.kernel.result import Refusal
from pumasi.services.shops.forms import AmountForm, CounterForm, CounterSureForm, RefundForm
from pumasi.services.shops.operations.counter import take_at_counter
from pumasi.services.shops.queries.counter import prices_of, shown_card
from pumasi.services.shops.queries.disputes import dispute_about, to_answer
from pumasi.services.shops.queries.needs import board
from pumasi.services.shops.queries.pay import keypad, offer, place_card
from pumasi.services.shops.queries.take import TakenPayment, day_of, taken_payment
from pumasi.services.shops.queries.takings import handed_on
from pumasi.services.shops.views.rights import STAFF, chosen_place, must_be_mine


@for_roles(*STAFF)
@require_safe
def received(request: ShellRequest) -> HttpResponse:
    """Today's takings of one of my places."""
    mine, chosen = request.viewer.places(*STAFF), chosen_place(request)
    context: dict[str, object] = {"places": [place_card(place(each)) for each in mine]}
    if chosen is not None:
        context |= _takings(request, chosen)
    return render(request, "shops/received.html", context)


@for_roles(*STAFF)
@require_safe
def received_part(request: ShellRequest, place_id: UUID) -> HttpResponse:
    """The part of `received` that changes; answers 304 while it does not (decisions 26)."""
    must_be_mine(request, place_id)
    answer = render(request, "shops/parts/received.html", _takings(request, place_id))
    answer["Cache-Control"] = "no-cache, private"
    etag = f'"{hashlib.sha256(answer.content).hexdigest()[:32]}"'
    answer["ETag"] = etag
    return get_conditional_response(request, etag=etag, response=answer) or answer


@for_roles(*STAFF)
@require_safe
def payment(request: ShellRequest, payment_id: UUID) -> HttpResponse:
    """One payment with what can still be done about it."""
    return render(request, "shops/payment.html", _payment_context(request, _taken(request, payment_id)))


@for_roles(*STAFF)
@require_POST
def undo(request: ShellRequest, payment_id: UUID) -> HttpResponse:
    """Take a whole payment back with one press."""
    found, form = _taken(request, payment_id), KeyedForm(request.POST)
    if not form.is_valid():
        return unfinished(request, "shops/payment.html", _payment_context(request, found), form)
    try:
        coin.undo(acting_for(request, "UNDO"), payment_id=payment_id, key=form.the_key())
    except Refusal as refusal:
        return refused(request, "shops/payment.html", _payment_context(request, found), refusal)
    return redirect("shops:payment", payment_id=payment_id)


@for_roles(*STAFF)
@require_POST
def refund(request: ShellRequest, payment_id: UUID) -> HttpResponse:
    """Give coins back, all or a part."""
    found, form = _taken(request, payment_id), RefundForm(request.POST)
    if not form.is_valid():
        return unfinished(request, "shops/payment.html", _payment_context(request, found), form)
    try:
        coin.refund(
            acting_for(request, "REFUND"), payment_id=payment_id, key=form.the_key(), coins=form.cleaned_data["coins"]
        )
    except Refusal as refusal:
        return refused(request, "shops/payment.html", _payment_context(request, found), refusal)
    return redirect("shops:payment", payment_id=payment_id)


@for_roles(*STAFF)
@require_safe
def counter_scanned(request: ShellRequest, text: str) -> HttpResponse:
    """A visitor's code was read by this device's camera: fill it in."""
    return redirect(f"{reverse('shops:counter')}?{urlencode({'code': text[:40]})}")


@with_camera
@for_roles(*STAFF)
@require_http_methods(["GET", "HEAD", "POST"])
def counter(request: ShellRequest) -> HttpResponse:
    """Type amount and the visitor's code; the amount is then shown to the visitor."""
    if request.method != "POST":
        start = {"key": new_id(request.acting.at), "code": request.GET.get("code", "")[:40]}
        return render(request, "shops/counter.html", {**_counter_context(request), "form": CounterForm(initial=start)})
    form = CounterForm(request.POST)
    context = {**_counter_context(request), "form": form}
    if not form.is_valid():
        return unfinished(request, "shops/counter.html", context, form)
    data = form.cleaned_data
    must_be_mine(request, data["place"])
    try:
        offer(data["coins"], data["price"], request.acting.at, None)
        scan = take(acting_for(request, "TAKE"), data["code"], CodeKind.PERSON)
    except Refusal as refusal:
        return refused(request, "shops/counter.html", context, refusal)
    carried = {"coins": data["coins"], "price": data["price"] or "", "place": data["place"], "key": form.the_key()}
    return redirect(f"{reverse('shops:counter_confirm', args=[scan.id])}?{urlencode(carried)}")


@for_roles(*STAFF)
@require_http_methods(["GET", "HEAD", "POST"])
def counter_confirm(request: ShellRequest, scan_id: UUID) -> HttpResponse:
    """The screen is turned to the visitor, who sees the amount and presses."""
    form = CounterSureForm(request.POST if request.method == "POST" else {**request.GET.dict(), "sure": "yes"})
    if not form.is_valid() and set(form.errors) != {"sure"}:
        return redirect("shops:counter")
    data = form.cleaned_data
    must_be_mine(request, data["place"])
    shown = offer(data["coins"], data["price"], request.acting.at, None)
    by_person = person_of(request)
    is_shown = request.method != "POST"
    scan = open_scan(scan_id, by_person, request.acting.at) if is_shown else scan_of(scan_id, by_person)
    context = {
        "place": place_card(place(data["place"])),
        "offer": shown,
        "form": form,
        "card": shown_card(scan, data["coins"], request.acting.at),
    }
    if request.method != "POST":
        return render(request, "shops/counter_confirm.html", context)
    if form.errors:
        return unfinished(request, "shops/counter_confirm.html", context, form)
    try:
        paid = take_at_counter(
            acting_for(request, "TAKE"),
            scan_id=scan_id,
            place_id=data["place"],
            coins=data["coins"],
            price_won=data["price"],
            key=form.the_key(),
            strip=data["strip"],
        )
    except Refusal as refusal:
        return refused(request, "shops/counter_confirm.html", context, refusal)
    return redirect("shops:receipt", payment_id=paid.key)


def _takings(request: ShellRequest, place_id: UUID) -> dict[str, object]:
    today = seoul_date(request.acting.at)
    return {
        "place": place_card(place(place_id)),
        "day": day_of(place_id, today),
        "handed": handed_on(place_id, today),
        "board": board(place_id, today),
        "disputes": to_answer([place_id]),
    }


def _counter_context(request: ShellRequest) -> dict[str, object]:
    today = seoul_date(request.acting.at)
    chosen = request.POST.get("coins", "")
    step = district_tariff().step(today)
    mine = [each for each in map(place, request.viewer.places(*STAFF)) if each.is_open(today)]
    return {
        "places": [place_card(each) for each in mine],
        "choices": keypad(step, None, int(chosen) if chosen.isdecimal() and len(chosen) < 8 else None),
        "step": step,
        "prices": prices_of(mine[0].id, today) if len(mine) == 1 else [],
    }


def _payment_context(request: ShellRequest, found: TakenPayment) -> dict[str, object]:
    form = AmountForm(initial={"key": new_id(request.acting.at)})
    return {"payment": found, "dispute": dispute_about(found.id), "form": form}


def _taken(request: ShellRequest, payment_id: UUID) -> TakenPayment:
    found = taken_payment(payment_id, request.viewer.places(*STAFF), request.acting.at)
    if found is None:
        raise Http404
    return found
