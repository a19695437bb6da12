"""Giving in the office's week, and campaigns whose last day comes."""

from datetime import timedelta

from django.db.models import Sum
from django.utils.translation import gettext as _

from pumasi.civic.shell.language import page_language
from pumasi.civic.shell.weekly import AHEAD_DAYS, Ahead, Figure, Week, Weekly
from pumasi.coin.district import district_tariff
from pumasi.coin.giving.models import Donation
from pumasi.kernel.amount import Amount
from pumasi.services.giving.models import Campaign, CampaignState


def weekly(week: Week) -> Weekly:
    """Three queries."""
    korean, until = page_language() == "ko", week.today + timedelta(days=AHEAD_DAYS)
    ending = Campaign.objects.filter(state=CampaignState.OPEN, deadline__range=(week.today, until))
    ahead = tuple(
        Ahead(day, _("Last day of a campaign: %(title)s") % {"title": title_ko if korean else title_en})
        for day, title_ko, title_en in ending.values_list("deadline", "title_ko", "title_en")
    )
    return Weekly((Figure(_("Coins given"), _given(week), _given(week.before)),), ahead=ahead)


def _given(week: Week) -> str:
    found = Donation.objects.filter(at__range=week.span).aggregate(coins=Sum("coins", default=0))
    return Amount(district_tariff().unit, found["coins"]).text()
