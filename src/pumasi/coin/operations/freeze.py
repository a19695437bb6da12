"""The freeze switch: one asks, a second confirms; in an emergency one stops at once and a second confirms in 3 days.

Lifting takes two people as well. Not here: what a freeze stops and until when it holds (`freezes`).
"""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction

from pumasi.civic.audit.operations import record
from pumasi.civic.people.models import RoleName
from pumasi.coin.district import district_tariff
from pumasi.coin.freezes import IN_FORCE, Cause, FreezeState, FreezeWhat, state_of
from pumasi.coin.models import Freeze, FreezeStep
from pumasi.coin.parties import check_role, venue
from pumasi.coin.registers.errors import (
    FreezeDecidedAlready,
    FreezeUnknown,
    FreezeUnreadable,
    ReasonMissing,
    SecondPersonNeeded,
)
from pumasi.coin.requests import is_first
from pumasi.kernel.acting import Acting
from pumasi.kernel.clock import seoul_date
from pumasi.kernel.text import clean_text

LONGEST_DAYS = 366
_OFFICERS = (RoleName.ISSUER, RoleName.BUDGET_OFFICER)


@dataclass(frozen=True)
class Stop:
    """What is to be stopped. `kind` for KIND, `place_id` for PLACE; an emergency starts today."""

    what: FreezeWhat
    cause: Cause
    reason: str
    clause: str
    starts: date
    until: date
    kind: str = ""
    place_id: UUID | None = None
    is_emergency: bool = False


def ask_freeze(acting: Acting, stop: Stop, *, key: UUID) -> UUID:
    """Ask for a freeze, once per `key`, which becomes its id; an emergency holds from this moment.

    Raises NotAllowed (ISSUER or BUDGET_OFFICER), FreezeUnreadable, ReasonMissing, UnknownDeed and PlaceUnknown.
    """
    body = {"what": stop.what.value, "kind": stop.kind, "place": str(stop.place_id or ""), "until": str(stop.until)}
    with transaction.atomic():
        actor = check_role(acting, *_OFFICERS)
        if is_first(key, "FREEZE", body, acting.at):
            _check(acting, stop)
            Freeze.objects.create(
                id=key,
                what=stop.what.value,
                kind=stop.kind,
                place_id=stop.place_id,
                cause=stop.cause.value,
                reason=_text(stop.reason, 200),
                clause=_text(stop.clause, 80),
                starts=stop.starts,
                until=stop.until,
                is_emergency=stop.is_emergency,
                asked_by=actor,
                asked_at=acting.at,
            )
            record(acting, "coin.ask_freeze", None, "EMERGENCY" if stop.is_emergency else "")
    return key


def confirm_freeze(acting: Acting, *, freeze_id: UUID) -> None:
    """The second person agrees; twice is once. Raises SecondPersonNeeded, FreezeDecidedAlready, FreezeUnknown."""
    _second(acting, freeze_id, "CONFIRMED", frozenset({FreezeState.ASKED, FreezeState.URGENT}), "")


def refuse_freeze(acting: Acting, *, freeze_id: UUID, reason: str) -> None:
    """The second person does not agree: an emergency ends at once. Raises as `confirm_freeze`, and ReasonMissing."""
    _second(acting, freeze_id, "REFUSED", frozenset({FreezeState.ASKED, FreezeState.URGENT}), _text(reason, 200))


def ask_lifting(acting: Acting, *, freeze_id: UUID, reason: str) -> None:
    """Ask to end a freeze before its day. Raises FreezeDecidedAlready, FreezeUnknown and ReasonMissing."""
    check_role(acting, *_OFFICERS)
    why = _text(reason, 200)
    with transaction.atomic():
        row, steps = _locked(freeze_id)
        if "LIFT_ASKED" in steps:
            return
        if state_of(row, steps.keys(), seoul_date(acting.at)) not in (IN_FORCE | {FreezeState.PLANNED}):
            raise FreezeDecidedAlready()
        _step(acting, row, "LIFT_ASKED", why)


def confirm_lifting(acting: Acting, *, freeze_id: UUID) -> None:
    """Another person than the one who asked ends the freeze; earning goes on at once."""
    actor = check_role(acting, *_OFFICERS)
    with transaction.atomic():
        row, steps = _locked(freeze_id)
        if "LIFTED" in steps:
            return
        if "LIFT_ASKED" not in steps:
            raise FreezeDecidedAlready()
        if steps["LIFT_ASKED"].by == actor:
            raise SecondPersonNeeded()
        _step(acting, row, "LIFTED", steps["LIFT_ASKED"].reason)


def _second(acting: Acting, freeze_id: UUID, step: str, states: frozenset[FreezeState], reason: str) -> None:
    actor = check_role(acting, *_OFFICERS)
    with transaction.atomic():
        row, steps = _locked(freeze_id)
        if step in steps:
            return
        if state_of(row, steps.keys(), seoul_date(acting.at)) not in states:
            raise FreezeDecidedAlready()
        if row.asked_by == actor:
            raise SecondPersonNeeded()
        _step(acting, row, step, reason)


def _check(acting: Acting, stop: Stop) -> None:
    today = seoul_date(acting.at)
    if stop.starts < today or (stop.is_emergency and stop.starts != today):
        raise FreezeUnreadable(what="starts")
    if not stop.starts <= stop.until <= stop.starts + timedelta(days=LONGEST_DAYS):
        raise FreezeUnreadable(what="until")
    if (stop.what is FreezeWhat.KIND) != bool(stop.kind):
        raise FreezeUnreadable(what="kind")
    if (stop.what is FreezeWhat.PLACE) != (stop.place_id is not None):
        raise FreezeUnreadable(what="place")
    if stop.kind:
        district_tariff().kind(stop.kind)
    if stop.place_id:
        venue(stop.place_id)


def _locked(freeze_id: UUID) -> tuple[Freeze, dict[str, FreezeStep]]:
    row = Freeze.objects.select_for_update().filter(id=freeze_id).first()
    if row is None:
        raise FreezeUnknown()
    return row, {step.step: step for step in FreezeStep.objects.filter(freeze=row)}


def _step(acting: Acting, row: Freeze, step: str, reason: str) -> None:
    assert acting.actor is not None
    FreezeStep.objects.create(freeze=row, step=step, by=acting.actor, at=acting.at, reason=reason)
    record(acting, f"coin.freeze_{step.lower()}", None)


def _text(text: str, limit: int) -> str:
    found = clean_text(text.strip(), limit)
    if not found:
        raise ReasonMissing()
    return found
