"""The ledger accounts that the coin room uses, opened on first use inside the operation that needs them.

Not here: what may move between them (`ledger.journals`).
"""

from datetime import datetime

from pumasi.coin.district import PROGRAMME
from pumasi.coin.parties import SHOP, Holder, Venue
from pumasi.kernel.clock import seoul_date
from pumasi.ledger.chart import KRW, address
from pumasi.ledger.posting import open_account


def wallet(holder: Holder, unit: str) -> str:
    """The address a holder spends from: 2100, or 2150 after moving away."""
    return address("2100" if holder.left_on is None else "2150", unit, holder.wallet)


def open_wallet(holder: Holder, unit: str, at: datetime) -> str:
    """The holder's wallet and the account where coins wait to vest; returns the wallet's address."""
    open_account("2100", unit, holder.wallet, at=at)
    open_account("2120", unit, holder.wallet, at=at)
    return wallet(holder, unit)


def till(place: Venue, unit: str) -> str:
    """The address that takes coins: 2200 for a shop, 2300 for a public facility."""
    return address("2200" if place.kind == SHOP else "2300", unit, place.till)


def open_till(place: Venue, unit: str, at: datetime) -> str:
    """The place's till and what a payment or refund there may touch; returns the till's address."""
    open_account("2200" if place.kind == SHOP else "2300", unit, place.till, at=at)
    open_account("K500", KRW, place.till, at=at)
    open_account("K000", KRW, PROGRAMME, at=at)
    open_expired(unit, at)
    return till(place, unit)


def open_expired(unit: str, at: datetime) -> str:
    """Where lapsed coins go in the year of `at`."""
    return open_account("3100", unit, str(seoul_date(at).year), at=at)


def open_fund(fund: str, unit: str, at: datetime) -> str:
    """The issuance control of a fund, with its free budget; a new fund may issue nothing until an order is booked."""
    open_account("B000", KRW, fund, at=at)
    open_account("B100", KRW, fund, at=at)
    open_account("B200", KRW, fund, at=at)
    return open_account("1100", unit, fund, at=at)
