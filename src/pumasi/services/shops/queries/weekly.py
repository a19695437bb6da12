"""Shops in the office's week: payments, refunds, disputes; places at which nothing was earned or paid."""

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from django.db.models import Count, Max, Sum
from django.utils.translation import gettext as _

from pumasi.civic.places.models import PlaceKind
from pumasi.civic.places.queries import away_through, open_places
from pumasi.civic.shell.language import page_language
from pumasi.civic.shell.manifest import place_url
from pumasi.civic.shell.weekly import Silent, Week, Weekly, compared
from pumasi.coin.district import district_tariff
from pumasi.coin.models import Claim, Dispute, Payment, Refund
from pumasi.kernel.amount import Amount


def weekly(week: Week) -> Weekly:
    """A fixed number of queries."""
    names = (_("Payments"), _("Coins spent"), _("Payments given back"), _("“The amount is wrong”"))
    return Weekly(compared(week, _sums, *names), tuple(_places(week)))


def _sums(week: Week) -> tuple[str, ...]:
    days = (week.first, week.last)
    paid = Payment.objects.filter(day__range=days).aggregate(count=Count("key"), coins=Sum("coins", default=0))
    return (
        f"{paid['count']:,}",
        Amount(district_tariff().unit, paid["coins"]).text(),
        f"{Refund.objects.filter(day__range=days).count():,}",
        f"{Dispute.objects.filter(day__range=days).count():,}",
    )


def _places(week: Week) -> Iterator[Silent]:
    """Places that were there all week, not away for all of it, and neither gave nor took a coin."""
    seen: dict[UUID, date] = {}
    for rows in (Claim.objects, Payment.objects):
        for place, day in rows.filter(day__lte=week.last).values_list("place").annotate(latest=Max("day")):
            seen[place] = max(day, seen.get(place, day))
    words = {PlaceKind.SHOP: _("Shops without a deed or a payment"), PlaceKind.FACILITY: _("Facilities without either")}
    away = away_through(week.first, week.last)
    for each in open_places(None, week.last):
        last = seen.get(each.id)
        is_silent = last is None or last < week.first
        if each.kind in words and is_silent and each.opened_on <= week.first and each.id not in away:
            yield Silent(words[each.kind], each.name(page_language()), last, place_url(each.number))
