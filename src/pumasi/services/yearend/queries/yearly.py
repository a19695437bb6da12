"""A resident's year: what was earned, spent, given and lapsed, and what was there on 31 December. For the person alone.

The figures are those of the wallet's postings in the year; the one line "other" holds what has no name here, so that
beginning and end always meet.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from pumasi.coin.district import district_tariff
from pumasi.coin.parties import wallet_owner
from pumasi.kernel.amount import Amount
from pumasi.ledger.reads import wallets_by_kind
from pumasi.services.yearend.queries.dates import Dates

BEGINNING = date(2000, 1, 1)
_EARNED = ("EARN", "OPENING")
_SPENT = ("PAY", "CAPTURE", "REFUND", "REFUND_LATE", "DISPUTE_RETURNED")
_DONATED = ("DONATE", "DONATION_RETURN")
_LAPSED = ("EXPIRE", "VEST", "RELEASE", "WRITE_OFF", "WIND_DOWN")
_BACK = ("CLAWBACK",)
_GIFTS = ("GIFT", "INHERIT")
_NAMED = frozenset({*_EARNED, *_SPENT, *_DONATED, *_LAPSED, *_BACK, *_GIFTS})

type Kinds = Mapping[str, tuple[int, int]]


@dataclass(frozen=True)
class Year:
    """opening + earned + received + other - spent - given - donated - lapsed - taken_back = closing."""

    year: int
    opening: Amount
    earned: Amount
    received: Amount
    spent: Amount
    given: Amount
    donated: Amount
    lapsed: Amount
    taken_back: Amount
    other: Amount
    closing: Amount


def year_of(person_id: UUID, dates: Dates) -> Year:
    """One person's year."""
    unit, owner = district_tariff().unit.code, wallet_owner(person_id)
    within = wallets_by_kind(unit, date(dates.year, 1, 1), dates.last_day, owner).get(owner, {})
    before = wallets_by_kind(unit, BEGINNING, date(dates.year - 1, 12, 31), owner).get(owner, {})
    return _year(dates.year, before, within)


def years_of_all(dates: Dates) -> dict[UUID, Year]:
    """Wallet -> its year, for every wallet in which anything ever was; two queries."""
    unit = district_tariff().unit.code
    within = wallets_by_kind(unit, date(dates.year, 1, 1), dates.last_day)
    before = wallets_by_kind(unit, BEGINNING, date(dates.year - 1, 12, 31))
    return {
        UUID(hex=owner): _year(dates.year, before.get(owner, {}), within.get(owner, {}))
        for owner in sorted({*within, *before})
    }


def _year(year: int, before: Kinds, within: Kinds) -> Year:
    opening = sum(came - went for came, went in before.values())
    came = sum(within.get(kind, (0, 0))[0] for kind in _GIFTS)
    went = sum(within.get(kind, (0, 0))[1] for kind in _GIFTS)
    other = sum(plus - minus for kind, (plus, minus) in within.items() if kind not in _NAMED)
    return Year(
        year=year,
        opening=_amount(opening),
        earned=_amount(_net(within, _EARNED)),
        received=_amount(came),
        spent=_amount(-_net(within, _SPENT)),
        given=_amount(went),
        donated=_amount(-_net(within, _DONATED)),
        lapsed=_amount(-_net(within, _LAPSED)),
        taken_back=_amount(-_net(within, _BACK)),
        other=_amount(other),
        closing=_amount(opening + sum(plus - minus for plus, minus in within.values())),
    )


def _net(kinds: Kinds, names: tuple[str, ...]) -> int:
    return sum(plus - minus for plus, minus in (kinds.get(name, (0, 0)) for name in names))


def _amount(minor: int) -> Amount:
    return Amount(district_tariff().unit, minor)
