"""Officers: the inbox of applications, suspensions and disputes; paper forms typed at a desk; price lists."""

from collections.abc import Callable
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pumasi.civic.people.errors import PersonUnknown
from pumasi.civic.people.queries import find_by_phone
from pumasi.civic.places.models import PlaceKind
from pumasi.civic.places.queries import open_places, place
from pumasi.civic.shell.access import for_roles
from pumasi.civic.shell.acting import ShellRequest, acting_for
from pumasi.civic.shell.refusals import refused, unfinished
from pumasi.kernel.clock import seoul_date
from pumasi.kernel.ids import new_id
from pumasi.kernel.result import Refusal
from pumasi.services.shops.forms import DeskShopForm, NumberForm, PriceForm, SuspendForm, UrgentForm, WhyForm
from pumasi.services.shops.operations import lifecycle, prices, suspension
from pumasi.services.shops.operations.lifecycle import Ground
from pumasi.services.shops.queries.counter import prices_of
from pumasi.services.shops.queries.disputes import to_decide
from pumasi.services.shops.queries.lifecycle import ShopView, shop_of, shops_in, suspension_of
from pumasi.services.shops.queries.pay import place_card
from pumasi.services.shops.views.owner import item_codes, wish_of
from pumasi.services.shops.views.rights import OFFICERS


@for_roles(*OFFICERS)
@require_safe
def inbox(request: ShellRequest) -> HttpResponse:
    """What waits for an officer, and all shops below."""
    at, today = request.acting.at, seoul_date(request.acting.at)
    facilities = [each for kind in (PlaceKind.FACILITY, PlaceKind.CENTRE) for each in open_places(kind, today)]
    context = {
        "waiting": shops_in(("APPLIED", "PROPOSED"), at),
        "others": shops_in(("MISSING", "VERIFIED", "ACTIVE", "SUSPENDED"), at),
        "disputes": to_decide(),
        "facilities": [place_card(each) for each in facilities],
    }
    return render(request, "shops/desk.html", context)


@for_roles(*OFFICERS)
@require_http_methods(["GET", "HEAD", "POST"])
def type_in(request: ShellRequest) -> HttpResponse:
    """A paper form, typed for the owner with this telephone number."""
    if request.method != "POST":
        form = DeskShopForm(initial={"key": new_id(request.acting.at)}, codes=item_codes())
        return render(request, "shops/desk_apply.html", {"form": form, "chosen": ()})
    form = DeskShopForm(request.POST, codes=item_codes())
    context = {"form": form, "chosen": request.POST.getlist("items")}
    if not form.is_valid():
        return unfinished(request, "shops/desk_apply.html", context, form)
    try:
        acting = acting_for(request, "SHOP_APPLY")
        owner = find_by_phone(acting, form.cleaned_data["phone"])
        if owner is None:
            raise PersonUnknown()
        shop = lifecycle.apply(acting, owner_id=owner, wish=wish_of(form), key=form.the_key())
    except Refusal as refusal:
        return refused(request, "shops/desk_apply.html", context, refusal)
    return redirect("shops:desk_shop", shop_id=shop)


@for_roles(*OFFICERS)
@require_safe
def shop(request: ShellRequest, shop_id: UUID) -> HttpResponse:
    """One shop with what an officer can do about it now."""
    return render(request, "shops/desk_shop.html", _context(_found(request, shop_id), request))


@for_roles(*OFFICERS)
@require_POST
def act(request: ShellRequest, shop_id: UUID, what: str) -> HttpResponse:
    """Verify, ask, refuse, suspend, approve, lift, keep suspended or close."""
    found, acting = _found(request, shop_id), acting_for(request, "SHOP_DESK")
    forms: dict[str, type[WhyForm | NumberForm | UrgentForm]] = {
        "verify": NumberForm,
        "suspend": SuspendForm,
        "approve": UrgentForm,
    }
    form = forms.get(what, WhyForm)(request.POST)
    if not form.is_valid():
        return unfinished(request, "shops/desk_shop.html", _context(found, request), form)
    data = form.cleaned_data
    ways: dict[str, Callable[[], object]] = {
        "verify": lambda: lifecycle.verify(acting, shop_id=shop_id, number=data["number"]),
        "ask": lambda: lifecycle.ask_for_more(acting, shop_id=shop_id, what=data["why"]),
        "refuse": lambda: lifecycle.refuse(acting, shop_id=shop_id, why=data["why"]),
        "suspend": lambda: suspension.suspend(acting, shop_id=shop_id, ground=Ground(**data)),
        "approve": lambda: suspension.approve_suspension(acting, shop_id=shop_id, urgent=data["urgent"]),
        "lift": lambda: suspension.lift(acting, shop_id=shop_id, why=data["why"]),
        "keep": lambda: suspension.keep_suspended(acting, shop_id=shop_id, why=data["why"]),
        "close": lambda: lifecycle.close(acting, shop_id=shop_id, why=data["why"]),
    }
    if what not in ways:
        raise Http404
    try:
        ways[what]()
    except Refusal as refusal:
        return refused(request, "shops/desk_shop.html", {**_context(found, request), "form": form}, refusal)
    return redirect("shops:desk_shop", shop_id=shop_id)


@for_roles(*OFFICERS)
@require_http_methods(["GET", "HEAD", "POST"])
def price_list(request: ShellRequest, place_id: UUID) -> HttpResponse:
    """What things cost at a facility."""
    facts, today = place(place_id), seoul_date(request.acting.at)
    context = {"place": place_card(facts), "outsourced": facts.is_outsourced, "prices": prices_of(place_id, today)}
    if request.method != "POST":
        return render(request, "shops/prices.html", {**context, "form": PriceForm()})
    acting, ended = acting_for(request, "PRICES"), request.POST.get("end", "")
    if ended.isdecimal():
        prices.end_price(acting, place_id=place_id, price_id=int(ended))
        return redirect("shops:prices", place_id=place_id)
    form = PriceForm(request.POST)
    if not form.is_valid():
        return unfinished(request, "shops/prices.html", context, form)
    try:
        prices.set_price(acting, place_id=place_id, **form.cleaned_data)
    except Refusal as refusal:
        return refused(request, "shops/prices.html", {**context, "form": form}, refusal)
    return redirect("shops:prices", place_id=place_id)


def _found(request: ShellRequest, shop_id: UUID) -> ShopView:
    found = shop_of(shop_id, request.acting.at)
    if found is None:
        raise Http404
    return found


def _context(found: ShopView, request: ShellRequest) -> dict[str, object]:
    return {"shop": found, "form": WhyForm(), "case": suspension_of(found.id, request.acting.at)}
