"""Requests to write takings in custody off, in words."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from pumasi.civic.places.queries import PlaceFacts, places_by_id
from pumasi.coin.models import Proposal, ProposalKind, ProposalStep


@dataclass(frozen=True)
class WriteOffLine:
    """One request; `is_mine`: the viewer asked for it, so that somebody else decides."""

    id: UUID
    place: PlaceFacts
    reason: str
    document: str
    asked_at: datetime
    state: str
    tone: str
    is_open: bool
    is_mine: bool


def write_offs(viewer: UUID, limit: int = 60) -> list[WriteOffLine]:
    """The newest requests, those that wait first."""
    rows = list(Proposal.objects.filter(kind=ProposalKind.WRITE_OFF).order_by("-asked_at")[:limit])
    steps = {step.proposal_id: step for step in ProposalStep.objects.filter(proposal__in=rows)}
    places = places_by_id(row.place_id for row in rows if row.place_id)
    lines = [_line(row, steps.get(row.id), places, viewer) for row in rows]
    return sorted(lines, key=lambda line: not line.is_open)


def _line(row: Proposal, step: ProposalStep | None, places: dict[UUID, PlaceFacts], viewer: UUID) -> WriteOffLine:
    assert row.place_id is not None
    state, tone = _("waits for a second officer"), "warn"
    if step is not None:
        state, tone = (_("written off"), "good") if step.step == "APPROVED" else (_("refused"), "bad")
    return WriteOffLine(
        id=row.id,
        place=places[row.place_id],
        reason=row.reason,
        document=row.document,
        asked_at=row.asked_at,
        state=state,
        tone=tone,
        is_open=step is None,
        is_mine=row.asked_by == viewer,
    )
