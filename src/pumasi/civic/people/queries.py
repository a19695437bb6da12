"""People as frozen facts. Only `person_card` shows a name; it and any search by phone are audited."""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import reduce
from operator import or_
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from pumasi.civic.audit.operations import record_look, record_looks
from pumasi.civic.people.errors import PersonClosed, PersonUnknown, PhoneUnreadable
from pumasi.civic.people.keys import key_of
from pumasi.civic.people.models import Level, Person, Relation, Role, RoleName
from pumasi.civic.people.phones import normal_phone
from pumasi.civic.people.sealing import blind_index, unseal
from pumasi.kernel.acting import Acting
from pumasi.kernel.clock import seoul_date


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """What rules need to know of a person; it names nobody.

    has_earlier: another membership was merged into this one (told by `person` alone).
    """

    id: UUID
    wallet: UUID
    level: Level
    relation: Relation
    relation_until: date | None
    joined_on: date
    left_on: date | None
    closed_at: datetime | None
    birth_year: int | None
    merged_into: UUID | None
    has_earlier: bool

    def must_be_open(self) -> None:
        """Raises PersonClosed, with the day, for a closed membership."""
        if self.closed_at is not None:
            raise PersonClosed(closed_on=seoul_date(self.closed_at).isoformat())

    def is_related(self, on: date) -> bool:
        """Whether the person lives or works in the district on that day."""
        return self.relation_until is None or on <= self.relation_until


@dataclass(frozen=True, slots=True)
class PersonCard:
    """What an officer sees after saying why; `name` and `phone` (E.164) are None once the membership is closed."""

    facts: PersonFacts
    name: str | None
    phone: str | None
    birth_year: int | None


@dataclass(frozen=True, slots=True)
class HeldRole:
    """A role on a day; `ends` is inclusive, None for residents without an end."""

    id: UUID
    role: RoleName
    place_id: UUID | None
    starts: date
    ends: date | None


def person(person_id: UUID) -> PersonFacts:
    """The facts of one person; raises PersonUnknown."""
    return facts(_row(person_id))


def exists(person_id: UUID) -> bool:
    """Whether there is, or was, such a member."""
    return Person.objects.filter(id=person_id).exists()


def person_by_wallet(wallet: UUID) -> PersonFacts:
    """The person who owns a wallet of the ledger; raises PersonUnknown."""
    row = Person.objects.filter(wallet=wallet).first()
    if row is None:
        raise PersonUnknown()
    return facts(row)


def open_people_by_wallet(wallets: Iterable[UUID]) -> dict[UUID, UUID]:
    """Wallet -> its owner, for those of these wallets whose owner's membership is open."""
    return dict(Person.objects.filter(wallet__in=set(wallets), closed_at=None).values_list("wallet", "id"))


def person_card(acting: Acting, person_id: UUID) -> PersonCard:
    """A look at a person's name and contacts, noted before it is shown; raises PurposeMissing without a purpose."""
    row = _row(person_id)
    record_look(acting, "people.person_card", person_id, role=role_of_looker(acting, person_id))
    if row.closed_at is not None:
        return PersonCard(facts(row), None, None, None)
    key = key_of(person_id)
    return PersonCard(
        facts(row),
        _opened(key, "name", row, row.name_sealed),
        _opened(key, "phone", row, row.phone_sealed),
        row.birth_year,
    )


def find_by_phone(acting: Acting, phone: str) -> UUID | None:
    """The person with this number, or None; every search is a noted look, also one that finds nobody.

    Raises PhoneUnreadable and PurposeMissing.
    """
    index = blind_index("phone", normal_phone(phone))
    found = Person.objects.filter(phone_index=index).values_list("id", flat=True).first()
    role = role_of_looker(acting, found)
    record_look(acting, "people.find_by_phone", found, role=role, detail_code="found" if found else "nobody")
    return found


@dataclass(frozen=True, slots=True)
class Told:
    """How a list names a member: a whole telephone number, or its last four digits with the year of birth."""

    phone: str
    birth_year: int | None = None


def find_members(acting: Acting, told: Sequence[Told]) -> list[UUID | None]:
    """The open member whom each line names; None where there is none, or more than one. Three queries for any number.

    Every member found is a noted look; raises PurposeMissing.
    """
    indexes = [_index_of(each) for each in told]
    wanted = {index for index in indexes if index is not None}
    found: dict[bytes, set[UUID]] = {}
    rows = Person.objects.filter(Q(phone_index__in=wanted) | Q(tail_index__in=wanted), closed_at=None)
    for person_id, *both in rows.values_list("id", "phone_index", "tail_index"):
        for index in both:
            if index is not None and bytes(index) in wanted:
                found.setdefault(bytes(index), set()).add(person_id)
    answers = [found.get(index or b"", set()) for index in indexes]
    members = [next(iter(each)) if len(each) == 1 else None for each in answers]
    seen = sorted({each for each in members if each is not None})
    record_looks(acting, "people.find_members", seen, role=role_of_looker(acting, None))
    return members


@dataclass(frozen=True, slots=True)
class Twin:
    """A member with a name and birth year that somebody at a desk has just typed: enough to tell two people apart.

    `phone_end` are the last two digits of the telephone number, "" without one.
    """

    id: UUID
    joined_on: date
    level: Level
    phone_end: str
    is_confirmed: bool


def find_twins(acting: Acting, name: str, birth_year: int | None) -> list[Twin]:
    """Open members with exactly this name and birth year; each one found is a noted look. Raises PurposeMissing.

    Names are sealed and cannot be searched: a keyed index of name and year answers "the same" and nothing else.
    """
    index = twin_index(name, birth_year)
    rows = list(Person.objects.filter(twin_index=index, closed_at=None).order_by("joined_on", "id")) if index else []
    record_looks(acting, "people.find_twins", [row.id for row in rows], role=role_of_looker(acting, None))
    found = []
    for row in rows:
        phone = _opened(key_of(row.id), "phone", row, row.phone_sealed) if row.phone_sealed is not None else None
        found.append(Twin(row.id, row.joined_on, Level(row.level), (phone or "")[-2:], row.phone_index is not None))
    return found


def twin_index(name: str, birth_year: int | None) -> bytes | None:
    """The blind index of a name with the year of birth; spaces, case and spelling forms of the letters do not count."""
    plain = "".join(unicodedata.normalize("NFKC", name).casefold().split())
    return None if birth_year is None or not plain else blind_index("twin", f"{plain}|{birth_year}")


def selves(person_id: UUID) -> list[UUID]:
    """This person and the memberships that were merged into it: whose history the person may read."""
    found, step = [person_id], [person_id]
    while step:
        step = list(Person.objects.filter(merged_into__in=step).order_by("id").values_list("id", flat=True))
        found += step
    return found


def of_self(person_id: UUID, field: str = "person") -> Q:
    """Rows whose `field` is this person, or a membership that was merged into it (also by way of another): no query."""
    ways = (field, f"{field}__merged_into", f"{field}__merged_into__merged_into")
    found = Q()
    for way in ways:
        found |= Q(**{way: person_id})
    return found


def is_self(person_id: UUID | None, other: UUID) -> bool:
    """Whether `other` is this person, or a membership that was merged into it."""
    return person_id is not None and (other == person_id or one_self(other).id == person_id)


def one_self(person_id: UUID) -> PersonFacts:
    """The person, or the one into whom this membership was merged; raises PersonUnknown."""
    found = person(person_id)
    while found.merged_into is not None:
        found = person(found.merged_into)
    return found


def tail_index(number: str, birth_year: int | None) -> bytes | None:
    """The blind index of a number's last four digits with the year of birth, to find members on paper lists."""
    return None if birth_year is None else blind_index("phone-tail", f"{number[-4:]}|{birth_year}")


def _index_of(told: Told) -> bytes | None:
    digits = "".join(told.phone.split())
    if len(digits) == 4 and digits.isascii() and digits.isdigit():
        return tail_index(digits, told.birth_year)
    try:
        return blind_index("phone", normal_phone(told.phone))
    except PhoneUnreadable:
        return None


def has_role(person_id: UUID, role: RoleName, on: date, place_id: UUID | None = None) -> bool:
    """Whether the person holds the role on that day; with `place_id`, at that place."""
    return has_one_of(person_id, [(role, place_id)], on)


def has_one_of(person_id: UUID, wanted: Iterable[tuple[RoleName, UUID | None]], on: date) -> bool:
    """Whether the person holds one of these roles on that day, each at its place (None: wherever), in one query."""
    each = (Q(role=role) if place_id is None else Q(role=role, place_id=place_id) for role, place_id in wanted)
    return _held(person_id, on).filter(reduce(or_, each)).exists()


def holders_of(role: RoleName, on: date) -> dict[UUID, UUID]:
    """Everybody who holds the role on that day: the held role's own id, fit for pages -> the person."""
    held = Role.objects.filter(_in_force(on), role=role, person__closed_at=None)
    return dict(held.order_by("id").values_list("id", "person_id"))


def roles_of(person_id: UUID, on: date) -> list[HeldRole]:
    """The roles of a person on that day, by name."""
    return _in_order(_held(person_id, on))


def known(person_id: UUID, on: date, since: datetime) -> list[HeldRole] | None:
    """The roles on that day of who has been signed in since then; None: no such member, or signed out by now."""
    roles = _in_order(_held(person_id, on).filter(_still_in("person__", since)))
    if roles or Person.objects.filter(_still_in("", since), id=person_id).exists():
        return roles
    return None


def _in_order(rows: QuerySet[Role]) -> list[HeldRole]:
    found = rows.order_by("role", "starts", "id")
    return [HeldRole(row.id, RoleName(row.role), row.place_id, row.starts, row.ends) for row in found]


def _still_in(way: str, since: datetime) -> Q:
    return Q(**{f"{way}signed_out_at": None}) | Q(**{f"{way}signed_out_at__lte": since})


def role_of_looker(acting: Acting, whom: UUID | None) -> str:
    """What the actor is, for the audit: SELF, JOB, the held roles other than resident, or RESIDENT."""
    if acting.actor is None:
        return "JOB"
    if acting.actor == whom:
        return "SELF"
    roles = sorted({held.role.value for held in roles_of(acting.actor, seoul_date(acting.at))} - {"RESIDENT"})
    return ",".join(roles)[:120] or "RESIDENT"


def facts(row: Person) -> PersonFacts:
    """The frozen facts of a row."""
    return PersonFacts(
        id=row.id,
        wallet=row.wallet,
        level=Level(row.level),
        relation=Relation(row.relation),
        relation_until=row.relation_until,
        joined_on=row.joined_on,
        left_on=row.left_on,
        closed_at=row.closed_at,
        birth_year=row.birth_year,
        merged_into=row.merged_into_id,
        has_earlier=getattr(row, "has_earlier", False),
    )


def _held(person_id: UUID, on: date) -> QuerySet[Role]:
    return Role.objects.filter(_in_force(on), person_id=person_id)


def _in_force(on: date) -> Q:
    lasting = Q(ends=None) | Q(ends__gte=on)
    not_ended = Q(ended_on=None) | Q(ended_on__gt=on)
    return lasting & not_ended & Q(starts__lte=on)


def _row(person_id: UUID) -> Person:
    earlier = Exists(Person.objects.filter(merged_into=OuterRef("pk")))
    row = Person.objects.filter(id=person_id).annotate(has_earlier=earlier).first()
    if row is None:
        raise PersonUnknown()
    return row


def _opened(key: bytes, column: str, row: Person, sealed: bytes | memoryview | None) -> str | None:
    return None if sealed is None else unseal(key, column, row.id, bytes(sealed)).decode("utf-8")
