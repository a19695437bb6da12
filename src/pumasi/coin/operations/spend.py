"""Spend: a resident pays coins at an open place, in steps, the rest of the price in won.

Not here: how the place was recognised (`civic.codes`) and settlement with the shop.
"""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from pumasi.coin.accounts import open_till, open_wallet
from pumasi.coin.answers import Paid
from pumasi.coin.attempts import note
from pumasi.coin.card_limit import check_card
from pumasi.coin.district import PROGRAMME, district_tariff, one_tariff
from pumasi.coin.errors import BadPrice, CoinsExceedPrice, OwnShop
from pumasi.coin.models import CardPayment, Payment
from pumasi.coin.parties import Holder, Venue, holder, is_keeper, open_venue
from pumasi.coin.posting import post_out
from pumasi.coin.requests import is_first
from pumasi.coin.tariff import Tariff, check_coins
from pumasi.coin.telling import tell_paid
from pumasi.kernel.acting import Acting
from pumasi.kernel.amount import Amount
from pumasi.kernel.clock import seoul_date
from pumasi.ledger import kinds
from pumasi.ledger.reads import spendable

MAX_PRICE_WON = 1_000_000_000


@one_tariff()
def spend(
    acting: Acting,
    *,
    payer_id: UUID,
    place_id: UUID,
    coins: int,
    key: UUID,
    price_won: int | None = None,
    not_after: datetime | None = None,
    card_shown_at: datetime | None = None,
) -> Paid:
    """Move `coins` whole coins from the payer's wallet to the place's till, once per `key`.

    price_won: the whole price in won; what the coins do not cover is recorded as taken in won. None = coins alone.
    card_shown_at: when a card alone was shown, so that its limit of a day holds (decisions 34); None: better proof.
    not_after: when the scanned code's life ends; a later `acting.at` is refused (TooLate), a repeated key is not.
    Raises BadCoins, NotInSteps, BadPrice, CoinsExceedPrice, PersonUnknown, PersonClosed, PlaceUnknown, PlaceNotOpenYet,
    PlaceClosed, OwnShop, CardFrozen, CardLimitReached, NotEnoughCoins, KeyReused and TooLate; then nothing has changed.
    """
    tariff = district_tariff()
    day = seoul_date(acting.at)
    amount, won = _checked(tariff, coins, price_won, acting)
    body = {"payer": str(payer_id), "place": str(place_id), "coins": coins, "price": price_won or 0}
    with transaction.atomic():
        if is_first(key, "SPEND", body, acting.at):
            payer, place = holder(payer_id), open_venue(place_id, day)
            if is_keeper(payer_id, place, day):
                raise note(OwnShop(), payer_id, place_id, acting.at)
            if card_shown_at:
                check_card(tariff, payer_id, amount, day, card_shown_at)
            payment = _pay(tariff, payer, place, amount, won=won, key=key, at=acting.at, until=not_after)
            if card_shown_at:
                CardPayment.objects.create(payment=payment)
            return paid(payment)
        return paid(Payment.objects.get(key=key))


def paid(payment: Payment) -> Paid:
    """The answer for a stored payment; the balance is the present one."""
    tariff = district_tariff()
    return Paid(
        key=payment.key,
        place_id=payment.place_id,
        coins=Amount(tariff.unit, payment.coins),
        won=payment.won,
        at=payment.at,
        transfer=payment.transfer,
        undo_until=payment.at + timedelta(minutes=tariff.undo_minutes),
        balance=Amount(tariff.unit, spendable(payment.wallet, payment.day)),
    )


def _checked(tariff: Tariff, coins: int, price_won: int | None, acting: Acting) -> tuple[Amount, int]:
    """The coins as an amount, and the part of the price in won."""
    day = seoul_date(acting.at)
    check_coins(coins)
    tariff.check_spending(day)
    tariff.check_step(coins, day)
    amount = Amount.whole(coins, tariff.unit)
    if price_won is None:
        return amount, 0
    if type(price_won) is not int or not 0 < price_won <= MAX_PRICE_WON:
        raise BadPrice(limit=MAX_PRICE_WON)
    value = coins * tariff.unit.won_rate(day)
    if value > price_won:
        raise CoinsExceedPrice(coins=coins, value=value, price=price_won)
    return amount, price_won - value


def _pay(
    tariff: Tariff,
    payer: Holder,
    place: Venue,
    amount: Amount,
    *,
    won: int,
    key: UUID,
    at: datetime,
    until: datetime | None,
) -> Payment:
    wallet, till = open_wallet(payer, tariff.unit.code, at), open_till(place, tariff.unit.code, at)
    command = kinds.pay(
        key=key, at=at, wallet=wallet, till=till, amount=amount.minor, programme=PROGRAMME, won=won, not_after=until
    )
    transfer = post_out(command, amount)
    payment = Payment.objects.create(
        key=key,
        transfer=transfer,
        place_id=place.place_id,
        person_id=payer.person_id,
        wallet=wallet,
        till=till,
        coins=amount.minor,
        won=won,
        day=seoul_date(at),
        at=at,
    )
    tell_paid(payment, tariff.unit)
    return payment
