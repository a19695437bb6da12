"""One month of a wallet: what was there, every movement oldest first, what is left. For the printed statement."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from uuid import UUID

from pumasi.coin.accounts import is_open, wallet
from pumasi.coin.district import district_tariff
from pumasi.coin.parties import holder
from pumasi.coin.queries.wallet import Movement, wallet_view
from pumasi.kernel.amount import Amount
from pumasi.kernel.clock import KST, month_end, seoul_date
from pumasi.ledger.reads import balance_at

PAGE = 200


@dataclass(frozen=True)
class MonthView:
    """`opening` was in the wallet before the first day, `closing` at `until`: the month's end, or now before that."""

    first: date
    last: date
    until: datetime
    opening: Amount
    closing: Amount
    movements: tuple[Movement, ...]


def month_view(person_id: UUID, first: date, at: datetime) -> MonthView:
    """The month that begins on `first`, as it stands at `at`; raises PersonUnknown and PersonClosed."""
    last = month_end(first)
    found: list[Movement] = []
    before: int | None = None
    while True:
        page = wallet_view(person_id, at, before=before, limit=PAGE).movements
        found += [each for each in page if first <= seoul_date(each.at) <= last]
        if len(page) < PAGE or seoul_date(page[-1].at) < first:
            break
        before = page[-1].transfer
    found.reverse()
    opening = found[0].balance - found[0].coins if found else _before(person_id, first)
    until = min(at, datetime.combine(last, time.max, KST).astimezone(UTC).replace(microsecond=0))
    return MonthView(first, last, until, opening, found[-1].balance if found else opening, tuple(found))


def _before(person_id: UUID, first: date) -> Amount:
    """What lay in the wallet when the month began."""
    unit = district_tariff().unit
    address = wallet(holder(person_id), unit.code)
    start = datetime.combine(first, time(), KST).astimezone(UTC)
    return Amount(unit, balance_at(address, start) if is_open(address) else 0)
