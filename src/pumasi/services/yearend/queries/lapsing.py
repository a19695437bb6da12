"""The rehearsal of an expiry: what would lapse until a chosen day, in wallets and coins, without anybody's name."""

from dataclasses import dataclass
from datetime import date

from pumasi.coin.district import district_tariff
from pumasi.kernel.amount import Amount
from pumasi.ledger.reads import lapsing_by_day
from pumasi.services.yearend.queries.words import won

FEW = 5


@dataclass(frozen=True)
class Day:
    """Coins whose last day this is. `wallets` under five are told as "<5"."""

    last_day: date
    wallets: str
    coins: str
    won: str


@dataclass(frozen=True)
class Rehearsal:
    """What lapses from `first` to `last`; every figure falls when people spend or give until then."""

    first: date
    last: date
    days: tuple[Day, ...]
    coins: str
    won: str


def rehearse(first: date, last: date) -> Rehearsal:
    """What would lapse if nobody spent anything any more."""
    unit = district_tariff().unit
    rows = lapsing_by_day(unit.code, first, last)
    return Rehearsal(
        first=first,
        last=last,
        days=tuple(
            Day(day, few(wallets), Amount(unit, minor).text(), won(worth)) for day, wallets, minor, worth in rows
        ),
        coins=Amount(unit, sum(minor for _, _, minor, _ in rows)).text(),
        won=won(sum(worth for *_, worth in rows)),
    )


def few(count: int) -> str:
    """A number of people, told only from five on."""
    return f"{count:,}" if count >= FEW else f"<{FEW}"
