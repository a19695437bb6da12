"""A new value of the coin before and after, and how far the end of the programme has come."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from pumasi.civic.shell.language import page_language
from pumasi.coin.district import approved, district_tariff, tariff_with
from pumasi.coin.models import TariffChange
from pumasi.coin.operations.ending import still_open
from pumasi.coin.queries.rate import RatePreview, rate_preview
from pumasi.coin.tariff import Ending
from pumasi.coin.tariff_edit import SetRate, read
from pumasi.coin.tariff_table import TariffError
from pumasi.kernel.clock import seoul_date
from pumasi.ledger.chart import CHART


@dataclass(frozen=True)
class EndingPage:
    """`plan` is None while no end is planned; `still_open` names what keeps the books from closing."""

    plan: Ending | None
    today: date
    still_open: tuple[tuple[str, str, str], ...]


def ending_page(at: datetime) -> EndingPage:
    """The plan in force and what is still open, in minor units as the books have it."""
    found = still_open()
    names = {code: CHART[code].en if page_language() == "en" else CHART[code].ko for code in found}
    return EndingPage(
        district_tariff().ending,
        seoul_date(at),
        tuple((code, names[code], f"{amount:,}") for code, amount in found.items()),
    )


def sets_value(change_id: UUID) -> bool:
    """Whether this change gives the coin a new won value."""
    change = TariffChange.objects.filter(id=change_id).first()
    return change is not None and any(isinstance(edit, SetRate) for edit in read(change.edits))


def preview_of(change_id: UUID) -> RatePreview | None:
    """Before and after of a change that sets the coin's value; None for another change, or one that fits no more."""
    change = TariffChange.objects.filter(id=change_id).first()
    rates = [edit for edit in read(change.edits) if isinstance(edit, SetRate)] if change else []
    if change is None or not rates:
        return None
    others = [each for each in approved() if each.id != change.id]
    try:
        tariff = tariff_with([*others, change])
    except TariffError:
        return None
    return rate_preview(tariff, change.effective_on, converts=rates[0].convert)
