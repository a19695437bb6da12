"""Giving in the office's week, and campaigns whose last day comes."""

from django.db.models import Sum
from django.utils.translation import gettext as _

from pumasi.civic.shell.language import page_language
from pumasi.civic.shell.weekly import Ahead, Week, Weekly, compared
from pumasi.coin.district import district_tariff
from pumasi.coin.giving.models import Donation
from pumasi.kernel.amount import Amount
from pumasi.services.giving.models import Campaign, CampaignState


def weekly(week: Week) -> Weekly:
    """Three queries."""
    korean = page_language() == "ko"
    ending = Campaign.objects.filter(state=CampaignState.OPEN, deadline__range=week.ahead)
    ahead = tuple(
        Ahead(day, _("Last day of a campaign: %(title)s") % {"title": title_ko if korean else title_en})
        for day, title_ko, title_en in ending.values_list("deadline", "title_ko", "title_en")
    )
    return Weekly(compared(week, _given, _("Coins given")), ahead=ahead)


def _given(week: Week) -> tuple[str]:
    found = Donation.objects.filter(at__range=week.span).aggregate(coins=Sum("coins", default=0))
    return (Amount(district_tariff().unit, found["coins"]).text(),)
