"""Closed shops whose takings nobody can be paid for: since when, how often the owner was written to, what comes next.

Reads only. A closed shop with a confirmed bank account is settled as usual and does not stand here.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from pumasi.civic.notices.models import Notice
from pumasi.civic.people.models import Role, RoleName
from pumasi.civic.places.queries import PlaceFacts, places_by_id, places_by_till
from pumasi.coin.district import district_tariff
from pumasi.coin.life_rules import life_rule
from pumasi.coin.models import Custody, CustodyEnd
from pumasi.coin.settlement.candidates import seen_accounts
from pumasi.kernel.amount import Amount
from pumasi.kernel.clock import seoul_date
from pumasi.kernel.ids import derived_id
from pumasi.ledger.reads import accounts_of

LETTERS = 2


@dataclass(frozen=True)
class Unreachable:
    """`coins` in the till; custody from `from_day` on, after two letters; `owner` None: nobody is left to write to."""

    place: PlaceFacts
    coins: Amount
    from_day: date
    letters: int
    owner: UUID | None

    @property
    def may_be_kept(self) -> bool:
        """Whether the letters are out, or nobody is left to read one."""
        return self.letters >= LETTERS or self.owner is None


@dataclass(frozen=True)
class Kept:
    """Takings in custody; they can be written off from `write_off_from` on."""

    id: UUID
    place: PlaceFacts
    coins: Amount
    since: date
    write_off_from: date
    reason: str
    document: str


def unreachable(at: datetime) -> list[Unreachable]:
    """Closed shops with takings and no confirmed bank account, by name."""
    unit, today = district_tariff().unit, seoul_date(at)
    held = {UUID(hex=owner): coins for _, code, owner, _, coins in accounts_of("2200") if coins and code == unit.code}
    closed = {
        till: place
        for till, place in places_by_till(held).items()
        if place.closed_on is not None and place.closed_on <= today
    }
    paid = seen_accounts(place.id for place in closed.values())
    found = [(place, held[till]) for till, place in closed.items() if place.id not in paid]
    return [_one(place, Amount(unit, coins), today) for place, coins in sorted(found, key=lambda e: e[0].name_ko)]


def in_custody(at: datetime) -> list[Kept]:
    """What is in custody now, the oldest first."""
    unit, today = district_tariff().unit, seoul_date(at)
    rows = list(Custody.objects.exclude(id__in=CustodyEnd.objects.values("custody_id")).order_by("at", "id"))
    places = places_by_id(row.place_id for row in rows)
    years = life_rule(today).write_off_years
    return [
        Kept(
            id=row.id,
            place=places[row.place_id],
            coins=Amount(unit, row.coins),
            since=seoul_date(row.at),
            write_off_from=years_later(seoul_date(row.at), years),
            reason=row.reason,
            document=row.document,
        )
        for row in rows
    ]


def letter_key(place_id: UUID, number: int) -> UUID:
    """The key of the first or second letter about a closed shop's takings."""
    return derived_id("settlement.unreachable", place_id.hex, number)


def years_later(day: date, years: int) -> date:
    """The same day so many years later; 28 February for 29 February."""
    if (day.month, day.day) == (2, 29):
        return date(day.year + years, 2, 28)
    return day.replace(year=day.year + years)


def _one(place: PlaceFacts, coins: Amount, today: date) -> Unreachable:
    assert place.closed_on is not None
    start = place.closed_on + timedelta(days=district_tariff().refund_days + life_rule(today).custody_days)
    keys = [letter_key(place.id, number) for number in range(1, LETTERS + 1)]
    return Unreachable(place, coins, start, Notice.objects.filter(key__in=keys).count(), _owner(place))


def _owner(place: PlaceFacts) -> UUID | None:
    """Whoever kept the shop last, while their membership is open."""
    kept = Role.objects.filter(place=place.id, role=RoleName.SHOP_KEEPER, person__closed_at=None)
    return kept.order_by("-starts", "-id").values_list("person_id", flat=True).first()
