"""Life events of the coin itself: opening balances, a change of the coin's won value. Not here: those of people."""

from datetime import date
from uuid import UUID

from django.db import transaction

from pumasi.civic.people.models import RoleName
from pumasi.coin.accounts import open_wallet
from pumasi.coin.district import district_tariff, fund_of
from pumasi.coin.errors import RateNotDivisible
from pumasi.coin.parties import check_role, earner
from pumasi.coin.requests import is_first
from pumasi.coin.tariff import Tariff, check_coins
from pumasi.kernel.acting import Acting
from pumasi.kernel.amount import Amount
from pumasi.kernel.clock import seoul_date
from pumasi.kernel.ids import derived_id
from pumasi.ledger import kinds
from pumasi.ledger.commands import Command, Terms
from pumasi.ledger.posting import post_one
from pumasi.ledger.reads import HeldLot, accounts_of, lots


def open_balance(acting: Acting, *, person_id: UUID, coins: int, key: UUID) -> int:
    """Bring `coins` whole coins from an existing system into a wallet, at today's won value, once per `key`.

    The fund's signed budget order comes first (decisions 7); without it the ledger refuses. Returns the transfer.
    Raises NotAllowed (the actor is no ISSUER), BadCoins, PersonUnknown, PersonClosed, MovedAway, KeyReused,
    IssueLimitReached.
    """
    check_role(acting, RoleName.ISSUER)
    check_coins(coins)
    tariff = district_tariff()
    day = seoul_date(acting.at)
    with transaction.atomic():
        is_first(key, "OPENING", {"person": str(person_id), "coins": coins}, acting.at)
        fund = fund_of(day)
        return post_one(
            kinds.opening(
                key=key,
                at=acting.at,
                target=open_wallet(earner(person_id, day), tariff.unit.code, acting.at),
                amount=Amount.whole(coins, tariff.unit).minor,
                terms=Terms(fund, tariff.expires_on(day), tariff.unit.won_per_minor(day)),
            )
        )


def change_rate(acting: Acting) -> int:
    """Convert every wallet's coins of another won value into coins of today's, of the same won value (decisions 28).

    Coins in tills stay as they are: they were paid at their value. Returns how many lots were converted; running it
    again converts nothing more. Raises NotAllowed (the actor is no ISSUER) and RateNotDivisible.
    """
    check_role(acting, RoleName.ISSUER)
    tariff = district_tariff()
    day = seoul_date(acting.at)
    with transaction.atomic():
        commands = [
            _converted(tariff, wallet, lot, acting, day)
            for code in ("2100", "2140", "2150")
            for wallet, unit, _, _, held in accounts_of(code)
            if held and unit == tariff.unit.code
            for lot in lots(wallet)
            if lot.rate != tariff.unit.won_per_minor(day) and (lot.expires is None or lot.expires >= day)
        ]
        for command in commands:
            post_one(command)
    return len(commands)


def _converted(tariff: Tariff, wallet: str, lot: HeldLot, acting: Acting, day: date) -> Command:
    rate = tariff.unit.won_per_minor(day)
    value = lot.amount * lot.rate
    if value % rate:
        raise RateNotDivisible(old=lot.rate, new=rate)
    return kinds.rate_change(
        # Coins of one lot may come back and be converted once more: the moment tells the two apart.
        key=derived_id("coin.rate_change", wallet, lot.lot, rate, acting.at.isoformat()),
        at=acting.at,
        wallet=wallet,
        lot=lot.lot,
        amount=lot.amount,
        new_amount=value // rate,
        terms=Terms(lot.fund, lot.expires, rate),
    )
