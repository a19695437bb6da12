"""Appoint, stand in, go on and end: each new role takes two officers, an end takes one and a reason."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction

from pumasi.civic.audit.operations import record
from pumasi.civic.notices.operations import Words, write_notice
from pumasi.civic.people.errors import NoRoleForYourself, RoleUnknown
from pumasi.civic.people.models import Role, RoleName
from pumasi.civic.people.operations import end_row, grant_role, half_year_end
from pumasi.civic.people.queries import find_by_phone, person, person_card
from pumasi.coin.life_errors import ConcernsYourself
from pumasi.coin.parties import check_actor, check_role
from pumasi.coin.registers.errors import ReasonMissing, SecondPersonNeeded
from pumasi.kernel.acting import Acting
from pumasi.kernel.clock import seoul_date
from pumasi.kernel.ids import derived_id
from pumasi.kernel.text import clean_text
from pumasi.services.staff.errors import (
    AppointmentDecided,
    AppointmentOver,
    AppointmentUnknown,
    DeputyDates,
    LastHolder,
    NobodyFound,
    RoleNotAppointed,
)
from pumasi.services.staff.models import Appointment, Decision, RoleEnd
from pumasi.services.staff.queries import APPOINTED, MANAGERS, holders, role_row

DEPUTY_DAYS = 30


@dataclass(frozen=True)
class Post:
    """A role, where, and from when to when (both inclusive)."""

    role: RoleName
    place_id: UUID | None
    starts: date
    ends: date


def appoint(acting: Acting, *, phone: str, post: Post, reason: str, key: UUID) -> UUID:
    """Ask that the member with this number gets a role; once per `key`, the request's id.

    Raises NotAllowed, NobodyFound, RoleNotAppointed, ReasonMissing, and what the telephone number and `grant_role`
    raise; then nothing has changed.
    """
    check_role(acting, *MANAGERS)
    return _ask(acting, _member(acting, phone), post, reason, key=key)


def name_deputy(acting: Acting, *, role_id: UUID, phone: str, starts: date, ends: date, reason: str, key: UUID) -> UUID:
    """Ask that a member stands in for a role's holder: the holder asks, or an officer for one who cannot.

    Raises RoleUnknown (the role is over), RoleNotAppointed, DeputyDates (at most DEPUTY_DAYS days), and as `appoint`.
    """
    held = _held(acting, role_id)
    if held.person_id != acting.actor:
        check_role(acting, *MANAGERS)
    if held.role not in APPOINTED:  # before anybody is looked for
        raise RoleNotAppointed()
    until = held.ends or ends
    if not (max(held.starts, seoul_date(acting.at)) <= starts <= ends <= until) or (ends - starts).days >= DEPUTY_DAYS:
        raise DeputyDates(days=DEPUTY_DAYS, until=until.isoformat())
    post = Post(RoleName(held.role), held.place_id, starts, ends)
    return _ask(acting, _member(acting, phone), post, reason, key=key, instead_of=held)


def go_on(acting: Acting, *, role_id: UUID, reason: str, key: UUID) -> UUID:
    """Ask that a role goes on after its last day, to the next 30 June or 31 December. Raises as `appoint`."""
    check_role(acting, *MANAGERS)
    held = _held(acting, role_id)
    assert held.ends is not None
    starts = held.ends + timedelta(days=1)
    post = Post(RoleName(held.role), held.place_id, starts, half_year_end(starts))
    return _ask(acting, held.person_id, post, reason, key=key)


def decide(acting: Acting, *, appointment_id: UUID, is_right: bool, reason: str = "") -> None:
    """A second officer gives the role or refuses it with a reason; whoever asked takes it back so.

    The same decision by the same officer twice is one. Raises NotAllowed, AppointmentUnknown, AppointmentDecided,
    SecondPersonNeeded, ConcernsYourself, NoRoleForYourself, AppointmentOver, RoleUnknown (the role that a deputy was
    for is over), ReasonMissing, and what `grant_role` raises; then nothing has changed.
    """
    with transaction.atomic():
        found = Appointment.objects.select_for_update().filter(id=appointment_id).first()
        if found is None:
            check_role(acting, *MANAGERS)
            raise AppointmentUnknown()
        takes_back = not is_right and found.asked_by_id == acting.actor
        actor = check_actor(acting) if takes_back else check_role(acting, *MANAGERS)
        before = Decision.objects.filter(appointment=found).first()
        if before is not None:
            if (before.is_right, before.by_id) == (is_right, actor):
                return
            raise AppointmentDecided()
        if is_right:
            _give(acting, found, actor)
        Decision.objects.create(
            appointment=found,
            is_right=is_right,
            reason=reason.strip()[:200] if is_right else _words(reason),
            by_id=actor,
            at=acting.at,
        )
        record(acting, "staff.decide", found.person_id, found.role)


def end(acting: Acting, *, role_id: UUID, reason: str) -> None:
    """The holder lays a role down, or an officer ends it, at once. Raises RoleUnknown, NotAllowed, ReasonMissing,
    RoleNotAppointed and LastHolder (the only issuer, the only budget officer)."""
    why = _words(reason)
    with transaction.atomic():
        held = _held(acting, role_id)
        actor = check_actor(acting) if held.person_id == acting.actor else check_role(acting, *MANAGERS)
        if held.role not in APPOINTED:
            raise RoleNotAppointed()
        if held.role in MANAGERS and not _others(held, seoul_date(acting.at)):
            raise LastHolder()
        end_row(acting, held.id)
        RoleEnd.objects.create(role=held, reason=why, by_id=actor, at=acting.at)
        _write(acting, held.person_id, held.id, _ENDED, "end")


def names_of_holders(acting: Acting) -> list[tuple[str, str]]:
    """(label, name) of everybody on the list, each a noted look. Raises NotAllowed and PurposeMissing."""
    check_role(acting, *MANAGERS)
    with transaction.atomic():
        return [(label, person_card(acting, each).name or "") for each, label in holders(seoul_date(acting.at))]


def name_of(acting: Acting, person_id: UUID) -> str:
    """Whom a request is about; a noted look. Raises NotAllowed and PurposeMissing."""
    check_role(acting, *MANAGERS)
    with transaction.atomic():
        return person_card(acting, person_id).name or ""


def _ask(
    acting: Acting, person_id: UUID, post: Post, reason: str, *, key: UUID, instead_of: Role | None = None
) -> UUID:
    actor, why = check_actor(acting), _words(reason)
    if post.role not in APPOINTED:
        raise RoleNotAppointed()
    with transaction.atomic():
        known = Appointment.objects.filter(id=key, asked_by=actor).first()
        if known is not None:
            return known.id
        with transaction.atomic():  # what the second officer would be refused, now
            grant_role(acting, person_id, post.role, post.place_id, starts=post.starts, ends=post.ends)
            transaction.set_rollback(True)
        made = Appointment.objects.create(
            id=key,
            person_id=person_id,
            role=post.role,
            place_id=post.place_id,
            starts=post.starts,
            ends=post.ends,
            instead_of=instead_of,
            reason=why,
            asked_by_id=actor,
            at=acting.at,
        )
        record(acting, "staff.ask", person_id, post.role)
    return made.id


def _give(acting: Acting, found: Appointment, actor: UUID) -> None:
    today = seoul_date(acting.at)
    if found.asked_by_id == actor:
        raise SecondPersonNeeded()
    if found.person_id == actor:
        raise NoRoleForYourself()
    if found.instead_of is not None and _held(acting, found.instead_of.id).person_id == actor:
        raise ConcernsYourself()
    if found.ends < today:
        raise AppointmentOver(until=found.ends.isoformat())
    starts = max(found.starts, today)
    grant_role(acting, found.person_id, RoleName(found.role), found.place_id, starts=starts, ends=found.ends)
    _write(acting, found.person_id, found.id, _GIVEN, "given")


def _held(acting: Acting, role_id: UUID) -> Role:
    found = role_row(role_id, seoul_date(acting.at))
    if found is None:
        raise RoleUnknown()
    return found


def _others(held: Role, on: date) -> bool:
    same = Role.objects.filter(role=held.role, starts__lte=on, ends__gte=on, ended_on=None, person__closed_at=None)
    return same.exclude(person_id=held.person_id).exists()


def _member(acting: Acting, phone: str) -> UUID:
    found = find_by_phone(acting, phone)
    if found is None:
        raise NobodyFound()
    return person(found).id


def _words(reason: str) -> str:
    why = clean_text(reason.strip(), 200)
    if not why:
        raise ReasonMissing()
    return why


def _write(acting: Acting, person_id: UUID, about: UUID, words: Words, what: str) -> None:
    key = derived_id("staff.letter", about.hex, what)
    write_notice(acting, person_id=person_id, kind="ROLE", words=words, key=key)


_GIVEN = Words(
    "새 역할을 맡았어요",
    "You have a new role",
    "두 담당자가 정해서 역할을 맡게 됐어요. 무엇을 언제까지 맡는지는 ‘역할과 대결’ 화면에 있어요."
    " 부탁한 적이 없으면 구청 담당 부서에 바로 알려 주세요.",
    "Two officers have given you a role. The page Roles and deputies says which one and until when."
    " If you have not agreed to it, tell the responsible division at once.",
)
_ENDED = Words(
    "역할이 끝났어요",
    "A role of yours has ended",
    "맡았던 역할이 오늘 끝났어요. 그 역할로 만든 API 토큰과 묶은 계산대 기기도 더는 쓸 수 없어요."
    " 까닭은 구청 담당 부서에 물어볼 수 있어요.",
    "A role that you held ended today. API tokens and counter devices of that role can do nothing more."
    " The responsible division can tell you why.",
)
