"""Life events of wallets and of the coin itself: death, opening balances, a change of the coin's won value.

Not here: closing the membership (`civic.people`), and what the family then chooses.
"""

from datetime import date
from uuid import UUID

from django.db import transaction

from pumasi.civic.people.models import RoleName
from pumasi.civic.people.operations import close_person
from pumasi.coin.accounts import estate, open_wallet
from pumasi.coin.district import district_tariff, fund_of
from pumasi.coin.errors import NotAllowed, RateNotDivisible
from pumasi.coin.models import Award
from pumasi.coin.parties import check_role, holder
from pumasi.coin.requests import is_first
from pumasi.coin.tariff import Tariff, check_coins
from pumasi.kernel.acting import Acting
from pumasi.kernel.amount import Amount
from pumasi.kernel.clock import seoul_date
from pumasi.kernel.ids import derived_id
from pumasi.ledger import kinds
from pumasi.ledger.chart import address
from pumasi.ledger.commands import Command, Terms
from pumasi.ledger.posting import post_one
from pumasi.ledger.reads import HeldLot, accounts_of, balance, lots, postings_of, receipt, transfer_of


def report_death(acting: Acting, *, person_id: UUID, key: UUID) -> Amount:
    """A desk report of a death: the membership ends at once and the coins wait for the family (2140), once per `key`.

    Coins that still waited to vest come along. Returns what waits for the family. Raises NotAllowed (the actor is no
    DONG_OFFICIAL), PersonUnknown, PersonClosed and KeyReused.
    """
    check_role(acting, RoleName.DONG_OFFICIAL)
    unit = district_tariff().unit
    with transaction.atomic():
        if is_first(key, "DEATH", {"person": str(person_id)}, acting.at):
            owner = holder(person_id)
            wallet = open_wallet(owner, unit.code, acting.at)
            _vest_all(person_id, owner.wallet, acting)
            for source in {wallet, address("2100", unit.code, owner.wallet)}:
                if balance(source):
                    post_one(kinds.death(key=derived_id("coin.death", key.hex, source), at=acting.at, wallet=source))
            close_person(acting, person_id)
        return Amount(unit, balance(estate(person_id, unit.code)))


def pass_on_estate(acting: Acting, *, person_id: UUID, heir_id: UUID, key: UUID) -> Amount:
    """The family names a member who takes the coins of a deceased over; lots keep expiry and year. Once per `key`.

    Returns what was passed on. Raises NotAllowed (the actor is no DONG_OFFICIAL, or is the heir), PersonUnknown,
    PersonClosed (the heir), UnknownAccount (no death was reported), InsufficientBalance (nothing waits) and KeyReused.
    """
    if check_role(acting, RoleName.DONG_OFFICIAL) == heir_id:
        raise NotAllowed(role=RoleName.DONG_OFFICIAL.value)
    unit = district_tariff().unit
    with transaction.atomic():
        body = {"person": str(person_id), "heir": str(heir_id)}
        source = estate(person_id, unit.code)
        if is_first(key, "INHERIT", body, acting.at):
            target = open_wallet(holder(heir_id), unit.code, acting.at)
            post_one(kinds.inherit(key=key, at=acting.at, estate=source, wallet=target))
        transfer = transfer_of(key)
        assert transfer is not None
        return Amount(unit, next(-amount for at, amount, _ in postings_of(transfer) if at == source))


def _vest_all(person_id: UUID, owner: str, acting: Acting) -> None:
    """Coins that wait to vest become part of the estate, which nobody can spend yet anyway."""
    unit = district_tariff().unit.code
    pending, wallet = address("2120", unit, owner), address("2100", unit, owner)
    awards = Award.objects.filter(share__person_id=person_id, share__vest_on__gt=seoul_date(acting.at))
    for award in awards.order_by("transfer"):
        amount = receipt(award.ledger_key).get(pending, 0)
        if amount:
            name = derived_id("coin.vest_at_death", award.ledger_key.hex)
            post_one(kinds.vest(key=name, at=acting.at, wallet=wallet, amount=amount, earned=award.ledger_key))


def open_balance(acting: Acting, *, person_id: UUID, coins: int, key: UUID) -> int:
    """Bring `coins` whole coins from an existing system into a wallet, at today's won value, once per `key`.

    The fund's signed budget order comes first (decisions 7); without it the ledger refuses. Returns the transfer.
    Raises NotAllowed (the actor is no ISSUER), BadCoins, PersonUnknown, PersonClosed, KeyReused, IssueLimitReached.
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
                target=open_wallet(holder(person_id), tariff.unit.code, acting.at),
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
