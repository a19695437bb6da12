"""The list and page of campaigns, which everybody may read, and giving itself."""

from typing import TypedDict
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pumasi.civic.printing import papers
from pumasi.civic.shell import roles
from pumasi.civic.shell.access import for_roles
from pumasi.civic.shell.acting import ShellRequest, acting_for, person_of
from pumasi.civic.shell.downloads import district_name, pdf_answer
from pumasi.civic.shell.language import page_language
from pumasi.civic.shell.refusals import refused, unfinished
from pumasi.coin.district import district_tariff
from pumasi.coin.giving.errors import NoSuchDonation
from pumasi.kernel.clock import seoul_date
from pumasi.kernel.ids import new_id
from pumasi.kernel.result import Refusal
from pumasi.services.giving import operations
from pumasi.services.giving.errors import MoreThanYouHave
from pumasi.services.giving.forms import GiveForm
from pumasi.services.giving.queries.campaigns import CampaignPage, campaign_list, campaign_page
from pumasi.services.giving.queries.mine import DonationLine, after, my_donation, my_donations, purse


@require_safe
def campaigns(request: ShellRequest) -> HttpResponse:
    """All campaigns, open ones first."""
    return render(request, "giving/campaigns.html", {"campaigns": campaign_list(request.acting.at)})


@require_safe
def campaign(request: ShellRequest, campaign_id: UUID) -> HttpResponse:
    """One campaign: what for, how far, where its coins can be read in the record. Never who gave."""
    context = {
        "campaign": campaign_page(campaign_id, request.acting.at),
        "is_resident": roles.RESIDENT in request.viewer.roles,
    }
    return render(request, "giving/campaign.html", context)


@for_roles(roles.RESIDENT)
@require_safe
def give(request: ShellRequest, campaign_id: UUID) -> HttpResponse:
    """How many coins; the key of this donation is made here."""
    form = GiveForm(initial={"key": new_id(request.acting.at)})
    return render(request, "giving/give.html", {**_give(request, campaign_id), "form": form})


@for_roles(roles.RESIDENT)
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: ShellRequest, campaign_id: UUID) -> HttpResponse:
    """The amount large, once more; then give. A second press shows the first receipt."""
    form = GiveForm(request.POST if request.method == "POST" else request.GET)
    if not form.is_valid():
        return unfinished(request, "giving/give.html", _give(request, campaign_id), form)
    coins = form.cleaned_data["coins"]
    try:
        if request.method == "POST":
            given = operations.give(
                acting_for(request, "GIVE"), campaign_id=campaign_id, coins=coins, key=form.the_key()
            )
            return redirect("giving:receipt", donation_id=given.key)
        left = after(person_of(request), coins, request.acting.at)
        if not left:
            raise MoreThanYouHave(available=purse(person_of(request), request.acting.at).balance)
    except Refusal as refusal:
        return refused(request, "giving/give.html", {**_give(request, campaign_id), "form": form}, refusal)
    tariff = district_tariff()
    context = {
        **_give(request, campaign_id),
        "form": form,
        "coins": f"{coins:,}",
        "worth": f"{coins * tariff.unit.won_rate(seoul_date(request.acting.at)):,}",
        "left": left,
        "undo_minutes": tariff.undo_minutes,
    }
    return render(request, "giving/confirm.html", context)


@for_roles(roles.RESIDENT)
@require_safe
def mine(request: ShellRequest) -> HttpResponse:
    """What I gave and what became of it."""
    return render(request, "giving/mine.html", {"donations": my_donations(person_of(request), request.acting.at)})


@for_roles(roles.RESIDENT)
@require_safe
def receipt(request: ShellRequest, donation_id: UUID) -> HttpResponse:
    """One donation of mine."""
    return render(request, "giving/receipt.html", dict(_receipt(request, donation_id)))


@for_roles(roles.RESIDENT)
@require_POST
def take_back(request: ShellRequest, donation_id: UUID) -> HttpResponse:
    """Take a donation back within the undo time; a second press finds it done."""
    context = dict(_receipt(request, donation_id))
    try:
        operations.take_back(
            acting_for(request, "UNDO"),
            campaign_id=my_donation(donation_id, person_of(request), request.acting.at).campaign_id,
            donation_id=donation_id,
        )
    except Refusal as refusal:
        return refused(request, "giving/receipt.html", context, refusal)
    return redirect("giving:receipt", donation_id=donation_id)


@for_roles(roles.RESIDENT)
@require_safe
def slip(request: ShellRequest, donation_id: UUID) -> HttpResponse:
    """One donation of mine as a slip."""
    context = _receipt(request, donation_id)
    donation, page = context["donation"], context["campaign"]
    paper = papers.Slip(
        district=district_name(),
        headline=donation.state,
        coins=_("%(coins)s coins") % {"coins": donation.coins},
        facts=(
            (_("Campaign"), donation.title),
            (_("To"), page.card.charity),
            (_("When"), papers.moment(donation.when)),
            (_("Worth"), _("%(won)s won") % {"won": donation.worth}),
            (_("Number"), donation.number),
        ),
        closing=page.no_receipt,
    )
    made = papers.slip(paper, language=page_language(), made_at=donation.when)
    return pdf_answer(made, f"donation-{donation.number}")


class _Receipt(TypedDict):
    """What a receipt's page and slip show."""

    donation: DonationLine
    campaign: CampaignPage


def _give(request: ShellRequest, campaign_id: UUID) -> dict[str, object]:
    chosen = request.POST.get("coins", request.GET.get("coins", ""))
    number = int(chosen) if chosen.isdecimal() and len(chosen) < 8 else None
    return {
        "campaign": campaign_page(campaign_id, request.acting.at),
        "purse": purse(person_of(request), request.acting.at, number),
    }


def _receipt(request: ShellRequest, donation_id: UUID) -> _Receipt:
    try:
        found = my_donation(donation_id, person_of(request), request.acting.at)
    except NoSuchDonation:
        raise Http404 from None
    return {"donation": found, "campaign": campaign_page(found.campaign_id, request.acting.at, for_desk=True)}
