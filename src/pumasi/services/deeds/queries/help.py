"""What a desk tells about a person's claims: where each stands, why, and until when one may object."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from pumasi.civic.people.queries import of_self
from pumasi.civic.shell.help import HelpLine
from pumasi.civic.shell.language import page_language
from pumasi.kernel.clock import seoul_date
from pumasi.services.deeds.models import ClaimStep, State
from pumasi.services.deeds.queries.claims import appeal_until, latest_steps
from pumasi.services.deeds.queries.kinds import printed_name
from pumasi.services.deeds.queries.reasons import reason_text
from pumasi.services.deeds.queries.slips import step_text

SHOWN = 20
_NO = (State.REJECTED, State.DUPLICATE)


def help_lines(person_id: UUID, at: datetime) -> Iterator[HelpLine]:
    """The latest claims of a person, at most 20; a discreet kind shows its group only (decisions 38)."""
    rows = (
        latest_steps().filter(of_self(person_id, "claim__person")).select_related("claim").order_by("-claim__sent_at")
    )
    for step in rows[:SHOWN]:
        until = appeal_until(step) if step.state in _NO else None
        yield HelpLine(
            id=step.claim_id,
            what=printed_name(step.claim.kind),
            when=step.claim.done_at,
            state=step_text(State(step.state)),
            tone=_tone(step),
            why=(step.said_ko if page_language() == "ko" else step.said_en) or reason_text(step.reason),
            words_until=until if until is not None and until >= seoul_date(at) else None,
        )


def _tone(step: ClaimStep) -> str:
    if step.state in (State.ISSUED, State.AUTO_OK):
        return "good"
    return "bad" if step.state in (*_NO, State.UPHELD, State.REVERSED) else "warn"
