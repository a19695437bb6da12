"""Propose an import with the totals of its dry run; two officers approve it, or ask for the way back.

Who gets coins by the import never approves it. Not here: reading the files (`book`) and moving anything (`loading`).
"""

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction

from pumasi.civic.audit.operations import record
from pumasi.civic.people.models import RoleName
from pumasi.coin.district import district_tariff
from pumasi.coin.moving.book import Book
from pumasi.coin.moving.errors import (
    DigestDiffers,
    ImportDecided,
    ImportOpenAlready,
    ImportReasonMissing,
    ImportSecondOfficerNeeded,
    ImportTouched,
    ImportUnknown,
    OwnImport,
)
from pumasi.coin.moving.looking import must_be_covered
from pumasi.coin.moving.models import Beneficiary, Proposal, ProposalSum, Step, StepName
from pumasi.coin.moving.queries import SHOWN, touched
from pumasi.coin.moving.states import State, is_open, state_of
from pumasi.coin.parties import check_role
from pumasi.kernel.acting import Acting
from pumasi.kernel.ids import new_id
from pumasi.kernel.text import clean_text

OFFICERS = (RoleName.ISSUER, RoleName.BUDGET_OFFICER)


def propose(acting: Acting, book: Book, known: Mapping[str, UUID]) -> UUID:
    """Keep the totals of a good import set as a proposal; the same set again is the same proposal while it is open.

    `known`: old id -> member of this node who gets coins by it. Raises ImportOpenAlready for another open one.
    """
    digest = book.digest()
    with transaction.atomic():
        for other in Proposal.objects.select_for_update().order_by("-id"):
            if is_open(steps_of(other)):
                if other.digest == digest:
                    return other.id
                raise ImportOpenAlready(digest=other.digest[:SHOWN])
        proposal = Proposal.objects.create(
            id=new_id(acting.at),
            digest=digest,
            origin=book.words.origin,
            extract_on=book.words.extract_on,
            members=len(book.members),
            without_phone=book.without_phone(),
            shops=len(book.shops),
            coins=book.coins,
            won=book.won,
            at=acting.at,
        )
        ProposalSum.objects.bulk_create(
            ProposalSum(
                proposal=proposal,
                where=each.where,
                fund=each.fund,
                expires=each.expires,
                rate=each.rate,
                lots=each.lots,
                coins=each.coins,
            )
            for each in book.sums()
        )
        Beneficiary.objects.bulk_create(Beneficiary(proposal=proposal, person_id=each) for each in known.values())
        record(acting, "moving.propose", None, digest[:SHOWN])
    return proposal.id


def approve(acting: Acting, *, proposal_id: UUID, typed: str) -> State:
    """One officer approves, naming the digest; the second one's approval lets the box load. Returns the new state.

    Raises NotAllowed, OwnImport, DigestDiffers, ImportSecondOfficerNeeded, ImportDecided, and ImportNotCovered at the
    second approval.
    """
    actor = check_role(acting, *OFFICERS)
    with transaction.atomic():
        proposal, steps = locked(proposal_id)
        if Beneficiary.objects.filter(proposal=proposal, person_id=actor).exists():
            raise OwnImport()
        if len(typed.strip()) < SHOWN or not proposal.digest.startswith(typed.strip().lower()):
            raise DigestDiffers()
        state = state_of(steps)
        if state not in (State.PROPOSED, State.FIRST):
            raise ImportDecided(state=state.value)
        if state is State.PROPOSED:
            note(acting, proposal, StepName.FIRST)
            return State.FIRST
        if steps[StepName.FIRST].by == actor:
            raise ImportSecondOfficerNeeded()
        must_be_covered(needs_of(proposal), district_tariff().unit.code)
        note(acting, proposal, StepName.SECOND)
    return State.APPROVED


def reject(acting: Acting, *, proposal_id: UUID, reason: str) -> None:
    """An officer ends a proposal of which nothing was loaded. Raises NotAllowed, ImportReasonMissing, ImportDecided."""
    check_role(acting, *OFFICERS)
    why = _reason(reason)
    with transaction.atomic():
        proposal, steps = locked(proposal_id)
        state = state_of(steps)
        if state not in (State.PROPOSED, State.FIRST, State.APPROVED):
            raise ImportDecided(state=state.value)
        note(acting, proposal, StepName.REJECTED, why)


def ask_back(acting: Acting, *, proposal_id: UUID, reason: str) -> None:
    """An officer asks to undo an import, while nothing has touched what it brought; raises ImportTouched after that."""
    check_role(acting, *OFFICERS)
    why = _reason(reason)
    with transaction.atomic():
        proposal, steps = locked(proposal_id)
        _must_be(steps, State.DONE, State.LOADING)
        must_be_untouched(proposal)
        note(acting, proposal, StepName.BACK_ASKED, why)


def agree_back(acting: Acting, *, proposal_id: UUID) -> None:
    """A second officer agrees: the box may undo it now. Raises ImportSecondOfficerNeeded and ImportTouched."""
    actor = check_role(acting, *OFFICERS)
    with transaction.atomic():
        proposal, steps = locked(proposal_id)
        _must_be(steps, State.BACK_ASKED)
        if steps[StepName.BACK_ASKED].by == actor:
            raise ImportSecondOfficerNeeded()
        must_be_untouched(proposal)
        note(acting, proposal, StepName.BACK_AGREED, steps[StepName.BACK_ASKED].reason)


def locked(proposal_id: UUID) -> tuple[Proposal, dict[str, Step]]:
    """The proposal, locked, and its steps; raises ImportUnknown."""
    proposal = Proposal.objects.select_for_update().filter(id=proposal_id).first()
    if proposal is None:
        raise ImportUnknown()
    return proposal, steps_of(proposal)


def steps_of(proposal: Proposal) -> dict[str, Step]:
    """Step name -> step."""
    return {each.step: each for each in Step.objects.filter(proposal=proposal)}


def note(acting: Acting, proposal: Proposal, step: StepName, reason: str = "") -> None:
    """Add a step, and its row to the audit."""
    Step.objects.create(proposal=proposal, step=step.value, by=acting.actor, at=acting.at, reason=reason)
    record(acting, f"moving.{step.value.lower()}", None, proposal.digest[:SHOWN])


def needs_of(proposal: Proposal) -> dict[str, tuple[int, int]]:
    """Fund -> (minor units, won) of a proposal."""
    found: dict[str, tuple[int, int]] = {}
    for each in ProposalSum.objects.filter(proposal=proposal).order_by("fund"):
        coins, won = found.get(each.fund, (0, 0))
        found[each.fund] = coins + each.coins, won + each.coins * each.rate
    return found


def must_be_untouched(proposal: Proposal) -> None:
    """Nothing but the import itself has moved coins of whom it brought; raises ImportTouched."""
    count = len(touched(proposal))
    if count:
        raise ImportTouched(count=count)


def _must_be(steps: Mapping[str, Step], *wanted: State) -> None:
    state = state_of(steps)
    if state not in wanted:
        raise ImportDecided(state=state.value)


def _reason(text: str) -> str:
    found = clean_text(text.strip(), 200)
    if not found:
        raise ImportReasonMissing()
    return found
