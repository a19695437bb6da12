"""Budget, waiting list, order, cut, books."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from pumasi.civic.shell import roles
from pumasi.civic.shell.access import for_roles
from pumasi.civic.shell.acting import ShellRequest, acting_for
from pumasi.civic.shell.refusals import refused, unfinished
from pumasi.coin.orders import OrderKind
from pumasi.kernel.clock import fiscal_year, seoul_date
from pumasi.kernel.result import Refusal
from pumasi.services.cockpit import operations
from pumasi.services.cockpit.forms import AmountForm, OrderForm
from pumasi.services.cockpit.queries.books import books_page
from pumasi.services.cockpit.queries.budget import budget_page, cut_page, waiting_page
from pumasi.services.cockpit.queries.order import in_words, read_file, to_sign

READERS = (roles.ISSUER, roles.BUDGET_OFFICER, roles.AUDITOR)


@for_roles(*READERS)
@require_safe
def budget(request: ShellRequest) -> HttpResponse:
    """Authorised, issued, promised, paid, left, forecast, and the waiting list."""
    context = {
        "budget": budget_page(request.acting.at),
        "may_order": bool(request.viewer.roles & {roles.ISSUER, roles.BUDGET_OFFICER}),
        "may_keys": roles.ISSUER in request.viewer.roles,
    }
    return render(request, "cockpit/budget.html", context)


@for_roles(*READERS)
@require_safe
def books(request: ShellRequest) -> HttpResponse:
    """The trial balance and how to check it."""
    return render(request, "cockpit/books.html", {"books": books_page(request.acting.at)})


@for_roles(roles.ISSUER, roles.BUDGET_OFFICER)
@require_http_methods(["GET", "HEAD", "POST"])
def order(request: ShellRequest) -> HttpResponse:
    """Paste a signed order, look at what it says, book it."""
    may_sign = roles.BUDGET_OFFICER in request.viewer.roles
    if request.method != "POST":
        booked = _("The order is booked") if request.GET.get("booked") else ""
        return render(request, "cockpit/order.html", {"form": OrderForm(), "booked": booked, "may_sign": may_sign})
    form = OrderForm(request.POST)
    if not form.is_valid():
        return unfinished(request, "cockpit/order.html", {"may_sign": may_sign}, form)
    context: dict[str, object] = {"form": form, "may_sign": may_sign}
    try:
        signed = read_file(form.cleaned_data["order"])
        context["preview"] = in_words(signed)
        if request.POST.get("step") != "book":
            return render(request, "cockpit/order.html", context)
        operations.book(acting_for(request, "BUDGET_ORDER"), signed)
    except Refusal as refusal:
        return refused(request, "cockpit/order.html", context, refusal)
    return redirect(f"{reverse('cockpit:order')}?booked=yes")


@for_roles(*READERS)
@require_safe
def waiting(request: ShellRequest) -> HttpResponse:
    """Everybody who waits, by rank and without names, 100 to a page."""
    given = request.GET.get("from", "")
    start = int(given) if given.isascii() and given.isdigit() and len(given) < 8 else 1
    return render(request, "cockpit/waiting.html", {"page": waiting_page(start)})


@for_roles(roles.ISSUER, roles.BUDGET_OFFICER)
@require_http_methods(["GET", "HEAD", "POST"])
def cut(request: ShellRequest) -> HttpResponse:
    """How far the budget can go down, and the text that two officers sign for a cut."""
    return _to_sign(request, OrderKind.CUT, {"page": cut_page(request.acting.at)})


@for_roles(roles.ISSUER, roles.BUDGET_OFFICER)
@require_http_methods(["GET", "HEAD", "POST"])
def raise_(request: ShellRequest) -> HttpResponse:
    """The text that two officers sign to raise the budget."""
    return _to_sign(request, OrderKind.ORDER, {"year": fiscal_year(seoul_date(request.acting.at))})


def _to_sign(request: ShellRequest, kind: OrderKind, page: dict[str, object]) -> HttpResponse:
    template = "cockpit/cut.html" if kind is OrderKind.CUT else "cockpit/raise.html"
    if request.method != "POST":
        return render(request, template, {**page, "form": AmountForm()})
    form = AmountForm(request.POST)
    if not form.is_valid():
        return unfinished(request, template, page, form)
    context = {**page, "form": form}
    try:
        file = to_sign(kind, form.cleaned_data["coins"], form.cleaned_data["document"], request.acting.at)
    except Refusal as refusal:
        return refused(request, template, context, refusal)
    return render(request, template, {**context, "to_sign": file})
