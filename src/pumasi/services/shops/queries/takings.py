"""Takings of a place by day for its owner, without persons: for the screen, the printed sheet and a CSV file."""

import csv
import io
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from pumasi.civic.shell.language import page_language
from pumasi.coin.district import district_tariff
from pumasi.coin.items import items
from pumasi.coin.models import Payment, Refund
from pumasi.coin.queries import handed_at, till_view
from pumasi.kernel.amount import Amount
from pumasi.kernel.clock import month_end


@dataclass(frozen=True)
class TakingsDay:
    """One day: payments, coins taken, coins given back (on that day), what the rest is worth, won taken beside."""

    day: date
    count: int
    taken: Amount
    back: Amount
    worth_won: int
    won: int

    @property
    def stayed(self) -> Amount:
        return self.taken - self.back

    @property
    def worth(self) -> str:
        return f"{self.worth_won:,}"


@dataclass(frozen=True)
class Month:
    """The days of a month on which something happened, newest first, with their sums."""

    first: date
    days: tuple[TakingsDay, ...]
    total: TakingsDay
    earlier: str
    later: str


@dataclass(frozen=True)
class HandedLine:
    """One hand-over of the day."""

    at: datetime
    what: str
    quantity: int
    earned: str


@dataclass(frozen=True)
class SheetLine:
    """One payment on the day's sheet."""

    at: datetime
    coins: str
    won: str
    back: str


@dataclass(frozen=True)
class Sheet:
    """A day on paper."""

    day: date
    lines: tuple[SheetLine, ...]
    handed: tuple[HandedLine, ...]
    taken: str
    back: str
    stayed: str
    worth: str
    won: str


def month_of(place_id: UUID, first: date) -> Month:
    """The month that begins on `first`; two queries however many payments there were."""
    last, unit = month_end(first), district_tariff().unit
    count: defaultdict[date, int] = defaultdict(int)
    taken: defaultdict[date, int] = defaultdict(int)
    back: defaultdict[date, int] = defaultdict(int)
    won: defaultdict[date, int] = defaultdict(int)
    payments = Payment.objects.filter(place_id=place_id, day__gte=first, day__lte=last)
    for day, coins, beside in payments.values_list("day", "coins", "won"):
        count[day] += 1
        taken[day] += coins
        won[day] += beside
    refunds = Refund.objects.filter(payment__place_id=place_id, day__gte=first, day__lte=last)
    for day, coins, beside in refunds.values_list("day", "coins", "won"):
        back[day] += coins
        won[day] -= beside
    days = [
        TakingsDay(
            day=day,
            count=count[day],
            taken=Amount(unit, taken[day]),
            back=Amount(unit, back[day]),
            worth_won=(taken[day] - back[day]) * unit.won_per_minor(day),
            won=won[day],
        )
        for day in sorted({*taken, *back}, reverse=True)
    ]
    before = date(first.year - (first.month == 1), (first.month - 2) % 12 + 1, 1)
    after = date(first.year + (first.month == 12), first.month % 12 + 1, 1)
    return Month(first, tuple(days), _sum(days, first), f"{before:%Y-%m}", f"{after:%Y-%m}")


def month_csv(month: Month) -> str:
    """The month as CSV for a spreadsheet (with a byte order mark, which Excel needs for Korean)."""
    out = io.StringIO()
    rows = csv.writer(out)
    rows.writerow(
        [
            _("Day"),
            _("Payments"),
            _("Coins taken"),
            _("Coins given back"),
            _("Coins kept"),
            _("Worth in won"),
            _("Won taken beside"),
        ]
    )
    for each in reversed(month.days):
        coins = [_plain(amount) for amount in (each.taken, each.back, each.stayed)]
        rows.writerow([each.day.isoformat(), each.count, *coins, each.worth_won, each.won])
    return "\ufeff" + out.getvalue()


def handed_on(place_id: UUID, day: date) -> tuple[HandedLine, ...]:
    """The hand-overs and other deeds that were confirmed at the place on a day."""
    tariff, known, language = district_tariff(), items().items, page_language()
    korean = "ko" if language.startswith("ko") else "en"
    return tuple(
        HandedLine(
            at=line.at,
            what=known[line.kind].name(language) if line.kind in known else tariff.kind(line.kind).printed_name(korean),
            quantity=line.quantity,
            earned=line.earned.text() if line.earned else "",
        )
        for line in handed_at(place_id, day)
    )


def sheet(place_id: UUID, day: date) -> Sheet:
    """The day's sheet: every payment, what came back of it, and the sums."""
    view, unit = till_view(place_id, day), district_tariff().unit
    stayed = view.received - view.given_back
    return Sheet(
        day=day,
        lines=tuple(
            SheetLine(
                line.at,
                line.coins.text(),
                f"{line.won:,}" if line.won else "",
                line.refunded.text() if line.refunded else "",
            )
            for line in reversed(view.lines)
        ),
        handed=handed_on(place_id, day),
        taken=view.received.text(),
        back=view.given_back.text(),
        stayed=stayed.text(),
        worth=f"{stayed.minor * unit.won_per_minor(day):,}",
        won=f"{view.received_won - view.given_back_won:,}",
    )


def _sum(days: Sequence[TakingsDay], first: date) -> TakingsDay:
    none = Amount(district_tariff().unit, 0)
    return TakingsDay(
        day=first,
        count=sum(each.count for each in days),
        taken=sum((each.taken for each in days), start=none),
        back=sum((each.back for each in days), start=none),
        worth_won=sum(each.worth_won for each in days),
        won=sum(each.won for each in days),
    )


def _plain(amount: Amount) -> str:
    return amount.text().replace(",", "")
