"""Give: coins go from one person to another and keep their expiry and year. Any whole number; no steps."""

from uuid import UUID

from django.db import transaction

from pumasi.coin.accounts import open_wallet, wallet
from pumasi.coin.answers import Given
from pumasi.coin.district import district_tariff, one_tariff
from pumasi.coin.errors import GiftToSelf, NobodyActing
from pumasi.coin.levels import check_room
from pumasi.coin.models import Gift
from pumasi.coin.parties import earner, holder
from pumasi.coin.posting import post_out
from pumasi.coin.requests import is_first
from pumasi.coin.tariff import check_coins
from pumasi.kernel.acting import Acting
from pumasi.kernel.amount import Amount
from pumasi.kernel.clock import seoul_date
from pumasi.ledger import kinds
from pumasi.ledger.reads import spendable


@one_tariff()
def give(acting: Acting, *, to_id: UUID, coins: int, key: UUID) -> Given:
    """Give `coins` whole coins of the subject (or, without one, the actor) to another person, once per `key`.

    Raises NobodyActing, BadCoins, GiftToSelf, PersonUnknown, PersonClosed, MovedAway or HoldLimitReached (of the
    receiver), NotEnoughCoins and KeyReused; then nothing has changed.
    """
    giver_id = acting.subject or acting.actor
    if giver_id is None:
        raise NobodyActing()
    check_coins(coins)
    if giver_id == to_id:
        raise GiftToSelf()
    tariff = district_tariff()
    day = seoul_date(acting.at)
    tariff.check_spending(day)
    amount = Amount.whole(coins, tariff.unit)
    with transaction.atomic():
        if is_first(key, "GIVE", {"from": str(giver_id), "to": str(to_id), "coins": coins}, acting.at):
            giver = holder(giver_id)
            source = open_wallet(giver, tariff.unit.code, acting.at)
            receiver = earner(to_id, day)
            check_room(tariff, receiver, amount, day)
            target = open_wallet(receiver, tariff.unit.code, acting.at)
            command = kinds.gift(key=key, at=acting.at, wallet=source, to=target, amount=amount.minor)
            transfer = post_out(command, amount)
            row = Gift.objects.create(
                key=key, transfer=transfer, giver_id=giver_id, receiver_id=to_id, coins=amount.minor, at=acting.at
            )
        else:
            giver, row = holder(giver_id), Gift.objects.get(key=key)
        left = spendable(wallet(giver, tariff.unit.code), day)
        return Given(key, Amount(tariff.unit, row.coins), row.transfer, Amount(tariff.unit, left))
