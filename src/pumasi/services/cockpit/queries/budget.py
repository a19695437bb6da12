"""The budget of the year and who waits for it, in words and numbers."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Sum
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from pumasi.coin.district import district_tariff, fund_of
from pumasi.coin.models import ClaimShare, Waiting
from pumasi.coin.queries import BudgetView, budget_view
from pumasi.kernel.amount import Amount
from pumasi.kernel.clock import fiscal_year, seoul_date

SHOWN = 50


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
class BudgetPage:
    """The year's lines (none before the first order), and the first 50 who wait."""

    year: int
    lines: tuple[Line, ...]
    waiting: tuple[WaitingLine, ...]
    waiting_more: int


def budget_page(at: datetime) -> BudgetPage:
    """Where this year's fund stands at `at`."""
    today = seoul_date(at)
    view = budget_view(fund_of(today), at)
    waiting = _waiting()
    return BudgetPage(
        year=fiscal_year(today),
        lines=(_line(view, today),) if view.authorised else (),
        waiting=waiting,
        waiting_more=max(0, view.waiting_claims - len(waiting)),
    )


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


def _waiting() -> tuple[WaitingLine, ...]:
    tariff = district_tariff()
    language = "en" if (get_language() or "ko").startswith("en") else "ko"
    rows = list(Waiting.objects.filter(issued_at=None).select_related("claim").order_by("id")[:SHOWN])
    shares = ClaimShare.objects.filter(claim_id__in=[row.claim_id for row in rows]).values("claim_id")
    coins = {each["claim_id"]: each["sum"] for each in shares.annotate(sum=Sum("coins"))}
    return tuple(
        WaitingLine(
            rank=rank,
            what=tariff.kind(row.claim.kind).printed_name(language),
            since=row.since,
            coins=Amount(tariff.unit, coins.get(row.claim_id, 0)).text(),
        )
        for rank, row in enumerate(rows, start=1)
    )
