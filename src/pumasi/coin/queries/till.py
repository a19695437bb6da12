"""A place's "received" page for one day. It never says who paid: a shop does not see who a resident is."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from pumasi.coin.accounts import till
from pumasi.coin.district import district_tariff
from pumasi.coin.models import Payment, Refund
from pumasi.coin.parties import venue
from pumasi.kernel.amount import Amount
from pumasi.ledger.errors import UnknownAccount
from pumasi.ledger.reads import balance


@dataclass(frozen=True)
class TillLine:
    """One payment of the day; `refunded` counts everything that came back, on whichever day."""

    key: UUID
    at: datetime
    coins: Amount
    won: int
    refunded: Amount

    @property
    def left(self) -> Amount:
        return self.coins - self.refunded


@dataclass(frozen=True)
class TillView:
    """`received` and `received_won` are the day's payments, `given_back` and `given_back_won` the day's refunds.

    `balance` is everything the till holds now, over all days.
    """

    place_id: UUID
    day: date
    lines: tuple[TillLine, ...]
    received: Amount
    received_won: int
    given_back: Amount
    given_back_won: int
    balance: Amount


def till_view(place_id: UUID, day: date) -> TillView:
    """Payments and refunds of one day (Seoul), newest first; raises PlaceUnknown."""
    unit = district_tariff().unit
    place = venue(place_id)
    payments = list(Payment.objects.filter(place_id=place_id, day=day).order_by("-at", "-transfer"))
    back: defaultdict[UUID, int] = defaultdict(int)
    for refund in Refund.objects.filter(payment__in=payments):
        back[refund.payment_id] += refund.coins
    given_back = list(Refund.objects.filter(payment__place_id=place_id, day=day))
    try:
        held = balance(till(place, unit.code))
    except UnknownAccount:
        held = 0
    return TillView(
        place_id=place_id,
        day=day,
        lines=tuple(
            TillLine(row.key, row.at, Amount(unit, row.coins), row.won, Amount(unit, back[row.key])) for row in payments
        ),
        received=Amount(unit, sum(row.coins for row in payments)),
        received_won=sum(row.won for row in payments),
        given_back=Amount(unit, sum(row.coins for row in given_back)),
        given_back_won=sum(row.won for row in given_back),
        balance=Amount(unit, held),
    )
