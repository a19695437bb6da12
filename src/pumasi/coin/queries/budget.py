"""The issuer's and the council's page: what may be issued, what is promised and paid, and how long it lasts."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Min, Sum

from pumasi.coin.district import district_tariff, fund_of
from pumasi.coin.models import Award, ClaimShare, Waiting
from pumasi.kernel.amount import Amount
from pumasi.kernel.clock import seoul_date
from pumasi.ledger import reads
from pumasi.ledger.chart import KRW, address
from pumasi.ledger.errors import UnknownAccount

PACE_DAYS = 28


@dataclass(frozen=True)
class BudgetView:
    """One fund (programme/year). Coins are Amounts, `_won` figures are won; `carried_over_won` is part of encumbered.

    lasts_until: the day on which `left` is used up at the pace of the last 28 days; None when they saw no issue.
    """

    fund: str
    authorised: Amount
    issued: Amount
    left: Amount
    appropriated_won: int
    encumbered_won: int
    carried_over_won: int
    executed_won: int
    left_won: int
    waiting_claims: int
    waiting: Amount
    pace_per_day: Amount
    lasts_until: date | None


def budget_view(fund: str, at: datetime) -> BudgetView:
    """Where the fund stands at `at`; a fund without any order is all zeros."""
    tariff = district_tariff()
    day = seoul_date(at)
    issued, authorised = _issuance(fund, tariff.unit.code)
    left_won = _balance("B100", fund)
    carried = _balance("B110", fund)
    left = min(authorised - issued, left_won // tariff.unit.won_per_minor(day))
    recent, days = _recent(fund, at)
    waiting = Waiting.objects.filter(issued_at=None)
    queued = ClaimShare.objects.filter(claim__in=waiting.values("claim")).aggregate(coins=Sum("coins", default=0))
    return BudgetView(
        fund=fund,
        authorised=Amount(tariff.unit, authorised),
        issued=Amount(tariff.unit, issued),
        left=Amount(tariff.unit, left),
        appropriated_won=-_balance("B000", fund),
        encumbered_won=_balance("B200", fund) + carried,
        carried_over_won=carried,
        executed_won=_balance("B300", fund),
        left_won=left_won,
        waiting_claims=waiting.count(),
        waiting=Amount(tariff.unit, queued["coins"]),
        pace_per_day=Amount(tariff.unit, recent // days),
        lasts_until=day + timedelta(days=min(left * days // recent, 36_500)) if recent else None,
    )


def rank_if_claimed(at: datetime) -> int | None:
    """The place in the waiting list that a claim made now would get; None while the budget pays (decisions 29)."""
    waiting = Waiting.objects.filter(issued_at=None).count()
    return waiting + 1 if waiting or _left(fund_of(seoul_date(at)), seoul_date(at)) <= 0 else None


def _left(fund: str, day: date) -> int:
    """Minor units that can still be issued: what is authorised, and what the free won cover."""
    unit = district_tariff().unit
    issued, authorised = _issuance(fund, unit.code)
    return min(authorised - issued, _balance("B100", fund) // unit.won_per_minor(day))


def _issuance(fund: str, unit: str) -> tuple[int, int]:
    """(issued, authorised) in minor units: how far the control is below zero, and how far it may go."""
    at = address("1100", unit, fund)
    for found, _, _, floor, balance in reads.accounts_of("1100"):
        if found == at:
            return -balance, -(floor or 0)
    return 0, 0


def _balance(code: str, fund: str) -> int:
    try:
        return reads.balance(address(code, KRW, fund))
    except UnknownAccount:
        return 0


def _recent(fund: str, at: datetime) -> tuple[int, int]:
    """(minor units issued in the last 28 days, days counted): a younger programme is not watered down."""
    since = at - timedelta(days=PACE_DAYS)
    awards = Award.objects.filter(fund=fund, at__gt=since, at__lte=at)
    coins = ClaimShare.objects.filter(id__in=awards.values("share_id")).aggregate(coins=Sum("coins", default=0))[
        "coins"
    ]
    first = Award.objects.filter(fund=fund).aggregate(first=Min("at"))["first"]
    age = (seoul_date(at) - seoul_date(first)).days + 1 if first else PACE_DAYS
    return coins, max(1, min(PACE_DAYS, age))
