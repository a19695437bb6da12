"""Small builders of people for tests: explicit times, form-names instead of names of real people."""

from datetime import UTC, date, datetime
from itertools import count
from uuid import UUID

from pumasi.civic.people.models import Level, Person, Relation, Role, RoleName
from pumasi.civic.people.operations import join
from pumasi.kernel.acting import Acting, Channel
from pumasi.kernel.ids import new_id

# Monday 2 March 2026, 10:00 in Seoul.
MORNING = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
_PHONES = count(1)


def at_desk(at: datetime = MORNING, actor: UUID | None = None, subject: UUID | None = None) -> Acting:
    """Acting at a counter; without an actor it is the node itself."""
    return Acting(actor, subject, Channel.DESK, "test", at)


def on_phone(actor: UUID, at: datetime = MORNING, subject: UUID | None = None) -> Acting:
    """Acting on one's own phone."""
    return Acting(actor, subject, Channel.PHONE, "test", at)


def next_phone() -> str:
    """A phone number that no other test person has."""
    return f"010-0000-{next(_PHONES):04d}"


def make_person(
    at: datetime = MORNING,
    *,
    name: str = "홍길동",
    phone: str | None = None,
    level: Level = Level.L1,
    relation: Relation = Relation.RESIDENT,
    relation_until: date | None = None,
) -> Person:
    """A person who joined at a counter at `at`."""
    return join(at_desk(at), name, phone or next_phone(), level, relation=relation, relation_until=relation_until)


def give_role(
    person_id: UUID,
    role: RoleName,
    place_id: UUID | None = None,
    starts: date = date(2020, 1, 1),
    ends: date = date(2099, 12, 31),
) -> None:
    """A role that lasts as long as tests do, without the rules of granting."""
    Role.objects.create(id=new_id(MORNING), person_id=person_id, role=role, place_id=place_id, starts=starts, ends=ends)
