"""A small district for tests: people by role, places by kind, and a budget signed with throw-away keys."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import count
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from pumasi.civic.people.models import RoleName
from pumasi.civic.people.operations import grant_role, join
from pumasi.civic.places.models import PlaceKind
from pumasi.civic.places.operations import open_place
from pumasi.coin import operations
from pumasi.coin.answers import Awarded, Paid, Payee
from pumasi.coin.models import Award, CapCounter, Claim, Gift, Payment, Refund, Request, Waiting
from pumasi.coin.orders import Order, OrderKind, SignedOrder, sign
from pumasi.coin.tariff import Part
from pumasi.kernel.acting import Acting, Channel
from pumasi.kernel.ids import derived_id
from pumasi.ledger.reads import trial_balance

# Monday 5 October 2026, 10:00 in Seoul.
MORNING = datetime(2026, 10, 5, 1, 0, tzinfo=UTC)
FUND = "good-deed/2026"
DATABASES = ["default", "keys"]
_KEYS = count(1)


def a_key() -> UUID:
    """A fresh idempotency key."""
    return derived_id("coin.tests", next(_KEYS))


def acts(actor: UUID | None, at: datetime = MORNING, channel: Channel = Channel.PHONE) -> Acting:
    """Acting in one's own name."""
    return Acting(actor, actor, channel, "test", at)


@dataclass
class World:
    """Ids by role; the methods do the usual things in one line."""

    issuer: UUID = field(init=False)
    officers: tuple[UUID, UUID] = field(init=False)
    keys: tuple[Ed25519PrivateKey, Ed25519PrivateKey] = field(init=False)
    resident: UUID = field(init=False)
    neighbour: UUID = field(init=False)
    keeper: UUID = field(init=False)
    cashier: UUID = field(init=False)
    official: UUID = field(init=False)
    reviewer: UUID = field(init=False)
    laundry: UUID = field(init=False)
    bakery: UUID = field(init=False)
    gym: UUID = field(init=False)
    centre: UUID = field(init=False)

    def __post_init__(self) -> None:
        self.issuer = self.joins("발행 담당")
        self.officers = (self.joins("예산 담당 가"), self.joins("예산 담당 나"))
        self.resident, self.neighbour = self.joins("주민 역할 가"), self.joins("주민 역할 나", birth_year=1950)
        self.keeper, self.cashier = self.joins("가게 주인 역할"), self.joins("시설 접수 역할")
        self.official, self.reviewer = self.joins("동 담당 역할"), self.joins("심사 담당 역할")
        self.laundry = self.opens(PlaceKind.SHOP, "표본 세탁소")
        self.bakery = self.opens(PlaceKind.SHOP, "표본 빵집")
        self.gym = self.opens(PlaceKind.FACILITY, "표본 체육관")
        self.centre = self.opens(PlaceKind.CENTRE, "표본 주민센터")
        self.grants(self.issuer, RoleName.ISSUER)
        self.grants(self.keeper, RoleName.SHOP_KEEPER, self.laundry)
        self.grants(self.cashier, RoleName.FACILITY_CASHIER, self.gym)
        self.grants(self.official, RoleName.DONG_OFFICIAL)
        self.grants(self.reviewer, RoleName.REVIEWER)
        self.keys = (Ed25519PrivateKey.generate(), Ed25519PrivateKey.generate())
        for officer, key in zip(self.officers, self.keys, strict=True):
            self.grants(officer, RoleName.BUDGET_OFFICER)
            operations.register_officer_key(
                acts(self.issuer),
                person_id=officer,
                public_key=key.public_key().public_bytes_raw(),
                starts=date(2026, 10, 1),
                ends=date(2026, 12, 31),
            )

    def joins(self, role_label: str, birth_year: int = 1990) -> UUID:
        return join(acts(None, MORNING - timedelta(days=4)), role_label, birth_year=birth_year).id

    def opens(self, kind: PlaceKind, name: str) -> UUID:
        return open_place(
            acts(None), kind=kind, name_ko=name, name_en=f"Sample {kind}", dong="표본동", opened_on=date(2026, 10, 1)
        ).id

    def grants(self, person: UUID, role: RoleName, place: UUID | None = None) -> None:
        grant_role(acts(None), person, role, place, starts=date(2026, 10, 1), ends=date(2026, 12, 31))

    def order(self, coins: int = 50_000, kind: OrderKind = OrderKind.ORDER, won: int | None = None) -> Order:
        """An order over whole coins at 100 won."""
        return Order(
            order_id=a_key(),
            kind=kind,
            fund=FUND,
            unit="SC",
            coins=coins * 100,
            won=coins * 100 if won is None else won,
            document="SAMPLE-2026-10",
            issued_on=date(2026, 10, 2),
        )

    def signed(self, order: Order) -> SignedOrder:
        return SignedOrder(order, tuple(sign(order, key) for key in self.keys))

    def funds(self, coins: int = 50_000) -> None:
        operations.book_budget_order(acts(self.issuer), self.signed(self.order(coins)))

    def earns(self, person: UUID, coins: int, at: datetime = MORNING) -> None:
        """An even number of coins, earned with clear PET bottles at the centre, bag by bag, with the caps emptied."""
        while coins:
            bag = min(coins, 20)
            operations.award(
                acts(person, at),
                kind="CLEAR_PET",
                quantity=bag // 2 * 10,
                place_id=self.centre,
                payees=[Payee(person)],
                evidence_ref="CODE:test",
                key=a_key(),
            )
            CapCounter.objects.all().delete()
            coins -= bag

    def pays(
        self,
        coins: int,
        place: UUID | None = None,
        at: datetime = MORNING,
        price: int | None = None,
        card_shown_at: datetime | None = None,
    ) -> Paid:
        return operations.spend(
            acts(self.resident, at),
            payer_id=self.resident,
            place_id=place or self.laundry,
            coins=coins,
            price_won=price,
            key=a_key(),
            card_shown_at=card_shown_at,
        )

    def brings_hangers(self, quantity: int, key: UUID | None = None, at: datetime = MORNING) -> Awarded:
        return operations.award(
            acts(self.resident, at),
            kind="HANGER",
            quantity=quantity,
            place_id=self.laundry,
            payees=[Payee(self.resident), Payee(self.keeper, Part.SHOP)],
            evidence_ref="CODE:test",
            key=key or a_key(),
        )


def books() -> dict[str, object]:
    """Everything that a refusal must leave as it was: the trial balance and the room's rows."""
    counted = (Request, Claim, Award, Waiting, Payment, Refund, Gift)
    return {
        "trial": [(line.row.code, line.unit, line.balance) for line in trial_balance() if line.balance],
        "rows": {model.__name__: model.objects.count() for model in counted},
        "caps": sorted(CapCounter.objects.filter(used__gt=0).values_list("key", "used")),
    }
