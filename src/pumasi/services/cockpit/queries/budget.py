"""The budget of the year, how long it lasts, how it is covered, and who waits for it, in words and numbers."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Sum
from django.utils.translation import gettext as _

from pumasi.civic.shell.language import page_language
from pumasi.coin.district import district_tariff, fund_of
from pumasi.coin.models import ClaimShare, Waiting
from pumasi.coin.queries import BudgetView, budget_view
from pumasi.coin.queries.forecast import (
    OUTSTANDING_LIMIT_WON,
    YEAR_LIMIT_WON,
    Forecast,
    FundingView,
    Gauge,
    Pace,
    forecast,
    funding_view,
    gauge,
    lowest,
)
from pumasi.coin.tariff import FundingMode
from pumasi.kernel.amount import Amount
from pumasi.kernel.clock import fiscal_year, seoul_date
from pumasi.services.cockpit.queries.words import lasts_text

SHOWN = 20
WAITING_PAGE = 100


@dataclass(frozen=True)
class Line:
    """One fund. Coins and won are texts; `percent` of the authorised coins has been issued."""

    name: str
    authorised: str
    issued: str
    left: str
    encumbered: str
    executed: str
    percent: int
    forecast: str


@dataclass(frozen=True)
class WaitingLine:
    """One claim in the line; it does not say whose it is."""

    rank: int
    what: str
    since: datetime
    coins: str


@dataclass(frozen=True)
class PaceLine:
    """One pace in words, and until when the budget lasts at it."""

    name: str
    per_day: str
    until: str


@dataclass(frozen=True)
class Meter:
    """One figure against its limit; `percent` is 0 to 100 for the bar."""

    name: str
    won: str
    limit: str
    share: str
    percent: int


@dataclass(frozen=True)
class FundingPage:
    """How the coins are covered, in words; `facts` are the figures that this way of funding needs."""

    name: str
    say: str
    facts: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class BudgetPage:
    """The year's lines (none before the first order), and the first 20 who wait."""

    year: int
    lines: tuple[Line, ...]
    waiting: tuple[WaitingLine, ...]
    waiting_more: int
    range: str
    paces: tuple[PaceLine, ...]
    meters: tuple[Meter, ...]
    funding: FundingPage


@dataclass(frozen=True)
class WaitingPage:
    """One page of the line; `older` and `newer` are ranks to begin at, or 0."""

    lines: tuple[WaitingLine, ...]
    total: int
    newer: int
    older: int


@dataclass(frozen=True)
class CutPage:
    """How far the budget can go down."""

    year: int
    lowest_coins: str
    lowest_won: str
    most_coins: str
    most_won: str


def budget_page(at: datetime) -> BudgetPage:
    """Where this year's fund stands at `at`."""
    today = seoul_date(at)
    view = budget_view(fund_of(today), at)
    waiting = _waiting(1, SHOWN)
    seen = forecast(at)
    return BudgetPage(
        year=fiscal_year(today),
        lines=(_line(view, today),) if view.authorised else (),
        waiting=waiting,
        waiting_more=max(0, view.waiting_claims - len(waiting)),
        range=_range(seen, today),
        paces=tuple(_pace(each, today) for each in seen.paces),
        meters=_meters(gauge(at)),
        funding=_funding(funding_view(at)),
    )


def waiting_page(start: int) -> WaitingPage:
    """The line from rank `start` on."""
    first = max(1, start)
    total = Waiting.objects.filter(issued_at=None).count()
    return WaitingPage(
        lines=_waiting(first, WAITING_PAGE),
        total=total,
        newer=max(1, first - WAITING_PAGE) if first > 1 else 0,
        older=first + WAITING_PAGE if total >= first + WAITING_PAGE else 0,
    )


def cut_page(at: datetime) -> CutPage:
    """The lowest figures that the ledger will accept."""
    low = lowest(at)
    return CutPage(
        year=fiscal_year(seoul_date(at)),
        lowest_coins=low.lowest_coins.text(),
        lowest_won=f"{low.lowest_won:,}",
        most_coins=low.most_coins.text(),
        most_won=f"{low.most_won:,}",
    )


def _range(seen: Forecast, today: date) -> str:
    if seen.earliest is None or seen.latest is None:
        return ""
    first, last = lasts_text(seen.earliest, today), lasts_text(seen.latest, today)
    return first if first == last else _("from %(first)s to %(last)s") % {"first": first, "last": last}


def _pace(pace: Pace, today: date) -> PaceLine:
    names = {
        "SHORT": _("As in the last 4 weeks"),
        "LONG": _("As in the last 8 weeks"),
        "LAST_YEAR": _("As in the coming 8 weeks of last year"),
    }
    return PaceLine(names[pace.which], pace.per_day.text(), lasts_text(pace.lasts_until, today))


def _meters(seen: Gauge) -> tuple[Meter, ...]:
    return (
        _meter(_("Coins that can still be spent"), seen.outstanding_won, OUTSTANDING_LIMIT_WON),
        _meter(_("Issued this year"), seen.year_won, YEAR_LIMIT_WON),
    )


def _meter(name: str, won: int, limit: int) -> Meter:
    permille = won * 1000 // limit
    return Meter(name, f"{won:,}", f"{limit:,}", f"{permille // 10}.{permille % 10}", min(100, permille // 10))


def _funding(view: FundingView) -> FundingPage:
    facts = [(_("Promised and not yet paid out"), _("%(won)s won") % {"won": f"{view.open_won:,}"})]
    match view.mode:
        case FundingMode.DEPOSIT:
            name = _("Deposit when an order is booked")
            say = _("The money for every coin lies at the bank before the coin is issued.")
            facts.append((_("Deposit at the bank"), _("%(won)s won") % {"won": f"{view.deposit_won:,}"}))
        case FundingMode.CARRY_OVER_ONCE:
            name = _("Encumbered, and carried over once")
            say = _(
                "What is promised on 31 December is carried over for one year; what is still open then is a new line."
            )
            facts.append((_("Carried over"), _("%(won)s won") % {"won": f"{view.carried_over_won:,}"}))
        case FundingMode.ANNUAL_LINE:
            name = _("A line of the yearly budget")
            say = _(
                "What is promised on 31 December and not yet paid is a debt of the district, and is disclosed as such."
            )
    return FundingPage(name, say, tuple(facts))


def _line(view: BudgetView, today: date) -> Line:
    if not view.left:
        forecast = _("used up")
    elif view.lasts_until is None:
        forecast = _("nothing was issued in the last 28 days")
    elif view.lasts_until.year > today.year:  # a fund is for one fiscal year
        forecast = _("enough for this year")
    else:
        forecast = view.lasts_until.isoformat()
    return Line(
        name=_("Good deeds"),
        authorised=view.authorised.text(),
        issued=view.issued.text(),
        left=view.left.text(),
        encumbered=f"{view.encumbered_won:,}",
        executed=f"{view.executed_won:,}",
        percent=view.issued.minor * 100 // view.authorised.minor,
        forecast=forecast,
    )


def _waiting(first: int, most: int) -> tuple[WaitingLine, ...]:
    tariff = district_tariff()
    language = page_language()
    rows = list(
        Waiting.objects.filter(issued_at=None).select_related("claim").order_by("id")[first - 1 : first - 1 + most]
    )
    shares = ClaimShare.objects.filter(claim_id__in=[row.claim_id for row in rows]).values("claim_id")
    coins = {each["claim_id"]: each["sum"] for each in shares.annotate(sum=Sum("coins"))}
    return tuple(
        WaitingLine(
            rank=rank,
            what=tariff.kind(row.claim.kind).printed_name(language),
            since=row.since,
            coins=Amount(tariff.unit, coins.get(row.claim_id, 0)).text(),
        )
        for rank, row in enumerate(rows, start=first)
    )
