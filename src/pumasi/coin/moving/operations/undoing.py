"""The way back: every lot and taking of an import returns, its members and shops close, in one transaction (ADR 0071).

All or nothing on purpose: an import that is half undone would be neither here nor there. Possible only while nothing
else has touched a wallet or till of it.
"""

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction

from pumasi.civic.people.moving import close_many
from pumasi.coin.moving.enrolment import register
from pumasi.coin.moving.errors import ImportNotApproved, ImportTouched
from pumasi.coin.moving.models import MovedMember, MovedShop, Proposal, Step, StepName
from pumasi.coin.moving.operations.deciding import locked, must_be_untouched, note, steps_of
from pumasi.coin.moving.queries import memo
from pumasi.coin.moving.states import State, state_of
from pumasi.kernel.acting import Acting
from pumasi.kernel.ids import derived_id
from pumasi.ledger import kinds, reads
from pumasi.ledger.posting import BATCH_LIMIT, post


def undo(acting: Acting) -> UUID:
    """Undo the import whose way back two officers have agreed on; returns the proposal.

    Raises ImportNotApproved when there is none. Raises ImportTouched when something was used since the officers agreed:
    then the way back is closed for good, which is noted, and nothing else has changed.
    """
    proposal_id = _agreed()
    try:
        with transaction.atomic():
            _undo(acting, *locked(proposal_id))
    except ImportTouched:
        with transaction.atomic():
            proposal, _ = locked(proposal_id)
            note(acting, proposal, StepName.BACK_CLOSED)
        raise
    return proposal_id


def _undo(acting: Acting, proposal: Proposal, steps: Mapping[str, Step]) -> None:
    officer = steps[StepName.BACK_AGREED].by
    assert officer is not None
    must_be_untouched(proposal)
    _return_coins(acting, proposal)
    for shop in MovedShop.objects.filter(proposal=proposal):
        register().end(acting, shop.place_id, officer)
    people = MovedMember.objects.filter(proposal=proposal, is_new=True).values_list("person_id", flat=True)
    close_many(acting, list(people))
    note(acting, proposal, StepName.UNDONE)


def _agreed() -> UUID:
    """The one proposal that is to be undone."""
    for proposal in Proposal.objects.order_by("-id"):
        if state_of(steps_of(proposal)) is State.UNDOING:
            return proposal.id
    raise ImportNotApproved(count=0)


def _return_coins(acting: Acting, proposal: Proposal) -> None:
    case = f"import-{proposal.id.hex[-12:]}"
    commands = [
        kinds.opening_undone(
            key=derived_id("coin.moving.undone", opened.key.hex),
            at=acting.at,
            source=opened.address,
            case=case,
            amount=opened.lot.amount,
            lot=opened.lot.lot,
            opened=opened.key,
            memo=f"{memo(proposal)}undone",
        )
        for opened in reads.openings(memo(proposal))
    ]
    for start in range(0, len(commands), BATCH_LIMIT):
        refused = sum(v.refusal is not None for v in post(commands[start : start + BATCH_LIMIT]))
        if refused:
            raise ImportTouched(count=refused)
