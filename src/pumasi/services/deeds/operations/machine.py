"""Receipts of collecting machines: the signature proves machine and quantity, the counter that it happened once.

The machine shows a QR that the resident scans, or scans the resident's code and sends the receipt itself. People turn
receipts in when they like within the hour, so a counter need not come in order: it may be used once, and machine time
must grow with it (ADR 45).
"""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction

from pumasi.civic.audit.operations import record
from pumasi.civic.codes.grammar import Kind as CodeKind
from pumasi.civic.codes.operations import use_code
from pumasi.civic.codes.queries import clock_text, read_code
from pumasi.civic.people.models import RoleName
from pumasi.civic.places.errors import PlaceUnknown
from pumasi.civic.places.models import PlaceKind
from pumasi.civic.places.queries import place, place_by_number
from pumasi.coin.district import district_tariff
from pumasi.coin.errors import EvidenceNotAccepted
from pumasi.coin.parties import check_role
from pumasi.coin.tariff import EvidenceKind, Measure
from pumasi.kernel.acting import Acting
from pumasi.kernel.ids import derived_id
from pumasi.services.deeds.errors import (
    MachineClockWrong,
    MachineCounterWrong,
    MachineKeyUnusable,
    MachineUnknown,
    ReceiptForged,
    ReceiptTooOld,
    ReceiptUsed,
)
from pumasi.services.deeds.models import Evidence, MachineKey, MachineReceipt, State
from pumasi.services.deeds.operations.steps import Told, submit, weigh
from pumasi.services.deeds.queries.claims import state_of
from pumasi.services.deeds.queries.policy import policy
from pumasi.services.deeds.queries.receipt import Receipt, read_receipt

KEY_BYTES = 32


def register_machine_key(acting: Acting, *, place_id: UUID, public_key: bytes) -> int:
    """Enter the public half (32 raw bytes) of a machine's signing key; the key's number. Only the issuer may.

    Raises NotAllowed, MachineKeyUnusable, PlaceUnknown.
    """
    check_role(acting, RoleName.ISSUER)
    if place(place_id).kind is not PlaceKind.MACHINE:
        raise MachineKeyUnusable(what="MACHINE")
    if len(public_key) != KEY_BYTES:
        raise MachineKeyUnusable(what="Ed25519")
    try:
        with transaction.atomic():
            made = MachineKey.objects.create(
                place_id=place_id, public_key=public_key, registered_by=acting.actor, registered_at=acting.at
            )
            record(acting, "deeds.register_machine_key", place_id)
    except IntegrityError:
        raise MachineKeyUnusable(what="new") from None
    return int(made.pk)


def end_machine_key(acting: Acting, *, key_id: int) -> None:
    """A machine was repaired, stolen or sold: its receipts count no more from now on. Again: no harm."""
    check_role(acting, RoleName.ISSUER)
    with transaction.atomic():
        if MachineKey.objects.filter(pk=key_id, ended_at=None).update(ended_at=acting.at):
            record(acting, "deeds.end_machine_key", None, str(key_id))


def claim_id_of(text: str) -> UUID:
    """The claim that this receipt becomes, whoever turns it in; raises ReceiptUnreadable."""
    receipt = read_receipt(text)
    return derived_id("deeds.receipt", receipt.machine, receipt.counter, receipt.nonce)


def claim_by_receipt(acting: Acting, *, person_id: UUID, text: str) -> State:
    """A resident turns a receipt in; the same person again gets the first answer.

    Raises ReceiptUnreadable, MachineUnknown, ReceiptForged, ReceiptUsed, ReceiptTooOld, MachineClockWrong,
    MachineCounterWrong and what `award` raises; then nothing has changed.
    """
    receipt, claim_id = read_receipt(text), claim_id_of(text)
    with transaction.atomic():
        key = _signer(receipt)
        used = MachineReceipt.objects.filter(key=key, counter=receipt.counter).first()
        if used is not None:
            state = state_of(claim_id)
            if used.id != claim_id or used.person_id != person_id or state is None:
                raise ReceiptUsed()
            return state
        _must_be_fresh(key, receipt, acting.at)
        _must_take(receipt)
        MachineReceipt.objects.create(
            id=claim_id,
            key=key,
            counter=receipt.counter,
            nonce=receipt.nonce,
            made_at=receipt.made_at,
            person_id=person_id,
        )
        done_at = min(receipt.made_at, acting.at)
        told = Told(key.place_id, person_id, receipt.kind, receipt.quantity, Evidence.MACHINE, claim_id, done_at)
        claim, _ = submit(acting, told, claim_id)
        return weigh(acting, claim)


def post_receipt(acting: Acting, *, text: str, code: str) -> State:
    """The machine itself sends a receipt with the personal code that it was shown; raises what both refuse.

    The code is used up by the machine, once, so that a picture of it earns nothing elsewhere. A receipt that was sent
    before gets the first answer, also when its code is over.
    """
    receipt, claim_id = read_receipt(text), claim_id_of(text)
    with transaction.atomic():
        place_id = _signer(receipt).place_id
        known = state_of(claim_id)
        if known is not None:
            return known
        scanned = read_code(code, acting.at, CodeKind.PERSON)
        use_code(scanned, place_id, claim_id, acting.at)
        return claim_by_receipt(replace(acting, subject=scanned.subject), person_id=scanned.subject, text=text)


def _signer(receipt: Receipt) -> MachineKey:
    """The machine's key, locked, so that its receipts are checked one after the other."""
    try:
        place_id = place_by_number(receipt.machine).id
    except PlaceUnknown as unknown:
        raise MachineUnknown() from unknown
    keys = list(MachineKey.objects.select_for_update().filter(place_id=place_id, ended_at=None).order_by("id"))
    if not keys:
        raise MachineUnknown()
    signer = next((key for key in keys if receipt.is_signed_by(bytes(key.public_key))), None)
    if signer is None:
        raise ReceiptForged()
    return signer


def _must_be_fresh(key: MachineKey, receipt: Receipt, at: datetime) -> None:
    """Not used, not from tomorrow, not old; and machine time grows with the counter."""
    rule = policy()
    if receipt.made_at > at + timedelta(seconds=rule.machine_skew_seconds):
        raise MachineClockWrong(seconds=rule.machine_skew_seconds)
    until = receipt.made_at + timedelta(minutes=rule.machine_life_minutes)
    if at > until:
        raise ReceiptTooOld(minutes=rule.machine_life_minutes, until=clock_text(until, at))
    known = MachineReceipt.objects.filter(key=key)
    is_behind = known.filter(counter__lt=receipt.counter, made_at__gt=receipt.made_at).exists()
    is_ahead = known.filter(counter__gt=receipt.counter, made_at__lt=receipt.made_at).exists()
    if is_behind or is_ahead:
        raise MachineCounterWrong()
    if known.filter(nonce=receipt.nonce).exists():
        raise ReceiptUsed()


def _must_take(receipt: Receipt) -> None:
    kind = district_tariff().kind(receipt.kind)
    if EvidenceKind.MACHINE not in kind.evidence or receipt.is_grams != (kind.measure is Measure.GRAM):
        raise EvidenceNotAccepted(given=Evidence.MACHINE.value, accepted=", ".join(kind.evidence))
