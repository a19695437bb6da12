"""A shop's payouts: the list, one statement with its receipts, and the bank account."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from pumasi.civic.places.queries import place
from pumasi.civic.printing import papers
from pumasi.civic.shell import roles
from pumasi.civic.shell.access import for_roles
from pumasi.civic.shell.acting import ShellRequest, acting_for
from pumasi.civic.shell.downloads import district_name, pdf_answer
from pumasi.civic.shell.language import page_language
from pumasi.civic.shell.refusals import refused, unfinished
from pumasi.coin.settlement import operations as settlement
from pumasi.kernel.result import Refusal
from pumasi.services.settlement.forms import AccountForm
from pumasi.services.settlement.queries.shop import Payout, payout_page, payout_rows, shop_accounts


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
@require_safe
def statement(request: ShellRequest, line_id: UUID) -> HttpResponse:
    """The same as a paper."""
    found = payout_page(line_id, request.viewer.places(roles.SHOP_KEEPER))
    if found is None:
        raise Http404
    paper = papers.statement(_paper(found), language=page_language(), made_at=found.paid_at or found.when)
    return pdf_answer(paper, f"settlement-{found.number}")


@for_roles(roles.SHOP_KEEPER)
@require_http_methods(["GET", "HEAD", "POST"])
def account(request: ShellRequest, place_id: UUID) -> HttpResponse:
    """Where the money of this shop goes."""
    if place_id not in request.viewer.places(roles.SHOP_KEEPER):
        raise Http404
    (now,) = shop_accounts([place_id])
    context: dict[str, object] = {"now": now, "shop": place(place_id).name(page_language())}
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


def _paper(found: Payout) -> papers.Statement:
    facts = [
        (_("Coins received"), _("%(coins)s coins") % {"coins": found.coins}),
        (_("Won of the coins"), found.won),
        (_("Set off for late refunds"), f"−{found.set_off}" if found.set_off else ""),
        (_("To pay"), found.payout),
        (_("Payments up to"), f"{found.cutoff:%Y-%m-%d}"),
        (_("Bank account"), found.account),
        (_("Paid on"), papers.moment(found.paid_at)[:10] if found.paid_at else found.tag.text),
        (_("Payment number"), found.payment_number),
    ]
    return papers.Statement(
        district=district_name(),
        title=_("Settlement %(number)s") % {"number": found.number},
        to=found.shop,
        facts=tuple((name, value) for name, value in facts if value),
        columns=(_("Number"), _("Day"), _("Coins"), _("Won")),
        numeric=(2, 3),
        rows=tuple((number, f"{day:%Y-%m-%d}", coins, won) for number, day, coins, won in found.receipts),
        closing=_("Coins are paid out once the public record shows them."),
    )
