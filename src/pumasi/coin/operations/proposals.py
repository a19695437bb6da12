"""What two officers decide: one asks with a reason, another one approves or rejects. Nothing happens in between.

Not here: what is decided (merging, estates, custody); each brings its `Way`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from pumasi.civic.audit.operations import record
from pumasi.civic.people.models import RoleName
from pumasi.coin.life_errors import ConcernsYourself, ProposalDecided, ProposalOpen, ProposalUnknown
from pumasi.coin.models import Proposal, ProposalKind, ProposalStep
from pumasi.coin.parties import check_role
from pumasi.coin.registers.errors import ReasonMissing, SecondPersonNeeded
from pumasi.coin.requests import is_first
from pumasi.kernel.acting import Acting
from pumasi.kernel.text import clean_text

APPROVED, REJECTED = "APPROVED", "REJECTED"
DESK = (RoleName.DONG_OFFICIAL, RoleName.ISSUER)


@dataclass(frozen=True)
class Way:
    """One kind of decision: who asks, who decides, and the check that holds at both moments."""

    kind: ProposalKind
    askers: tuple[RoleName, ...]
    deciders: tuple[RoleName, ...]
    check: Callable[[Acting, Proposal], None]


@dataclass(frozen=True)
class Wish:
    """What an officer asks for; the fields are those of `Proposal`."""

    reason: str
    document: str = ""
    person_id: UUID | None = None
    other_id: UUID | None = None
    place_id: UUID | None = None


def ask(acting: Acting, way: Way, wish: Wish, *, key: UUID) -> Proposal:
    """Put a request before a second officer, once per `key`, which becomes its id.

    Raises NotAllowed, ReasonMissing, ConcernsYourself, ProposalOpen (the same waits already) and what the way's check
    raises.
    """
    actor = check_role(acting, *way.askers)
    reason = clean_text(wish.reason.strip(), 200)
    if not reason:
        raise ReasonMissing()
    body = {"person": str(wish.person_id), "other": str(wish.other_id), "place": str(wish.place_id), "reason": reason}
    with transaction.atomic():
        if not is_first(key, way.kind.value, body, acting.at):
            return Proposal.objects.get(id=key)
        made = Proposal(
            id=key,
            kind=way.kind,
            person_id=wish.person_id,
            other_id=wish.other_id,
            place_id=wish.place_id,
            reason=reason,
            document=clean_text(wish.document.strip(), 80),
            asked_by=actor,
            asked_at=acting.at,
        )
        _check_outsider(actor, made)
        if _waits_already(made):
            raise ProposalOpen()
        way.check(acting, made)
        made.save(force_insert=True)
        record(acting, f"coin.ask_{way.kind.value.lower()}", wish.person_id)
    return made


def begin_decision(acting: Acting, way: Way, proposal_id: UUID) -> Proposal | None:
    """The request, to be carried out now in the caller's transaction; None when this officer approved it before.

    Raises NotAllowed, ProposalUnknown, ProposalDecided, SecondPersonNeeded, ConcernsYourself and what the check raises.
    """
    actor = check_role(acting, *way.deciders)
    found = _locked(way, proposal_id)
    step = ProposalStep.objects.filter(proposal=found).first()
    if step is not None:
        if (step.step, step.by) == (APPROVED, actor):
            return None
        raise ProposalDecided()
    if found.asked_by == actor:
        raise SecondPersonNeeded()
    _check_outsider(actor, found)
    way.check(acting, found)
    ProposalStep.objects.create(proposal=found, step=APPROVED, by=actor, at=acting.at, reason="")
    record(acting, f"coin.approve_{way.kind.value.lower()}", found.person_id)
    return found


def reject(acting: Acting, way: Way, *, proposal_id: UUID, reason: str) -> None:
    """Refuse a request, with the reason; whoever asked may take it back so. Nothing else changes."""
    actor = check_role(acting, *way.askers, *way.deciders)
    why = clean_text(reason.strip(), 200)
    if not why:
        raise ReasonMissing()
    with transaction.atomic():
        found = _locked(way, proposal_id)
        if ProposalStep.objects.filter(proposal=found).exists():
            raise ProposalDecided()
        ProposalStep.objects.create(proposal=found, step=REJECTED, by=actor, at=acting.at, reason=why)
        record(acting, f"coin.reject_{way.kind.value.lower()}", found.person_id)


def _locked(way: Way, proposal_id: UUID) -> Proposal:
    found = Proposal.objects.select_for_update().filter(id=proposal_id, kind=way.kind).first()
    if found is None:
        raise ProposalUnknown()
    return found


def _check_outsider(actor: UUID, made: Proposal) -> None:
    if actor in (made.person_id, made.other_id):
        raise ConcernsYourself()


def _waits_already(made: Proposal) -> bool:
    same = Proposal.objects.filter(kind=made.kind, person=made.person_id, other=made.other_id, place=made.place_id)
    return same.exclude(id__in=ProposalStep.objects.values("proposal_id")).exists()
