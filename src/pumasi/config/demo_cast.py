"""The demo's people and places: who plays which persona, where, with which first coins. All of it is made up.

Everything goes through the same operations as real members, shops and orders. Not here: the month of examples (`replay`)
and the server (`programs.demo`).
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from pumasi.civic.people.models import RoleName
from pumasi.civic.people.operations import grant_role, join
from pumasi.civic.places.models import PlaceKind
from pumasi.civic.places.operations import open_place
from pumasi.coin.answers import Payee
from pumasi.coin.district import district_tariff, fund_of
from pumasi.coin.operations import award, book_budget_order, register_officer_key, spend
from pumasi.coin.orders import Order, OrderKind, SignedOrder, sign
from pumasi.coin.queries import budget_view
from pumasi.kernel.acting import Acting, Channel
from pumasi.kernel.amount import Amount
from pumasi.kernel.clock import fiscal_year, seoul_date
from pumasi.kernel.ids import new_id

BUDGET_COINS = 50_000
SINCE = timedelta(days=4)


@dataclass(frozen=True)
class Cast:
    """Persona slug -> person, and the two places at which they meet."""

    people: dict[str, UUID]
    shop: UUID
    facility: UUID


def make_cast(now: datetime) -> Cast:
    """Personas with their roles, a shop and a facility, a budget when there is none, and a first week of coins."""
    start = Acting(actor=None, subject=None, channel=Channel.JOB, purpose="DEMO", at=now - SINCE)
    shop, facility = _places(start)
    people = {slug: join(start, name, birth_year=year).id for slug, name, year in _PEOPLE}
    officers = [join(start, name).id for name in ("시연 예산 담당 1", "시연 예산 담당 2")]
    ends = date(fiscal_year(seoul_date(now)) + 1, 12, 31)
    for person, role, place in (
        (people["shop"], RoleName.SHOP_KEEPER, shop),
        (people["facility"], RoleName.FACILITY_CASHIER, facility),
        (people["issuer"], RoleName.ISSUER, None),
        (people["auditor"], RoleName.AUDITOR, None),
        (officers[0], RoleName.BUDGET_OFFICER, None),
        (officers[1], RoleName.BUDGET_OFFICER, None),
    ):
        grant_role(start, person, role, place, ends=ends)
    _budget(start, people["issuer"], officers, ends)
    _first_coins(start, people, shop, facility)
    return Cast(people, shop, facility)


_PEOPLE = (
    ("resident", "시연 주민", 1990),
    ("elder", "시연 어르신", 1948),
    ("shop", "시연 가게 주인", 1975),
    ("facility", "시연 시설 직원", 1985),
    ("issuer", "시연 발행 담당", 1980),
    ("auditor", "시연 감사 담당", 1982),
)


def _places(acting: Acting) -> tuple[UUID, UUID]:
    shop = open_place(
        acting, kind=PlaceKind.SHOP, name_ko="본보기 세탁소", name_en="Sample Laundry", dong="반포1동"
    )
    facility = open_place(
        acting, kind=PlaceKind.FACILITY, name_ko="본보기 느티나무쉼터", name_en="Sample Zelkova Rest House", dong="서초3동"
    )
    return shop.id, facility.id


def _budget(acting: Acting, issuer: UUID, officers: list[UUID], ends: date) -> None:
    """An order for this year, signed with two keys that are thrown away at once, unless there is one already."""
    day = seoul_date(acting.at)
    if budget_view(fund_of(day), acting.at).authorised:
        return
    unit = district_tariff().unit
    keys = [Ed25519PrivateKey.generate() for _ in officers]
    by_issuer = Acting(actor=issuer, subject=None, channel=Channel.DESK, purpose="DEMO", at=acting.at)
    for officer, key in zip(officers, keys, strict=True):
        public = key.public_key().public_bytes_raw()
        register_officer_key(by_issuer, person_id=officer, public_key=public, starts=day, ends=ends)
    coins = Amount.whole(BUDGET_COINS, unit).minor
    order = Order(
        order_id=new_id(acting.at),
        kind=OrderKind.ORDER,
        fund=fund_of(day),
        unit=unit.code,
        coins=coins,
        won=coins * unit.won_per_minor(day),
        document=f"SAMPLE-{day.year}-DEMO",
        issued_on=day,
    )
    book_budget_order(by_issuer, SignedOrder(order, tuple(sign(order, key) for key in keys)))


def _first_coins(acting: Acting, people: dict[str, UUID], shop: UUID, facility: UUID) -> None:
    """Some deeds confirmed by the facility's staff on the last days, and one payment."""
    deeds = (
        ("resident", 0, "VOLUNTEERING", 240),
        ("resident", 1, "CLEAR_PET", 40),
        ("resident", 2, "TALENT", 180),
        ("elder", 1, "VOLUNTEERING", 120),
        ("elder", 2, "PAPER_PACK", 3000),
    )
    for who, day, kind, quantity in deeds:
        at = acting.at + timedelta(days=day, hours=1)
        staff = Acting(people["facility"], people[who], Channel.DESK, "DEMO", at)
        key = new_id(at)
        award(
            staff,
            kind=kind,
            quantity=quantity,
            place_id=facility,
            payees=[Payee(people[who])],
            evidence_ref=f"STAFF:{key}",
            key=key,
        )
    at = acting.at + timedelta(days=3)
    payer = Acting(people["resident"], people["resident"], Channel.PHONE, "DEMO", at)
    spend(payer, payer_id=people["resident"], place_id=shop, coins=10, key=new_id(at))
