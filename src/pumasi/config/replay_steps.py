"""The commands of a replay file, carried out by the same operations that the pages use.

People, places, payments and orders are named in the file; the cast remembers which ids they became. Budget officers'
keys are made when the file introduces them, live in memory and die with the program. Not here: reading lines
(`replay_lines`) and reporting (`replay`).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from pumasi.civic.people.models import Level, RoleName
from pumasi.civic.people.operations import grant_role, half_year_end, join
from pumasi.civic.places.models import PlaceKind
from pumasi.civic.places.operations import close_place, open_place
from pumasi.civic.places.positions import Position
from pumasi.coin import operations
from pumasi.coin.answers import Payee
from pumasi.coin.district import PROGRAMME, district_tariff
from pumasi.coin.orders import Order, OrderKind, SignedOrder, sign
from pumasi.coin.tariff import Part
from pumasi.config.replay_errors import NameTaken, UnknownName, WrongField
from pumasi.config.replay_lines import Line
from pumasi.kernel.acting import Acting, Channel
from pumasi.kernel.amount import Amount
from pumasi.kernel.clock import fiscal_year, seoul_date
from pumasi.kernel.ids import derived_id


@dataclass
class Cast:
    """Who and what the file has introduced so far; `run` makes the keys of two replays of one file differ."""

    run: UUID
    people: dict[str, UUID] = field(default_factory=dict)
    places: dict[str, UUID] = field(default_factory=dict)
    signing: dict[str, Ed25519PrivateKey] = field(default_factory=dict)

    def key(self, name: str) -> UUID:
        """The idempotency key that a name in the file stands for."""
        return derived_id("replay", self.run.hex, name)

    def person(self, name: str) -> UUID:
        return _known(self.people, name)

    def place(self, name: str) -> UUID:
        return _known(self.places, name)


def step_join(cast: Cast, line: Line, at: datetime) -> None:
    name, label = _new(cast.people, line.text("who")), line.text("name")
    level, birth_year = _choice(line, "level", Level, Level.L1), line.whole_or_none("birth_year")
    line.close()
    cast.people[name] = join(_node(at), label, level=level, birth_year=birth_year).id


def step_grant(cast: Cast, line: Line, at: datetime) -> None:
    person, role = cast.person(line.text("who")), _choice(line, "role", RoleName)
    place = line.text_or_none("place")
    line.close()
    grant_role(_node(at), person, role, cast.place(place) if place else None)


def step_open_place(cast: Cast, line: Line, at: datetime) -> None:
    name, kind = _new(cast.places, line.text("place")), _choice(line, "kind", PlaceKind)
    name_ko, name_en, dong = line.text("name_ko"), line.text("name_en"), line.text("dong")
    latitude, longitude = line.whole_or_none("latitude_e5"), line.whole_or_none("longitude_e5")
    line.close()
    position = None if latitude is None and longitude is None else Position(latitude or 0, longitude or 0)
    cast.places[name] = open_place(
        _node(at), kind=kind, name_ko=name_ko, name_en=name_en, dong=dong, position=position
    ).id


def step_close_place(cast: Cast, line: Line, at: datetime) -> None:
    place = cast.place(line.text("place"))
    line.close()
    close_place(_node(at), place)


def step_officer_key(cast: Cast, line: Line, at: datetime) -> None:
    who, by = line.text("who"), cast.person(line.text("by"))
    line.close()
    key, starts = Ed25519PrivateKey.generate(), seoul_date(at)
    operations.register_officer_key(
        _self(by, at),
        person_id=cast.person(who),
        public_key=key.public_key().public_bytes_raw(),
        starts=starts,
        ends=half_year_end(starts),
    )
    cast.signing[who] = key


def step_budget_order(cast: Cast, line: Line, at: datetime) -> None:
    operations.book_budget_order(_self(cast.person(line.text("by")), at), _signed(cast, line, OrderKind.ORDER, at))


def step_cut(cast: Cast, line: Line, at: datetime) -> None:
    operations.book_cut(_self(cast.person(line.text("by")), at), _signed(cast, line, OrderKind.CUT, at))


def step_earn(cast: Cast, line: Line, at: datetime) -> None:
    doers = [cast.person(name) for name in line.texts("who")]
    shop, by = line.text_or_none("shop"), line.text_or_none("by")
    payees = [Payee(doer) for doer in doers] + ([Payee(cast.person(shop), Part.SHOP)] if shop else [])
    wish = {"kind": line.text("kind"), "evidence_ref": line.text("evidence")}
    quantity, place, key = line.whole("quantity"), cast.place(line.text("place")), cast.key(line.text("key"))
    deed_at = line.moment_or_none("deed_at")
    line.close()
    acting = _self(cast.person(by) if by else doers[0], at)
    operations.award(acting, **wish, quantity=quantity, place_id=place, payees=payees, key=key, deed_at=deed_at)


def step_issue_waiting(cast: Cast, line: Line, at: datetime) -> None:
    line.close()
    operations.issue_waiting(_node(at))


def step_pay(cast: Cast, line: Line, at: datetime) -> None:
    payer, place = cast.person(line.text("who")), cast.place(line.text("place"))
    coins, price, key = line.whole("coins"), line.whole_or_none("price_won"), cast.key(line.text("key"))
    not_after = line.moment_or_none("not_after")
    line.close()
    operations.spend(
        _self(payer, at), payer_id=payer, place_id=place, coins=coins, price_won=price, key=key, not_after=not_after
    )


def step_refund(cast: Cast, line: Line, at: datetime) -> None:
    by, payment = cast.person(line.text("by")), cast.key(line.text("payment"))
    coins, key = line.whole_or_none("coins"), cast.key(line.text("key"))
    line.close()
    operations.refund(_self(by, at), payment_id=payment, coins=coins, key=key)


def step_undo(cast: Cast, line: Line, at: datetime) -> None:
    by, payment, key = cast.person(line.text("by")), cast.key(line.text("payment")), cast.key(line.text("key"))
    line.close()
    operations.undo(_self(by, at), payment_id=payment, key=key)


def step_give(cast: Cast, line: Line, at: datetime) -> None:
    giver, to = cast.person(line.text("who")), cast.person(line.text("to"))
    coins, key = line.whole("coins"), cast.key(line.text("key"))
    line.close()
    operations.give(_self(giver, at), to_id=to, coins=coins, key=key)


def step_opening(cast: Cast, line: Line, at: datetime) -> None:
    person, by = cast.person(line.text("who")), cast.person(line.text("by"))
    coins, key = line.whole("coins"), cast.key(line.text("key"))
    line.close()
    operations.open_balance(_self(by, at), person_id=person, coins=coins, key=key)


def step_rate_change(cast: Cast, line: Line, at: datetime) -> None:
    by = cast.person(line.text("by"))
    line.close()
    operations.change_rate(_self(by, at))


def step_death(cast: Cast, line: Line, at: datetime) -> None:
    person, by, key = cast.person(line.text("who")), cast.person(line.text("by")), cast.key(line.text("key"))
    line.close()
    operations.report_death(_self(by, at, Channel.DESK), person_id=person, key=key)


def step_inherit(cast: Cast, line: Line, at: datetime) -> None:
    person, heir, by = cast.person(line.text("who")), cast.person(line.text("to")), cast.person(line.text("by"))
    key = cast.key(line.text("key"))
    line.close()
    operations.pass_on_estate(_self(by, at, Channel.DESK), person_id=person, heir_id=heir, key=key)


def step_sweep(cast: Cast, line: Line, at: datetime) -> None:
    line.close()
    operations.sweep(_node(at))


type Step = Callable[[Cast, Line, datetime], None]
STEPS: Mapping[str, Step] = {
    "join": step_join,
    "grant": step_grant,
    "open_place": step_open_place,
    "close_place": step_close_place,
    "officer_key": step_officer_key,
    "budget_order": step_budget_order,
    "cut": step_cut,
    "earn": step_earn,
    "issue_waiting": step_issue_waiting,
    "pay": step_pay,
    "refund": step_refund,
    "undo": step_undo,
    "give": step_give,
    "opening": step_opening,
    "rate_change": step_rate_change,
    "death": step_death,
    "inherit": step_inherit,
    # Both words are one sweep: what is due vests or comes back first, then what has lapsed expires.
    "expire": step_sweep,
    "vest": step_sweep,
}


def _signed(cast: Cast, line: Line, kind: OrderKind, at: datetime) -> SignedOrder:
    """An order as two officers' own devices would send it."""
    unit, day = district_tariff().unit, seoul_date(at)
    coins = line.whole("coins")
    order = Order(
        order_id=cast.key(line.text("order")),
        kind=kind,
        fund=f"{PROGRAMME}/{line.whole_or_none('year') or fiscal_year(day)}",
        unit=unit.code,
        coins=Amount.whole(coins, unit).minor,
        won=line.whole_or_none("won") or coins * unit.won_rate(day),
        document=line.text("document"),
        issued_on=day,
    )
    officers = line.texts("officers")
    line.close()
    return SignedOrder(order, tuple(sign(order, _known(cast.signing, officer)) for officer in officers))


def _self(person: UUID, at: datetime, channel: Channel = Channel.PHONE) -> Acting:
    return Acting(person, person, channel, "replay", at)


def _node(at: datetime) -> Acting:
    return Acting(None, None, Channel.JOB, "replay", at)


def _known[T](names: Mapping[str, T], name: str) -> T:
    if name not in names:
        raise UnknownName(name=name)
    return names[name]


def _new(names: Mapping[str, UUID], name: str) -> str:
    if name in names:
        raise NameTaken(name=name)
    return name


def _choice[E: (Level, RoleName, PlaceKind)](line: Line, name: str, choices: type[E], default: E | None = None) -> E:
    word = line.text(name, default.value if default else None)
    try:
        return choices(word)
    except ValueError:
        raise WrongField(field=name, what=", ".join(choices.values)) from None
