"""Budget orders and cuts: booked only with two officers' signatures made on their own devices (decisions 4, 29).

Not here: the bytes that are signed (`orders`), and who grants the role BUDGET_OFFICER (`civic.people`).
"""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from uuid import UUID

from django.db import IntegrityError, transaction

from pumasi.civic.people.models import RoleName
from pumasi.civic.people.queries import has_role
from pumasi.coin.answers import Booked
from pumasi.coin.district import district_tariff
from pumasi.coin.errors import (
    BadOrder,
    BadSignature,
    CutBelowCommitted,
    OfficerKeyTaken,
    OfficerKeyUnknown,
    OrderAlreadyBooked,
    OrderForAnotherUnit,
    OrderNeedsTwoOfficers,
)
from pumasi.coin.models import BudgetOrder, OfficerKey
from pumasi.coin.operations.waiting import issue_waiting
from pumasi.coin.orders import PUBLIC_KEY_BYTES, OfficerSignature, Order, OrderKind, SignedOrder, is_signed_by
from pumasi.coin.parties import check_role
from pumasi.coin.queries.budget import budget_view
from pumasi.coin.requests import is_first
from pumasi.coin.tariff import FundingMode
from pumasi.kernel.acting import Acting
from pumasi.kernel.clock import seoul_date
from pumasi.ledger import kinds
from pumasi.ledger.commands import Command
from pumasi.ledger.errors import BudgetExhausted, IssueLimitReached
from pumasi.ledger.posting import post_one


def register_officer_key(acting: Acting, *, person_id: UUID, public_key: bytes, starts: date, ends: date) -> int:
    """Enter the public half (32 raw bytes) of a budget officer's signing key; returns the key's row id.

    Raises NotAllowed unless the actor is ISSUER, BadOrder for one's own key or bytes that are none, OfficerKeyUnknown
    when the person is no budget officer on `starts`, and OfficerKeyTaken.
    """
    actor = check_role(acting, RoleName.ISSUER)
    if len(public_key) != PUBLIC_KEY_BYTES or ends < starts or actor == person_id:
        raise BadOrder(what="key")
    if not has_role(person_id, RoleName.BUDGET_OFFICER, starts):
        raise OfficerKeyUnknown(day=starts.isoformat())
    try:
        with transaction.atomic():
            row = OfficerKey.objects.create(
                public_key=public_key, person_id=person_id, starts=starts, ends=ends, registered_at=acting.at
            )
    except IntegrityError:
        raise OfficerKeyTaken() from None
    return int(row.pk)


def end_officer_key(acting: Acting, *, key_id: int) -> None:
    """A key is lost or its officer moves on: nothing signed with it is booked after today."""
    check_role(acting, RoleName.ISSUER)
    with transaction.atomic():
        row = OfficerKey.objects.select_for_update().get(pk=key_id)
        row.ends = max(row.starts, min(row.ends, seoul_date(acting.at)))
        row.save(update_fields=["ends"])


def book_budget_order(acting: Acting, signed: SignedOrder) -> Booked:
    """Verify and book an order in one transaction, then issue what waits for its coins.

    In the funding mode DEPOSIT the order's won lie at the bank from then on (decisions 29).
    Raises NotAllowed (the actor is ISSUER or BUDGET_OFFICER), BadOrder, OrderForAnotherUnit, OrderNeedsTwoOfficers,
    BadSignature, OfficerKeyUnknown and OrderAlreadyBooked; then nothing has changed.
    """
    deposit = district_tariff().funding(seoul_date(acting.at)) is FundingMode.DEPOSIT
    transfer = _book(acting, signed, OrderKind.ORDER, partial(kinds.budget_order, deposit=deposit))
    # Afterwards, because the queue is always locked before the fund's account and never the other way round.
    return Booked(signed.order.order_id, transfer, issue_waiting(acting))


def book_cut(acting: Acting, signed: SignedOrder) -> Booked:
    """Verify and book a cut; raises CutBelowCommitted with the lowest possible figures, and what an order raises."""
    try:
        transfer = _book(acting, signed, OrderKind.CUT, kinds.appropriation_cut)
    except (BudgetExhausted, IssueLimitReached):
        view = budget_view(signed.order.fund, acting.at)
        raise CutBelowCommitted(
            lowest_won=f"{view.encumbered_won + view.executed_won:,}", lowest_coins=view.issued.text()
        ) from None
    return Booked(signed.order.order_id, transfer, 0)


def _book(acting: Acting, signed: SignedOrder, kind: OrderKind, journal: Callable[..., Command]) -> int:
    order = signed.order
    if order.kind is not kind:
        raise BadOrder(what="kind")
    with transaction.atomic():
        keys = _checked(acting, signed)
        transfer = post_one(
            journal(
                key=order.order_id,
                at=acting.at,
                unit=order.unit,
                fund=order.fund,
                coins=order.coins,
                won=order.won,
                memo=order.document,
            )
        )
        _keep(signed, keys, transfer, acting)
    return transfer


def _checked(acting: Acting, signed: SignedOrder) -> Sequence[OfficerKey]:
    """The two officers' keys, in the order of the signatures."""
    check_role(acting, RoleName.ISSUER, RoleName.BUDGET_OFFICER)
    order, day = signed.order, seoul_date(acting.at)
    if order.unit != district_tariff().unit.code:
        raise OrderForAnotherUnit(unit=order.unit)
    if order.issued_on > day:
        raise BadOrder(what="issued_on")
    if len(signed.signatures) != 2:
        raise OrderNeedsTwoOfficers()
    keys = [_officer_key(order, signature, day) for signature in signed.signatures]
    if keys[0].person_id == keys[1].person_id:
        raise OrderNeedsTwoOfficers()
    # The id alone counts: an order is booked once, whatever else its bytes say.
    if not is_first(order.order_id, "ORDER", {}, acting.at):
        raise OrderAlreadyBooked(order=str(order.order_id))
    return keys


def _officer_key(order: Order, signature: OfficerSignature, day: date) -> OfficerKey:
    """The registered key of someone who was a budget officer both when the order was issued and now."""
    if not is_signed_by(order, signature):
        raise BadSignature()
    row = OfficerKey.objects.filter(public_key=signature.public_key).first()
    for on in (order.issued_on, day):
        if row is None or not row.starts <= on <= row.ends or not has_role(row.person_id, RoleName.BUDGET_OFFICER, on):
            raise OfficerKeyUnknown(day=on.isoformat())
    assert row is not None
    return row


def _keep(signed: SignedOrder, keys: Sequence[OfficerKey], transfer: int, acting: Acting) -> None:
    order = signed.order
    first, second = signed.signatures
    BudgetOrder.objects.create(
        order_id=order.order_id,
        kind=order.kind.value,
        fund=order.fund,
        fiscal_year=order.fiscal_year,
        coins=order.coins,
        won=order.won,
        document=order.document,
        signed_bytes=order.signed_bytes(),
        first_key=keys[0],
        first_signature=first.signature,
        second_key=keys[1],
        second_signature=second.signature,
        transfer=transfer,
        booked_at=acting.at,
    )
