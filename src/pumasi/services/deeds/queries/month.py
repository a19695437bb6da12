"""A month of good deeds by 환경, 복지, 교육: in words, as a table, and as a small picture drawn on the server."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Sum

from pumasi.civic.people.queries import of_self
from pumasi.civic.shell.language import page_language
from pumasi.coin.district import district_tariff
from pumasi.coin.models import ClaimShare
from pumasi.coin.tariff import GROUP_NAMES, Group
from pumasi.kernel.amount import Amount
from pumasi.services.deeds.models import Thanks

WIDTH = 200


@dataclass(frozen=True)
class GroupBar:
    """One group: its deeds and coins of the month, and the length of its bar (0 to 200)."""

    name: str
    deeds: int
    coins: str
    length: int


@dataclass(frozen=True)
class Month:
    """This month; `thanks` counts how often somebody said thank you since the first of the month."""

    first: date
    bars: tuple[GroupBar, ...]
    deeds: int
    thanks: int


def month_of(person_id: UUID, day: date) -> Month:
    """The month of `day` until `day`, for the person alone; two queries."""
    first = day.replace(day=1)
    tariff = district_tariff()
    totals = {group: (0, 0) for group in Group}
    mine = ClaimShare.objects.filter(of_self(person_id), claim__day__gte=first, claim__day__lte=day)
    rows = mine.values_list("claim__kind").annotate(deeds=Count("id"), coins=Sum("coins"))
    for kind, deeds, coins in rows:
        group = tariff.kinds[kind].group if kind in tariff.kinds else Group.WELFARE
        totals[group] = (totals[group][0] + deeds, totals[group][1] + coins)
    most = max(coins for _, coins in totals.values()) or 1
    korean = page_language() == "ko"
    names = {group: words[0 if korean else 1] for group, words in GROUP_NAMES.items()}
    bars = tuple(
        GroupBar(names[group], deeds, Amount(tariff.unit, coins).text(), coins * WIDTH // most)
        for group, (deeds, coins) in totals.items()
    )
    thanks = Thanks.objects.filter(helper_id=person_id, day__gte=first, day__lte=day).count()
    return Month(first, bars, sum(bar.deeds for bar in bars), thanks)
