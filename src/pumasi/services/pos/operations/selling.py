"""One sale: reserve the won, pay the coins, take the won. Whatever breaks in between, `settling` brings to an end."""

from dataclasses import dataclass, replace
from functools import partial
from uuid import UUID

from django.db import transaction

from pumasi.civic.codes.grammar import Kind
from pumasi.civic.codes.operations import spend_scan
from pumasi.coin.district import district_tariff
from pumasi.coin.operations import spend
from pumasi.coin.operations.spend import MAX_PRICE_WON
from pumasi.coin.parties import check_staff, venue
from pumasi.coin.requests import is_first
from pumasi.kernel.acting import Acting
from pumasi.kernel.clock import seoul_date
from pumasi.kernel.ids import derived_id
from pumasi.kernel.result import Refusal
from pumasi.services.pos.errors import CardNotInSale, NothingInWon, WonDeclined
from pumasi.services.pos.models import Sale, SaleStep, State
from pumasi.services.pos.operations.plugged import provider
from pumasi.services.pos.operations.provider import Outcome
from pumasi.services.pos.operations.settling import capture, release
from pumasi.services.pos.operations.steps import go, key_of, state_of, sure


@dataclass(frozen=True)
class Sold:
    """A sale: DONE, or still to be settled (then nothing must be done again); `payment_id` is the coin payment's."""

    id: UUID
    state: str
    coins: int
    won: int
    payment_id: UUID
    is_simulated: bool


def take_sale(acting: Acting, *, scan_id: UUID, place_id: UUID, coins: int, price_won: int, key: UUID) -> Sold:
    """Staff take coins from a scanned visitor and the rest of the price in won, once per `key`: both or neither.

    The same key again goes on where the first call broke off. Raises NoProvider, NothingInWon, CardNotInSale,
    WonDeclined, NotAllowed, KeyReused, what `spend_scan` and what `spend` raise; then neither part is taken.
    """
    staff, port = check_staff(acting, venue(place_id)), provider()
    wish = Sale(
        id=key,
        place_id=place_id,
        cashier_id=staff,
        coins=coins,
        price=price_won,
        payment_id=derived_id("pos.payment", key.hex),
        at=acting.at,
    )
    sale = _opened(acting, staff, scan_id, wish)
    if state_of(sale) is State.OPEN:
        asked, day = key_of(sale, "hold"), seoul_date(acting.at)
        answer = sure(port.authorise(sale.won, sale.id.hex, asked, day), asked)
        if answer.outcome is Outcome.DECLINED:
            go(sale, acting.at, State.OPEN, State.DECLINED, answer=answer)
        elif answer.outcome is Outcome.APPROVED:
            go(sale, acting.at, State.OPEN, State.AUTHORISED, answer=answer)
    if state_of(sale) is State.AUTHORISED:
        try:
            go(sale, acting.at, State.AUTHORISED, State.SPENT, also=partial(_pay, acting, sale))
        except Refusal as refusal:
            if go(sale, acting.at, State.AUTHORISED, State.RELEASING, reason=refusal.code[:60]):
                release(sale, acting.at)
            raise
    if state_of(sale) is State.SPENT:
        capture(sale, acting.at)
    return _sold(sale)


def _opened(acting: Acting, staff: UUID, scan_id: UUID, wish: Sale) -> Sale:
    """The sale, written down with its scan spent; the one that the key made before. Coins alone are no sale here."""
    rate = district_tariff().unit.won_rate(seoul_date(acting.at))
    body = {"scan": str(scan_id), "place": str(wish.place_id), "coins": wish.coins, "price": wish.price}
    with transaction.atomic():
        if not is_first(wish.id, "SALE", body, acting.at):
            return Sale.objects.get(id=wish.id)
        wish.won = wish.price - wish.coins * rate
        if wish.coins < 1 or not 0 < wish.won <= MAX_PRICE_WON:
            raise NothingInWon(value=wish.coins * rate, price=wish.price)
        scan = spend_scan(scan_id, staff, wish.id, acting.at)
        if scan.kind is Kind.CARD:
            raise CardNotInSale()
        wish.payer_id = scan.subject
        wish.save(force_insert=True)
        SaleStep.objects.create(sale=wish, state=State.OPEN, day=seoul_date(acting.at), at=acting.at)
        return wish


def _pay(acting: Acting, sale: Sale) -> None:
    spend(
        replace(acting, subject=sale.payer_id),
        payer_id=sale.payer_id,
        place_id=sale.place_id,
        coins=sale.coins,
        key=sale.payment_id,
        price_won=sale.price,
    )


def _sold(sale: Sale) -> Sold:
    last = SaleStep.objects.filter(sale=sale).order_by("-id")[0]
    if last.state in (State.DECLINED, State.RELEASING, State.RELEASED):
        reason = SaleStep.objects.filter(sale=sale).exclude(reason="").values_list("reason", flat=True).first()
        raise WonDeclined(reason=reason or "-")
    return Sold(sale.id, last.state, sale.coins, sale.won, sale.payment_id, provider().is_simulated)
