"""Refund and undo: coins of a payment come back to the payer as the same lots; the won part splits the same way.

After settlement with the shop the payer is whole at once, and the shop owes the won. Not here: disputes (`dispute`),
whose sums cannot be refunded meanwhile.
"""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from pumasi.civic.people.queries import is_self
from pumasi.coin.accounts import refund_target
from pumasi.coin.answers import Refunded
from pumasi.coin.district import PROGRAMME, district_tariff, one_tariff
from pumasi.coin.errors import (
    NobodyActing,
    NoSuchPayment,
    NotAllowed,
    ReceiptInSettlement,
    RefundTooLarge,
    RefundTooLate,
    UndoTooLate,
    UndoWhileDisputed,
)
from pumasi.coin.models import Payment, Refund
from pumasi.coin.parties import STAFF_ROLES, check_staff, is_staff, venue
from pumasi.coin.remaining import disputed_of, returned_of
from pumasi.coin.requests import is_first
from pumasi.coin.tariff import Tariff, check_coins
from pumasi.coin.telling import tell_given_back
from pumasi.kernel.acting import Acting
from pumasi.kernel.amount import Amount
from pumasi.kernel.clock import seoul_date
from pumasi.ledger import kinds
from pumasi.ledger.chart import Pool, parts
from pumasi.ledger.commands import Command
from pumasi.ledger.posting import post_one
from pumasi.ledger.reads import postings_of, receipt

_REDEEMED = ("3300:", "3310:")


@one_tariff()
def refund(acting: Acting, *, payment_id: UUID, key: UUID, coins: int | None = None) -> Refunded:
    """Staff of the place give `coins` whole coins of a payment back (None = all that is left), once per `key`.

    Possible for the tariff's refund days (30), also after the place has closed. Raises NoSuchPayment, NotAllowed,
    BadCoins, RefundTooLarge, RefundTooLate and KeyReused; then nothing has changed.
    """
    if coins is not None:
        check_coins(coins)
    tariff = district_tariff()
    with transaction.atomic():
        if is_first(key, "REFUND", {"payment": str(payment_id), "coins": coins or 0}, acting.at):
            payment = locked_payment(payment_id)
            check_staff(acting, venue(payment.place_id))
            until = payment.day + timedelta(days=tariff.refund_days)
            if seoul_date(acting.at) > until:
                raise RefundTooLate(days=tariff.refund_days, until=until.isoformat())
            amount = None if coins is None else Amount.whole(coins, tariff.unit)
            return _give_back(tariff, payment, amount, kind="REFUND", acting=acting, key=key)
        return _refunded(tariff, Refund.objects.get(key=key))


@one_tariff()
def undo(acting: Acting, *, payment_id: UUID, key: UUID) -> Refunded:
    """Payer or staff take a whole payment back within the tariff's undo minutes (10), once per `key` (decisions 33).

    Raises NoSuchPayment, NobodyActing, NotAllowed, UndoTooLate, RefundTooLarge (nothing left) and KeyReused.
    """
    tariff = district_tariff()
    with transaction.atomic():
        if is_first(key, "UNDO", {"payment": str(payment_id)}, acting.at):
            payment = locked_payment(payment_id)
            _check_side(acting, payment)
            if acting.at > payment.at + timedelta(minutes=tariff.undo_minutes):
                raise UndoTooLate(minutes=tariff.undo_minutes)
            return _give_back(tariff, payment, None, kind="UNDO", acting=acting, key=key)
        return _refunded(tariff, Refund.objects.get(key=key))


def locked_payment(payment_id: UUID) -> Payment:
    """The payment, locked until the transaction ends; raises NoSuchPayment."""
    payment = Payment.objects.select_for_update().filter(key=payment_id).first()
    if payment is None:
        raise NoSuchPayment()
    return payment


def _check_side(acting: Acting, payment: Payment) -> None:
    if acting.actor is None:
        raise NobodyActing()
    if any(is_self(each, payment.person_id) for each in {acting.actor, acting.subject}):
        return
    place = venue(payment.place_id)
    if not is_staff(acting.actor, place, seoul_date(acting.at)):
        raise NotAllowed(role=STAFF_ROLES[place.kind][0])


def _give_back(
    tariff: Tariff, payment: Payment, amount: Amount | None, *, kind: str, acting: Acting, key: UUID
) -> Refunded:
    done = returned_of(payment)
    left = payment.coins - done - disputed_of(payment)
    minor = left if amount is None else amount.minor
    if kind == "UNDO" and left < payment.coins - done:
        raise UndoWhileDisputed()
    if not 0 < minor <= left:
        raise RefundTooLarge(left=Amount(tariff.unit, left).text())
    # The won part goes with the coins, rounded down until the last coin is back: the parts always sum to the whole.
    won = payment.won * (done + minor) // payment.coins - payment.won * done // payment.coins
    wallet = refund_target(payment.person_id, payment.wallet, tariff.unit.code)
    transfer = post_one(_journal(payment, wallet, minor, won=won, key=key, at=acting.at))
    row = Refund.objects.create(
        key=key,
        payment=payment,
        kind=kind,
        transfer=transfer,
        coins=minor,
        lapsed=lapsed_in(transfer),
        won=won,
        actor=acting.actor,
        day=seoul_date(acting.at),
        at=acting.at,
    )
    tell_given_back(row, tariff.unit)
    return _refunded(tariff, row)


def _journal(payment: Payment, wallet: str, minor: int, *, won: int, key: UUID, at: datetime) -> Command:
    """REFUND out of the till or, once the place was paid for these coins, REFUND_LATE: the shop then owes their won.

    Coins of a settlement that is under way wait for its end; raises ReceiptInSettlement.
    """
    lies = list(receipt(payment.key))
    if any(address.startswith("2700:") for address in lies):
        raise ReceiptInSettlement()
    redeemed = next((address for address in lies if address.startswith(_REDEEMED)), None)
    if redeemed is not None:
        return kinds.refund_late(
            key=key,
            at=at,
            redeemed=redeemed,
            till_owner=payment.till.rpartition(":")[2],
            wallet=wallet,
            amount=minor,
            payment=payment.key,
            programme=PROGRAMME,
            won=won,
        )
    return kinds.refund(
        key=key,
        at=at,
        till=payment.till,
        wallet=wallet,
        amount=minor,
        payment=payment.key,
        programme=PROGRAMME,
        won=won,
    )


def lapsed_in(transfer: int) -> int:
    """What of a refund had lapsed meanwhile: it went to Expired 소멸, not to the payer."""
    return sum(amount for address, amount, _ in postings_of(transfer) if parts(address)[0].pool is Pool.EXPIRED)


def _refunded(tariff: Tariff, row: Refund) -> Refunded:
    return Refunded(
        key=row.key,
        payment_id=row.payment_id,
        coins=Amount(tariff.unit, row.coins),
        lapsed=Amount(tariff.unit, row.lapsed),
        won=row.won,
        transfer=row.transfer,
    )
