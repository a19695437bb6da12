"""Tells the past of a demo district, day by day: members join, places open, deeds earn, coins are spent and given.

Always the same for the same size and last day, but for ids and keys. Everything goes through the operations that the
pages call, one transaction for each day; what they refuse (a cap, an empty wallet) is counted and forgotten.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import transaction

from pumasi.civic.people.models import RoleName
from pumasi.civic.people.operations import grant_role, join
from pumasi.civic.places.models import PlaceKind
from pumasi.civic.places.operations import open_place, set_hours, set_state
from pumasi.coin import operations
from pumasi.coin.answers import Payee
from pumasi.coin.district import PROGRAMME, district_tariff
from pumasi.coin.orders import Order, OrderKind, SignedOrder, sign
from pumasi.coin.tariff import Part
from pumasi.config.history.chance import Chance
from pumasi.config.history.names import facility, shop
from pumasi.config.history.spots import spot
from pumasi.kernel.acting import Acting, Channel
from pumasi.kernel.amount import Amount
from pumasi.kernel.clock import KST, seoul_date
from pumasi.kernel.ids import new_id
from pumasi.kernel.result import Refusal

YEARLY_COINS = 120_000
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
# Days of the week -> minutes after midnight.
SHOP_HOURS = dict.fromkeys(range(6), (10 * 60, 20 * 60))
OFFICE_HOURS = dict.fromkeys(range(5), (9 * 60, 18 * 60))
SHOPS = 400  # points of shops come before those of facilities, so that no two places stand on one
AT_SHOPS = {"HANGER": (10, 20, 30), "TUMBLER": (1,)}


@dataclass(frozen=True)
class Size:
    """How large a past: members, shops, facilities, days before the last day, and things that happen on one day."""

    members: int
    shops: int
    facilities: int
    days: int
    daily: int


SMALL = Size(members=30, shops=9, facilities=4, days=40, daily=6)
DISTRICT = Size(members=600, shops=321, facilities=52, days=548, daily=17)


@dataclass(frozen=True)
class Shop:
    """A shop with its keeper and the deeds it takes."""

    place: UUID
    keeper: UUID
    deeds: Sequence[str]


@dataclass
class Past:
    """The district while its past is told; `coins` is about what each member has to spend."""

    size: Size
    last: date
    chance: Chance = field(default_factory=lambda: Chance(2023))
    done: Counter[str] = field(default_factory=Counter)
    members: list[UUID] = field(default_factory=list)
    shops: list[Shop] = field(default_factory=list)
    facilities: list[UUID] = field(default_factory=list)
    cashier: UUID = field(init=False)
    coins: Counter[UUID] = field(default_factory=Counter)
    payments: list[tuple[UUID, Shop]] = field(default_factory=list)

    def tell(self, show: Callable[[int, int], None] = lambda day, days: None) -> Counter[str]:
        """Tell it all; `show(day, days)` is called as it goes on. Returns how often what was done, or refused."""
        first = self.last - timedelta(days=self.size.days)
        with transaction.atomic():
            self._found(_moment(first, 8))
        for number in range(self.size.days):
            day = first + timedelta(days=number)
            with transaction.atomic():
                if (day.month, day.day) == (1, 2):
                    self._order(_moment(day, 8))
                self._join_and_open(number, _moment(day, 9))
                for turn in range(self.size.daily + self.chance.below(5) - 2):
                    self._something(_moment(day, 10, turn * 23))
            show(number + 1, self.size.days)
        return self.done

    def _found(self, at: datetime) -> None:
        """Officers with their keys, the budget of the year, and whoever stands behind the facilities' counters."""
        self._officers = [self._member(at, 1975) for _ in range(2)]
        self._issuer, self.cashier = self._member(at, 1980), self._member(at, 1985)
        ends = date(self.last.year + 1, 12, 31)
        day = seoul_date(at)
        grant_role(_node(at), self._issuer, RoleName.ISSUER, starts=day, ends=ends)
        self._keys = [Ed25519PrivateKey.generate() for _ in self._officers]
        for officer, key in zip(self._officers, self._keys, strict=True):
            grant_role(_node(at), officer, RoleName.BUDGET_OFFICER, starts=day, ends=ends)
            operations.register_officer_key(
                _self(self._issuer, at, Channel.DESK),
                person_id=officer,
                public_key=key.public_key().public_bytes_raw(),
                starts=day,
                ends=ends,
            )
        self._order(at)

    def _order(self, at: datetime) -> None:
        unit, day = district_tariff().unit, seoul_date(at)
        coins = Amount.whole(YEARLY_COINS, unit).minor
        order = Order(
            order_id=new_id(at),
            kind=OrderKind.ORDER,
            fund=f"{PROGRAMME}/{day.year}",
            unit=unit.code,
            coins=coins,
            won=coins * unit.won_per_minor(day),
            document=f"SAMPLE-{day.year}-HISTORY",
            issued_on=day,
        )
        operations.book_budget_order(
            _self(self._issuer, at, Channel.DESK), SignedOrder(order, tuple(sign(order, key) for key in self._keys))
        )

    def _join_and_open(self, number: int, at: datetime) -> None:
        """As many members and places as the day needs: half are there on the first day, the rest come evenly."""
        size = self.size
        while len(self.members) < _by(number, size.days, size.members):
            self.members.append(self._member(at, 1940 + self.chance.below(70)))
        while len(self.facilities) < _by(number, size.days, size.facilities):
            self.facilities.append(self._facility(len(self.facilities), at))
        while len(self.shops) < _by(number, size.days, size.shops):
            self.shops.append(self._shop(len(self.shops), at))

    def _member(self, at: datetime, birth_year: int) -> UUID:
        self.done["join"] += 1
        return join(_node(at), f"시연 주민 {self.done['join']}", birth_year=birth_year).id

    def _facility(self, number: int, at: datetime) -> UUID:
        ko, en, dong = facility(number)
        place = open_place(
            _node(at), kind=PlaceKind.FACILITY, name_ko=ko, name_en=en, dong=dong, position=spot(dong, SHOPS + number)
        ).id
        set_hours(_node(at), place, OFFICE_HOURS)
        ends = date(self.last.year + 1, 12, 31)
        grant_role(_node(at), self.cashier, RoleName.FACILITY_CASHIER, place, starts=seoul_date(at), ends=ends)
        return place

    def _shop(self, number: int, at: datetime) -> Shop:
        ko, en, dong, items = shop(number)
        place = open_place(
            _node(at), kind=PlaceKind.SHOP, name_ko=ko, name_en=en, dong=dong, position=spot(dong, number)
        ).id
        set_state(_node(at), place, accepts=items, needs=items[:1] if number % 3 else (), daily_limit=None)
        set_hours(_node(at), place, SHOP_HOURS)
        keeper = self._member(at, 1950 + self.chance.below(45))
        ends = date(self.last.year + 1, 12, 31)
        grant_role(_node(at), keeper, RoleName.SHOP_KEEPER, place, starts=seoul_date(at), ends=ends)
        return Shop(place, keeper, tuple(each for each in items if each in AT_SHOPS))

    def _something(self, at: datetime) -> None:
        choice = self.chance.below(100)
        name, act = next((name, act) for bound, name, act in _ACTS if choice < bound)
        try:
            with transaction.atomic():
                did = act(self, at)
            self.done[name if did else "nothing"] += 1
        except Refusal as refusal:
            self.done[f"refused: {refusal.code}"] += 1

    def _at_a_facility(self, at: datetime) -> bool:
        kind, proof, quantities = self.chance.pick(AT_FACILITIES)
        who, place = self.chance.pick(self.members), self.chance.pick(self.facilities)
        by = self.cashier if proof == "STAFF" else who
        acting = Acting(by, who, Channel.DESK if proof == "STAFF" else Channel.PHONE, "DEMO", at)
        self._earned(acting, (kind, proof, self.chance.pick(quantities)), place, [Payee(who)])
        return True

    def _at_a_shop(self, at: datetime) -> bool:
        found = self.chance.pick([each for each in self.shops if each.deeds])
        who, kind = self.chance.pick(self.members), self.chance.pick(found.deeds)
        payees = [Payee(who)] + ([Payee(found.keeper, Part.SHOP)] if kind == "HANGER" else [])
        self._earned(_self(who, at), (kind, "CODE", self.chance.pick(AT_SHOPS[kind])), found.place, payees)
        return True

    def _earned(self, acting: Acting, deed: tuple[str, str, int], place: UUID, payees: Sequence[Payee]) -> None:
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
            if share.transfer is not None and share.vest_on is None:
                self.coins[share.person_id] += share.amount.minor // whole

    def _pays(self, at: datetime) -> bool:
        who = self._with_coins(10)
        if who is None:
            return False
        coins = 10 * (1 + self.chance.below(min(self.coins[who], 50) // 10))
        found, key = self.chance.pick(self.shops), new_id(at)
        price = coins * 100 + 500 * self.chance.below(20) if self.chance.below(4) == 0 else None
        operations.spend(_self(who, at), payer_id=who, place_id=found.place, coins=coins, key=key, price_won=price)
        self.coins[who] -= coins
        self.payments.append((key, found))
        return True

    def _pays_at_a_facility(self, at: datetime) -> bool:
        who = self._with_coins(10)
        if who is None:
            return False
        place = self.chance.pick(self.facilities)
        operations.spend(_self(who, at), payer_id=who, place_id=place, coins=10, key=new_id(at))
        self.coins[who] -= 10
        return True

    def _gives(self, at: datetime) -> bool:
        who, to = self._with_coins(5), self.chance.pick(self.members)
        if who is None or who == to:
            return False
        operations.give(_self(who, at), to_id=to, coins=5, key=new_id(at))
        self.coins[who] -= 5
        self.coins[to] += 5
        return True

    def _refunded(self, at: datetime) -> bool:
        if not self.payments:
            return False
        payment, found = self.payments.pop()
        acting = Acting(found.keeper, found.keeper, Channel.DESK, "DEMO", at)
        operations.refund(acting, payment_id=payment, coins=None, key=new_id(at))
        return True

    def _with_coins(self, least: int) -> UUID | None:
        rich = [who for who in self.members if self.coins[who] >= least]
        return self.chance.pick(rich) if rich else None


type Act = Callable[[Past, datetime], bool]
_ACTS: tuple[tuple[int, str, Act], ...] = (
    (42, "deed at a facility", Past._at_a_facility),
    (62, "deed at a shop", Past._at_a_shop),
    (86, "paid at a shop", Past._pays),
    (93, "paid at a facility", Past._pays_at_a_facility),
    (97, "gift", Past._gives),
    (100, "refund", Past._refunded),
)


def _by(number: int, days: int, whole: int) -> int:
    """How many of `whole` are there on a day: half on the first, all on the last."""
    return whole - (whole // 2) * (days - 1 - number) // max(1, days - 1)


def _moment(day: date, hour: int, minutes: int = 0) -> datetime:
    return (datetime.combine(day, time(hour), KST) + timedelta(minutes=minutes)).astimezone(UTC)


def _self(person: UUID, at: datetime, channel: Channel = Channel.PHONE) -> Acting:
    return Acting(person, person, channel, "DEMO", at)


def _node(at: datetime) -> Acting:
    return Acting(None, None, Channel.JOB, "DEMO", at)
