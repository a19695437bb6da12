"""What people of a made-up district do every day: good deeds, payments, gifts. Each returns whether there was any."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from uuid import UUID

from pumasi.coin import operations
from pumasi.coin.answers import Payee
from pumasi.coin.district import district_tariff
from pumasi.coin.errors import NotEnoughCoins
from pumasi.coin.tariff import Part
from pumasi.config.history.town import AT_SHOPS, Shop, Town, by
from pumasi.kernel.acting import Acting, Channel
from pumasi.kernel.ids import new_id

# Deeds at facilities: kind, how it is proven, and the quantities that people bring.
AT_FACILITIES = (
    ("CLEAR_PET", "CODE", (20, 30, 40, 50)),
    ("CLEAR_PET", "CODE", (20, 30, 60, 80)),
    ("PAPER_PACK", "CODE", (1000, 2000)),
    ("VOLUNTEERING", "STAFF", (60, 120, 180, 240)),
    ("TALENT", "STAFF", (60, 120)),
    ("HEALTH_CLASS", "STAFF", (60,)),
    ("TOY_DONATION", "STAFF", (1, 2)),
    ("BARTER_ITEM", "STAFF", (1, 2)),
)

type Act = Callable[[Town, datetime], bool]
# A payment's key, the keeper who may give it back, and the payer.
type PaidAt = Callable[[UUID, UUID, UUID], None]


def deed_at_a_facility(town: Town, at: datetime) -> bool:
    """A resident brings something, or was there, and the counter or its code says so."""
    kind, proof, quantities = town.chance.pick(AT_FACILITIES)
    who, place = town.chance.pick(town.members), town.chance.pick(town.facilities)
    actor = town.cashier if proof == "STAFF" else who
    acting = Acting(actor, who, Channel.DESK if proof == "STAFF" else Channel.PHONE, "DEMO", at)
    earned(town, acting, (kind, proof, town.chance.pick(quantities)), place, [Payee(who)])
    return True


def deed_in_a_photo(town: Town, at: datetime) -> bool:
    """The counter has seen a photo; its coins can be spent a week later."""
    who, place = town.chance.pick(town.members), town.chance.pick(town.facilities)
    acting = Acting(town.cashier, who, Channel.DESK, "DEMO", at)
    earned(town, acting, ("BARTER_ITEM", "PHOTO", 1), place, [Payee(who)])
    return True


def deed_at_a_shop(town: Town, at: datetime) -> bool:
    """Hangers for a laundry, which earns as well, or an own tumbler."""
    found = _shop(town, lambda each: bool(each.deeds))
    who, kind = town.chance.pick(town.members), town.chance.pick(found.deeds)
    payees = [Payee(who)] + ([Payee(found.keeper, Part.SHOP)] if kind == "HANGER" else [])
    earned(town, by(who, at), (kind, "CODE", town.chance.pick(AT_SHOPS[kind])), found.place, payees)
    return True


def earned(town: Town, acting: Acting, deed: tuple[str, str, int], place: UUID, payees: Sequence[Payee]) -> None:
    """`deed` is kind, evidence kind and quantity."""
    awarded = operations.award(
        acting,
        kind=deed[0],
        quantity=deed[2],
        place_id=place,
        payees=payees,
        evidence_ref=f"{deed[1]}:{new_id(acting.at)}",
        key=new_id(acting.at),
    )
    whole = district_tariff().unit.minor_per_whole
    for share in awarded.shares:
        if share.part is Part.RESIDENT and share.transfer is not None and share.vest_on is None:
            town.purse.add(share.person_id, share.amount.minor // whole)


def payment_at_a_shop(paid: PaidAt) -> Act:
    """A resident pays in coins, every fourth time the rest of a price in won."""

    def pays(town: Town, at: datetime) -> bool:
        who = town.purse.pick(town.chance)
        if who is None:
            return False
        coins = 10 * (1 + town.chance.below(min(town.purse[who], 50) // 10))
        found, key = _shop(town), new_id(at)
        price = coins * 100 + 500 * town.chance.below(20) if town.chance.below(4) == 0 else None
        with spending(town, who):
            operations.spend(by(who, at), payer_id=who, place_id=found.place, coins=coins, key=key, price_won=price)
        town.purse.add(who, -coins)
        paid(key, found.keeper, who)
        return True

    return pays


def payment_at_a_facility(town: Town, at: datetime) -> bool:
    """A class, a ticket, an hour of parking; whoever runs the place."""
    who = town.purse.pick(town.chance)
    if who is None:
        return False
    place = town.chance.pick([*town.facilities, *town.outsourced])
    with spending(town, who):
        operations.spend(by(who, at), payer_id=who, place_id=place, coins=10, key=new_id(at))
    town.purse.add(who, -10)
    return True


def gift(town: Town, at: datetime) -> bool:
    """Five coins from one to another."""
    who, to = town.purse.pick(town.chance), town.chance.pick(town.members)
    if who is None or who == to:
        return False
    with spending(town, who):
        operations.give(by(who, at), to_id=to, coins=5, key=new_id(at))
    town.purse.add(who, -5)
    town.purse.add(to, 5)
    return True


@contextmanager
def spending(town: Town, who: UUID) -> Iterator[None]:
    """Where the ledger says that a member has less than was thought, that member is left alone for a while."""
    try:
        yield
    except NotEnoughCoins:
        town.purse.put(who, 0)
        raise


def _shop(town: Town, fits: Callable[[Shop], bool] = lambda each: True) -> Shop:
    """One of the shops that fit; most do, or every third one does."""
    while not fits(found := town.chance.pick(town.shops)):
        pass
    return found
