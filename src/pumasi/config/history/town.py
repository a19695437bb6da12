"""A made-up district: its officers and their budget, members, shops and facilities, all through real operations.

Not here: what they do with each other (`district` for the demo, `year` for the load).
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from pumasi.civic.people.models import RoleName
from pumasi.civic.people.operations import grant_role, join
from pumasi.civic.places.models import PlaceKind
from pumasi.civic.places.operations import open_place, set_hours, set_state
from pumasi.coin import operations
from pumasi.coin.district import PROGRAMME, district_tariff
from pumasi.coin.orders import Order, OrderKind, SignedOrder, sign
from pumasi.config.history.chance import Chance
from pumasi.config.history.names import facility, shop
from pumasi.config.history.purse import Purse
from pumasi.config.history.spots import spot
from pumasi.kernel.acting import Acting, Channel
from pumasi.kernel.amount import Amount
from pumasi.kernel.clock import KST, seoul_date
from pumasi.kernel.ids import new_id

# What shops take in the past, in the quantities that people bring.
AT_SHOPS = {"HANGER": (10, 20, 30), "TUMBLER": (1,)}
# Days of the week -> minutes after midnight.
SHOP_HOURS = dict.fromkeys(range(6), (10 * 60, 20 * 60))
OFFICE_HOURS = dict.fromkeys(range(5), (9 * 60, 18 * 60))
SHOPS = 400  # points of shops come before those of facilities, so that no two places stand on one


@dataclass(frozen=True)
class Shop:
    """A shop with its keeper and the deeds it takes."""

    place: UUID
    keeper: UUID
    deeds: Sequence[str]


@dataclass
class Town:
    """Who and what there is. `ends` is the last day of all roles; `done` counts what was done."""

    ends: date
    chance: Chance
    done: Counter[str] = field(default_factory=Counter)
    members: list[UUID] = field(default_factory=list)
    shops: list[Shop] = field(default_factory=list)
    facilities: list[UUID] = field(default_factory=list)
    outsourced: list[UUID] = field(default_factory=list)
    purse: Purse = field(default_factory=Purse)
    _opened: int = 0
    officers: list[UUID] = field(init=False)
    issuer: UUID = field(init=False)
    cashier: UUID = field(init=False)
    _keys: list[Ed25519PrivateKey] = field(init=False)

    def found(self, at: datetime) -> None:
        """Officers with their keys, and whoever stands behind the facilities' counters."""
        self.officers = [self.person(at, 1975) for _ in range(2)]
        self.issuer, self.cashier = self.person(at, 1980), self.person(at, 1985)
        self.grant(at, self.issuer, RoleName.ISSUER)
        self._keys = [Ed25519PrivateKey.generate() for _ in self.officers]
        for officer, key in zip(self.officers, self._keys, strict=True):
            self.grant(at, officer, RoleName.BUDGET_OFFICER)
            operations.register_officer_key(
                by(self.issuer, at, Channel.DESK),
                person_id=officer,
                public_key=key.public_key().public_bytes_raw(),
                starts=seoul_date(at),
                ends=self.ends,
            )

    def signed(self, at: datetime, coins: int, kind: OrderKind = OrderKind.ORDER) -> SignedOrder:
        """An order over whole coins, signed by both officers."""
        unit, day = district_tariff().unit, seoul_date(at)
        minor = Amount.whole(coins, unit).minor
        order = Order(
            order_id=new_id(at),
            kind=kind,
            fund=f"{PROGRAMME}/{day.year}",
            unit=unit.code,
            coins=minor,
            won=minor * unit.won_per_minor(day),
            document=f"SAMPLE-{day.year}-HISTORY",
            issued_on=day,
        )
        return SignedOrder(order, tuple(sign(order, key) for key in self._keys))

    def order(self, at: datetime, coins: int) -> None:
        """Book a budget of whole coins for the year."""
        operations.book_budget_order(by(self.issuer, at, Channel.DESK), self.signed(at, coins))

    def grant(self, at: datetime, who: UUID, role: RoleName, place: UUID | None = None) -> None:
        """A role from today until the end of all roles."""
        grant_role(node(at), who, role, place, starts=seoul_date(at), ends=self.ends)

    def person(self, at: datetime, birth_year: int, phone: str | None = None) -> UUID:
        """Somebody joins."""
        self.done["join"] += 1
        return join(node(at), f"시연 주민 {self.done['join']}", phone, birth_year=birth_year).id

    def member(self, at: datetime, *, is_reached: bool = False) -> None:
        """Another resident who earns and pays; with `is_reached` under a telephone number, `phone(0)` for the first."""
        number = phone(len(self.members)) if is_reached else None
        self.members.append(self.person(at, 1940 + self.chance.below(70), number))

    def facility(self, at: datetime, *, is_outsourced: bool = False) -> UUID:
        """Another public place, behind whose counter the cashier stands."""
        number = len(self.facilities) + len(self.outsourced)
        ko, en, dong = facility(number)
        place = open_place(
            node(at),
            kind=PlaceKind.FACILITY,
            name_ko=ko,
            name_en=en,
            dong=dong,
            is_outsourced=is_outsourced,
            position=spot(dong, SHOPS + number),
        ).id
        set_hours(node(at), place, OFFICE_HOURS)
        self.grant(at, self.cashier, RoleName.FACILITY_CASHIER, place)
        (self.outsourced if is_outsourced else self.facilities).append(place)
        return place

    def shop(self, at: datetime) -> Shop:
        """Another shop with its keeper."""
        number = self._opened
        ko, en, dong, items = shop(number)
        self._opened += 1
        place = open_place(
            node(at), kind=PlaceKind.SHOP, name_ko=ko, name_en=en, dong=dong, position=spot(dong, number)
        ).id
        set_state(node(at), place, accepts=items, needs=items[:1] if number % 3 else (), daily_limit=None)
        set_hours(node(at), place, SHOP_HOURS)
        keeper = self.person(at, 1950 + self.chance.below(45))
        self.grant(at, keeper, RoleName.SHOP_KEEPER, place)
        self.shops.append(Shop(place, keeper, tuple(each for each in items if each in AT_SHOPS)))
        return self.shops[-1]


def by(person: UUID, at: datetime, channel: Channel = Channel.PHONE) -> Acting:
    """Somebody acts in their own name."""
    return Acting(person, person, channel, "DEMO", at)


def node(at: datetime) -> Acting:
    """The node acts by itself."""
    return Acting(None, None, Channel.JOB, "DEMO", at)


def phone(number: int) -> str:
    """The made-up telephone number of the member with this number."""
    return f"010-{1000 + number // 10_000:04d}-{number % 10_000:04d}"


def moment(day: date, hour: int, minutes: int = 0) -> datetime:
    """A time of the day in Seoul."""
    return (datetime.combine(day, time(hour), KST) + timedelta(minutes=minutes)).astimezone(UTC)
