"""Life events of the coin itself: opening balances, a change of the coin's won value. Not here: those of people."""

from uuid import UUID

from django.db import transaction

from pumasi.civic.people.models import RoleName
from pumasi.coin.accounts import open_wallet
from pumasi.coin.district import district_tariff, fund_of
from pumasi.coin.errors import RateNotDivisible
from pumasi.coin.parties import check_role, earner
from pumasi.coin.rates import converted
from pumasi.coin.requests import is_first
from pumasi.coin.tariff import check_coins
from pumasi.kernel.acting import Acting
from pumasi.kernel.amount import Amount
from pumasi.kernel.clock import seoul_date
from pumasi.kernel.ids import derived_id
from pumasi.ledger import kinds
from pumasi.ledger.commands import Terms
from pumasi.ledger.posting import post_one
from pumasi.ledger.reads import HeldLot, accounts_of, lots

WALLETS_AT_ONCE = 200


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
    return _convert_all(acting, keeps_rest=False)


def convert_due(acting: Acting) -> int:
    """The night's conversion: once an approved change of the value has begun that converts, as `change_rate`.

    What does not make whole coins at the new value stays in the wallet at its old one, so that nobody loses a won.
    """
    if not district_tariff().is_converted(seoul_date(acting.at)):
        return 0
    return _convert_all(acting, keeps_rest=True)


def _convert_all(acting: Acting, *, keeps_rest: bool) -> int:
    tariff, day = district_tariff(), seoul_date(acting.at)
    new, done = tariff.unit.won_per_minor(day), 0
    wallets = [
        wallet
        for code in ("2100", "2140", "2150")
        for wallet, unit, _, _, held in accounts_of(code)
        if held and unit == tariff.unit.code
    ]
    for start in range(0, len(wallets), WALLETS_AT_ONCE):
        # A refusal of `change_rate` undoes all of it; the night's job goes on from where it was.
        with transaction.atomic():
            for wallet in wallets[start : start + (WALLETS_AT_ONCE if keeps_rest else len(wallets))]:
                for lot in lots(wallet):
                    done += _one_lot(acting, wallet, lot, new, keeps_rest=keeps_rest)
        if not keeps_rest:
            break
    return done


def _one_lot(acting: Acting, wallet: str, lot: HeldLot, new: int, *, keeps_rest: bool) -> int:
    if lot.rate == new or (lot.expires is not None and lot.expires < seoul_date(acting.at)):
        return 0
    amount, becomes = converted(lot.amount, lot.rate, new)
    if amount != lot.amount and not keeps_rest:
        raise RateNotDivisible(old=lot.rate, new=new)
    if not amount:
        return 0
    post_one(
        kinds.rate_change(
            # Coins of one lot may come back and be converted once more: the moment tells the two apart.
            key=derived_id("coin.rate_change", wallet, lot.lot, new, acting.at.isoformat()),
            at=acting.at,
            wallet=wallet,
            lot=lot.lot,
            amount=amount,
            new_amount=becomes,
            terms=Terms(lot.fund, lot.expires, new),
        )
    )
    return 1
