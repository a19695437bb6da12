"""Rosters of hours paid elsewhere (노인일자리, allowances): read a list, keep only who is a member, with the span.

What does not match anybody is counted and forgotten. Each look-up by phone is an audited look. Not here: the refusal of
such hours (`paid_hours`).
"""

import csv
import hashlib
import io
import re
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from pumasi.civic.audit.operations import record
from pumasi.civic.people.errors import PhoneUnreadable
from pumasi.civic.people.models import RoleName
from pumasi.civic.people.phones import normal_phone
from pumasi.civic.people.queries import find_by_phone
from pumasi.coin.models import PaidHours, PaidRoster, RosterWithdrawn, UnpaidAnswer
from pumasi.coin.parties import check_role
from pumasi.coin.registers.errors import ReasonMissing, RosterUnknown, RosterUnreadable, SaidPaid
from pumasi.coin.requests import is_first
from pumasi.kernel.acting import Acting
from pumasi.kernel.text import clean_text

MOST_LINES = 5_000
_CLOCK = re.compile(r"([01][0-9]|2[0-4]):([0-5][0-9])", re.ASCII)
_HEADS = ("phone", "전화")


@dataclass(frozen=True)
class Loaded:
    """What became of a roster: lines read, and how many of them belong to members."""

    key: UUID
    lines: int
    matched: int


@dataclass(frozen=True)
class _Line:
    phone: str
    day: date
    starts: int
    ends: int


def load_roster(acting: Acting, *, source: str, text: str, key: UUID) -> Loaded:
    """Read a CSV (phone, day, from, to), all lines or none, once per `key`; only members' hours are stored.

    Raises NotAllowed (the actor is ISSUER), PurposeMissing, ReasonMissing for an empty source and RosterUnreadable
    with the line.
    """
    check_role(acting, RoleName.ISSUER)
    named = clean_text(source.strip(), 80)
    if not named:
        raise ReasonMissing()
    digest = hashlib.sha256(text.encode()).hexdigest()
    with transaction.atomic():
        if not is_first(key, "ROSTER", {"source": named, "digest": digest}, acting.at):
            known = PaidRoster.objects.get(key=key)
            return Loaded(key, known.lines, known.matched)
        lines = _lines(text)
        people = {phone: find_by_phone(acting, phone) for phone in {line.phone for line in lines}}
        matched = [(person, line) for line in lines if (person := people[line.phone]) is not None]
        assert acting.actor is not None
        roster = PaidRoster.objects.create(
            key=key,
            source=named,
            digest=digest,
            lines=len(lines),
            matched=len(matched),
            by=acting.actor,
            at=acting.at,
        )
        PaidHours.objects.bulk_create(
            PaidHours(roster=roster, person_id=person, day=line.day, starts=line.starts, ends=line.ends)
            for person, line in matched
        )
        record(acting, "coin.load_roster", None)
    return Loaded(key, len(lines), len(matched))


def withdraw_roster(acting: Acting, *, key: UUID, reason: str) -> None:
    """A roster was wrong: its hours count no more; twice is once. Raises NotAllowed, ReasonMissing, RosterUnknown."""
    actor = check_role(acting, RoleName.ISSUER)
    why = clean_text(reason.strip(), 200)
    if not why:
        raise ReasonMissing()
    with transaction.atomic():
        roster = PaidRoster.objects.select_for_update().filter(key=key).first()
        if roster is None:
            raise RosterUnknown()
        made = {"reason": why, "by": actor, "at": acting.at}
        _, is_new = RosterWithdrawn.objects.get_or_create(roster=roster, defaults=made)
        if is_new:
            record(acting, "coin.withdraw_roster", None)


def answer_paid(acting: Acting, *, person_id: UUID, key: UUID, is_paid: bool) -> None:
    """Keep the answer to "were you paid for this?" under the claim's key. Raises SaidPaid for a yes: nothing is kept.

    Call it in the transaction of the claim, before `award`.
    """
    if is_paid:
        raise SaidPaid()
    UnpaidAnswer.objects.get_or_create(key=key, defaults={"person_id": person_id, "at": acting.at})


def _lines(text: str) -> list[_Line]:
    found: list[_Line] = []
    for number, line in enumerate(io.StringIO(text.removeprefix("\ufeff")), start=1):
        values = [cell.strip() for cell in next(csv.reader([line[:400]]), [])]
        if not any(values) or (number == 1 and values[0].lower().startswith(_HEADS)):
            continue
        found.append(_line(number, values))
        if len(found) > MOST_LINES:
            raise RosterUnreadable(line=number, what=f"> {MOST_LINES}")
    if not found:
        raise RosterUnreadable(line=1, what="-")
    return found


def _line(number: int, values: list[str]) -> _Line:
    if len(values) < 4:
        raise RosterUnreadable(line=number, what=str(len(values)))
    try:
        phone, day = normal_phone(values[0]), date.fromisoformat(values[1])
    except PhoneUnreadable as error:
        raise RosterUnreadable(line=number, what="phone") from error
    except ValueError as error:
        raise RosterUnreadable(line=number, what=values[1][:20]) from error
    starts, ends = _minute(number, values[2]), _minute(number, values[3])
    if not starts < ends <= 24 * 60:
        raise RosterUnreadable(line=number, what=f"{values[2]}-{values[3]}"[:20])
    return _Line(phone, day, starts, ends)


def _minute(number: int, text: str) -> int:
    match = _CLOCK.fullmatch(text)
    if match is None:
        raise RosterUnreadable(line=number, what=text[:20])
    return int(match[1]) * 60 + int(match[2])
