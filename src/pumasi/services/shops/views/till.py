"""Counter mode on a bound device: nobody signs in; the device's own cookie says which counter it is.

It takes coins and undoes what it took itself, and shows of the past nothing but today's count.
"""

from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pumasi.civic.codes.grammar import Kind as CodeKind
from pumasi.civic.codes.operations import open_scan, scan_of
from pumasi.civic.places.queries import place
from pumasi.civic.shell.acting import ShellRequest
from pumasi.civic.shell.camera import with_camera
from pumasi.civic.shell.forms import KeyedForm
from pumasi.civic.shell.refusals import refused, unfinished
from pumasi.civic.shell.scanning import take
from pumasi.coin.district import district_tariff
from pumasi.kernel.clock import seoul_date
from pumasi.kernel.ids import new_id
from pumasi.kernel.result import Refusal
from pumasi.services.shops.errors import DeviceNotBound
from pumasi.services.shops.forms import BindForm, SureForm, TillForm
from pumasi.services.shops.operations.devices import Counter, bind_device, counter_of, take_by_device, undo_by_device
from pumasi.services.shops.queries.counter import last_taking, prices_of, shown_card, taken_count
from pumasi.services.shops.queries.pay import keypad, offer, place_card

COOKIE = "pumasi_counter"
_YEAR_SECONDS = 365 * 24 * 3600


@with_camera
@require_http_methods(["GET", "HEAD", "POST"])
def till(request: ShellRequest) -> HttpResponse:
    """Amount and the visitor's code; an unbound device is asked for the number from the owner's phone."""
    try:
        counter = _counter(request)
    except DeviceNotBound:
        return _private(render(request, "shops/till_bind.html", {"form": BindForm()}))
    if request.method != "POST":
        form = TillForm(initial={"key": new_id(request.acting.at)})
        return _private(render(request, "shops/till.html", {**_context(request, counter), "form": form}))
    form = TillForm(request.POST)
    context = {**_context(request, counter), "form": form}
    if not form.is_valid():
        return unfinished(request, "shops/till.html", context, form)
    data = form.cleaned_data
    try:
        offer(data["coins"], data["price"], request.acting.at, None)
        scan = take(counter.acting, data["code"], CodeKind.PERSON)
    except Refusal as refusal:
        return refused(request, "shops/till.html", context, refusal)
    carried = {"coins": data["coins"], "price": data["price"] or "", "key": form.the_key()}
    return redirect(f"{reverse('shops:till_confirm', args=[scan.id])}?{urlencode(carried)}")


@require_POST
def till_bind(request: ShellRequest) -> HttpResponse:
    """Bind this device."""
    form = BindForm(request.POST)
    if not form.is_valid():
        return unfinished(request, "shops/till_bind.html", {}, form)
    try:
        token = bind_device(request.acting, code=form.cleaned_data["code"], name=form.cleaned_data["name"])
    except Refusal as refusal:
        return refused(request, "shops/till_bind.html", {"form": form}, refusal)
    answer = redirect("shops:till")
    answer.set_cookie(
        COOKIE,
        token,
        max_age=_YEAR_SECONDS,
        path=reverse("shops:till"),
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Strict",
    )
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
def till_confirm(request: ShellRequest, scan_id: UUID) -> HttpResponse:
    """The payer sees the amount large and presses; above 30 coins once more."""
    counter = _counter(request)
    form = SureForm(request.POST if request.method == "POST" else {**request.GET.dict(), "sure": "yes"})
    if not form.is_valid() and set(form.errors) != {"sure"}:
        return redirect("shops:till")
    data = form.cleaned_data
    shown = offer(data["coins"], data["price"], request.acting.at, None)
    by_person = counter.acting.actor or counter.device_id
    is_shown = request.method != "POST"
    scan = open_scan(scan_id, by_person, request.acting.at) if is_shown else scan_of(scan_id, by_person)
    context = {
        "place": place_card(place(counter.place_id)),
        "offer": shown,
        "form": form,
        "card": shown_card(scan, data["coins"], request.acting.at),
    }
    if request.method != "POST":
        return _private(render(request, "shops/till_confirm.html", context))
    if form.errors:
        return unfinished(request, "shops/till_confirm.html", context, form)
    try:
        take_by_device(
            counter,
            scan_id=scan_id,
            coins=data["coins"],
            price_won=data["price"],
            key=form.the_key(),
            strip=data["strip"],
        )
    except Refusal as refusal:
        return refused(request, "shops/till_confirm.html", context, refusal)
    return redirect("shops:till_done")


@require_safe
def till_done(request: ShellRequest) -> HttpResponse:
    """What was just taken, large and aloud, with undo; later there is nothing left to see."""
    counter = _counter(request)
    last = last_taking(counter.device_id, request.acting.at)
    if last is None:
        return redirect("shops:till")
    form = KeyedForm(initial={"key": new_id(request.acting.at)})
    return _private(render(request, "shops/till_done.html", {**_context(request, counter), "form": form}))


@require_POST
def till_undo(request: ShellRequest) -> HttpResponse:
    """Take back what this device took last."""
    counter = _counter(request)
    last, form = last_taking(counter.device_id, request.acting.at), KeyedForm(request.POST)
    if last is not None and form.is_valid() and request.POST.get("payment") == str(last.payment):
        undo_by_device(counter, payment_id=last.payment, key=form.the_key())
        return redirect(f"{reverse('shops:till')}?undone=1")
    return redirect("shops:till")


def _counter(request: ShellRequest) -> Counter:
    return counter_of(request.acting, request.COOKIES.get(COOKIE, ""))


def _context(request: ShellRequest, counter: Counter) -> dict[str, object]:
    chosen, today = request.POST.get("coins", ""), seoul_date(request.acting.at)
    step = district_tariff().step(today)
    return {
        "place": place_card(place(counter.place_id)),
        "device": counter.name,
        "choices": keypad(step, None, int(chosen) if chosen.isdecimal() and len(chosen) < 8 else None),
        "step": step,
        "prices": prices_of(counter.place_id, today),
        "count": taken_count(counter.device_id, request.acting.at),
        "last": last_taking(counter.device_id, request.acting.at),
        "undone": request.GET.get("undone") == "1",
    }


def _private(answer: HttpResponse) -> HttpResponse:
    add_never_cache_headers(answer)
    return answer
