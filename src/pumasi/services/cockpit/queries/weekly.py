"""The budget in the office's week, and what of the rules begins or ends soon."""

from django.utils.translation import gettext as _

from pumasi.civic.shell.language import page_language
from pumasi.civic.shell.weekly import Ahead, Figure, Week, Weekly
from pumasi.coin.district import fund_of
from pumasi.coin.models import Waiting
from pumasi.coin.queries import budget_view
from pumasi.coin.queries.forecast import forecast
from pumasi.coin.queries.rulebook import changes


def weekly(week: Week) -> Weekly:
    """As of now; the budget of a past week is in the books."""
    today, last = week.ahead
    view, until = budget_view(fund_of(today), week.at), forecast(week.at).earliest
    figures = (
        Figure(_("Coins left in the budget, now"), view.left.text()),
        Figure(_("At this pace it lasts until"), until.isoformat() if until else "–"),
        Figure(_("Deeds on the waiting list, now"), f"{Waiting.objects.filter(issued_at=None).count():,}"),
    )
    coming = (each for each in changes(week.at, page_language()) if each.state == "COMING")
    ahead = tuple(
        Ahead(each.effective_on, _("Tariff: %(name)s") % {"name": each.name})
        for each in coming
        if today <= each.effective_on <= last
    )
    return Weekly(figures, ahead=ahead)
