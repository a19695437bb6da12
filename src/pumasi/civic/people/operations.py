"""Join, close and shred people; grant and end roles. Who may do so is asked at the edge; that it was done is audited.

A role ends by default on the next 30 June or 31 December, so that every half year is reviewed. Signing in with a code
has a module of its own beside this one.
"""

import secrets
from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q

from pumasi.civic.audit.operations import record
from pumasi.civic.people.errors import (
    BirthYearUnlikely,
    KeptByLaw,
    NameMissing,
    NoRoleForYourself,
    PersonClosed,
    PersonNotClosed,
    PersonUnknown,
    PhoneAlreadyUsed,
    RelationOver,
    RoleAlreadyHeld,
    RoleDatesUnusable,
    RoleNeedsPlace,
    RoleTakesNoPlace,
    RoleUnknown,
)
from pumasi.civic.people.keys import destroy_key, make_key
from pumasi.civic.people.models import Level, Person, ReadingChoice, Relation, Role, RoleName, SignInCode
from pumasi.civic.people.phones import normal_phone
from pumasi.civic.people.queries import HeldRole, facts, tail_index, twin_index
from pumasi.civic.people.sealing import blind_index, seal
from pumasi.kernel.acting import Acting
from pumasi.kernel.clock import seoul_date
from pumasi.kernel.ids import new_id
from pumasi.kernel.text import clean_text

NAME_LIMIT = 60
EARLIEST_BIRTH_YEAR = 1900
# 전자금융거래법 제22조 and its decree, article 12: records of payments above 10,000 won are kept five years.
KEPT_YEARS = 5
# Personal codes carry this many bits of `code_number` (see civic.codes.grammar).
CODE_NUMBERS = 2**27
# An organisation earns for its members at the coin centre to which it is bound (facts 1).
AT_A_PLACE = frozenset({RoleName.SHOP_KEEPER, RoleName.FACILITY_CASHIER, RoleName.ORGANISATION_ADMIN})


def join(
    acting: Acting,
    name: str,
    phone: str | None = None,
    level: Level = Level.L1,
    *,
    birth_year: int | None = None,
    relation: Relation = Relation.RESIDENT,
    relation_until: date | None = None,
) -> Person:
    """Take in a new person, with a key, a pseudonymous wallet and the role RESIDENT, which lasts as the membership.

    Name and phone are sealed at once. At level L0 the phone was told and not confirmed: it is no index, so that nobody
    takes another one's number and nobody learns whose number is known. Raises NameMissing, PhoneUnreadable,
    PhoneAlreadyUsed, BirthYearUnlikely, RelationOver.
    """
    today = seoul_date(acting.at)
    name, number = read_name(name), normal_phone(phone) if phone is not None else None
    check_birth_year(birth_year, today)
    check_relation(relation_until, today)
    with transaction.atomic():
        if level is not Level.L0:
            must_be_free(number)
        person = Person(
            id=new_id(acting.at),
            wallet=new_id(acting.at),
            code_number=_free_code_number(),
            level=Level(level),
            relation=Relation(relation),
            relation_until=relation_until,
            joined_on=today,
            birth_year=birth_year,
        )
        seal_names(person, make_key(person.id, acting.at), name, number)
        save_person(person, number, is_new=True)
        Role.objects.create(
            id=new_id(acting.at),
            person=person,
            role=RoleName.RESIDENT,
            starts=today,
            ends=None,
            granted_by=acting.actor,
        )
        record(acting, "people.join", person.id, person.level)
    return person


def close_person(acting: Acting, person_id: UUID) -> None:
    """End a membership: name, phone, birth year, roles, sign-in and reading go; the key stays until it is shredded.

    Raises PersonUnknown, PersonClosed. Coins are the ledger's and are dealt with by whoever asks for the closing.
    """
    today = seoul_date(acting.at)
    with transaction.atomic():
        person = locked_person(person_id)
        if person.closed_at is not None:
            raise PersonClosed(closed_on=seoul_date(person.closed_at).isoformat())
        person.closed_at = acting.at
        person.left_on = person.left_on or today
        person.name_sealed = person.phone_sealed = person.birth_year = None
        person.phone_index = person.tail_index = person.twin_index = None
        person.save()
        Role.objects.filter(Q(ended_on=None) | Q(ended_on__gt=today), person=person).update(ended_on=today)
        SignInCode.objects.filter(person=person).delete()
        ReadingChoice.objects.filter(person=person).delete()
        record(acting, "people.close", person_id)


def shred_person(acting: Acting, person_id: UUID) -> None:
    """Destroy the key of a closed person: whatever was sealed under it, here or in a backup, never opens again.

    Raises PersonUnknown, PersonNotClosed, and KeptByLaw before the statutory term is over. Doing it again is no harm.
    """
    person = Person.objects.filter(id=person_id).first()
    if person is None:
        raise PersonUnknown()
    if person.closed_at is None:
        raise PersonNotClosed()
    until = kept_until(seoul_date(person.closed_at))
    if seoul_date(acting.at) <= until:
        raise KeptByLaw(until=until.isoformat())
    destroy_key(person_id)
    with transaction.atomic():
        if Person.objects.filter(id=person_id, shredded_at=None).update(shredded_at=acting.at):
            record(acting, "people.shred", person_id)


def grant_role(
    acting: Acting,
    person_id: UUID,
    role: RoleName,
    place_id: UUID | None = None,
    *,
    starts: date | None = None,
    ends: date | None = None,
) -> HeldRole:
    """Give a role from `starts` (today) to `ends` (the next 30 June or 31 December after it), both inclusive.

    Shop keepers, cashiers and organisations' admins hold it at a place, the others nowhere. Raises NoRoleForYourself,
    RoleNeedsPlace, RoleTakesNoPlace, RoleDatesUnusable, RoleAlreadyHeld, PersonUnknown, PersonClosed.
    """
    role = RoleName(role)
    starts = starts or seoul_date(acting.at)
    ends = ends or half_year_end(starts)
    if acting.actor == person_id:
        raise NoRoleForYourself()
    if role in AT_A_PLACE and place_id is None:
        raise RoleNeedsPlace(role=role.value)
    if role not in AT_A_PLACE and place_id is not None:
        raise RoleTakesNoPlace(role=role.value)
    if ends < starts:
        raise RoleDatesUnusable(starts=starts.isoformat())
    with transaction.atomic():
        facts(locked_person(person_id)).must_be_open()
        for held in _overlapping(person_id, role, place_id, starts, ends):
            raise RoleAlreadyHeld(until=held.ends.isoformat() if held.ends else "∞")
        granted = Role.objects.create(
            id=new_id(acting.at),
            person_id=person_id,
            role=role,
            place_id=place_id,
            starts=starts,
            ends=ends,
            granted_by=acting.actor,
        )
        record(acting, "people.grant_role", person_id, role.value)
    return HeldRole(granted.id, role, place_id, starts, ends)


def end_role(acting: Acting, person_id: UUID, role: RoleName, place_id: UUID | None = None) -> None:
    """End a role today, at once: from today on it is not held. Raises RoleUnknown when it is not held today."""
    today = seoul_date(acting.at)
    role = RoleName(role)
    with transaction.atomic():
        locked_person(person_id)
        held = _overlapping(person_id, role, place_id, today, today)
        if not held:
            raise RoleUnknown()
        Role.objects.filter(id__in=[row.id for row in held]).update(ended_on=today)
        record(acting, "people.end_role", person_id, role.value)


def end_row(acting: Acting, role_id: UUID) -> None:
    """End one role at once, or before it begins. Raises RoleUnknown when it is over."""
    today = seoul_date(acting.at)
    with transaction.atomic():
        row = Role.objects.select_for_update().filter(id=role_id, ended_on=None).first()
        if row is None or (row.ends is not None and row.ends < today):
            raise RoleUnknown()
        row.ended_on = max(today, row.starts)
        row.save(update_fields=["ended_on"])
        record(acting, "people.end_role", row.person_id, row.role)


def half_year_end(starts: date) -> date:
    """The first 30 June or 31 December after that day."""
    ends = (date(starts.year, 6, 30), date(starts.year, 12, 31), date(starts.year + 1, 6, 30))
    return next(day for day in ends if day > starts)


def kept_until(closed_on: date) -> date:
    """The last day on which the key of a person closed on that day must be kept."""
    year = closed_on.year + KEPT_YEARS
    return date(year, 2, 28) if (closed_on.month, closed_on.day) == (2, 29) else closed_on.replace(year=year)


def locked_person(person_id: UUID) -> Person:
    """The row of a person, locked until the transaction ends; raises PersonUnknown."""
    person = Person.objects.select_for_update().filter(id=person_id).first()
    if person is None:
        raise PersonUnknown()
    return person


def _overlapping(person_id: UUID, role: RoleName, place_id: UUID | None, starts: date, ends: date) -> list[Role]:
    lasting = Q(ends=None) | Q(ends__gte=starts)
    not_ended = Q(ended_on=None) | Q(ended_on__gt=starts)
    there = Q(place=None) if place_id is None else Q(place_id=place_id)
    held = Role.objects.filter(lasting, not_ended, there, person_id=person_id, role=role, starts__lte=ends)
    return list(held.order_by("starts"))


def read_name(name: str) -> str:
    """The name without space around it; raises NameMissing."""
    plain = clean_text(name.strip(), NAME_LIMIT)
    if not plain:
        raise NameMissing()
    return plain


def check_birth_year(birth_year: int | None, today: date) -> None:
    """Raises BirthYearUnlikely."""
    if birth_year is not None and not EARLIEST_BIRTH_YEAR <= birth_year <= today.year:
        raise BirthYearUnlikely(year=birth_year, earliest=EARLIEST_BIRTH_YEAR)


def check_relation(until: date | None, today: date) -> None:
    """Raises RelationOver for a relation that ended before today."""
    if until is not None and until < today:
        raise RelationOver(until=until.isoformat())


def seal_names(person: Person, key: bytes, name: str, number: str | None) -> None:
    """Put name and number into the row, sealed and indexed; the number only as an index once it was confirmed."""
    person.name_sealed = seal(key, "name", person.id, name.encode("utf-8"))
    person.twin_index = twin_index(name, person.birth_year)
    person.phone_sealed = person.phone_index = person.tail_index = None
    if number is not None:
        person.phone_sealed = seal(key, "phone", person.id, number.encode("ascii"))
        if person.level != Level.L0:
            person.phone_index = blind_index("phone", number)
            person.tail_index = tail_index(number, person.birth_year)


def save_person(person: Person, number: str | None, *, is_new: bool = False) -> None:
    """Write the row; raises PhoneAlreadyUsed where two desks took in the same number at once."""
    try:
        with transaction.atomic():
            person.save(force_insert=is_new)
    except IntegrityError:
        must_be_free(number)
        raise


def must_be_free(number: str | None) -> None:
    """Raises PhoneAlreadyUsed for a number by which somebody is found."""
    if number is not None and Person.objects.filter(phone_index=blind_index("phone", number)).exists():
        raise PhoneAlreadyUsed()


def _free_code_number() -> int:
    while Person.objects.filter(code_number=(number := secrets.randbelow(CODE_NUMBERS))).exists():
        pass
    return number
