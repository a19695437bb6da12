"""The owner's pages about the own place: needs, hours and limits, stickers, counter devices, takings by day."""

from datetime import date
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from pumasi.civic.codes.queries import place_address, sticker_address
from pumasi.civic.places.errors import HoursUnreadable
from pumasi.civic.places.models import Need
from pumasi.civic.places.queries import place, stickers_of
from pumasi.civic.places.words import need_words
from pumasi.civic.shell.access import for_roles
from pumasi.civic.shell.acting import ShellRequest, acting_for
from pumasi.civic.shell.refusals import refused
from pumasi.civic.shell.scanning import draw_address
from pumasi.kernel.clock import seoul_date
from pumasi.kernel.result import Refusal
from pumasi.services.shops.forms import ClosureForm, NeedForm
from pumasi.services.shops.operations import devices as device_operations
from pumasi.services.shops.operations import place as own
from pumasi.services.shops.queries.counter import devices_of
from pumasi.services.shops.queries.needs import board, week
from pumasi.services.shops.queries.pay import place_card
from pumasi.services.shops.queries.take import place_notices
from pumasi.services.shops.queries.takings import month_csv, month_of, sheet
from pumasi.services.shops.views.rights import STAFF, chosen_place, must_be_mine

MOST_PIECES = 100_000


@for_roles(*STAFF)
@require_safe
def my_needs(request: ShellRequest) -> HttpResponse:
    """The board of my first place."""
    chosen = chosen_place(request)
    return redirect("shops:needs", place_id=chosen) if chosen else redirect("shops:received")


@for_roles(*STAFF)
@require_http_methods(["GET", "HEAD", "POST"])
def needs(request: ShellRequest, place_id: UUID) -> HttpResponse:
    """Needed, enough or full today, by one tap each."""
    must_be_mine(request, place_id)
    if request.method == "POST":
        form = NeedForm(request.POST)
        if form.is_valid():
            data = form.cleaned_data
            acting, need = acting_for(request, "NEEDS"), Need(data["need"])
            own.set_need(acting, place_id=place_id, code=data["item"], need=need)
        return redirect("shops:needs", place_id=place_id)
    today = seoul_date(request.acting.at)
    choices = [(code, words[0]) for code, words in need_words().items()]
    context = {"place": place_card(place(place_id)), "board": board(place_id, today), "choices": choices}
    return render(request, "shops/needs.html", context)


@for_roles(*STAFF)
@require_http_methods(["GET", "HEAD", "POST"])
def state(request: ShellRequest, place_id: UUID) -> HttpResponse:
    """Daily limits, opening hours, days off."""
    must_be_mine(request, place_id)
    today = seoul_date(request.acting.at)
    if request.method == "POST":
        try:
            _set_state(request, place_id)
        except Refusal as refusal:
            return refused(request, "shops/state.html", _state_context(place_id, today), refusal)
        return redirect("shops:state", place_id=place_id)
    return render(request, "shops/state.html", _state_context(place_id, today))


def _set_state(request: ShellRequest, place_id: UUID) -> None:
    acting, what, facts = acting_for(request, "PLACE_STATE"), request.POST.get("what", ""), place(place_id)
    if what == "limits":
        lines = board(place_id, seoul_date(request.acting.at)).lines
        limits = {line.code: _number(request.POST.get(f"limit_{line.code}", "")) for line in lines}
        own.set_state(
            acting,
            place_id=place_id,
            accepts=facts.accepts,
            needs=facts.needs,
            daily_limit=_number(request.POST.get("daily_limit", "")),
            item_limits={code: limit for code, limit in limits.items() if limit is not None},
        )
    elif what == "hours":
        typed = {day: (request.POST.get(f"opens_{day}", ""), request.POST.get(f"closes_{day}", "")) for day in range(7)}
        hours = [
            own.Open(day, _minutes(opens), _minutes(closes))
            for day, (opens, closes) in typed.items()
            if opens or closes
        ]
        own.set_hours(acting, place_id=place_id, hours=hours)
    elif what == "closure":
        form = ClosureForm(request.POST)
        if not form.is_valid():
            raise HoursUnreadable()
        own.close_for(acting, place_id=place_id, **form.cleaned_data)
    elif what == "reopen":
        closure_id = _number(request.POST.get("closure", "")) or 0
        own.take_closure_back(acting, place_id=place_id, closure_id=closure_id)


def _state_context(place_id: UUID, today: date) -> dict[str, object]:
    facts = place(place_id)
    return {
        "place": place_card(facts),
        "board": board(place_id, today),
        "daily_limit": facts.daily_limit,
        "week": week(place_id, today),
    }


@for_roles(*STAFF)
@require_http_methods(["GET", "HEAD", "POST"])
def stickers(request: ShellRequest, place_id: UUID) -> HttpResponse:
    """The printed QRs of my place: print another one, or revoke the one that was lost or pasted over."""
    must_be_mine(request, place_id)
    if request.method == "POST":
        acting, revoked = acting_for(request, "STICKERS"), _number(request.POST.get("revoke", ""))
        if revoked:
            own.revoke_sticker(acting, place_id=place_id, serial=revoked)
            return redirect("shops:stickers", place_id=place_id)
        serial = own.print_sticker(acting, place_id=place_id)
        return redirect("shops:sticker", place_id=place_id, serial=serial)
    context = {"place": place_card(place(place_id)), "stickers": stickers_of(place_id)}
    return render(request, "shops/stickers.html", context)


@for_roles(*STAFF)
@require_safe
def sticker(request: ShellRequest, place_id: UUID, serial: int) -> HttpResponse:
    """One sticker to print: name large, serial, check words."""
    must_be_mine(request, place_id)
    if serial not in [each.serial for each in stickers_of(place_id) if each.revoked_at is None]:
        raise Http404
    return _poster(request, place_id, sticker_address(place_id, serial), serial)


@for_roles(*STAFF)
@require_safe
def poster(request: ShellRequest, place_id: UUID) -> HttpResponse:
    """The place's address as a QR for its own screen; what hangs on the wall is a sticker with a serial."""
    must_be_mine(request, place_id)
    return _poster(request, place_id, place_address(place_id), None)


def _poster(request: ShellRequest, place_id: UUID, address: str, serial: int | None) -> HttpResponse:
    qr = draw_address(request, address, _("QR code with the address of this place"), "resident")
    context = {"place": place_card(place(place_id)), "qr": qr, "serial": serial}
    context["notices"] = place_notices(place_id, request.acting.at)
    return render(request, "shops/poster.html", context)


@for_roles(*STAFF)
@require_http_methods(["GET", "HEAD", "POST"])
def devices(request: ShellRequest, place_id: UUID) -> HttpResponse:
    """Bound counters: a number for a new one, when each was seen, and sending one away."""
    must_be_mine(request, place_id)
    code, context = "", {"place": place_card(place(place_id)), "devices": devices_of(place_id)}
    if request.method == "POST":
        acting, gone = acting_for(request, "DEVICES"), request.POST.get("revoke", "")
        known = {str(each.id): each.id for each in devices_of(place_id)}
        try:
            if gone in known:
                device_operations.revoke_device(acting, device_id=known[gone])
                return redirect("shops:devices", place_id=place_id)
            code = device_operations.make_device_code(acting, place_id=place_id)
        except Refusal as refusal:
            return refused(request, "shops/devices.html", context, refusal)
    return render(request, "shops/devices.html", {**context, "code": f"{code[:4]}-{code[4:]}" if code else ""})


@for_roles(*STAFF)
@require_safe
def takings(request: ShellRequest, place_id: UUID) -> HttpResponse:
    """A month of takings by day."""
    must_be_mine(request, place_id)
    context = {"place": place_card(place(place_id)), "month": month_of(place_id, _month(request))}
    return render(request, "shops/takings.html", context)


@for_roles(*STAFF)
@require_safe
def takings_csv(request: ShellRequest, place_id: UUID) -> HttpResponse:
    """The same month for a spreadsheet; figures only, no persons."""
    must_be_mine(request, place_id)
    first = _month(request)
    answer = HttpResponse(month_csv(month_of(place_id, first)), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="takings-{first:%Y-%m}.csv"'
    return answer


@for_roles(*STAFF)
@require_safe
def day_sheet(request: ShellRequest, place_id: UUID, day: str) -> HttpResponse:
    """One day on paper."""
    must_be_mine(request, place_id)
    try:
        wanted = date.fromisoformat(day)
    except ValueError:
        raise Http404 from None
    return render(request, "shops/sheet.html", {"place": place_card(place(place_id)), "sheet": sheet(place_id, wanted)})


def _month(request: ShellRequest) -> date:
    """The first day of the month that the address asks for, else of this month."""
    try:
        return date.fromisoformat(f"{request.GET.get('month', '')}-01")
    except ValueError:
        return seoul_date(request.acting.at).replace(day=1)


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and 0 < int(text[:7]) <= MOST_PIECES else None


def _minutes(text: str) -> int:
    hours, _colon, minutes = text.partition(":")
    if not (hours.isdecimal() and minutes.isdecimal() and len(text) == 5):
        raise HoursUnreadable()
    return int(hours) * 60 + int(minutes)
