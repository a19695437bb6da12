"""SIMULATED 모의: a provider that moves no money. It fails by the last two digits of the amount, always alike.

..51 is declined. ..68 times out after the reservation was made, ..91 after the capture was. ..94 answers a capture
twice: not in time, then "DUPLICATE". ..96 declines the capture for good. ..40 leaves it out of the day's list.
"""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from pumasi.services.pos.models import SimulatedMove
from pumasi.services.pos.operations.provider import Answer, Line, Outcome

DECLINED, LATE_HOLD, LATE_CAPTURE, TWICE, NO_CAPTURE, NOT_LISTED = 51, 68, 91, 94, 96, 40
_UNKNOWN = Answer(Outcome.UNKNOWN)


class SimulatedProvider:
    """Its references are its keys. What was done stands in `SimulatedMove`, so that other processes see it."""

    is_simulated = True

    def authorise(self, amount_won: int, reference: str, key: UUID, day: date) -> Answer:
        """Reserve won."""
        reason = "51" if amount_won % 100 == DECLINED else ""
        row, is_new = _move(key, "HOLD", None, won=amount_won, reason=reason, day=day)
        return _UNKNOWN if is_new and amount_won % 100 == LATE_HOLD else _answer(row)

    def capture(self, authorisation: str, key: UUID, day: date) -> Answer:
        """Take what was reserved."""
        held = SimulatedMove.objects.get(key=UUID(authorisation))
        mode = held.won % 100
        row, is_new = _move(key, "CAPTURE", held.key, won=held.won, reason="96" if mode == NO_CAPTURE else "", day=day)
        if mode == TWICE and not is_new:
            return Answer(Outcome.DECLINED, reason="DUPLICATE")
        return _UNKNOWN if is_new and mode in (LATE_CAPTURE, TWICE) else _answer(row)

    def void(self, authorisation: str, key: UUID, day: date) -> Answer:
        """Let the reservation go; declined once it was captured."""
        held = UUID(authorisation)
        is_taken = SimulatedMove.objects.filter(of=held, kind="CAPTURE", reason="").exists()
        return _answer(_move(key, "VOID", held, won=0, reason="CAPTURED" if is_taken else "", day=day)[0])

    def refund(self, capture: str, amount_won: int, key: UUID, day: date) -> Answer:
        """Give captured won back; declined when more than is left."""
        taken = SimulatedMove.objects.get(key=UUID(capture))
        before = SimulatedMove.objects.filter(of=taken.key, kind="REFUND", reason="").exclude(key=key)
        left = taken.won - sum(each.won for each in before)
        reason = "" if amount_won <= left else "61"
        return _answer(_move(key, "REFUND", taken.key, won=amount_won, reason=reason, day=day)[0])

    def status(self, key: UUID) -> Answer:
        """What became of a key."""
        row = SimulatedMove.objects.filter(key=key).first()
        return _answer(row) if row else Answer(Outcome.NEVER)

    def reconcile(self, day: date) -> Sequence[Line]:
        """The day's captures and refunds, but for the captures of ..40."""
        rows = SimulatedMove.objects.filter(day=day, reason="", kind__in=("CAPTURE", "REFUND")).order_by("key")
        return [
            Line(str(row.key), row.won if row.kind == "CAPTURE" else -row.won)
            for row in rows
            if row.kind == "REFUND" or row.won % 100 != NOT_LISTED
        ]


def _move(key: UUID, kind: str, of: UUID | None, *, won: int, reason: str, day: date) -> tuple[SimulatedMove, bool]:
    given = {"kind": kind, "of": of, "won": won, "reason": reason, "day": day}
    return SimulatedMove.objects.get_or_create(key=key, defaults=given)


def _answer(row: SimulatedMove) -> Answer:
    return Answer(Outcome.DECLINED, reason=row.reason) if row.reason else Answer(Outcome.APPROVED, str(row.key))
