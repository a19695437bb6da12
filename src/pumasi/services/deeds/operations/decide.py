"""Look at a claim: accept it, correct it, ask, refuse; object to a refusal, and decide the objection by another hand.

Who may decide stands on the claim's latest step: staff of the place, a reviewer, a dong official.
"""

from uuid import UUID

from django.db import transaction

from pumasi.civic.people.models import RoleName
from pumasi.civic.people.queries import is_self
from pumasi.coin.district import district_tariff
from pumasi.coin.operations import free_outcome
from pumasi.coin.parties import check_confirmer, check_role, venue
from pumasi.kernel.acting import Acting
from pumasi.kernel.clock import seoul_date
from pumasi.services.deeds.errors import (
    AppealTooLate,
    ClaimDecidedAlready,
    NothingAsked,
    NothingToObject,
    NotYoursToDecide,
    ReasonMissing,
)
from pumasi.services.deeds.models import OPEN, Claim, ClaimStep, Evidence, State
from pumasi.services.deeds.operations.steps import Move, issue, locked, step
from pumasi.services.deeds.queries.claims import appeal_until, hands_on, latest_step
from pumasi.services.deeds.queries.reasons import NOT_SEEN, QUESTIONS, REFUSALS, TWICE

_YES = frozenset({State.ISSUED, State.WAITLISTED})
_NO = frozenset({State.REJECTED, State.DUPLICATE, State.UPHELD})


def decide(
    acting: Acting,
    *,
    claim_id: UUID,
    is_right: bool,
    quantity: int | None = None,
    reason: str = "",
    note: str = "",
) -> State:
    """Accept a claim (perhaps with another `quantity`) or refuse it with a reason; objections are decided here too.

    The same decision twice is one; another raises ClaimDecidedAlready. Raises NotAllowed for who lacks the role on the
    claim's step, NotYoursToDecide (the claimant; for an objection whoever has decided before), ReasonMissing, and what
    `award` raises; then nothing has changed.
    """
    with transaction.atomic():
        claim = locked(claim_id)
        last = _latest(claim)
        if last.state not in OPEN:
            if last.state not in (_YES if is_right else _NO):
                raise ClaimDecidedAlready()
            return State(last.state)
        _must_decide(acting, claim, last)
        if is_right:
            return _accepted(acting, claim, last, quantity, note)
        return _refused(acting, claim, last, reason, note)


def ask(acting: Acting, *, claim_id: UUID, reason: str) -> State:
    """Ask the person something before deciding; the claim waits for the answer. Raises as `decide`."""
    if reason not in QUESTIONS:
        raise ReasonMissing()
    with transaction.atomic():
        claim = locked(claim_id)
        last = _latest(claim)
        if last.state not in (State.REVIEW, State.RISK_HOLD):
            raise ClaimDecidedAlready()
        _must_decide(acting, claim, last)
        step(acting, claim, Move(State.NEEDS_INFO, acting.actor, reason=reason))
    return State.NEEDS_INFO


def answer(acting: Acting, *, claim_id: UUID, note: str) -> State:
    """The person answers; the claim goes back to the role that asked. Raises NothingAsked."""
    with transaction.atomic():
        claim = locked(claim_id)
        last = _latest(claim)
        if last.state != State.NEEDS_INFO or not _is_of(acting, claim) or not note.strip():
            raise NothingAsked()
        role = _role_before(claim)
        step(acting, claim, Move(State.REVIEW, acting.actor, role=role, note=note, due_key=role))
    return State.REVIEW


def hold(acting: Acting, *, claim_id: UUID) -> State:
    """A reviewer keeps a claim that waits for staff back, to look at it. Raises NotAllowed, ClaimDecidedAlready."""
    check_role(acting, RoleName.REVIEWER)
    with transaction.atomic():
        claim = locked(claim_id)
        if _latest(claim).state != State.REVIEW:
            raise ClaimDecidedAlready()
        role = RoleName.REVIEWER.value
        step(acting, claim, Move(State.RISK_HOLD, acting.actor, role=role, due_key=role))
    return State.RISK_HOLD


def object_to(acting: Acting, *, claim_id: UUID, note: str) -> State:
    """The person objects to a refusal, once, within the days of the tariff; another reviewer will decide.

    Again with an objection that is open: no harm. Raises NothingToObject and AppealTooLate.
    """
    with transaction.atomic():
        claim = locked(claim_id)
        last = _latest(claim)
        if not _is_of(acting, claim):
            raise NothingToObject()
        if last.state == State.APPEALED:
            return State.APPEALED
        if last.state not in (State.REJECTED, State.DUPLICATE):
            raise NothingToObject()
        until = appeal_until(last)
        if seoul_date(acting.at) > until:
            raise AppealTooLate(days=district_tariff().appeal_days, until=until.isoformat())
        role = RoleName.REVIEWER.value
        step(acting, claim, Move(State.APPEALED, acting.actor, role=role, note=note, due_key="APPEAL"))
    return State.APPEALED


def _is_of(acting: Acting, claim: Claim) -> bool:
    return any(is_self(each, claim.person_id) for each in {acting.actor, acting.subject})


def take_objection(acting: Acting, claim_id: UUID, note: str) -> None:
    """A desk takes the objection of `acting.subject` down; raises what `object_to` raises."""
    object_to(acting, claim_id=claim_id, note=note)


def _accepted(acting: Acting, claim: Claim, last: ClaimStep, quantity: int | None, note: str) -> State:
    if claim.evidence == Evidence.OUTCOME:
        if last.state != State.APPEALED:
            raise ClaimDecidedAlready()  # an outcome is posted by `outcome.link`, never waved through
        role = RoleName.DONG_OFFICIAL.value
        step(acting, claim, Move(State.REVIEW, acting.actor, role=role, note=note, due_key=role))
        return State.REVIEW
    return issue(acting, claim, quantity=quantity, by_hand=True)


def _refused(acting: Acting, claim: Claim, last: ClaimStep, reason: str, note: str) -> State:
    if not reason and last.state == State.REVIEW and last.role == "STAFF":
        reason = NOT_SEEN
    if reason not in REFUSALS:
        raise ReasonMissing()
    state = State.UPHELD if last.state == State.APPEALED else State.DUPLICATE if reason == TWICE else State.REJECTED
    step(acting, claim, Move(state, acting.actor, reason=reason, note=note))
    if claim.evidence == Evidence.OUTCOME:
        free_outcome(acting, claim=claim.id)
    return state


def _must_decide(acting: Acting, claim: Claim, last: ClaimStep) -> None:
    """The right role, and neither the claimant nor, for an objection, anybody who had a hand in the decision."""
    if last.role == "STAFF":
        actor = check_confirmer(acting, venue(claim.place_id))
    else:
        actor = check_role(acting, RoleName(last.role))
    if is_self(actor, claim.person_id) or (last.state == State.APPEALED and actor in hands_on(claim.id)):
        raise NotYoursToDecide()


def _latest(claim: Claim) -> ClaimStep:
    last = latest_step(claim.id)
    assert last is not None
    return last


def _role_before(claim: Claim) -> str:
    asked = ClaimStep.objects.filter(claim=claim).exclude(role="").order_by("-number").values_list("role", flat=True)
    return asked[0]
