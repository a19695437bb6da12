"""Deeds of one year that the next year pays: at the price of their day, from the fund of the day of issue.

A deed belongs to the day on which it was done in Seoul, a visit to the day on which it ended. Nobody is named here.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q

from pumasi.civic.shell.language import page_language
from pumasi.coin.district import district_tariff
from pumasi.coin.models import Award, ClaimShare, Waiting
from pumasi.coin.undecided import undecided_by_role
from pumasi.kernel.amount import Amount
from pumasi.kernel.clock import seoul_date
from pumasi.services.yearend.queries.dates import Dates
from pumasi.services.yearend.queries.words import won


@dataclass(frozen=True)
class Line:
    """All deeds of a kind: how many, their coins, and what they are worth on the day of issue."""

    kind: str
    deeds: int
    coins: Amount
    won: int

    @property
    def won_text(self) -> str:
        return won(self.won)


@dataclass(frozen=True)
class Accruals:
    """`paid`: issued after the year's end; `queued`: accepted and waiting for budget; `undecided`: by role."""

    paid: tuple[Line, ...]
    queued: tuple[Line, ...]
    undecided: dict[str, int]

    @property
    def coins(self) -> Amount:
        return sum((each.coins for each in self.paid + self.queued), start=Amount(district_tariff().unit, 0))

    @property
    def won(self) -> int:
        return sum(each.won for each in self.paid + self.queued)

    @property
    def won_text(self) -> str:
        return won(self.won)

    @property
    def deeds(self) -> int:
        return sum(each.deeds for each in self.paid + self.queued)


def accruals(dates: Dates, at: datetime) -> Accruals:
    """The deeds of the year that were not in its books on 31 December; what is known of them at `at`."""
    first, last = date(dates.year, 1, 1), dates.last_day
    late = Award.objects.filter(
        at__gte=dates.closes, at__lte=at, share__claim__day__gte=first, share__claim__day__lte=last
    )
    waiting = Waiting.objects.filter(Q(issued_at=None) | Q(issued_at__gt=at), since__lte=at)
    queued = ClaimShare.objects.filter(
        claim__in=waiting.values("claim"), claim__day__gte=first, claim__day__lte=last
    ).values_list("claim__kind", "claim_id", "coins")
    return Accruals(
        paid=_lines(late.values_list("share__claim__kind", "share__claim_id", "share__coins", "at")),
        queued=_lines((*row, at) for row in queued),
        undecided=dict(undecided_by_role(dates.closes)) if dates.is_over(seoul_date(at)) else {},
    )


def _lines(shares: Iterable[tuple[str, UUID, int, datetime]]) -> tuple[Line, ...]:
    """(kind, claim, coins, moment of issue) of each share, added up by kind."""
    tariff = district_tariff()
    claims: defaultdict[str, set[UUID]] = defaultdict(set)
    coins: defaultdict[str, int] = defaultdict(int)
    worth: defaultdict[str, int] = defaultdict(int)
    for kind, claim, minor, issued in shares:
        claims[kind].add(claim)
        coins[kind] += minor
        worth[kind] += minor * tariff.unit.won_per_minor(seoul_date(issued))
    return tuple(
        Line(
            tariff.kind(kind).printed_name(page_language()), len(claims[kind]), Amount(tariff.unit, coins[kind]), value
        )
        for kind, value in sorted(worth.items())
    )
