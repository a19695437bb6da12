"""One payment as payer and shop may see it: what was paid, what came back, what is still possible and until when."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Sum

from pumasi.coin.district import district_tariff
from pumasi.coin.errors import NoSuchPayment
from pumasi.coin.models import Payment, Refund
from pumasi.coin.parties import venue
from pumasi.coin.remaining import disputed_of
from pumasi.kernel.amount import Amount


@dataclass(frozen=True)
class RefundLine:
    """Coins that came back; `kind` is REFUND, UNDO or DISPUTE."""

    key: UUID
    kind: str
    at: datetime
    coins: Amount
    lapsed: Amount
    won: int


@dataclass(frozen=True)
class PaymentView:
    """A payment. `person_id` is for the payer's own page; a shop's page must not show it.

    `left` did not come back so far; `disputed` of it waits in suspense and can be neither refunded nor undone.
    """

    key: UUID
    transfer: int
    person_id: UUID
    place_id: UUID
    place_ko: str
    place_en: str
    at: datetime
    coins: Amount
    won: int
    left: Amount
    disputed: Amount
    undo_until: datetime
    refund_until: date
    refunds: tuple[RefundLine, ...]


def payment_view(payment_id: UUID) -> PaymentView:
    """The payment with this key; raises NoSuchPayment."""
    payment = Payment.objects.filter(key=payment_id).first()
    if payment is None:
        raise NoSuchPayment()
    tariff = district_tariff()
    unit = tariff.unit
    place = venue(payment.place_id)
    refunds = Refund.objects.filter(payment=payment).order_by("at", "transfer")
    back = refunds.aggregate(coins=Sum("coins", default=0))["coins"]
    return PaymentView(
        key=payment.key,
        transfer=payment.transfer,
        person_id=payment.person_id,
        place_id=payment.place_id,
        place_ko=place.name_ko,
        place_en=place.name_en,
        at=payment.at,
        coins=Amount(unit, payment.coins),
        won=payment.won,
        left=Amount(unit, payment.coins - back),
        disputed=Amount(unit, disputed_of(payment)),
        undo_until=payment.at + timedelta(minutes=tariff.undo_minutes),
        refund_until=payment.day + timedelta(days=tariff.refund_days),
        refunds=tuple(
            RefundLine(row.key, row.kind, row.at, Amount(unit, row.coins), Amount(unit, row.lapsed), row.won)
            for row in refunds
        ),
    )
