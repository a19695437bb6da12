"""Changing the tariff: an issuer drafts, a second person approves or rejects, two people may withdraw before the day.

A change begins tomorrow (Seoul) at the earliest, also at the moment of approval, so that no day that has begun ever
gets another tariff. Steps are only added. Not here: what an edit does to the tables (`tariff_edit`).
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction

from pumasi.civic.audit.operations import record
from pumasi.civic.people.models import RoleName
from pumasi.coin.district import approved, forget, tariff_with, version
from pumasi.coin.life_errors import RateTooSoon
from pumasi.coin.life_rules import life_rule
from pumasi.coin.models import ChangeStep, TariffChange, TariffVersion
from pumasi.coin.parties import check_role
from pumasi.coin.registers.errors import (
    ChangeDecidedAlready,
    ChangeDoesNotFit,
    ChangeNeedsDocument,
    ChangeTooSoon,
    ChangeUnknown,
    ReasonMissing,
    SecondPersonNeeded,
    TooLateToWithdraw,
)
from pumasi.coin.requests import is_first
from pumasi.coin.tariff import Tariff
from pumasi.coin.tariff_edit import Edit, SetRate, read, written
from pumasi.coin.tariff_table import TariffError
from pumasi.kernel.acting import Acting
from pumasi.kernel.clock import seoul_date
from pumasi.kernel.text import clean_text

APPROVED, REJECTED, RECALL_ASKED, WITHDRAWN = "APPROVED", "REJECTED", "RECALL_ASKED", "WITHDRAWN"
_DECIDERS = (RoleName.ISSUER, RoleName.BUDGET_OFFICER)


@dataclass(frozen=True)
class Draft:
    """What an officer wants to change; nothing has been stored. `effective_on` is its first day."""

    name_ko: str
    name_en: str
    clause: str
    document: str
    effective_on: date
    edits: tuple[Edit, ...]


def try_out(acting: Acting, draft: Draft) -> Tariff:
    """The tariff as it would be with the draft; nothing is stored.

    Raises NotAllowed (the actor is ISSUER), ChangeNeedsDocument, ChangeTooSoon, RateTooSoon and ChangeDoesNotFit.
    """
    return _checked(acting, draft, _row(acting, draft, UUID(int=0)))


def draft_change(acting: Acting, draft: Draft, *, key: UUID) -> UUID:
    """Store a draft for a second person, once per `key`, which becomes the change's id. Raises what `try_out` does."""
    body = {"edits": written(draft.edits), "day": draft.effective_on.isoformat(), "document": draft.document}
    with transaction.atomic():
        check_role(acting, RoleName.ISSUER)
        if is_first(key, "TARIFF_DRAFT", body, acting.at):
            change = _row(acting, draft, key)
            _checked(acting, draft, change)
            change.save(force_insert=True)
            record(acting, "coin.draft_change", None)
    return key


def approve_change(acting: Acting, *, change_id: UUID) -> None:
    """Put a change in force from its day; approving twice is approving once.

    Raises NotAllowed (ISSUER or BUDGET_OFFICER), ChangeUnknown, SecondPersonNeeded, ChangeDecidedAlready,
    ChangeTooSoon when its day has begun, and ChangeDoesNotFit when another approval came between.
    """
    actor = check_role(acting, *_DECIDERS)
    with transaction.atomic():
        change, steps = _locked(change_id)
        if APPROVED in steps and WITHDRAWN not in steps:
            return
        if steps:
            raise ChangeDecidedAlready()
        if change.drafted_by == actor:
            raise SecondPersonNeeded()
        _check_day(change.effective_on, acting)
        _check_notice(read(change.edits), change.effective_on, acting)
        number, changes = version()[0], [*approved(), change]
        _fits(changes)
        _count(_step(change, APPROVED, acting, ""), number, changes)
        record(acting, "coin.approve_change", None)


def reject_change(acting: Acting, *, change_id: UUID, reason: str) -> None:
    """Refuse a draft with a reason; who drafted it may take it back so. Raises what `approve_change` raises."""
    check_role(acting, *_DECIDERS)
    why = _reason(reason)
    with transaction.atomic():
        change, steps = _locked(change_id)
        if REJECTED in steps:
            return
        if steps:
            raise ChangeDecidedAlready()
        _step(change, REJECTED, acting, why)
        record(acting, "coin.reject_change", None)


def ask_withdrawal(acting: Acting, *, change_id: UUID, reason: str) -> None:
    """Ask that an approved change does not come into force; a second person has to confirm before its day."""
    check_role(acting, *_DECIDERS)
    why = _reason(reason)
    with transaction.atomic():
        change, steps = _locked(change_id)
        if RECALL_ASKED in steps:
            return
        if set(steps) != {APPROVED}:
            raise ChangeDecidedAlready()
        _check_not_begun(change, acting)
        _step(change, RECALL_ASKED, acting, why)
        record(acting, "coin.ask_withdrawal", None)


def confirm_withdrawal(acting: Acting, *, change_id: UUID) -> None:
    """Take an approved change back before its day. Another person than the one who asked; raises as the others."""
    actor = check_role(acting, *_DECIDERS)
    with transaction.atomic():
        change, steps = _locked(change_id)
        if WITHDRAWN in steps:
            return
        if RECALL_ASKED not in steps:
            raise ChangeDecidedAlready()
        if steps[RECALL_ASKED].by == actor:
            raise SecondPersonNeeded()
        _check_not_begun(change, acting)
        number, left = version()[0], [each for each in approved() if each.id != change.id]
        _fits(left)
        _count(_step(change, WITHDRAWN, acting, steps[RECALL_ASKED].reason), number, left)
        record(acting, "coin.confirm_withdrawal", None)


def _row(acting: Acting, draft: Draft, key: UUID) -> TariffChange:
    actor = check_role(acting, RoleName.ISSUER)
    return TariffChange(
        id=key,
        name_ko=clean_text(draft.name_ko.strip(), 60),
        name_en=clean_text(draft.name_en.strip(), 60),
        clause=clean_text(draft.clause.strip(), 80),
        document=clean_text(draft.document.strip(), 80),
        effective_on=draft.effective_on,
        edits=written(draft.edits),
        drafted_by=actor,
        drafted_at=acting.at,
    )


def _checked(acting: Acting, draft: Draft, change: TariffChange) -> Tariff:
    if not (change.clause and change.document):
        raise ChangeNeedsDocument()
    _check_day(draft.effective_on, acting)
    _check_notice(draft.edits, draft.effective_on, acting)
    return _fits([*approved(), change])


def _fits(changes: Sequence[TariffChange]) -> Tariff:
    try:
        return tariff_with(changes)
    except TariffError as error:
        raise ChangeDoesNotFit(what=str(error)) from error


def _check_day(day: date, acting: Acting) -> None:
    earliest = seoul_date(acting.at) + timedelta(days=1)
    if day < earliest:
        raise ChangeTooSoon(earliest=earliest.isoformat())


def _check_notice(edits: Sequence[Edit], day: date, acting: Acting) -> None:
    """A new value of the coin is announced some days ahead; the approval makes it public."""
    days = life_rule(seoul_date(acting.at)).rate_notice_days
    earliest = seoul_date(acting.at) + timedelta(days=days)
    if day < earliest and any(isinstance(edit, SetRate) for edit in edits):
        raise RateTooSoon(days=days, earliest=earliest.isoformat())


def _check_not_begun(change: TariffChange, acting: Acting) -> None:
    if change.effective_on <= seoul_date(acting.at):
        raise TooLateToWithdraw(effective=change.effective_on.isoformat())


def _reason(text: str) -> str:
    why = clean_text(text.strip(), 200)
    if not why:
        raise ReasonMissing()
    return why


def _locked(change_id: UUID) -> tuple[TariffChange, dict[str, ChangeStep]]:
    change = TariffChange.objects.select_for_update().filter(id=change_id).first()
    if change is None:
        raise ChangeUnknown()
    return change, {row.step: row for row in ChangeStep.objects.filter(change=change)}


def _step(change: TariffChange, step: str, acting: Acting, reason: str) -> ChangeStep:
    assert acting.actor is not None
    return ChangeStep.objects.create(change=change, step=step, by=acting.actor, at=acting.at, reason=reason)


def _count(step: ChangeStep, number: int, changes: Sequence[TariffChange]) -> None:
    """The version after `number`. Two approvals at once meet at its number: one of them is asked to look again."""
    digest = hashlib.sha256()
    for change in changes:
        digest.update(f"{change.id}|{change.effective_on}|{change.edits}|".encode())
    try:
        with transaction.atomic():
            TariffVersion.objects.create(number=number + 1, digest=digest.hexdigest(), step=step)
    except IntegrityError:
        raise ChangeDecidedAlready() from None
    forget()
