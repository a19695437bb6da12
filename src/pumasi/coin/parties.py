"""Who pays and who is paid: the few facts about a person or a place that a coin rule needs.

Civic rows are looked into here and nowhere else in this room; the ledger gets pseudonymous owners, never person ids.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from pumasi.civic.people import queries as people
from pumasi.civic.people.models import Level, Person, RoleName
from pumasi.civic.people.queries import PersonFacts
from pumasi.civic.places import queries as places
from pumasi.civic.places.queries import PlaceFacts
from pumasi.coin.errors import MovedAway, NobodyActing, NotAllowed
from pumasi.kernel.acting import Acting
from pumasi.kernel.clock import seoul_date
from pumasi.kernel.result import Refusal

SHOP = "SHOP"
# Who stands behind the counter of a kind of place and may confirm deeds, refund and see its takings.
STAFF_ROLES = {
    "SHOP": (RoleName.SHOP_KEEPER,),
    "FACILITY": (RoleName.FACILITY_CASHIER,),
    "CENTRE": (RoleName.DONG_OFFICIAL, RoleName.FACILITY_CASHIER),
    "MACHINE": (RoleName.DONG_OFFICIAL, RoleName.FACILITY_CASHIER),
}
# Who decides what payer and shop cannot settle between them.
DECIDERS = (RoleName.DONG_OFFICIAL, RoleName.ISSUER)
_DISTRICT_WIDE = frozenset({RoleName.DONG_OFFICIAL})


@dataclass(frozen=True)
class Holder:
    """A person as holder of a wallet. `wallet` is the ledger's pseudonymous owner.

    A membership that was merged into another one is held by that one: `person_id` is whoever holds it now.
    """

    person_id: UUID
    wallet: str
    left_on: date | None
    birth_year: int | None
    level: Level
    has_earlier: bool


@dataclass(frozen=True)
class Venue:
    """A place as taker of coins. `till` owns its takings in the ledger; `daily_limit` counts deeds, None: no limit.

    `is_paid_in_won`: its takings are settled in won (shops, outsourced facilities), else closed as fee income.
    """

    place_id: UUID
    kind: str
    name_ko: str
    name_en: str
    till: str
    daily_limit: int | None
    is_paid_in_won: bool
    facts: PlaceFacts


def holder(person_id: UUID) -> Holder:
    """The holder; raises PersonUnknown or PersonClosed (of civic.people)."""
    person = people.one_self(person_id)
    person.must_be_open()
    return _holder(person)


def last_holder(person_id: UUID) -> Holder:
    """The holder, also after the membership has ended: a claim that waited is paid, and follows to the estate."""
    return _holder(people.one_self(person_id))


def last_holders(person_ids: Iterable[UUID]) -> dict[UUID, Holder]:
    """`last_holder` for many people, in one query but for those whose membership was merged."""
    rows = Person.objects.in_bulk(sorted(set(person_ids)))
    return {
        each: _holder(people.facts(row)) if row.merged_into_id is None else last_holder(each)
        for each, row in rows.items()
    }


def earner(person_id: UUID, day: date) -> Holder:
    """A holder who may still earn on `day`; raises MovedAway besides what `holder` raises (decisions 32)."""
    person = people.one_self(person_id)
    _must_earn(person, day)
    return _holder(person)


def _holder(person: PersonFacts) -> Holder:
    return Holder(person.id, person.wallet.hex, person.left_on, person.birth_year, person.level, person.has_earlier)


def _must_earn(person: PersonFacts, day: date) -> None:
    person.must_be_open()
    if person.left_on is not None and person.left_on < day:
        raise MovedAway(left=person.left_on.isoformat())
    if person.relation_until is not None and not person.is_related(day):
        raise MovedAway(left=person.relation_until.isoformat())


@dataclass(frozen=True)
class Member:
    """What the rules of earning ask of a person: why not on a day (None: fine), and the year of birth if told."""

    refusal: Refusal | None
    birth_year: int | None
    level: Level


def members(person_ids: Iterable[UUID], day: date) -> dict[UUID, Member]:
    """`earner` for many people, in one query; unknown ids are left out."""
    rows = Person.objects.in_bulk(sorted(set(person_ids)))
    return {each: _member(people.facts(row), row.birth_year, day) for each, row in rows.items()}


def _member(person: PersonFacts, birth_year: int | None, day: date) -> Member:
    if person.merged_into is not None:
        person = people.one_self(person.id)
        birth_year = person.birth_year
    return Member(_why_not(person, day), birth_year, person.level)


def _why_not(person: PersonFacts, day: date) -> Refusal | None:
    try:
        _must_earn(person, day)
    except Refusal as refusal:
        return refusal
    return None


def wallet_owner(person_id: UUID) -> str:
    """The pseudonymous owner of a person's accounts, also after the membership has ended; raises PersonUnknown."""
    return people.one_self(person_id).wallet.hex


def own_wallet(person_id: UUID) -> str:
    """The owner of the accounts that were opened for this membership itself, merged or not; raises PersonUnknown."""
    return people.person(person_id).wallet.hex


def own_wallets(person_id: UUID) -> set[str]:
    """`own_wallet` of the person, and of every membership that was merged into theirs; raises PersonUnknown."""
    found = people.person(person_id)
    others = people.selves(person_id)[1:] if found.has_earlier else []
    return {found.wallet.hex, *map(own_wallet, others)}


def is_closed(person_id: UUID) -> bool:
    """Whether the membership has ended and no other goes on for it; raises PersonUnknown."""
    return people.one_self(person_id).closed_at is not None


def venue(place_id: UUID) -> Venue:
    """The place, open or not; raises PlaceUnknown."""
    return _venue(places.place(place_id))


def open_venue(place_id: UUID, day: date) -> Venue:
    """The place if it is open on `day`; raises PlaceUnknown, PlaceNotOpenYet or PlaceClosed (of civic.places)."""
    found = places.place(place_id)
    found.must_be_open(day)
    return _venue(found)


def is_staff(person_id: UUID, place: Venue, day: date) -> bool:
    """Whether the person works behind this place's counter on `day`."""
    return people.has_one_of(person_id, _behind_the_counter(place), day)


def _behind_the_counter(place: Venue) -> list[tuple[RoleName, UUID | None]]:
    return [(role, None if role in _DISTRICT_WIDE else place.place_id) for role in STAFF_ROLES[place.kind]]


def is_keeper(person_id: UUID, place: Venue, day: date) -> bool:
    """Whether the place is this person's own shop on `day`."""
    return place.kind == SHOP and people.has_role(person_id, RoleName.SHOP_KEEPER, day, place.place_id)


def check_actor(acting: Acting) -> UUID:
    """The actor; raises NobodyActing."""
    if acting.actor is None:
        raise NobodyActing()
    return acting.actor


def check_staff(acting: Acting, place: Venue) -> UUID:
    """The actor, who must be staff of the place; raises NobodyActing or NotAllowed."""
    actor = check_actor(acting)
    if not is_staff(actor, place, seoul_date(acting.at)):
        raise NotAllowed(role=STAFF_ROLES[place.kind][0].value)
    return actor


def check_confirmer(acting: Acting, place: Venue) -> UUID:
    """The actor, who may vouch for a deed at this place; raises NobodyActing or NotAllowed.

    Its staff; the named admin of an organisation that is bound to it (facts 1); a reviewer, who decides appeals.
    """
    actor = check_actor(acting)
    others = [(RoleName.ORGANISATION_ADMIN, place.place_id), (RoleName.REVIEWER, None)]
    if not people.has_one_of(actor, [*others, *_behind_the_counter(place)], seoul_date(acting.at)):
        raise NotAllowed(role=STAFF_ROLES[place.kind][0].value)
    return actor


def check_role(acting: Acting, *roles: RoleName) -> UUID:
    """The actor, who must hold one of these district-wide roles; raises NobodyActing or NotAllowed."""
    actor, day = check_actor(acting), seoul_date(acting.at)
    if not people.has_one_of(actor, [(role, None) for role in roles], day):
        raise NotAllowed(role=roles[0].value)
    return actor


def _venue(place: PlaceFacts) -> Venue:
    return Venue(
        place_id=place.id,
        kind=place.kind.value,
        name_ko=place.name_ko,
        name_en=place.name_en,
        till=place.till.hex,
        daily_limit=place.daily_limit,
        is_paid_in_won=place.kind.value == SHOP or place.is_outsourced,
        facts=place,
    )
