"""A batch from draft to the treasury: draft (maker) -> checked (another person) -> exported -> numbers entered back.

A draft moves nothing: it notes receipts and sums. Checking adds everything up again and only then posts BATCH and
SET_OFF. Not here: what the bank did with it (`outcome`).
"""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from pumasi.civic.audit.operations import record, record_look
from pumasi.coin.district import PROGRAMME, district_tariff
from pumasi.coin.requests import is_first
from pumasi.coin.settlement.candidates import Candidates, Payee, candidates, till_address
from pumasi.coin.settlement.desk import (
    NUMBER_LIMIT,
    at_the_desk,
    batch_in,
    check_not_beneficiary,
    check_treasury,
    note,
    places_of,
    reason_text,
)
from pumasi.coin.settlement.due import due
from pumasi.coin.settlement.errors import (
    BatchChanged,
    FilesNotTaken,
    MakerCannotCheck,
    NothingToSettle,
    NumbersAlreadyEntered,
    SettlementNotDue,
)
from pumasi.coin.settlement.models import Batch, LeftOut, Line, LineReceipt, LineState, State
from pumasi.coin.settlement.paper import files_of
from pumasi.coin.settlement.sheet import Files
from pumasi.kernel.acting import Acting
from pumasi.kernel.clock import seoul_date
from pumasi.kernel.ids import derived_id, new_id
from pumasi.ledger import kinds
from pumasi.ledger.chart import address
from pumasi.ledger.commands import Command
from pumasi.ledger.posting import post

RECEIPTS_PER_TRANSFER = 60  # a command of the ledger holds 64 moves, one of them the won
COMMANDS_PER_POST = 1000


def draft_batch(acting: Acting, *, key: UUID) -> UUID:
    """The maker draws up a batch of all that can be paid now, once per `key`; returns its id. No coin moves.

    Raises NotAllowed, IssuerCannotSettle, SettlementNotDue, NothingToSettle, BeneficiaryCannotSettle and KeyReused.
    """
    maker = check_treasury(acting)
    district_tariff().check_settling(seoul_date(acting.at))
    with transaction.atomic():
        if not is_first(key, "SETTLE_DRAFT", {"maker": str(maker)}, acting.at):
            return key
        desk = at_the_desk()
        found = candidates(acting.at)
        if not found.payees:
            raise NothingToSettle()
        state = due(found, acting.at)
        if not state.is_due:
            raise SettlementNotDue(
                next=state.next_day.isoformat(), threshold=f"{state.threshold_won:,}", won=f"{state.payable_won:,}"
            )
        check_not_beneficiary(maker, [payee.place.id for payee in found.payees], acting.at)
        desk.last_number += 1
        desk.save(update_fields=["last_number"])
        _keep(Batch(id=key, number=desk.last_number, maker_id=maker), found, acting)
        return key


def check_batch(acting: Acting, *, batch_id: UUID, sheet_hash: str) -> None:
    """Another person has added the batch up: it is added up once more, and coins and debts move.

    sheet_hash: SHA-256 (hex) of the payee sheet that the checker has seen. Raises NotAllowed, IssuerCannotSettle,
    NoSuchBatch, BatchNotInState, MakerCannotCheck, BeneficiaryCannotSettle and BatchChanged; then nothing has changed.
    """
    checker = check_treasury(acting)
    with transaction.atomic():
        at_the_desk()
        batch = batch_in(batch_id, State.DRAFT)
        if checker == batch.maker_id:
            raise MakerCannotCheck()
        check_not_beneficiary(checker, places_of(batch), acting.at)
        lines = list(Line.objects.filter(batch=batch).order_by("shop", "id"))
        _must_still_hold(batch, lines, acting)
        if files_of(batch).sheet_hash != sheet_hash:
            raise BatchChanged(number=batch.number)
        _post(batch, [command for line in lines for command in _commands(line, acting)])
        batch.state, batch.checker_id, batch.checked_at, batch.sheet = State.CHECKED, checker, acting.at, sheet_hash
        batch.save(update_fields=["state", "checker", "checked_at", "sheet"])
        note(batch, "CHECKED", checker, acting.at)


def give_up_batch(acting: Acting, *, batch_id: UUID, reason: str) -> None:
    """A draft or a checked batch that was not exported yet is given up; its receipts wait for the next one.

    Raises NotAllowed, IssuerCannotSettle, ReasonMissing, NoSuchBatch and BatchNotInState.
    """
    actor, said = check_treasury(acting), reason_text(reason)
    with transaction.atomic():
        at_the_desk()
        batch = batch_in(batch_id, State.DRAFT, State.CHECKED)
        lines = list(Line.objects.filter(batch=batch))
        if batch.state == State.CHECKED:
            _post(batch, [undo_line(line, acting) for line in lines])
        LineReceipt.objects.filter(line__batch=batch).update(live=False)
        Line.objects.filter(batch=batch).update(state=LineState.VOID, reason=said, ended_at=acting.at)
        batch.state, batch.ended_at = State.VOID, acting.at
        batch.save(update_fields=["state", "ended_at"])
        note(batch, "VOID", actor, acting.at, said)


def export_batch(acting: Acting, *, batch_id: UUID) -> Files:
    """The files for 지출결의, the same bytes each time; shops' bank accounts are in them, so each export is audited.

    Raises NotAllowed, IssuerCannotSettle, NoSuchBatch, BatchNotInState and, when a bank account was changed since the
    check, BatchChanged.
    """
    actor = check_treasury(acting)
    with transaction.atomic():
        at_the_desk()
        batch = batch_in(batch_id, State.CHECKED, State.EXPORTED, State.DONE)
        made = files_of(batch)
        if made.sheet_hash != batch.sheet:
            raise BatchChanged(number=batch.number)
        record_look(acting, "settlement.export_batch", batch.id, role="TREASURY", detail_code=str(batch.number))
        if batch.state == State.CHECKED:
            batch.state = State.EXPORTED
            batch.save(update_fields=["state"])
        note(batch, "EXPORTED", actor, acting.at, made.archive_hash)
        return made


def enter_numbers(acting: Acting, *, batch_id: UUID, document: str, payment_number: str) -> None:
    """The treasury's document number and payment number come back, once; the same again is no harm.

    Raises NotAllowed, IssuerCannotSettle, ReasonMissing, NoSuchBatch, BatchNotInState, FilesNotTaken,
    BeneficiaryCannotSettle and NumbersAlreadyEntered.
    """
    actor = check_treasury(acting)
    numbers = reason_text(document, NUMBER_LIMIT), reason_text(payment_number, NUMBER_LIMIT)
    with transaction.atomic():
        at_the_desk()
        batch = batch_in(batch_id, State.CHECKED, State.EXPORTED, State.DONE)
        if batch.state == State.CHECKED:
            raise FilesNotTaken()
        if (batch.document, batch.payment_number) == numbers:
            return
        if batch.document:
            raise NumbersAlreadyEntered(number=batch.number, document=batch.document, payment=batch.payment_number)
        check_not_beneficiary(actor, places_of(batch), acting.at)
        batch.document, batch.payment_number = numbers
        batch.save(update_fields=["document", "payment_number"])
        note(batch, "NUMBERS", actor, acting.at, " / ".join(numbers)[:200])


def undo_line(line: Line, acting: Acting) -> Command:
    """The coins of a line go back to the till, and what was set off is owed again."""
    return kinds.bounced(
        key=derived_id("settlement.back", line.id.hex),
        at=acting.at,
        batch=payable(line),
        till=line.till,
        programme=PROGRAMME,
        won=line.won - line.set_off,
        set_off=line.set_off,
    )


def payable(line: Line) -> str:
    """The 2700 account of a line."""
    return address("2700", district_tariff().unit.code, line.id.hex)


def _keep(batch: Batch, found: Candidates, acting: Acting) -> None:
    batch.state, batch.cutoff, batch.made_at = State.DRAFT, found.cutoff, acting.at
    batch.save(force_insert=True)
    for payee in found.payees:
        line = Line.objects.create(
            id=new_id(acting.at),
            batch=batch,
            place_id=payee.place.id,
            account_id=payee.account,
            till=till_address(payee.place),
            shop=payee.place.name_ko,
            coins=payee.coins,
            won=payee.won,
            set_off=payee.set_off,
        )
        LineReceipt.objects.bulk_create(
            LineReceipt(
                line=line,
                payment_id=None if each.is_moved else each.payment,
                moved_id=each.payment if each.is_moved else None,
                coins=each.coins,
                won=each.won,
                override_id=each.override,
            )
            for each in payee.receipts
        )
    LeftOut.objects.bulk_create(
        LeftOut(batch=batch, place_id=each.place.id, reason=each.reason, coins=each.coins, won=each.won)
        for each in found.left_out
    )
    note(batch, "DRAFT", batch.maker_id, acting.at)
    record(acting, "settlement.draft_batch", None, str(batch.number))


def _must_still_hold(batch: Batch, lines: Sequence[Line], acting: Acting) -> None:
    """Compare the draft with the books as they are now, shop by shop; raises BatchChanged."""
    noted: dict[UUID, dict[UUID, tuple[int, int]]] = {line.id: {} for line in lines}
    receipts = LineReceipt.objects.filter(line__batch=batch, live=True)
    for receipt in receipts:
        noted[receipt.line_id][receipt.key] = (receipt.coins, receipt.won)
    now = {payee.place.id: payee for payee in candidates(acting.at, drafted_in=batch.id).payees}
    for line in lines:
        payee = now.get(line.place_id)
        if payee is None or not _same(line, noted[line.id], payee):
            raise BatchChanged(number=batch.number)


def _same(line: Line, noted: dict[UUID, tuple[int, int]], payee: Payee) -> bool:
    """Whether all that was noted is still there in full; receipts that became ready since then wait."""
    held = {each.payment: (each.coins, each.won) for each in payee.receipts}
    if line.account_id != payee.account or line.set_off != min(payee.owed, line.won):
        return False
    return all(held.get(key) == sums for key, sums in noted.items())


def _commands(line: Line, acting: Acting) -> list[Command]:
    rows = LineReceipt.objects.filter(line=line, live=True).order_by("id")
    receipts = [(row.key, row.coins) for row in rows]
    owner = line.till.rpartition(":")[2]
    link = line.id.hex
    made = [
        kinds.batch(
            key=derived_id("settlement.batch", line.id.hex, start),
            at=acting.at,
            till=line.till,
            batch=line.id.hex,
            receipts=receipts[start : start + RECEIPTS_PER_TRANSFER],
            programme=PROGRAMME,
            link=link,
        )
        for start in range(0, len(receipts), RECEIPTS_PER_TRANSFER)
    ]
    if line.set_off:
        key = derived_id("settlement.set_off", line.id.hex)
        made.append(
            kinds.set_off(key=key, at=acting.at, till_owner=owner, programme=PROGRAMME, won=line.set_off, link=link)
        )
    return made


def _post(batch: Batch, commands: Sequence[Command]) -> None:
    for start in range(0, len(commands), COMMANDS_PER_POST):
        for verdict in post(commands[start : start + COMMANDS_PER_POST]):
            if verdict.refusal is not None:
                raise BatchChanged(number=batch.number) from verdict.refusal
