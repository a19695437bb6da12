"""Sign in with a number that an officer reads out at the counter: once, within 10 minutes, at most 5 wrong tries.

All refusals look alike, so that trying numbers does not tell who is a member. A stranger who knows a phone number can
use up its five tries; the officer then issues another code. Not here: the web session (civic.shell).
"""

import hmac
import secrets
from datetime import timedelta
from hashlib import sha256
from uuid import UUID

from django.db import transaction

from pumasi.civic.audit.operations import record
from pumasi.civic.people.errors import OfficerOnly, PhoneUnreadable, SignInRefused
from pumasi.civic.people.models import Person, RoleName, SignInCode
from pumasi.civic.people.operations import locked_person
from pumasi.civic.people.phones import normal_phone
from pumasi.civic.people.queries import facts, has_role
from pumasi.civic.people.sealing import blind_index, subkey
from pumasi.kernel.acting import Acting
from pumasi.kernel.clock import seoul_date
from pumasi.kernel.ids import new_id

LIFE = timedelta(minutes=10)
TRIES = 5
DIGITS = 6
OFFICERS = (RoleName.DONG_OFFICIAL, RoleName.ISSUER)


def issue_sign_in_code(acting: Acting, person_id: UUID) -> str:
    """Six digits for the officer to read out; earlier codes of the person die. Raises OfficerOnly, PersonClosed."""
    today = seoul_date(acting.at)
    officer = acting.actor
    if officer is None or not any(has_role(officer, role, today) for role in OFFICERS):
        raise OfficerOnly()
    code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}"
    with transaction.atomic():
        facts(locked_person(person_id)).must_be_open()
        SignInCode.objects.filter(person_id=person_id).delete()
        SignInCode.objects.create(
            id=new_id(acting.at),
            person_id=person_id,
            code_hash=_hash(person_id, code),
            issued_by=officer,
            issued_at=acting.at,
            expires_at=acting.at + LIFE,
        )
        record(acting, "people.issue_sign_in_code", person_id)
    return code


def sign_in(acting: Acting, phone: str, code: str) -> UUID:
    """The id of the person whose phone and fresh code these are; the code is spent. Raises SignInRefused.

    Runs in a transaction of its own (never inside another), because a wrong try must be counted although it is refused.
    """
    with transaction.atomic(durable=True):
        person_id = _matched(acting, phone, code)
    if person_id is None:
        raise SignInRefused(minutes=int(LIFE.total_seconds()) // 60, tries=TRIES)
    return person_id


def sign_out_everywhere(acting: Acting, person_id: UUID) -> None:
    """End every sign-in of a person that began before now, and codes that were read out; raises PersonUnknown."""
    with transaction.atomic():
        person = locked_person(person_id)
        person.signed_out_at = acting.at
        person.save(update_fields=["signed_out_at"])
        SignInCode.objects.filter(person_id=person_id).delete()
        record(acting, "people.sign_out_everywhere", person_id)


def _matched(acting: Acting, phone: str, code: str) -> UUID | None:
    try:
        index = blind_index("phone", normal_phone(phone))
    except PhoneUnreadable:
        return None
    person_id = Person.objects.filter(phone_index=index).values_list("id", flat=True).first()
    if person_id is None:
        return None
    issued = SignInCode.objects.select_for_update().filter(
        person_id=person_id, spent_at=None, expires_at__gt=acting.at, wrong_tries__lt=TRIES
    )
    row = issued.first()
    if row is None:
        return None
    if not hmac.compare_digest(bytes(row.code_hash), _hash(person_id, code.strip())):
        row.wrong_tries += 1
        row.save(update_fields=["wrong_tries"])
        return None
    row.spent_at = acting.at
    row.save(update_fields=["spent_at"])
    record(acting, "people.sign_in", person_id)
    return person_id


def _hash(person_id: UUID, code: str) -> bytes:
    return hmac.digest(subkey("sign-in"), person_id.bytes + code.encode("utf-8", "replace"), sha256)
