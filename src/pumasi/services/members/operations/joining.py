"""Joining with consent: at a desk with a look at the identity card (L1) or without (L0), or alone on the phone (L0).

A child's consent is a guardian's. Whoever has nothing to show may be vouched for. A paper form is typed in by a desk.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction

from pumasi.civic.codes.errors import CodeUnknown
from pumasi.civic.codes.grammar import Kind
from pumasi.civic.codes.queries import read_code
from pumasi.civic.guardians.models import Basis
from pumasi.civic.guardians.operations import MAJORITY, begin, last_day_of_childhood
from pumasi.civic.people.membership import raise_level
from pumasi.civic.people.models import Level, Relation, RoleName
from pumasi.civic.people.operations import check_birth_year, join, locked_person
from pumasi.civic.people.queries import person, person_card
from pumasi.coin.parties import check_role
from pumasi.coin.requests import is_first
from pumasi.kernel.acting import Acting
from pumasi.kernel.clock import seoul_date
from pumasi.kernel.ids import new_id
from pumasi.services.members.errors import (
    CardNotSeen,
    ChildNeedsGuardian,
    ConsentMissing,
    NotAHelper,
    PaperTooOld,
    VouchedEnough,
    VouchNotNeeded,
)
from pumasi.services.members.models import Consent
from pumasi.services.members.queries.consent import CURRENT, first_year_of_children

DESK = (RoleName.DONG_OFFICIAL, RoleName.ISSUER)
PAPER_DAYS = 90
VOUCHES_A_YEAR = 5
YEAR = timedelta(days=365)


@dataclass(frozen=True)
class Answers:
    """The four questions: name, phone or none, year of birth, relation with its last day (None: no end)."""

    name: str
    phone: str | None
    birth_year: int
    relation: Relation
    until: date | None


@dataclass(frozen=True)
class Evidence:
    """What an officer has before them.

    card_seen: an identity card was looked at (L1), there is none (L0), or None: not answered; what stood on it is
    stored nowhere. signed_on: the day on a signed paper form. guardian, voucher: the code or card that they show.
    """

    card_seen: bool | None
    signed_on: date | None = None
    guardian: str = ""
    voucher: str = ""


def join_at_desk(acting: Acting, answers: Answers, evidence: Evidence, *, consents: bool, key: UUID) -> UUID:
    """An officer takes a person in, once per `key`; returns the person.

    Raises NotAllowed, ConsentMissing, CardNotSeen, PaperTooOld, ChildNeedsGuardian, NotAHelper, VouchNotNeeded,
    VouchedEnough and what `civic.codes` and `civic.people` refuse.
    """
    check_role(acting, *DESK)
    if evidence.card_seen is None:
        raise CardNotSeen()
    if evidence.card_seen and evidence.voucher:
        raise VouchNotNeeded()
    today = seoul_date(acting.at)
    if evidence.signed_on is not None and not today - timedelta(days=PAPER_DAYS) <= evidence.signed_on <= today:
        raise PaperTooOld(days=PAPER_DAYS)
    return _joined(acting, answers, evidence, "PAPER" if evidence.signed_on else "READ_OUT", consents=consents, key=key)


def join_alone(acting: Acting, answers: Answers, *, consents: bool, key: UUID) -> UUID:
    """A person joins on their own phone, once per `key`: L0, and the number is told, not confirmed.

    Raises ConsentMissing, ChildNeedsGuardian and what `civic.people` refuses.
    """
    return _joined(acting, answers, Evidence(card_seen=False), "ON_PHONE", consents=consents, key=key)


def raise_at_desk(
    acting: Acting, person_id: UUID, *, name: str, phone: str | None, birth_year: int, guardian: str = ""
) -> None:
    """As `raise_level`; whose card shows a child needs a guardian's consent now, if none was given before.

    Raises NotAllowed, ChildNeedsGuardian, NotAHelper and what `raise_level` and `civic.codes` refuse.
    """
    check_role(acting, *DESK)
    with transaction.atomic():
        raise_level(acting, person_id, name=name, phone=phone, birth_year=birth_year)
        has_guardian = Consent.objects.filter(person=person_id).exclude(guardian=None).exists()
        if birth_year >= first_year_of_children(seoul_date(acting.at)) and not has_guardian:
            agreed = _guardian(acting, guardian)
            _agreed(acting, person_id, birth_year, "READ_OUT", new_id(acting.at), guardian=agreed)


def _joined(acting: Acting, answers: Answers, evidence: Evidence, how: str, *, consents: bool, key: UUID) -> UUID:
    if not consents:
        raise ConsentMissing()
    level = Level.L1 if evidence.card_seen else Level.L0
    # The digest that the key is held against is kept, so that no name may be in it.
    body = {"how": how, "level": level.value, "year": answers.birth_year}
    with transaction.atomic():
        if not is_first(key, "JOIN", body, acting.at):
            return Consent.objects.get(id=key).person_id
        check_birth_year(answers.birth_year, seoul_date(acting.at))
        is_child = answers.birth_year >= first_year_of_children(seoul_date(acting.at))
        guardian = _guardian(acting, evidence.guardian) if is_child else None
        voucher = _voucher(acting, evidence.voucher) if evidence.voucher else None
        joined = join(
            acting,
            answers.name,
            answers.phone or None,
            level,
            birth_year=answers.birth_year,
            relation=answers.relation,
            relation_until=answers.until,
        )
        _agreed(
            acting,
            joined.id,
            answers.birth_year,
            how,
            key,
            guardian=guardian,
            voucher=voucher,
            signed_on=evidence.signed_on,
        )
        return joined.id


def _agreed(
    acting: Acting,
    person_id: UUID,
    birth_year: int,
    how: str,
    key: UUID,
    *,
    guardian: UUID | None = None,
    voucher: UUID | None = None,
    signed_on: date | None = None,
) -> None:
    """Keep the consent; a guardian who agreed for a child looks after it from now on."""
    Consent.objects.create(
        id=key,
        person_id=person_id,
        version=CURRENT.version,
        how=how,
        by=acting.actor,
        at=acting.at,
        guardian_id=guardian,
        voucher_id=voucher,
        signed_on=signed_on,
    )
    if guardian is not None:
        ends = last_day_of_childhood(birth_year)
        begin(acting, ward_id=person_id, guardian_id=guardian, basis=Basis.PARENT, ends=ends)


def _guardian(acting: Acting, code: str) -> UUID:
    """Who agrees for a child."""
    if not code:
        raise ChildNeedsGuardian(year=first_year_of_children(seoul_date(acting.at)))
    return known_adult(acting, code)


def _voucher(acting: Acting, code: str) -> UUID:
    """Who knows somebody without a card: so many in a year, counted under the lock of their row."""
    voucher = known_adult(acting, code)
    locked_person(voucher)
    if Consent.objects.filter(voucher=voucher, at__gt=acting.at - YEAR).count() >= VOUCHES_A_YEAR:
        raise VouchedEnough(limit=VOUCHES_A_YEAR)
    return voucher


def known_adult(acting: Acting, code: str) -> UUID:
    """The member who shows this code or card: an adult known to a desk, and not the officer.

    Raises NotAHelper and what `civic.codes` refuses.
    """
    shown = read_code(code, acting.at, Kind.PERSON)
    if shown.kind not in (Kind.PERSON, Kind.CARD):
        raise CodeUnknown()
    found = person(shown.subject)
    if found.level is Level.L0 or found.left_on is not None or found.id == acting.actor:
        raise NotAHelper()
    born = person_card(acting, found.id).birth_year
    if born is None or seoul_date(acting.at).year - born < MAJORITY:
        raise NotAHelper()
    return found.id
