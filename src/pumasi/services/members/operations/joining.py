"""Joining with consent: at a desk with a look at the identity card (L1) or without (L0), or alone on the phone (L0)."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from pumasi.civic.people.models import Level, Relation, RoleName
from pumasi.civic.people.operations import join
from pumasi.coin.parties import check_role
from pumasi.coin.requests import is_first
from pumasi.kernel.acting import Acting
from pumasi.services.members.errors import CardNotSeen, ConsentMissing
from pumasi.services.members.models import Consent
from pumasi.services.members.queries.consent import CURRENT

DESK = (RoleName.DONG_OFFICIAL, RoleName.ISSUER)


@dataclass(frozen=True)
class Answers:
    """The four questions: name, phone or none, year of birth, relation with its last day (None: no end)."""

    name: str
    phone: str | None
    birth_year: int
    relation: Relation
    until: date | None


def join_at_desk(acting: Acting, answers: Answers, *, card_seen: bool | None, consents: bool, key: UUID) -> UUID:
    """An officer takes a person in, once per `key`; returns the person. What stood on the card is stored nowhere.

    card_seen: True makes L1; False says that there is no card (vouched for: L0); None was not answered.
    Raises NotAllowed, ConsentMissing, CardNotSeen and what `civic.people` refuses.
    """
    check_role(acting, *DESK)
    if card_seen is None:
        raise CardNotSeen()
    return _joined(acting, answers, Level.L1 if card_seen else Level.L0, "READ_OUT", consents=consents, key=key)


def join_alone(acting: Acting, answers: Answers, *, consents: bool, key: UUID) -> UUID:
    """A person joins on their own phone, once per `key`: L0, and the number is told, not confirmed."""
    return _joined(acting, answers, Level.L0, "ON_PHONE", consents=consents, key=key)


def _joined(acting: Acting, answers: Answers, level: Level, how: str, *, consents: bool, key: UUID) -> UUID:
    if not consents:
        raise ConsentMissing()
    # The digest that the key is held against is kept, so that no name may be in it.
    body = {"how": how, "level": level.value, "year": answers.birth_year}
    with transaction.atomic():
        if not is_first(key, "JOIN", body, acting.at):
            return Consent.objects.get(id=key).person_id
        person = join(
            acting,
            answers.name,
            answers.phone or None,
            level,
            birth_year=answers.birth_year,
            relation=answers.relation,
            relation_until=answers.until,
        )
        Consent.objects.create(id=key, person=person, version=CURRENT.version, how=how, by=acting.actor, at=acting.at)
        return person.id
