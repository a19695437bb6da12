"""The demo's cast: who plays which persona, where, with which first coins. All of it is made up.

Everything goes through the same operations as real members, shops and orders. Not here: the month of examples
(`replay`) and the server (`demo_server`).
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TypedDict
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from pumasi.civic.people.models import RoleName
from pumasi.civic.people.operations import grant_role, join
from pumasi.civic.people.queries import has_role, roles_of
from pumasi.civic.places.models import Need, PlaceKind
from pumasi.civic.places.operations import open_place, set_need
from pumasi.coin.answers import Payee
from pumasi.coin.district import district_tariff, fund_of
from pumasi.coin.operations import award, book_budget_order, register_officer_key, spend
from pumasi.coin.orders import Order, OrderKind, SignedOrder, sign
from pumasi.coin.queries import budget_view
from pumasi.config.demo_machine import make_machine
from pumasi.config.demo_money import prepare_money
from pumasi.config.demo_texts import write_questions
from pumasi.config.history.spots import spot
from pumasi.kernel.acting import Acting, Channel
from pumasi.kernel.amount import Amount
from pumasi.kernel.clock import fiscal_year, seoul_date
from pumasi.kernel.ids import new_id
from pumasi.services.deeds.operations import bind_organisation, register_organisation
from pumasi.services.shops.operations.prices import set_price

BUDGET_COINS, ENOUGH_COINS = 50_000, 5_000
SINCE = timedelta(days=8)
_FIRST_DEEDS = (
    ("VOLUNTEERING", 240),
    ("CLEAR_PET", 40),
    ("TALENT", 180),
    ("VOLUNTEERING", 360),
    ("PAPER_PACK", 3000),
    ("VOLUNTEERING", 300),
)
FIRST_SPOT = 490  # after those of the past (`history`)
_PRICES = (("점심 식권", "Lunch ticket", 3000), ("노래 교실 1회", "Singing class, once", 4000))


class _NewPlace(TypedDict):
    kind: PlaceKind
    name_ko: str
    name_en: str
    dong: str


# Persona -> who plays it in the month of examples; name and birth year for those whom the month does not know.
_PARTS = {
    "resident": ("resident-01", "시연 주민", 1981),
    "elder": ("resident-09", "시연 어르신", 1948),
    "shop": ("keeper-laundry-1", "시연 가게 주인", 1975),
    "facility": ("cashier-rest-house", "시연 시설 직원", 1985),
    "official": ("", "시연 동 담당", 1979),
    "reviewer": ("", "시연 심사 담당", 1977),
    "organisation": ("", "시연 기관 담당", 1983),
    "issuer": ("issuer", "시연 발행 담당", 1980),
    "officer": ("", "시연 예산 담당 1", 1978),
    "cosigner": ("", "시연 예산 담당 2", 1981),
    "auditor": ("", "시연 감사 담당", 1982),
    "treasury": ("", "시연 회계 담당", 1983),
    "checker": ("", "시연 회계 확인 담당", 1979),
    "charity": ("", "시연 단체 담당", 1977),
}


def make_cast(now: datetime, month: Mapping[str, UUID]) -> dict[str, UUID]:
    """Who plays which persona: people of `month` (name -> person) where it has them, else new ones.

    Sees to it that their roles are in force at `now`, that the year has a budget, and that there are first coins.
    """
    start = Acting(actor=None, subject=None, channel=Channel.JOB, purpose="DEMO", at=now - SINCE)
    people = {
        slug: month[name] if name in month else join(start, shown, birth_year=year).id
        for slug, (name, shown, year) in _PARTS.items()
    }
    ends = date(fiscal_year(seoul_date(now)) + 1, 12, 31)
    shop = _role_at(start, people["shop"], RoleName.SHOP_KEEPER, ends)
    facility = _role_at(start, people["facility"], RoleName.FACILITY_CASHIER, ends)
    for slug, role in _OFFICES.items():
        if not has_role(people[slug], role, seoul_date(start.at)):
            grant_role(start, people[slug], role, ends=ends)
    give_budget(start, people, ends)
    set_need(replace(start, actor=people["shop"]), shop, "HANGER", Need.NEEDED)
    for name_ko, name_en, won in _PRICES:
        by_issuer = replace(start, actor=people["issuer"])
        set_price(by_issuer, place_id=facility, name_ko=name_ko, name_en=name_en, won=won)
    _organisation(replace(start, actor=people["issuer"], channel=Channel.DESK), people["organisation"], facility, ends)
    make_machine(replace(start, actor=people["issuer"], channel=Channel.DESK))
    write_questions(replace(start, actor=people["issuer"], channel=Channel.DESK))
    for slug in ("resident", "elder"):
        _first_coins(start, people[slug], people["facility"], shop, facility)
    prepare_money(start, people, shop, [month[name] for name in _PAID_BY_BANK if name in month])
    return people


# Keepers of the month whose shops have a confirmed bank account; another one still lacks it.
_PAID_BY_BANK = ("keeper-cafe", "keeper-stationer", "keeper-laundry-2")
_OFFICES = {
    "issuer": RoleName.ISSUER,
    "officer": RoleName.BUDGET_OFFICER,
    "cosigner": RoleName.BUDGET_OFFICER,
    "auditor": RoleName.AUDITOR,
    "treasury": RoleName.TREASURY,
    "checker": RoleName.TREASURY,
    "charity": RoleName.CHARITY_MANAGER,
    "official": RoleName.DONG_OFFICIAL,
    "reviewer": RoleName.REVIEWER,
}


def _role_at(acting: Acting, person: UUID, role: RoleName, ends: date) -> UUID:
    """The place at which the person holds the role today; a new place where there is none."""
    held = (each.place_id for each in roles_of(person, seoul_date(acting.at)) if each.role is role)
    found = next((each for each in held if each is not None), None)
    if found is not None:
        return found
    made = open_place(acting, **_PLACES[role], position=spot(_PLACES[role]["dong"], FIRST_SPOT))
    grant_role(acting, person, role, made.id, ends=ends)
    return made.id


_PLACES: dict[RoleName, _NewPlace] = {
    RoleName.SHOP_KEEPER: {
        "kind": PlaceKind.SHOP,
        "name_ko": "본보기 세탁소",
        "name_en": "Sample Laundry",
        "dong": "반포1동",
    },
    RoleName.FACILITY_CASHIER: {
        "kind": PlaceKind.FACILITY,
        "name_ko": "본보기 느티나무쉼터",
        "name_en": "Sample Zelkova Rest House",
        "dong": "서초3동",
    },
}


def _organisation(acting: Acting, admin: UUID, centre: UUID, ends: date) -> None:
    """A volunteer group whose members earn at the facility of the demo."""
    made = register_organisation(acting, name_ko="본보기 봉사단", name_en="Sample Volunteers", key=new_id(acting.at))
    bind_organisation(
        acting, organisation_id=made, centre_id=centre, admin_id=admin, starts=seoul_date(acting.at), ends=ends
    )


def give_budget(acting: Acting, people: Mapping[str, UUID], ends: date) -> None:
    """An order for this year, signed with two keys that are thrown away at once, unless enough is left already."""
    day = seoul_date(acting.at)
    unit = district_tariff().unit
    coins = Amount.whole(BUDGET_COINS, unit)
    if budget_view(fund_of(day), acting.at).left >= Amount.whole(ENOUGH_COINS, unit):
        return
    by_issuer = replace(acting, actor=people["issuer"], channel=Channel.DESK)
    keys = [Ed25519PrivateKey.generate() for _ in range(2)]
    for slug, key in zip(("officer", "cosigner"), keys, strict=True):
        public = key.public_key().public_bytes_raw()
        register_officer_key(by_issuer, person_id=people[slug], public_key=public, starts=day, ends=ends)
    order = Order(
        order_id=new_id(acting.at),
        kind=OrderKind.ORDER,
        fund=fund_of(day),
        unit=unit.code,
        coins=coins.minor,
        won=coins.minor * unit.won_per_minor(day),
        document=f"SAMPLE-{day.year}-DEMO",
        issued_on=day,
    )
    book_budget_order(by_issuer, SignedOrder(order, tuple(sign(order, key) for key in keys)))


def _first_coins(acting: Acting, person: UUID, staff: UUID, shop: UUID, facility: UUID) -> None:
    """Deeds that the facility's staff have confirmed on the last days, and a payment."""
    for day, (kind, quantity) in enumerate(_FIRST_DEEDS):
        at = acting.at + timedelta(days=day, hours=1)
        key = new_id(at)
        award(
            Acting(staff, person, Channel.DESK, "DEMO", at),
            kind=kind,
            quantity=quantity,
            place_id=facility,
            payees=[Payee(person)],
            evidence_ref=f"STAFF:{key}",
            key=key,
        )
    at = acting.at + timedelta(days=len(_FIRST_DEEDS))
    spend(Acting(person, person, Channel.PHONE, "DEMO", at), payer_id=person, place_id=shop, coins=10, key=new_id(at))
