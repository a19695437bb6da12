"""My coins in words and numbers."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from pumasi.civic.shell.language import page_language
from pumasi.civic.shell.manifest import proof_url, receipt_url
from pumasi.coin.district import district_tariff
from pumasi.coin.queries import Movement, wallet_view
from pumasi.kernel.clock import seoul_date
from pumasi.services.deeds.queries.month import Month, month_of
from pumasi.services.deeds.queries.slips import OpenClaim, open_claims, refused_lately

LAST = 5


@dataclass(frozen=True)
class Line:
    """One movement: `amount` carries its sign; `proof` is where it stands in the public record."""

    what: str
    when: datetime
    amount: str
    incoming: bool
    url: str
    proof: str


@dataclass(frozen=True)
class CoinsPage:
    """The first page of a resident. `won` is what the balance is worth today; empty texts are left out."""

    balance: str
    won: str
    pending: str
    next_expiry: date | None
    expiring: str
    movements: tuple[Line, ...]
    open_claims: tuple[OpenClaim, ...]
    refused: tuple[OpenClaim, ...]
    month: Month
    step: int


@dataclass(frozen=True)
class HistoryPage:
    """One page of the statement; `older` is what the next page begins before."""

    movements: tuple[Line, ...]
    older: int | None


def coins_page(person_id: UUID, at: datetime) -> CoinsPage:
    """What `person_id` has at `at`; raises WalletClosed."""
    view = wallet_view(person_id, at, limit=LAST)
    tariff, day = district_tariff(), seoul_date(at)
    return CoinsPage(
        balance=view.balance.text(),
        won=f"{view.balance.minor * tariff.unit.won_per_minor(day):,}",
        pending=view.vesting.text() if view.vesting else "",
        next_expiry=view.next_expiry,
        expiring=view.next_expiry_coins.text(),
        movements=tuple(_line(each) for each in view.movements),
        open_claims=tuple(open_claims(person_id, at)),
        refused=tuple(refused_lately(person_id, at)),
        month=month_of(person_id, day),
        step=tariff.step(day),
    )


def history_page(person_id: UUID, at: datetime, before: int | None) -> HistoryPage:
    """A page of 20 movements, older than the transfer `before`."""
    movements = wallet_view(person_id, at, before=before, limit=21).movements
    more = len(movements) > 20
    return HistoryPage(tuple(_line(each) for each in movements[:20]), movements[19].transfer if more else None)


def last_months(today: date, count: int = 12) -> list[date]:
    """The first days of this month and of those before it, newest first."""
    numbers = range(today.year * 12 + today.month - 1, today.year * 12 + today.month - 1 - count, -1)
    return [date(number // 12, number % 12 + 1, 1) for number in numbers]


def _line(movement: Movement) -> Line:
    return Line(
        what=movement.text(page_language()),
        when=movement.at,
        amount=movement.coins.signed(),
        incoming=movement.coins.minor >= 0,
        url=receipt_url(movement.kind, movement.receipt),
        proof=proof_url(movement.key),
    )
