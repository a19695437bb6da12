"""Many claims at one place at once: rolls and lists. Each stands alone; what a rule refuses is REJECTED with its words.

The caller holds a lock on where the claims come from, so that no claim is made by two hands at once.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from pumasi.coin.operations import award_many
from pumasi.coin.operations.award_many import Granted, Wish
from pumasi.kernel.acting import Acting
from pumasi.kernel.result import Refusal
from pumasi.services.deeds.models import Claim, ClaimStep, Evidence, State
from pumasi.services.deeds.queries.claims import states_of
from pumasi.services.deeds.queries.reasons import RULE


@dataclass(frozen=True)
class Line:
    """One person's deed; `claim_id` is derived from what it is, so that the same deed is the same claim."""

    claim_id: UUID
    person_id: UUID
    kind: str
    quantity: int
    evidence: Evidence
    proof: UUID
    done_at: datetime


def settle(acting: Acting, *, place_id: UUID, lines: Sequence[Line]) -> dict[UUID, State | None]:
    """Claim and award at most 500 lines; where each claim stands, None where it was sent before with other content."""
    with transaction.atomic():
        known = Claim.objects.in_bulk([line.claim_id for line in lines])
        before = states_of(list(known))
        answers: dict[UUID, State | None] = {
            line.claim_id: before[line.claim_id] if _same(known[line.claim_id], line) else None
            for line in lines
            if line.claim_id in known
        }
        fresh = list({line.claim_id: line for line in lines if line.claim_id not in known}.values())
        claims = [_claim(acting, place_id, line) for line in fresh]
        Claim.objects.bulk_create(claims)
        awarded = award_many(acting, place_id=place_id, wishes=[wish(line) for line in fresh])
        ClaimStep.objects.bulk_create(made for claim in claims for made in _steps(acting, claim, awarded[claim.id]))
    return answers | {key: _state(answer) for key, answer in awarded.items()}


def _same(claim: Claim, line: Line) -> bool:
    return (claim.person_id, claim.kind, claim.quantity) == (line.person_id, line.kind, line.quantity)


def _claim(acting: Acting, place_id: UUID, line: Line) -> Claim:
    return Claim(
        id=line.claim_id,
        person_id=line.person_id,
        place_id=place_id,
        kind=line.kind,
        quantity=line.quantity,
        evidence=line.evidence,
        proof=line.proof,
        done_at=line.done_at,
        sent_at=acting.at,
    )


def wish(line: Line) -> Wish:
    """The line as the coin is asked for it."""
    reference = f"{line.evidence.value}:{line.proof}"
    return Wish(line.claim_id, line.kind, line.quantity, line.person_id, reference, line.done_at)


def _state(answer: Granted | Refusal) -> State:
    if isinstance(answer, Refusal):
        return State.REJECTED
    return State.WAITLISTED if answer.is_waiting else State.ISSUED


def _steps(acting: Acting, claim: Claim, answer: Granted | Refusal) -> list[ClaimStep]:
    """SUBMITTED and AUTO_OK, then what the coin says; the words of a refusal are kept for the person."""
    states = (State.SUBMITTED, State.AUTO_OK, _state(answer))
    steps = [
        ClaimStep(claim=claim, number=number, state=state, by=acting.actor, at=acting.at)
        for number, state in enumerate(states, start=1)
    ]
    if isinstance(answer, Refusal):
        steps[-1].reason, steps[-1].said_ko, steps[-1].said_en = RULE, answer.text("ko")[:300], answer.text("en")[:300]
    return steps
