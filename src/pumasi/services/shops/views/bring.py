"""Where to bring: items by kind and place, with what each place wants today, before anybody walks."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from pumasi.civic.shell import roles
from pumasi.civic.shell.access import for_roles
from pumasi.civic.shell.acting import ShellRequest, person_of
from pumasi.coin.queries.budget import rank_if_claimed
from pumasi.kernel.clock import seoul_date
from pumasi.services.shops.queries.needs import item_of, item_tiles, my_saved, places_taking


@for_roles(roles.RESIDENT)
@require_safe
def bring(request: ShellRequest) -> HttpResponse:
    """The items, how many places want them, and what mine have saved so far."""
    today = seoul_date(request.acting.at)
    context = {
        "items": item_tiles(today),
        "saved": my_saved(person_of(request)),
        "next_rank": rank_if_claimed(request.acting.at),
    }
    return render(request, "shops/bring.html", context)


@for_roles(roles.RESIDENT)
@require_safe
def bring_item(request: ShellRequest, code: str) -> HttpResponse:
    """The places that take one item, those that want it first."""
    today = seoul_date(request.acting.at)
    item, wanted = item_of(code, today), request.GET.get("q", "")[:40]
    if item is None:
        raise Http404
    context = {
        "item": item,
        "places": places_taking(code, today, wanted),
        "q": wanted,
        "next_rank": rank_if_claimed(request.acting.at),
    }
    return render(request, "shops/bring_item.html", context)
