"""Freezes in force: what is stopped, by which clause, until when. Asked before every award and on every guide page.

A normal freeze holds once a second person has confirmed it. An emergency holds at once and lapses by itself unless a
second person confirms it within three days. Not here: who may ask and lift (`operations.freeze`).
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from pumasi.coin.models import Freeze, FreezeStep
from pumasi.coin.registers.errors import (
    EarningFrozen,
    FrozenBeforeElection,
    FrozenByDistrict,
    FrozenForInquiry,
    FrozenForSafety,
)
from pumasi.coin.tariff import Kind
from pumasi.kernel.clock import seoul_date

CONFIRM_DAYS = 3


class FreezeWhat(StrEnum):
    """What is stopped."""

    ALL = "ALL"
    PROMOTIONS = "PROMOTIONS"
    KIND = "KIND"
    PLACE = "PLACE"


class Cause(StrEnum):
    """Why, in the words that a refusal can say."""

    ELECTION = "ELECTION"
    INQUIRY = "INQUIRY"
    SAFETY = "SAFETY"
    DISTRICT = "DISTRICT"


class FreezeState(StrEnum):
    """Where a freeze stands: ASKED waits for the second person, PLANNED for its day, URGENT is an unconfirmed stop."""

    ASKED = "ASKED"
    PLANNED = "PLANNED"
    URGENT = "URGENT"
    ACTIVE = "ACTIVE"
    OVER = "OVER"
    LAPSED = "LAPSED"
    REFUSED = "REFUSED"
    LIFTED = "LIFTED"


IN_FORCE = frozenset({FreezeState.URGENT, FreezeState.ACTIVE})
_REFUSALS: Mapping[Cause, type[EarningFrozen]] = {
    Cause.ELECTION: FrozenBeforeElection,
    Cause.INQUIRY: FrozenForInquiry,
    Cause.SAFETY: FrozenForSafety,
    Cause.DISTRICT: FrozenByDistrict,
}


@dataclass(frozen=True)
class FreezeFacts:
    """One freeze on one day. `confirm_by`: the last day for the second person of an emergency."""

    id: UUID
    what: FreezeWhat
    kind: str
    place_id: UUID | None
    cause: Cause
    reason: str
    clause: str
    starts: date
    until: date
    state: FreezeState
    confirm_by: date | None
    asked_at: datetime

    def stops(self, kind: Kind, place_id: UUID | None) -> bool:
        """Whether it stops this kind of deed at this place (None: at every place)."""
        match self.what:
            case FreezeWhat.ALL:
                return True
            case FreezeWhat.PROMOTIONS:
                return kind.promotion
            case FreezeWhat.KIND:
                return kind.code == self.kind
            case FreezeWhat.PLACE:
                return place_id is not None and place_id == self.place_id

    def refusal(self) -> EarningFrozen:
        """The refusal that says which rule, until when and whom to ask."""
        until = min(self.until, self.confirm_by) if self.confirm_by else self.until
        return _REFUSALS[self.cause](until=until.isoformat(), clause=self.clause)


def freezes_in_force(at: datetime) -> list[FreezeFacts]:
    """What is stopped at `at`, the one that holds longest first."""
    day = seoul_date(at)
    rows = Freeze.objects.filter(starts__lte=day, until__gte=day).order_by("-until", "id")
    return [each for each in _facts(list(rows), day) if each.state in IN_FORCE]


def all_freezes(at: datetime) -> list[FreezeFacts]:
    """Every freeze ever asked for, newest first."""
    return _facts(list(Freeze.objects.order_by("-asked_at", "id")), seoul_date(at))


def check_not_frozen(kind: Kind, place_id: UUID, at: datetime) -> None:
    """Raises the EarningFrozen of the freeze that holds longest; what was accepted before is still paid."""
    for each in freezes_in_force(at):
        if each.stops(kind, place_id):
            raise each.refusal()


def state_of(row: Freeze, steps: Collection[str], day: date) -> FreezeState:
    """The state on `day`, from the steps taken."""
    if "LIFTED" in steps or "REFUSED" in steps:
        return FreezeState.LIFTED if "LIFTED" in steps else FreezeState.REFUSED
    if "CONFIRMED" not in steps:
        if not row.is_emergency:
            return FreezeState.ASKED if day <= row.until else FreezeState.LAPSED
        return FreezeState.URGENT if day <= min(confirm_by(row), row.until) else FreezeState.LAPSED
    if day > row.until:
        return FreezeState.OVER
    return FreezeState.ACTIVE if row.starts <= day else FreezeState.PLANNED


def confirm_by(row: Freeze) -> date:
    """The last day on which an emergency may be confirmed, and on which it holds without."""
    return seoul_date(row.asked_at) + timedelta(days=CONFIRM_DAYS)


def _facts(rows: Sequence[Freeze], day: date) -> list[FreezeFacts]:
    steps: dict[UUID, set[str]] = {}
    if rows:
        taken = FreezeStep.objects.filter(freeze__in=[row.id for row in rows]).values_list("freeze_id", "step")
        for freeze, step in taken:
            steps.setdefault(freeze, set()).add(step)
    return [_fact(row, steps.get(row.id, set()), day) for row in rows]


def _fact(row: Freeze, steps: set[str], day: date) -> FreezeFacts:
    state = state_of(row, steps, day)
    return FreezeFacts(
        id=row.id,
        what=FreezeWhat(row.what),
        kind=row.kind,
        place_id=row.place_id,
        cause=Cause(row.cause),
        reason=row.reason,
        clause=row.clause,
        starts=row.starts,
        until=row.until,
        state=state,
        confirm_by=confirm_by(row) if row.is_emergency and "CONFIRMED" not in steps else None,
        asked_at=row.asked_at,
    )
