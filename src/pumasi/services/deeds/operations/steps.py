"""The engine of claims: what comes in is weighed by the policy, and every move is a step that stays.

All of it runs inside the transaction of the operation that calls. Not here: what proves a deed (the other modules).
"""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from pumasi.civic.people.keys import key_of
from pumasi.civic.people.sealing import seal
from pumasi.coin.answers import Payee
from pumasi.coin.district import district_tariff
from pumasi.coin.operations import award
from pumasi.coin.tariff import Part
from pumasi.kernel.acting import Acting, Channel
from pumasi.kernel.clock import seoul_date
from pumasi.kernel.result import Refusal
from pumasi.kernel.text import clean_text
from pumasi.services.deeds.errors import ClaimKeyReused, ClaimUnknown, ProofUsedAlready
from pumasi.services.deeds.models import NEXT, Claim, ClaimStep, Evidence, State
from pumasi.services.deeds.queries.claims import earlier_on_day, keeper_of, latest_step, state_of
from pumasi.services.deeds.queries.policy import policy

NOTE_COLUMN, NOTE_LIMIT = "claim_note", 500


@dataclass(frozen=True)
class Told:
    """What a claim says: who did what, where, how much, when, and the id of what proves it."""

    place_id: UUID
    person_id: UUID
    kind: str
    quantity: int
    evidence: Evidence
    proof: UUID
    done_at: datetime


@dataclass(frozen=True)
class Move:
    """One step to come; the fields are those of `ClaimStep`, `note` is sealed on the way."""

    state: State
    by: UUID | None = None
    reason: str = ""
    quantity: int | None = None
    role: str = ""
    said: Refusal | None = None
    note: str = ""
    due_key: str = ""


def submit(acting: Acting, told: Told, key: UUID) -> tuple[Claim, State | None]:
    """The claim of this key, newly SUBMITTED, or with its state when it had been sent before.

    Raises UnknownDeed, ClaimKeyReused (other content under this key) and ProofUsedAlready.
    """
    earlier = Claim.objects.filter(id=key).first()
    if earlier is not None:
        before = (earlier.proof, earlier.place_id, earlier.kind, earlier.quantity, earlier.person_id)
        if before != (told.proof, told.place_id, told.kind, told.quantity, told.person_id):
            raise ClaimKeyReused()
        return earlier, state_of(key)
    district_tariff().kind(told.kind)
    if Claim.objects.filter(proof=told.proof).exists():
        raise ProofUsedAlready()
    claim = Claim.objects.create(
        id=key,
        person_id=told.person_id,
        place_id=told.place_id,
        kind=told.kind,
        quantity=told.quantity,
        evidence=told.evidence,
        proof=told.proof,
        done_at=told.done_at,
        sent_at=acting.at,
    )
    step(acting, claim, Move(State.SUBMITTED, acting.actor))
    return claim, None


def weigh(acting: Acting, claim: Claim) -> State:
    """Let the policy decide what happens to a new claim: coins at once, or who looks first."""
    tariff = district_tariff()
    priced = tariff.price(claim.kind, seoul_date(claim.done_at), claim.quantity)
    coins = -(-priced.amount.minor // priced.amount.unit.minor_per_whole)
    kind, earlier = tariff.kind(claim.kind), earlier_on_day(claim, seoul_date(claim.sent_at))
    rule = policy().rule_for(claim.evidence, kind.measure, coins, earlier)
    if rule.then is State.AUTO_OK and not _needs_a_word(claim):
        step(acting, claim, Move(State.AUTO_OK, _who_vouches(acting, claim)))
        return issue(acting, claim)
    state, role = (rule.then, rule.by) if rule.by else (State.REVIEW, "STAFF")
    step(acting, claim, Move(state, None, role=role, due_key=role))
    return state


def issue(acting: Acting, claim: Claim, *, quantity: int | None = None, by_hand: bool = False) -> State:
    """Hand the claim to the coin; raises whatever rule it breaks.

    quantity: what was accepted, where it differs. by_hand: the actor vouches for it (staff, reviewer), so the evidence
    is theirs where the kind takes it.
    """
    word = _evidence(claim, by_hand=by_hand)
    channel = Channel.MACHINE if word is Evidence.MACHINE else acting.channel
    is_late = by_hand or claim.evidence == Evidence.ATTENDANCE
    answer = award(
        replace(acting, channel=channel),
        kind=claim.kind,
        quantity=quantity or claim.quantity,
        place_id=claim.place_id,
        payees=payees(claim, acting.at),
        evidence_ref=f"{word.value}:{claim.proof}",
        key=claim.id,
        deed_at=claim.done_at if is_late else None,
    )
    state = State.WAITLISTED if answer.is_waiting else State.ISSUED
    changed = quantity if quantity != claim.quantity else None
    step(acting, claim, Move(state, acting.actor, quantity=changed))
    return state


def step(acting: Acting, claim: Claim, move: Move) -> ClaimStep:
    """Add a step; a move that `NEXT` does not allow is a fault of the program, not of a person."""
    last = latest_step(claim.id)
    if move.state not in NEXT.get(last.state if last else None, frozenset()):
        raise AssertionError(f"a claim cannot move from {last.state if last else 'nothing'} to {move.state}")
    note = clean_text(move.note.strip(), NOTE_LIMIT)
    return ClaimStep.objects.create(
        claim=claim,
        number=last.number + 1 if last else 1,
        state=move.state,
        by=move.by,
        at=acting.at,
        reason=move.reason,
        said_ko=move.said.text("ko")[:300] if move.said else "",
        said_en=move.said.text("en")[:300] if move.said else "",
        quantity=move.quantity,
        role=move.role,
        due_on=policy().due(move.due_key, seoul_date(acting.at)) if move.due_key else None,
        note_sealed=_sealed(claim, note),
    )


def locked(claim_id: UUID) -> Claim:
    """The claim, locked until the transaction ends; raises ClaimUnknown."""
    claim = Claim.objects.select_for_update().filter(id=claim_id).first()
    if claim is None:
        raise ClaimUnknown()
    return claim


def payees(claim: Claim, at: datetime) -> list[Payee]:
    """The doer, and the keeper of the shop where the kind pays both."""
    found = [Payee(claim.person_id, Part.RESIDENT)]
    keeper = keeper_of(claim.place_id, at) if Part.SHOP in district_tariff().kind(claim.kind).payees else None
    if keeper is not None and keeper != claim.person_id:
        found.append(Payee(keeper, Part.SHOP))
    return found


def _evidence(claim: Claim, *, by_hand: bool) -> Evidence:
    """The proof as the coin is told: a person's word where somebody looked, a code where two codes measured a visit."""
    takes = district_tariff().kind(claim.kind).evidence
    if by_hand and claim.evidence in (Evidence.CODE, Evidence.ATTENDANCE) and Evidence.STAFF.value in takes:
        return Evidence.STAFF
    if not by_hand and claim.evidence == Evidence.ATTENDANCE and Evidence.CODE.value in takes:
        return Evidence.CODE
    return Evidence(claim.evidence)


def _needs_a_word(claim: Claim) -> bool:
    """Whether a measured visit still needs somebody: where the kind takes no code, two codes alone prove nothing."""
    takes = district_tariff().kind(claim.kind).evidence
    return claim.evidence == Evidence.ATTENDANCE and Evidence.CODE.value not in takes


def _who_vouches(acting: Acting, claim: Claim) -> UUID | None:
    return acting.actor if claim.evidence == Evidence.STAFF else None


def _sealed(claim: Claim, note: str) -> bytes | None:
    return seal(key_of(claim.person_id), NOTE_COLUMN, claim.person_id, note.encode("utf-8")) if note else None
