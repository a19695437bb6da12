"""What the bank did: a shop's line was paid, or bounced and its receipts wait for the next batch."""

from uuid import UUID

from django.db import transaction

from pumasi.coin.district import PROGRAMME
from pumasi.coin.settlement.desk import (
    at_the_desk,
    batch_in,
    check_not_beneficiary,
    check_treasury,
    note,
    reason_text,
)
from pumasi.coin.settlement.errors import LineClosed, NoSuchBatch, NumbersMissing
from pumasi.coin.settlement.models import Batch, Line, LineReceipt, LineState, State
from pumasi.coin.settlement.operations.batch import payable, undo_line
from pumasi.coin.telling import tell_settled
from pumasi.kernel.acting import Acting
from pumasi.kernel.ids import derived_id
from pumasi.ledger import kinds
from pumasi.ledger.posting import post_one


def pay_line(acting: Acting, *, line_id: UUID) -> None:
    """The shop has its money: its coins are redeemed and the budget is executed. Again is no harm.

    Raises NotAllowed, IssuerCannotSettle, NoSuchBatch, BatchNotInState, NumbersMissing, BeneficiaryCannotSettle and
    LineClosed (it bounced).
    """
    actor = check_treasury(acting)
    with transaction.atomic():
        line = _open_line(line_id, actor, acting, LineState.PAID)
        if line is not None:
            _pay(line, actor, acting)
            _end_batch(line.batch, actor, acting)


def pay_open_lines(acting: Acting, *, batch_id: UUID) -> int:
    """Every line of the batch that is still open was paid; returns how many. Raises what `pay_line` raises."""
    actor = check_treasury(acting)
    with transaction.atomic():
        at_the_desk()
        batch = batch_in(batch_id, State.EXPORTED, State.DONE)
        lines = list(Line.objects.filter(batch=batch, state=LineState.OPEN).order_by("shop", "id"))
        _must_be_payable(batch, [line.place_id for line in lines], actor, acting)
        for line in lines:
            _pay(line, actor, acting)
        _end_batch(batch, actor, acting)
        return len(lines)


def bounce_line(acting: Acting, *, line_id: UUID, reason: str) -> None:
    """The bank sent the money back: the shop reads why, and its receipts go into the next batch. Again is no harm.

    Raises ReasonMissing, and what `pay_line` raises.
    """
    actor, said = check_treasury(acting), reason_text(reason)
    with transaction.atomic():
        line = _open_line(line_id, actor, acting, LineState.BOUNCED)
        if line is not None:
            post_one(undo_line(line, acting))
            LineReceipt.objects.filter(line=line).update(live=False)
            _end(line, LineState.BOUNCED, said, acting)
            note(line.batch, "BOUNCED", actor, acting.at, f"{line.shop}: {said}"[:200])
            _end_batch(line.batch, actor, acting)


def _open_line(line_id: UUID, actor: UUID, acting: Acting, wanted: LineState) -> Line | None:
    """The line under the desk's lock, open; None when it is already as wanted."""
    at_the_desk()
    line = Line.objects.select_related("batch").filter(id=line_id).first()
    if line is None:
        raise NoSuchBatch()
    batch_in(line.batch_id, State.EXPORTED, State.DONE)
    if line.state == wanted:
        return None
    if line.state != LineState.OPEN:
        raise LineClosed(shop=line.shop, state=line.state)
    _must_be_payable(line.batch, [line.place_id], actor, acting)
    return line


def _must_be_payable(batch: Batch, places: list[UUID], actor: UUID, acting: Acting) -> None:
    if not batch.document:
        raise NumbersMissing()
    check_not_beneficiary(actor, places, acting.at)


def _pay(line: Line, actor: UUID, acting: Acting) -> None:
    key = derived_id("settlement.paid", line.id.hex)
    post_one(
        kinds.paid(
            key=key,
            at=acting.at,
            batch=payable(line),
            till_owner=line.till.rpartition(":")[2],
            programme=PROGRAMME,
            won=line.won - line.set_off,
            memo=line.batch.payment_number,
        )
    )
    _end(line, LineState.PAID, "", acting)
    tell_settled(key, line.place_id, acting.at, won=line.won - line.set_off, kept=line.set_off, batch=line.batch.number)
    note(line.batch, "PAID", actor, acting.at, line.shop)


def _end(line: Line, state: LineState, reason: str, acting: Acting) -> None:
    line.state, line.reason, line.ended_at = state, reason, acting.at
    line.save(update_fields=["state", "reason", "ended_at"])


def _end_batch(batch: Batch, actor: UUID, acting: Acting) -> None:
    if batch.state == State.EXPORTED and not Line.objects.filter(batch=batch, state=LineState.OPEN).exists():
        batch.state, batch.ended_at = State.DONE, acting.at
        batch.save(update_fields=["state", "ended_at"])
        note(batch, "DONE", actor, acting.at)
