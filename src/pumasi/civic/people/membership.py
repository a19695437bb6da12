"""What changes in a membership after joining: its level, its relation to the district, moving away and back, a merge.

Who may do so, and with how many people, is asked above; that it was done is audited. Not here: coins (`coin`).
"""

from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from pumasi.civic.audit.operations import record
from pumasi.civic.people.errors import (
    AlreadyAtLevel,
    HasLeftAlready,
    HasNotLeft,
    NotTheSameDistrict,
    PersonNotClosed,
    SamePerson,
)
from pumasi.civic.people.keys import key_of
from pumasi.civic.people.models import Level, Person, Relation, Role, RoleName, SignInCode
from pumasi.civic.people.operations import (
    check_birth_year,
    check_relation,
    close_person,
    locked_person,
    must_be_free,
    read_name,
    save_person,
    seal_names,
)
from pumasi.civic.people.phones import normal_phone
from pumasi.civic.people.queries import facts
from pumasi.civic.people.sealing import unseal
from pumasi.kernel.acting import Acting
from pumasi.kernel.clock import seoul_date
from pumasi.kernel.ids import new_id


def raise_level(acting: Acting, person_id: UUID, *, name: str, phone: str | None, birth_year: int) -> None:
    """An identity card was looked at: L0 becomes L1, with name, birth year and phone as they are on the card and told.

    Raises PersonUnknown, PersonClosed, AlreadyAtLevel, NameMissing, BirthYearUnlikely, PhoneUnreadable and
    PhoneAlreadyUsed.
    """
    name, number = read_name(name), normal_phone(phone) if phone else None
    check_birth_year(birth_year, seoul_date(acting.at))
    with transaction.atomic():
        person = locked_person(person_id)
        facts(person).must_be_open()
        if person.level != Level.L0:
            raise AlreadyAtLevel(level=person.level)
        must_be_free(number)
        person.level, person.birth_year = Level.L1, birth_year
        seal_names(person, key_of(person_id), name, number)
        save_person(person, number)
        record(acting, "people.raise_level", person_id, person.level)


def renew_relation(acting: Acting, person_id: UUID, *, relation: Relation, until: date | None) -> None:
    """A proof of home or work was looked at: the relation holds until `until` (None: no end).

    Raises PersonUnknown, PersonClosed, HasLeftAlready and RelationOver.
    """
    today = seoul_date(acting.at)
    check_relation(until, today)
    with transaction.atomic():
        person = locked_person(person_id)
        facts(person).must_be_open()
        if person.left_on is not None:
            raise HasLeftAlready(left=person.left_on.isoformat())
        person.relation, person.relation_until = Relation(relation), until
        person.save(update_fields=["relation", "relation_until"])
        record(acting, "people.renew_relation", person_id, person.relation)


def note_left(acting: Acting, person_id: UUID, day: date) -> None:
    """The person does not live or work here any more since `day`. Raises PersonClosed and HasLeftAlready."""
    with transaction.atomic():
        person = locked_person(person_id)
        facts(person).must_be_open()
        if person.left_on is not None:
            raise HasLeftAlready(left=person.left_on.isoformat())
        person.left_on = day
        person.save(update_fields=["left_on"])
        record(acting, "people.note_left", person_id)


def note_back(acting: Acting, person_id: UUID, *, relation: Relation, until: date | None) -> None:
    """The person lives or works here again. Raises PersonClosed, HasNotLeft and RelationOver."""
    check_relation(until, seoul_date(acting.at))
    with transaction.atomic():
        person = locked_person(person_id)
        facts(person).must_be_open()
        if person.left_on is None:
            raise HasNotLeft()
        person.left_on = None
        person.relation, person.relation_until = Relation(relation), until
        person.save(update_fields=["left_on", "relation", "relation_until"])
        record(acting, "people.note_back", person_id)


def merge_people(acting: Acting, *, kept_id: UUID, gone_id: UUID) -> None:
    """Two memberships of one person become one: roles and, where the kept one has none, the phone come over.

    `gone` is closed and points to `kept` for good; there is no way back, because nothing tells afterwards which role
    or letter was whose. Raises SamePerson, PersonUnknown, PersonClosed and NotTheSameDistrict (one has moved away).
    """
    today = seoul_date(acting.at)
    if kept_id == gone_id:
        raise SamePerson()
    with transaction.atomic():
        rows = {each: locked_person(each) for each in sorted((kept_id, gone_id))}
        kept, gone = rows[kept_id], rows[gone_id]
        for row in (kept, gone):
            facts(row).must_be_open()
            if row.left_on is not None:
                raise NotTheSameDistrict(left=row.left_on.isoformat())
        phone = _phone(gone) if kept.phone_index is None and gone.phone_index is not None else None
        _move_roles(acting, kept, gone, today)
        close_person(acting, gone_id)
        Person.objects.filter(id=gone_id).update(merged_into=kept_id)
        if phone is not None:
            name = unseal(key_of(kept_id), "name", kept_id, bytes(kept.name_sealed or b"")).decode("utf-8")
            kept.level = max(kept.level, gone.level)
            seal_names(kept, key_of(kept_id), name, phone)
        kept.level = max(kept.level, gone.level)
        kept.save()
        record(acting, "people.merge", kept_id)
        record(acting, "people.merge", gone_id)


def reopen_person(acting: Acting, person_id: UUID, *, name: str, phone: str | None, birth_year: int) -> None:
    """A person who was taken for dead stands at the desk: the membership is open again, with what is told now.

    The role of a resident comes back; other roles ended for good and are granted anew. Raises PersonNotClosed,
    KeyDestroyed, NameMissing, BirthYearUnlikely, PhoneUnreadable and PhoneAlreadyUsed.
    """
    today = seoul_date(acting.at)
    name, number = read_name(name), normal_phone(phone) if phone else None
    check_birth_year(birth_year, today)
    with transaction.atomic():
        person = locked_person(person_id)
        if person.closed_at is None or person.merged_into_id is not None:
            raise PersonNotClosed()
        must_be_free(number)
        if person.left_on == seoul_date(person.closed_at):
            person.left_on = None
        person.closed_at, person.birth_year = None, birth_year
        person.level = Level.L1
        seal_names(person, key_of(person_id), name, number)
        save_person(person, number)
        Role.objects.create(
            id=new_id(acting.at), person=person, role=RoleName.RESIDENT, starts=today, granted_by=acting.actor
        )
        record(acting, "people.reopen", person_id)


def relations_ending(first: date, last: date) -> list[tuple[UUID, date]]:
    """Open members whose relation to the district ends between these days, both included, with its last day."""
    ending = Person.objects.filter(relation_until__gte=first, relation_until__lte=last, closed_at=None, left_on=None)
    found = ending.order_by("relation_until", "id").values_list("id", "relation_until")
    return [(person_id, until) for person_id, until in found if until is not None]


def relations_over(today: date) -> list[UUID]:
    """Open members whose relation to the district was over before today and who are not noted as gone."""
    over = Person.objects.filter(relation_until__lt=today, closed_at=None, left_on=None)
    return list(over.order_by("relation_until", "id").values_list("id", flat=True))


def _phone(person: Person) -> str | None:
    if person.phone_sealed is None:
        return None
    return unseal(key_of(person.id), "phone", person.id, bytes(person.phone_sealed)).decode("ascii")


def _move_roles(acting: Acting, kept: Person, gone: Person, today: date) -> None:
    """What `gone` holds today or later, `kept` holds from today on, where it does not hold it already."""
    lasting = Q(ends=None) | Q(ends__gte=today)
    not_ended = Q(ended_on=None) | Q(ended_on__gt=today)
    held = Role.objects.filter(lasting, not_ended, person=gone).exclude(role=RoleName.RESIDENT)
    for row in held.order_by("starts", "id"):
        same = Role.objects.filter(lasting, not_ended, person=kept, role=row.role, place=row.place)
        last = same.order_by("-ends").values_list("ends", flat=True).first()
        starts = max(today, row.starts, last + timedelta(days=1) if last else today)
        if row.ends is None or starts <= row.ends:
            Role.objects.create(
                id=new_id(acting.at),
                person=kept,
                role=row.role,
                place=row.place,
                starts=starts,
                ends=row.ends,
                granted_by=acting.actor,
            )
    SignInCode.objects.filter(person=gone).delete()
