"""A shop's payouts: the list, one statement with its receipts, and the bank account."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from pumasi.civic.places.queries import place
from pumasi.civic.shell import roles
from pumasi.civic.shell.access import for_roles
from pumasi.civic.shell.acting import ShellRequest, acting_for
from pumasi.civic.shell.refusals import refused, unfinished
from pumasi.coin.settlement import operations as settlement
from pumasi.kernel.result import Refusal
from pumasi.services.settlement.forms import AccountForm
from pumasi.services.settlement.queries.shop import payout_page, payout_rows, shop_accounts


@for_roles(roles.SHOP_KEEPER)
@require_safe
def mine(request: ShellRequest) -> HttpResponse:
    """What my shops were paid."""
    places = request.viewer.places(roles.SHOP_KEEPER)
    context = {"payouts": payout_rows(places), "accounts": shop_accounts(places)}
    return render(request, "settlement/mine.html", context)


@for_roles(roles.SHOP_KEEPER)
@require_safe
def payout(request: ShellRequest, line_id: UUID) -> HttpResponse:
    """One payout with every receipt in it."""
    found = payout_page(line_id, request.viewer.places(roles.SHOP_KEEPER))
    if found is None:
        raise Http404
    return render(request, "settlement/payout.html", {"payout": found})


@for_roles(roles.SHOP_KEEPER)
@require_http_methods(["GET", "HEAD", "POST"])
def account(request: ShellRequest, place_id: UUID) -> HttpResponse:
    """Where the money of this shop goes."""
    if place_id not in request.viewer.places(roles.SHOP_KEEPER):
        raise Http404
    (now,) = shop_accounts([place_id])
    context: dict[str, object] = {"now": now, "shop": place(place_id).name_ko}
    if request.method != "POST":
        return render(request, "settlement/account.html", {**context, "form": AccountForm()})
    form = AccountForm(request.POST)
    if not form.is_valid():
        return unfinished(request, "settlement/account.html", context, form)
    try:
        settlement.enter_account(acting_for(request, "ACCOUNT"), place_id=place_id, **form.cleaned_data)
    except Refusal as refusal:
        return refused(request, "settlement/account.html", {**context, "form": form}, refusal)
    return redirect("settlement:mine")
