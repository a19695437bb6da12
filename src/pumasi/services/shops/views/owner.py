"""A shop's owner: apply, see where it stands and what is missing, open, close."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pumasi.civic.shell import roles
from pumasi.civic.shell.access import for_roles
from pumasi.civic.shell.acting import ShellRequest, acting_for, person_of
from pumasi.civic.shell.language import page_language
from pumasi.civic.shell.refusals import refused, unfinished
from pumasi.coin.items import items
from pumasi.kernel.ids import new_id
from pumasi.kernel.result import Refusal
from pumasi.services.shops.forms import ShopForm
from pumasi.services.shops.operations import lifecycle
from pumasi.services.shops.operations.lifecycle import Wish
from pumasi.services.shops.queries.lifecycle import ShopView, shop_of, shops_of, suspension_of


@for_roles(roles.RESIDENT)
@require_safe
def my_shops(request: ShellRequest) -> HttpResponse:
    """My applications and shops, and the way to a new one."""
    return render(request, "shops/my_shops.html", {"shops": shops_of(person_of(request), request.acting.at)})


@for_roles(roles.RESIDENT)
@require_http_methods(["GET", "HEAD", "POST"])
def apply(request: ShellRequest) -> HttpResponse:
    """The form of an application."""
    if request.method != "POST":
        form = ShopForm(initial={"key": new_id(request.acting.at)}, codes=item_codes())
        return render(request, "shops/apply.html", {"form": form, "chosen": ()})
    form = ShopForm(request.POST, codes=item_codes())
    context = {"form": form, "chosen": request.POST.getlist("items")}
    if not form.is_valid():
        return unfinished(request, "shops/apply.html", context, form)
    try:
        shop = lifecycle.apply(
            acting_for(request, "SHOP_APPLY"), owner_id=person_of(request), wish=wish_of(form), key=form.the_key()
        )
    except Refusal as refusal:
        return refused(request, "shops/apply.html", context, refusal)
    return redirect("shops:my_shop", shop_id=shop)


@for_roles(roles.RESIDENT)
@require_http_methods(["GET", "HEAD", "POST"])
def my_shop(request: ShellRequest, shop_id: UUID) -> HttpResponse:
    """Where my shop stands; what is missing can be handed in again here."""
    shop = _mine(request, shop_id)
    start = {
        "key": shop.id,
        "name_ko": shop.name_ko,
        "name_en": shop.name_en,
        "dong": shop.dong,
        "number": shop.number,
    }
    if request.method != "POST":
        form = ShopForm(initial=start, codes=item_codes())
        case = suspension_of(shop_id, request.acting.at)
        return render(
            request, "shops/my_shop.html", {"shop": shop, "form": form, "chosen": shop.item_codes, "case": case}
        )
    form = ShopForm(request.POST, codes=item_codes())
    context = {"shop": shop, "form": form, "chosen": request.POST.getlist("items")}
    if not form.is_valid():
        return unfinished(request, "shops/my_shop.html", context, form)
    try:
        lifecycle.send_again(acting_for(request, "SHOP_APPLY"), shop_id=shop_id, wish=wish_of(form))
    except Refusal as refusal:
        return refused(request, "shops/my_shop.html", context, refusal)
    return redirect("shops:my_shop", shop_id=shop_id)


@for_roles(roles.RESIDENT)
@require_POST
def activate(request: ShellRequest, shop_id: UUID) -> HttpResponse:
    """Open the verified shop for coins."""
    shop = _mine(request, shop_id)
    try:
        lifecycle.activate(acting_for(request, "SHOP_OPEN"), shop_id=shop_id)
    except Refusal as refusal:
        return refused(request, "shops/my_shop.html", {"shop": shop}, refusal)
    return redirect("shops:my_shop", shop_id=shop_id)


@for_roles(roles.RESIDENT)
@require_POST
def close(request: ShellRequest, shop_id: UUID) -> HttpResponse:
    """End the shop: its codes are dead at once."""
    shop = _mine(request, shop_id)
    try:
        lifecycle.close(acting_for(request, "SHOP_CLOSE"), shop_id=shop_id, why=request.POST.get("why", "")[:300])
    except Refusal as refusal:
        return refused(request, "shops/my_shop.html", {"shop": shop}, refusal)
    return redirect("shops:my_shop", shop_id=shop_id)


def item_codes() -> list[tuple[str, str]]:
    """Codes and names of the items to tick."""
    return [(code, item.name(page_language())) for code, item in items().items.items()]


def wish_of(form: ShopForm) -> Wish:
    """What a valid form asks for."""
    data = form.cleaned_data
    return Wish(data["name_ko"], data["name_en"], data["dong"], data["number"], data["items"])


def _mine(request: ShellRequest, shop_id: UUID) -> ShopView:
    shop = shop_of(shop_id, request.acting.at, person_of(request))
    if shop is None:
        raise Http404
    return shop
