"""The later pass: a sale that broke off ends in both parts or neither; won follow coins that were given back."""

from datetime import datetime, timedelta
from functools import partial

from pumasi.coin.models import Payment, Refund
from pumasi.coin.operations import refund
from pumasi.coin.remaining import returned_of
from pumasi.kernel.acting import Acting, Channel
from pumasi.kernel.clock import seoul_date
from pumasi.kernel.ids import derived_id
from pumasi.kernel.result import Refusal
from pumasi.services.pos.errors import NoProvider
from pumasi.services.pos.models import ENDS, Sale, SaleStep, State, WonBack
from pumasi.services.pos.operations.plugged import provider
from pumasi.services.pos.operations.provider import Outcome
from pumasi.services.pos.operations.steps import go, key_of, reference, state_of, sure

PATIENCE = timedelta(minutes=2)  # longer than a call lasts: nobody is still at it


def settle_open(acting: Acting) -> int:
    """Bring every sale that is older than two minutes to its end, as far as the provider answers; how many moved.

    Safe to run again, to kill and to run twice. Without a provider nothing is done.
    """
    try:
        provider()
    except NoProvider:
        return 0
    ended = SaleStep.objects.filter(state__in=ENDS).values("sale_id")
    waiting = Sale.objects.filter(at__lte=acting.at - PATIENCE).exclude(id__in=ended).order_by("at", "id")
    moved = sum(settle_sale(sale, acting.at) for sale in list(waiting[:500]))
    return moved + _follow_coins(acting.at)


def settle_sale(sale: Sale, at: datetime) -> bool:
    """One sale: forward when its coins are paid, else back; whether it has moved."""
    before = state_of(sale)
    if before is State.OPEN:
        known = provider().status(key_of(sale, "hold"))
        if known.outcome is Outcome.APPROVED:
            go(sale, at, State.OPEN, State.AUTHORISED, answer=known)
        elif known.outcome is not Outcome.UNKNOWN:
            go(sale, at, State.OPEN, State.DECLINED, answer=known, reason="ABANDONED")
    if state_of(sale) is State.AUTHORISED:
        go(sale, at, State.AUTHORISED, State.RELEASING, reason="ABANDONED")
    if state_of(sale) is State.SPENT:
        capture(sale, at)
    if state_of(sale) is State.RELEASING:
        release(sale, at)
    return state_of(sale) is not before


def capture(sale: Sale, at: datetime) -> None:
    """Take the won of a sale whose coins are paid; declined for good: the coins come back. Unknown: it waits."""
    asked = key_of(sale, "capture")
    answer = provider().status(asked)
    if answer.outcome is Outcome.NEVER:
        answer = sure(provider().capture(reference(sale, State.AUTHORISED), asked, seoul_date(at)), asked)
    if answer.outcome is Outcome.APPROVED:
        go(sale, at, State.SPENT, State.DONE, answer=answer)
    elif answer.outcome is Outcome.DECLINED:
        try:
            go(sale, at, State.SPENT, State.RELEASING, answer=answer, also=partial(_coins_back, sale, at))
        except Refusal:  # a dispute, a settlement under way, a cashier who has left: it waits, and the page shows it
            return
        release(sale, at)


def release(sale: Sale, at: datetime) -> None:
    """Let the reservation go. What the provider does not let go stays to be settled, for people to look at."""
    asked = key_of(sale, "void")
    answer = sure(provider().void(reference(sale, State.AUTHORISED), asked, seoul_date(at)), asked)
    if answer.outcome is Outcome.APPROVED:
        go(sale, at, State.RELEASING, State.RELEASED, answer=answer)


def _coins_back(sale: Sale, at: datetime) -> None:
    payment = Payment.objects.get(key=sale.payment_id)
    if returned_of(payment) < payment.coins:  # the payer may have undone it meanwhile
        acting = Acting(sale.cashier_id, sale.payer_id, Channel.JOB, "SALE_BACK", at)
        refund(acting, payment_id=sale.payment_id, key=key_of(sale, "back"))


def _follow_coins(at: datetime) -> int:
    """The won part of coins that were given back, by whatever page, goes back at the provider."""
    sales = Sale.objects.filter(id__in=SaleStep.objects.filter(state=State.DONE).values("sale_id"))
    refunds = Refund.objects.filter(payment_id__in=sales.values("payment_id"), won__gt=0)
    count, day = 0, seoul_date(at)
    for row in refunds.exclude(key__in=WonBack.objects.values("refund_id")).order_by("at", "key")[:500]:
        sale = sales.get(payment_id=row.payment_id)
        asked = derived_id("pos.refund", row.key.hex)
        answer = sure(provider().refund(reference(sale, State.DONE), row.won, asked, day), asked)
        if answer.outcome is Outcome.APPROVED:
            given = {"sale": sale, "won": row.won, "reference": answer.reference, "day": day, "at": at}
            WonBack.objects.get_or_create(refund_id=row.key, defaults=given)
            count += 1
    return count
