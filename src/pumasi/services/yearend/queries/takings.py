"""What shops and facilities took in a year: all places for officers, one place by month for its owner. No payers."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from pumasi.civic.places.queries import places_by_id
from pumasi.civic.printing.sheets import Cell, Sheet
from pumasi.civic.shell.language import page_language
from pumasi.coin.district import district_tariff
from pumasi.coin.models import Payment, Refund
from pumasi.kernel.amount import Amount
from pumasi.services.yearend.queries.words import won


@dataclass
class Sums:
    """Payments, minor units taken and given back, their worth in won at the rate of each day, won taken beside."""

    count: int = 0
    taken: int = 0
    back: int = 0
    worth: int = 0
    beside: int = 0

    def add(self, day: date, count: int, taken: int, back: int, beside: int) -> None:
        self.count += count
        self.taken += taken
        self.back += back
        self.worth += (taken - back) * district_tariff().unit.won_per_minor(day)
        self.beside += beside


@dataclass(frozen=True)
class Line:
    """One place, or one month."""

    name: str
    sums: Sums

    @property
    def cells(self) -> tuple[str, ...]:
        sums = self.sums
        coins = (_coins(sums.taken), _coins(sums.back), _coins(sums.taken - sums.back))
        return (f"{sums.count:,}", *coins, won(sums.worth), won(sums.beside))

    @property
    def row(self) -> tuple[Cell, ...]:
        sums = self.sums
        coins = (_coins(sums.taken), _coins(sums.back), _coins(sums.taken - sums.back))
        return (self.name, sums.count, *(text.replace(",", "") for text in coins), sums.worth, sums.beside)


@dataclass(frozen=True)
class Takings:
    """Lines and their sum."""

    lines: tuple[Line, ...]
    total: Line


def takings(year: int) -> Takings:
    """All places that took or gave back coins in the year, by name."""
    found: defaultdict[UUID, Sums] = defaultdict(Sums)
    for place, day, *figures in _rows(year, None):
        found[place].add(day, *figures)
    names = {key: facts.name(page_language()) for key, facts in places_by_id(found).items()}
    return _with_total(Line(names[key], found[key]) for key in sorted(found, key=lambda key: (names[key], key)))


def takings_by_month(place_id: UUID, year: int) -> Takings:
    """One place, all twelve months."""
    found = {month: Sums() for month in range(1, 13)}
    for _place, day, *figures in _rows(year, place_id):
        found[day.month].add(day, *figures)
    return _with_total(Line(f"{year}-{month:02}", sums) for month, sums in found.items())


def sheet(title: str, first: str, found: Takings) -> Sheet:
    """The same for a spreadsheet, with the sum as the last row."""
    return Sheet(title, (first, *heads()), tuple(line.row for line in (*found.lines, found.total)))


def heads() -> tuple[str, ...]:
    """What stands above the figures."""
    return (
        _("Payments"), _("Coins taken"), _("Coins given back"), _("Coins kept"), _("Worth in won"),
        _("Won taken beside"),
    )  # fmt: skip


def _rows(year: int, place_id: UUID | None) -> Iterable[tuple[UUID, date, int, int, int, int]]:
    """(place, day, payments, taken, back, won beside); refunds count on the day on which they were made."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    payments = Payment.objects.filter(day__gte=first, day__lte=last)
    refunds = Refund.objects.filter(day__gte=first, day__lte=last)
    if place_id is not None:
        payments, refunds = payments.filter(place_id=place_id), refunds.filter(payment__place_id=place_id)
    for place, day, coins, beside in payments.values_list("place_id", "day", "coins", "won").iterator():
        yield place, day, 1, coins, 0, beside
    for place, day, coins, beside in refunds.values_list("payment__place_id", "day", "coins", "won").iterator():
        yield place, day, 0, 0, coins, -beside


def _with_total(lines: Iterable[Line]) -> Takings:
    listed, total = tuple(lines), Sums()
    for each in listed:
        for name in ("count", "taken", "back", "worth", "beside"):
            setattr(total, name, getattr(total, name) + getattr(each.sums, name))
    return Takings(listed, Line(_("Sum"), total))


def _coins(minor: int) -> str:
    return Amount(district_tariff().unit, minor).text()
