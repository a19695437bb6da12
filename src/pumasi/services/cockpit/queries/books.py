"""The trial balance, one table per unit."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from pumasi.civic.shell.language import page_language
from pumasi.coin.district import district_tariff
from pumasi.kernel.amount import Amount
from pumasi.ledger.reads import TrialLine, trial_balance


@dataclass(frozen=True)
class Row:
    """One code of the chart."""

    code: str
    name: str
    balance: str


@dataclass(frozen=True)
class Book:
    """One unit with its rows; they sum to zero."""

    name: str
    rows: tuple[Row, ...]
    sum: str


@dataclass(frozen=True)
class BooksPage:
    """All books at one moment."""

    at: datetime
    balanced: bool
    units: tuple[Book, ...]


def books_page(at: datetime) -> BooksPage:
    """The trial balance as it stands."""
    lines = trial_balance()
    units = sorted({line.unit for line in lines}, key=lambda unit: (unit == "KRW", unit))
    books = [[line for line in lines if line.unit == unit] for unit in units]
    return BooksPage(
        at=at,
        balanced=all(sum(line.balance for line in book) == 0 for book in books),
        units=tuple(_book(book) for book in books),
    )


def _book(lines: list[TrialLine]) -> Book:
    unit = lines[0].unit
    korean = page_language() == "ko"
    return Book(
        name=_("Won (budget and cash)") if unit == "KRW" else _("Coins (%(unit)s)") % {"unit": unit},
        rows=tuple(
            Row(line.row.code, line.row.ko if korean else line.row.en, _text(line.balance, unit)) for line in lines
        ),
        sum=_text(sum(line.balance for line in lines), unit),
    )


def _text(minor: int, unit: str) -> str:
    tariff = district_tariff()
    shown = Amount(tariff.unit, minor).text() if unit == tariff.unit.code else f"{minor:,}"
    return shown.replace("-", "−")
