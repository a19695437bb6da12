"""How long the budget lasts, as a range; how far it can be cut; and the gauge of the exemption (facts 21).

Not here: what was authorised, issued and promised (`queries.budget`).
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Min, Sum

from pumasi.coin.district import PROGRAMME, district_tariff, fund_of
from pumasi.coin.models import Award
from pumasi.coin.queries.budget import budget_view
from pumasi.coin.tariff import FundingMode
from pumasi.kernel.amount import Amount
from pumasi.kernel.clock import KST, seoul_date
from pumasi.ledger import reads
from pumasi.ledger.chart import KRW, address
from pumasi.ledger.errors import UnknownAccount

# 전자금융거래법: an issuer is exempt below both (since 2024-09). Counsel decides; the page shows the figures.
OUTSTANDING_LIMIT_WON = 3_000_000_000
YEAR_LIMIT_WON = 50_000_000_000
SHORT_DAYS, LONG_DAYS = 28, 56
LAST_YEAR_DAYS = 364  # the same weekday a year before
FAR = 36_500


@dataclass(frozen=True)
class Pace:
    """What was issued per day in one span, and until when the budget lasts at that pace; `which` names the span."""

    which: str
    first: date
    last: date
    per_day: Amount
    lasts_until: date | None


@dataclass(frozen=True)
class Forecast:
    """The paces that are known, and the range between the quickest and the slowest; None: nothing was issued."""

    paces: tuple[Pace, ...]
    earliest: date | None
    latest: date | None


@dataclass(frozen=True)
class Lowest:
    """How far the year's budget can go down, and the most that a cut may take."""

    fund: str
    lowest_coins: Amount
    lowest_won: int
    most_coins: Amount
    most_won: int


@dataclass(frozen=True)
class Gauge:
    """Won against the limits of the exemption; `_permille` of the limit, rounded down."""

    outstanding_won: int
    outstanding_permille: int
    year_won: int
    year_permille: int


@dataclass(frozen=True)
class FundingView:
    """How coins are covered: the mode, what lies at the bank, and what would be left open at the year's end."""

    mode: FundingMode
    deposit_won: int
    open_won: int
    carried_over_won: int


def forecast(at: datetime) -> Forecast:
    """Until when this year's budget lasts: by the last four and eight weeks, and by last year's coming eight weeks."""
    today = seoul_date(at)
    left = budget_view(fund_of(today), at).left
    first = Award.objects.aggregate(first=Min("at"))["first"]
    began = seoul_date(first) if first else today
    year_ago = today - timedelta(days=LAST_YEAR_DAYS)
    spans = [
        ("SHORT", today - timedelta(days=SHORT_DAYS - 1), today),
        ("LONG", today - timedelta(days=LONG_DAYS - 1), today),
        ("LAST_YEAR", year_ago + timedelta(days=1), year_ago + timedelta(days=LONG_DAYS)),
    ]
    paces = tuple(_pace(which, max(start, began), end, left, today) for which, start, end in spans if began <= end)
    known = [pace.lasts_until for pace in paces if pace.lasts_until is not None]
    return Forecast(paces, min(known, default=None), max(known, default=None))


def lowest(at: datetime) -> Lowest:
    """The lowest figures to which this year's budget can be cut now: what is promised or paid stays."""
    fund = fund_of(seoul_date(at))
    view = budget_view(fund, at)
    return Lowest(
        fund=fund,
        lowest_coins=view.issued,
        lowest_won=view.encumbered_won + view.executed_won,
        most_coins=view.authorised - view.issued,
        most_won=view.left_won,
    )


def gauge(at: datetime) -> Gauge:
    """What all holders together could still spend, and what was issued this year, against the limits."""
    unit, day = district_tariff().unit, seoul_date(at)
    outstanding = _sum("B200") + _sum("B110")
    issued = budget_view(fund_of(day), at).issued.minor * unit.won_per_minor(day)
    return Gauge(
        outstanding_won=outstanding,
        outstanding_permille=outstanding * 1000 // OUTSTANDING_LIMIT_WON,
        year_won=issued,
        year_permille=issued * 1000 // YEAR_LIMIT_WON,
    )


def funding_view(at: datetime) -> FundingView:
    """How the coins of today are covered, in won."""
    day = seoul_date(at)
    view = budget_view(fund_of(day), at)
    return FundingView(
        mode=district_tariff().funding(day),
        deposit_won=_balance(address("K100", KRW, PROGRAMME)),
        open_won=view.encumbered_won,
        carried_over_won=_sum("B110"),
    )


def _pace(which: str, first: date, last: date, left: Amount, today: date) -> Pace:
    coins, days = _issued(first, last), (last - first).days + 1
    until = today + timedelta(days=min(left.minor * days // coins, FAR)) if coins else None
    return Pace(which, first, last, Amount(left.unit, coins // days), until)


def _issued(first: date, last: date) -> int:
    """Minor units issued on these Seoul days, whichever fund paid."""
    starts, ends = (datetime.combine(day, time(), KST) for day in (first, last + timedelta(days=1)))
    awards = Award.objects.filter(at__gte=starts, at__lt=ends)
    return int(awards.aggregate(coins=Sum("share__coins", default=0))["coins"])


def _sum(code: str) -> int:
    return sum(balance for *_, balance in reads.accounts_of(code))


def _balance(at: str) -> int:
    try:
        return reads.balance(at)
    except UnknownAccount:
        return 0
