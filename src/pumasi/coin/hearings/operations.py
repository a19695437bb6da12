"""The way of a case: notice, opinion, decision by another officer, objection, decision by a third one.

Each is one transaction that the caller may have opened already, together with what the decision moves. The notice,
the days for an opinion and its exceptions follow 행정절차법 articles 21, 22 and 27; objections 행정기본법 article 36.
"""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db import IntegrityError, transaction

from pumasi.civic.audit.operations import record
from pumasi.civic.notices.operations import write_notice
from pumasi.civic.people.keys import key_of
from pumasi.civic.people.models import RoleName
from pumasi.civic.people.queries import is_self, one_self
from pumasi.civic.people.sealing import seal
from pumasi.coin.district import district_tariff
from pumasi.coin.errors import ReasonMissing
from pumasi.coin.hearings import letters
from pumasi.coin.hearings.errors import (
    CaseInBadOrder,
    CaseNeedsOutsider,
    CaseOpenAlready,
    CaseUnknown,
    HearingOpen,
    HearingOver,
    ObjectionTooLate,
)
from pumasi.coin.hearings.models import ENDS, NEXT, Case, CaseStep, Kind, State
from pumasi.coin.hearings.queries import due_to_end, hands_on, last_step, objection_until
from pumasi.coin.parties import check_role
from pumasi.kernel.acting import Acting
from pumasi.kernel.clock import seoul_date
from pumasi.kernel.ids import derived_id
from pumasi.kernel.text import clean_text

OFFICERS = (RoleName.REVIEWER, RoleName.DONG_OFFICIAL, RoleName.ISSUER)
# 행정절차법 article 21(3): at least ten days for an opinion.
HEARING_DAYS = 10
WORDS, NOTE, NOTE_COLUMN = 300, 500, "case_note"


@dataclass(frozen=True)
class Opening:
    """What an officer intends against whom, why and by which clause; `coins` minor units, 0 for a suspension."""

    kind: Kind
    person_id: UUID
    subject: UUID
    coins: int
    why: str
    clause: str


def open_case(acting: Acting, opening: Opening, key: UUID) -> Case:
    """Give notice of what is intended, once per `key`; the person reads it in a letter.

    Raises NotAllowed, CaseNeedsOutsider (the officer is the person), ReasonMissing and CaseOpenAlready.
    """
    officer = check_role(acting, *OFFICERS)
    if is_self(officer, opening.person_id):
        raise CaseNeedsOutsider()
    with transaction.atomic():
        known = Case.objects.filter(id=key).first()
        if known is not None:
            return known
        try:
            with transaction.atomic():
                case = Case.objects.create(
                    id=key,
                    kind=opening.kind,
                    person_id=opening.person_id,
                    subject=opening.subject,
                    coins=opening.coins,
                    why=_words(opening.why),
                    clause=_words(opening.clause, 80),
                    hear_until=seoul_date(acting.at) + timedelta(days=HEARING_DAYS),
                    opened_by=officer,
                    opened_at=acting.at,
                )
        except IntegrityError:
            raise CaseOpenAlready() from None
        _step(acting, case, State.NOTIFIED, why=opening.why)
    return case


def give_opinion(acting: Acting, *, case_id: UUID, note: str) -> None:
    """The person says what they think of it; once. Raises CaseUnknown, ReasonMissing, CaseInBadOrder, HearingOver."""
    with transaction.atomic():
        case = _of_person(acting, case_id)
        _must_follow(case, State.ANSWERED)
        if seoul_date(acting.at) > case.hear_until:
            raise HearingOver(until=case.hear_until.isoformat(), days=district_tariff().appeal_days)
        _step(acting, case, State.ANSWERED, note=_words(note, NOTE))


def decide(acting: Acting, *, case_id: UUID, stands: bool, why: str, urgent: str = "") -> Case:
    """Another officer decides, once the person was heard or the days are over; `urgent` says why it cannot wait.

    An officer may also drop what was decided, until it is objected to; whoever has opened a case may drop it too.
    The same decision again is no harm. Raises NotAllowed, CaseUnknown, CaseNeedsOutsider, ReasonMissing, HearingOpen
    and CaseInBadOrder.
    """
    state = State.DECIDED if stands else State.DROPPED
    with transaction.atomic():
        case, done = _of_officer(acting, case_id, state)
        if done:
            return case
        if last_step(case.id).state not in (State.NOTIFIED, State.ANSWERED, State.DECIDED):
            raise CaseInBadOrder()
        words = _words(why)
        is_waiting = last_step(case.id).state == State.NOTIFIED and seoul_date(acting.at) <= case.hear_until
        if stands and is_waiting and not urgent.strip():
            raise HearingOpen(until=case.hear_until.isoformat())
        _step(acting, case, state, why=f"{words} ({_words(urgent, 120)})" if stands and is_waiting else words)
    return case


def object_to(acting: Acting, *, case_id: UUID, note: str) -> None:
    """The person objects within the tariff's days.

    Raises CaseUnknown, ReasonMissing, CaseInBadOrder and ObjectionTooLate.
    """
    with transaction.atomic():
        case = _of_person(acting, case_id)
        _must_follow(case, State.OBJECTED)
        until = objection_until(last_step(case.id))
        if seoul_date(acting.at) > until:
            raise ObjectionTooLate(until=until.isoformat(), office=district_tariff().appeal_office_ko)
        _step(acting, case, State.OBJECTED, note=_words(note, NOTE))


def take_words(acting: Acting, case_id: UUID, note: str) -> None:
    """The person's opinion or objection, whichever is asked for now; a desk writes it down for `acting.subject`."""
    with transaction.atomic():
        state = last_step(_of_person(acting, case_id).id).state
        act = object_to if state in (State.DECIDED, State.OBJECTED) else give_opinion
        act(acting, case_id=case_id, note=note)


def decide_objection(acting: Acting, *, case_id: UUID, granted: bool, why: str) -> Case:
    """A third officer decides the objection.

    Raises NotAllowed, CaseUnknown, CaseNeedsOutsider, ReasonMissing and CaseInBadOrder.
    """
    state = State.GRANTED if granted else State.UPHELD
    with transaction.atomic():
        case, done = _of_officer(acting, case_id, state)
        if not done:
            _step(acting, case, state, why=_words(why))
    return case


def finish(acting: Acting, *, case_id: UUID) -> None:
    """No way back is left: the case is over. Raises CaseUnknown and CaseInBadOrder."""
    with transaction.atomic():
        case = _locked(case_id)
        _must_follow(case, State.FINAL)
        _step(acting, case, State.FINAL)


def finish_due(acting: Acting, kind: Kind) -> int:
    """End the cases of a kind whose decision moves nothing more; answers how many."""
    due = due_to_end(kind, seoul_date(acting.at))
    for case_id in due:
        finish(acting, case_id=case_id)
    return len(due)


def drop_moot(acting: Acting, *, kind: Kind, subject: UUID, why: str) -> None:
    """What a case was about has gone: it ends, whoever is acting, at whatever point it was."""
    with transaction.atomic():
        for case in Case.objects.select_for_update().filter(kind=kind, subject=subject, ended_at=None):
            _step(acting, case, State.DROPPED, why=_words(why))


def _of_person(acting: Acting, case_id: UUID) -> Case:
    case = _locked(case_id)
    if not any(is_self(each, case.person_id) for each in {acting.actor, acting.subject}):
        raise CaseUnknown()
    return case


def _of_officer(acting: Acting, case_id: UUID, state: State) -> tuple[Case, bool]:
    """The case, and whether it stands at `state` already by this officer."""
    officer = check_role(acting, *OFFICERS)
    case = _locked(case_id)
    last = last_step(case.id)
    if last.state == state and last.by == officer:
        return case, True
    _must_follow(case, state)
    is_involved = officer in hands_on(case) and state is not State.DROPPED
    if is_self(officer, case.person_id) or is_involved:
        raise CaseNeedsOutsider()
    return case, False


def _locked(case_id: UUID) -> Case:
    case = Case.objects.select_for_update().filter(id=case_id).first()
    if case is None:
        raise CaseUnknown()
    return case


def _must_follow(case: Case, state: State) -> None:
    if state not in NEXT.get(last_step(case.id).state, frozenset()):
        raise CaseInBadOrder()


def _step(acting: Acting, case: Case, state: State, *, why: str = "", note: str = "") -> None:
    number = CaseStep.objects.filter(case=case).count() + 1
    CaseStep.objects.create(
        case=case,
        number=number,
        state=state,
        by=acting.actor,
        at=acting.at,
        why=why,
        note_sealed=seal(key_of(case.person_id), NOTE_COLUMN, case.person_id, note.encode("utf-8")) if note else None,
    )
    if state in ENDS:
        case.ended_at = acting.at
        case.save(update_fields=["ended_at"])
    record(acting, "hearings.step", case.person_id, state)
    words = letters.words(case, state, why, seoul_date(acting.at))
    if words is not None:
        key = derived_id("coin.hearings.letter", case.id.hex, number)
        write_notice(acting, person_id=one_self(case.person_id).id, kind="HEARING", words=words, key=key)


def _words(text: str, limit: int = WORDS) -> str:
    cleaned = clean_text(text.strip(), limit)
    if not cleaned:
        raise ReasonMissing(limit=limit)
    return cleaned
