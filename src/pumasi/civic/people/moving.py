"""Many people at once, for a district that moves in or out: taken in with their keys, and opened for the exit export.

A set at a time, because twelve thousand single joinings take a quarter of an hour. Not here: which rows are good, who
may ask (`coin.moving`), and one person at a desk (`operations`).
"""

import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, Value
from django.db.models.functions import Coalesce

from pumasi.civic.audit.operations import record_acts, record_looks
from pumasi.civic.people.keys import keys_of, make_keys
from pumasi.civic.people.models import Level, Person, ReadingChoice, Relation, Role, RoleName, SignInCode
from pumasi.civic.people.operations import CODE_NUMBERS
from pumasi.civic.people.queries import role_of_looker, tail_index
from pumasi.civic.people.sealing import blind_index, seal, unseal
from pumasi.kernel.acting import Acting
from pumasi.kernel.clock import seoul_date
from pumasi.kernel.ids import new_id

_CHUNK = 500


@dataclass(frozen=True, slots=True)
class Newcomer:
    """A member of another system: `phone` in E.164 or None; the role RESIDENT ends with `role_until`."""

    name: str
    phone: str | None
    birth_year: int | None
    relation: Relation
    relation_until: date | None
    role_until: date | None


@dataclass(frozen=True, slots=True)
class Card:
    """What the exit export says of a member."""

    wallet: UUID
    level: Level
    name: str
    phone: str | None
    birth_year: int | None
    relation: Relation
    relation_until: date | None
    left_on: date | None


def take_in(acting: Acting, newcomers: Sequence[Newcomer], level: Level) -> list[tuple[UUID, UUID]]:
    """(person, wallet) of each newcomer, in order; inside the caller's transaction. Name and phone are sealed at once.

    The caller has checked the rows: a number that is taken already is the database's own error.
    """
    today = seoul_date(acting.at)
    ids = [new_id(acting.at) for _ in newcomers]
    keys, numbers = make_keys(ids, acting.at), _free_numbers(len(ids))
    people = [
        Person(
            id=each,
            wallet=new_id(acting.at),
            code_number=number,
            level=level,
            relation=who.relation,
            relation_until=who.relation_until,
            joined_on=today,
            birth_year=who.birth_year,
            name_sealed=seal(keys[each], "name", each, who.name.encode("utf-8")),
            **({} if who.phone is None else _phone(keys[each], each, who.phone, who.birth_year)),
        )
        for each, number, who in zip(ids, numbers, newcomers, strict=True)
    ]
    Person.objects.bulk_create(people, batch_size=_CHUNK)
    Role.objects.bulk_create(
        (
            Role(
                id=new_id(acting.at),
                person_id=each,
                role=RoleName.RESIDENT,
                starts=today,
                ends=who.role_until,
                granted_by=acting.actor,
            )
            for each, who in zip(ids, newcomers, strict=True)
        ),
        batch_size=_CHUNK,
    )
    record_acts(acting, "people.join", ids, level.value)
    return [(person.id, person.wallet) for person in people]


def close_many(acting: Acting, person_ids: Sequence[UUID]) -> None:
    """End many memberships, as `operations.close_person` ends one; inside the caller's transaction."""
    today = seoul_date(acting.at)
    for start in range(0, len(person_ids), _CHUNK):
        some = list(
            Person.objects.filter(id__in=person_ids[start : start + _CHUNK], closed_at=None).values_list(
                "id", flat=True
            )
        )
        Person.objects.filter(id__in=some).update(
            closed_at=acting.at,
            left_on=Coalesce("left_on", Value(today)),
            name_sealed=None,
            phone_sealed=None,
            phone_index=None,
            tail_index=None,
            birth_year=None,
        )
        roles = Role.objects.filter(Q(ended_on=None) | Q(ended_on__gt=today), person_id__in=some)
        roles.update(ended_on=today)
        SignInCode.objects.filter(person_id__in=some).delete()
        ReadingChoice.objects.filter(person_id__in=some).delete()
        record_acts(acting, "people.close", some)


def members_by_phone(acting: Acting, numbers: Iterable[str]) -> dict[str, UUID]:
    """Number (E.164) -> the open member here who has it. Each one found is a noted look; raises PurposeMissing."""
    indexes = {blind_index("phone", number): number for number in numbers}
    wanted = list(indexes)
    found: dict[str, UUID] = {}
    for start in range(0, len(wanted), _CHUNK):
        rows = Person.objects.filter(phone_index__in=wanted[start : start + _CHUNK], closed_at=None)
        pairs = rows.values_list("id", "phone_index")
        found |= {indexes[bytes(index)]: each for each, index in pairs if index is not None}
    record_looks(acting, "people.find_members", sorted(found.values()), role=role_of_looker(acting, None))
    return found


def cards_of(acting: Acting, person_ids: Iterable[UUID] | None = None) -> dict[UUID, Card]:
    """Person -> what their row says, opened; without ids, every open member. Each is a noted look (PurposeMissing)."""
    people = list(_open_people(person_ids))
    record_looks(acting, "people.cards_of", [each.id for each in people], role=role_of_looker(acting, None))
    keys: Mapping[UUID, bytes] = keys_of([each.id for each in people])
    return {each.id: _card(keys[each.id], each) for each in people}


def _open_people(person_ids: Iterable[UUID] | None) -> Iterator[Person]:
    rows = Person.objects.filter(closed_at=None).order_by("id")
    if person_ids is None:
        yield from rows
        return
    wanted = sorted(set(person_ids))
    for start in range(0, len(wanted), _CHUNK):
        yield from rows.filter(id__in=wanted[start : start + _CHUNK])


def _card(key: bytes, row: Person) -> Card:
    return Card(
        wallet=row.wallet,
        level=Level(row.level),
        name=unseal(key, "name", row.id, bytes(row.name_sealed or b"")).decode("utf-8"),
        phone=None if row.phone_sealed is None else unseal(key, "phone", row.id, bytes(row.phone_sealed)).decode(),
        birth_year=row.birth_year,
        relation=Relation(row.relation),
        relation_until=row.relation_until,
        left_on=row.left_on,
    )


def _phone(key: bytes, person_id: UUID, number: str, birth_year: int | None) -> dict[str, bytes | None]:
    return {
        "phone_sealed": seal(key, "phone", person_id, number.encode("ascii")),
        "phone_index": blind_index("phone", number),
        "tail_index": tail_index(number, birth_year),
    }


def _free_numbers(count: int) -> list[int]:
    """`count` numbers for personal codes that nobody has."""
    found: set[int] = set()
    while len(found) < count:
        drawn = {secrets.randbelow(CODE_NUMBERS) for _ in range(min(_CHUNK, count - len(found)))} - found
        found |= drawn - set(Person.objects.filter(code_number__in=drawn).values_list("code_number", flat=True))
    return list(found)
