"""Cases as their person and the officers read them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from pumasi.civic.people.keys import key_of
from pumasi.civic.people.queries import of_self
from pumasi.civic.people.sealing import unseal
from pumasi.coin.district import district_tariff
from pumasi.coin.hearings.models import Case, CaseStep, Kind, State
from pumasi.coin.working_days import working_day
from pumasi.kernel.amount import Amount
from pumasi.kernel.clock import seoul_date

NOTE_COLUMN = "case_note"
# Working days within which an objection has to be decided.
OBJECTION_WORKING_DAYS = 10
INBOX = 100


@dataclass(frozen=True)
class CaseLine:
    """One step: where the case came to, when, why (the officer), and the person's own words."""

    state: str
    at: datetime
    why: str
    note: str


@dataclass(frozen=True)
class CaseView:
    """A case with its steps. `due` is the last day of whoever has to act; `may_answer`, `may_object`: the person."""

    id: UUID
    kind: str
    subject: UUID
    coins: Amount
    why: str
    clause: str
    state: str
    opened_on: date
    due: date | None
    steps: tuple[CaseLine, ...]
    may_answer: bool
    may_object: bool


@dataclass(frozen=True)
class InboxLine:
    """An open case for the officers: what has to be done until when; `mine`: this officer has had a hand in it."""

    id: UUID
    kind: str
    subject: UUID
    coins: Amount
    state: str
    opened_at: datetime
    due: date | None
    is_late: bool
    mine: bool


def last_step(case_id: UUID) -> CaseStep:
    """The step at which a case stands."""
    return CaseStep.objects.filter(case_id=case_id).order_by("-number")[0]


def hands_on(case: Case) -> set[UUID]:
    """The officers who have opened or decided something in this case."""
    steps = CaseStep.objects.filter(case=case, by__isnull=False).values_list("by", flat=True)
    return {case.opened_by, *(by for by in steps if by is not None)}


def has_hand_in(case_id: UUID, officer: UUID) -> bool:
    """Whether this officer has opened or decided something in the case."""
    return officer in hands_on(Case.objects.get(id=case_id))


def objection_until(step: CaseStep) -> date:
    """The last day for objecting to a decision."""
    return seoul_date(step.at) + timedelta(days=district_tariff().appeal_days)


def cases_of(person_id: UUID, at: datetime) -> list[CaseView]:
    """A person's cases, newest first, at most 50."""
    return _views(list(Case.objects.filter(of_self(person_id)).order_by("-opened_at")[:50]), at)


def case_of(case_id: UUID, at: datetime, person_id: UUID | None = None) -> CaseView | None:
    """One case, of this person when one is named, or None."""
    rows = Case.objects.filter(id=case_id)
    found = _views(list(rows.filter(of_self(person_id)) if person_id else rows), at)
    return found[0] if found else None


def open_case_about(kind: Kind, subject: UUID, at: datetime) -> CaseView | None:
    """The case about this subject that has not ended, or None."""
    found = _views(list(Case.objects.filter(kind=kind, subject=subject, ended_at=None)), at)
    return found[0] if found else None


def inbox(kinds: Sequence[str], officer: UUID, day: date) -> list[InboxLine]:
    """Open cases by the day on which somebody has to act, at most 100; two queries."""
    rows = list(Case.objects.filter(ended_at=None, kind__in=kinds).order_by("hear_until", "opened_at")[:INBOX])
    steps = _steps_of(rows)
    lines = [_inbox_line(each, steps[each.id], officer, day) for each in rows]
    return sorted(lines, key=lambda line: (line.due or date.max, line.id))


def due_to_end(kind: Kind, day: date) -> list[UUID]:
    """Cases without any way back left: nobody objected in time, or the objection was not granted."""
    rows = list(Case.objects.filter(ended_at=None, kind=kind).order_by("opened_at", "id"))
    last = {case_id: steps[-1] for case_id, steps in _steps_of(rows).items()}
    return [each.id for each in rows if _is_over(last[each.id], day)]


def _is_over(last: CaseStep, day: date) -> bool:
    return last.state == State.UPHELD or (last.state == State.DECIDED and objection_until(last) < day)


def _due(last: CaseStep, row: Case) -> date | None:
    """Until when something has to happen: an opinion, an objection, a decision on an objection."""
    match last.state:
        case State.NOTIFIED | State.ANSWERED:
            return row.hear_until
        case State.DECIDED:
            return objection_until(last)
        case State.OBJECTED:
            return working_day(seoul_date(last.at), OBJECTION_WORKING_DAYS)
    return None


def _inbox_line(row: Case, steps: Sequence[CaseStep], officer: UUID, day: date) -> InboxLine:
    last = steps[-1]
    due = _due(last, row)
    return InboxLine(
        id=row.id,
        kind=row.kind,
        subject=row.subject,
        coins=Amount(district_tariff().unit, row.coins),
        state=last.state,
        opened_at=row.opened_at,
        due=due,
        is_late=due is not None and due < day and last.state != State.DECIDED,
        mine=officer in {row.opened_by, *(each.by for each in steps)},
    )


def _steps_of(rows: Sequence[Case]) -> dict[UUID, list[CaseStep]]:
    found: dict[UUID, list[CaseStep]] = {each.id: [] for each in rows}
    for step in CaseStep.objects.filter(case__in=rows).order_by("number"):
        found[step.case_id].append(step)
    return found


def _views(rows: list[Case], at: datetime) -> list[CaseView]:
    steps = _steps_of(rows)
    return [_view(each, steps[each.id], seoul_date(at)) for each in rows]


def _view(row: Case, steps: Sequence[CaseStep], day: date) -> CaseView:
    last = steps[-1]
    due = _due(last, row)
    return CaseView(
        id=row.id,
        kind=row.kind,
        subject=row.subject,
        coins=Amount(district_tariff().unit, row.coins),
        why=row.why,
        clause=row.clause,
        state=last.state,
        opened_on=seoul_date(row.opened_at),
        due=due,
        steps=tuple(CaseLine(each.state, each.at, each.why, _note(row, each)) for each in steps),
        may_answer=last.state == State.NOTIFIED and day <= row.hear_until,
        may_object=last.state == State.DECIDED and due is not None and day <= due,
    )


def _note(row: Case, step: CaseStep) -> str:
    if step.note_sealed is None:
        return ""
    return unseal(key_of(row.person_id), NOTE_COLUMN, row.person_id, bytes(step.note_sealed)).decode("utf-8")
