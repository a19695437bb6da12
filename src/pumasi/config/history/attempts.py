"""Things that must not be possible, tried again and again while a year goes on: each is refused, by its own rule."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from pumasi.civic.places.operations import close_place
from pumasi.coin import operations as coin
from pumasi.coin.answers import Payee
from pumasi.coin.orders import OrderKind
from pumasi.config.history.town import Town, by, node
from pumasi.kernel.acting import Channel
from pumasi.kernel.ids import new_id
from pumasi.kernel.result import Refusal


def must_refuse(town: Town, code: str, act: Callable[[], object]) -> None:
    """Do it; raises AssertionError when it is not refused with exactly this code."""
    try:
        with transaction.atomic():
            act()
    except Refusal as refusal:
        if refusal.code != code:
            raise AssertionError(f"refused with {refusal.code}, not {code}") from refusal
        town.done[f"attempt: {code}"] += 1
    else:
        raise AssertionError(f"was accepted, and not refused with {code}")


class Attempts:
    """One of each kind on every day, by somebody who does nothing else and so has never used up a cap."""

    def __init__(self, town: Town) -> None:
        self._town = town
        self._closed: UUID | None = None

    def found(self, at: datetime) -> None:
        """The one who tries."""
        self._who = self._town.person(at, 1990)

    def daily(self, at: datetime) -> None:
        """Deeds and payments."""
        self._deeds(at)
        self._payments(at)
        town, whole = self._town, 10**7
        must_refuse(
            town,
            "coin.cut_below_committed",
            lambda: coin.book_cut(by(town.issuer, at, Channel.DESK), town.signed(at, whole, OrderKind.CUT)),
        )

    def close_a_shop(self, at: datetime) -> None:
        """The newest shop leaves for good."""
        self._closed = self._town.shops.pop().place
        close_place(node(at), self._closed)
        self._town.done["shop closed"] += 1

    def _deeds(self, at: datetime) -> None:
        town, place = self._town, self._town.facilities[1]  # the first one has the rolls: its own cap may be used up
        shop = next(each for each in town.shops if "TUMBLER" in each.deeds)
        who, hour = self._who, ("VOLUNTEERING", "STAFF", 60)

        def award(actor: UUID, earner: UUID, deed: tuple[str, str, int], where: UUID) -> Callable[[], object]:
            kind, evidence, quantity = deed
            return lambda: coin.award(
                by(actor, at),
                kind=kind,
                quantity=quantity,
                place_id=where,
                payees=[Payee(earner)],
                evidence_ref=f"{evidence}:{new_id(at)}",
                key=new_id(at),
            )

        must_refuse(town, "coin.self_award", award(town.cashier, town.cashier, hour, place))
        must_refuse(town, "coin.not_allowed", award(who, town.cashier, hour, place))
        must_refuse(town, "coin.own_shop_deed", award(shop.keeper, shop.keeper, ("TUMBLER", "CODE", 1), shop.place))
        must_refuse(town, "coin.daily_limit_reached", award(who, who, ("CLEAR_PET", "CODE", 150), place))
        must_refuse(town, "coin.pair_limit_reached", award(who, who, ("VOLUNTEERING", "CODE", 600), place))

    def _payments(self, at: datetime) -> None:
        town, shop = self._town, self._town.shops[0]
        who = town.purse.pick(town.chance)
        if who is None:
            return

        def spend(payer: UUID, place: UUID, coins: int, key: UUID) -> Callable[[], object]:
            return lambda: coin.spend(by(payer, at), payer_id=payer, place_id=place, coins=coins, key=key)

        must_refuse(town, "coin.not_enough_coins", spend(who, shop.place, 999_990, new_id(at)))
        must_refuse(town, "coin.own_shop", spend(shop.keeper, shop.place, 10, new_id(at)))
        if self._closed is not None:
            must_refuse(town, "place_closed", spend(who, self._closed, 10, new_id(at)))
        self._once(who, at)

    def _once(self, who: UUID, at: datetime) -> None:
        """A payment that is sent twice happens once; its key takes no other sum, and only what was paid comes back."""
        town, shop, key = self._town, self._town.shops[0], new_id(at)
        try:
            with transaction.atomic():
                first = coin.spend(by(who, at), payer_id=who, place_id=shop.place, coins=10, key=key)
        except Refusal:
            town.purse.put(who, 0)
            return
        again = coin.spend(by(who, at), payer_id=who, place_id=shop.place, coins=10, key=key)
        if again != first:
            raise AssertionError("a repeated payment has another answer")
        town.done["sent twice"] += 1
        keeper, late = by(shop.keeper, at, Channel.DESK), by(who, at + timedelta(minutes=11))

        def refund(coins: int) -> object:
            return coin.refund(keeper, payment_id=key, coins=coins, key=new_id(at))

        must_refuse(
            town,
            "coin.key_reused",
            lambda: coin.spend(by(who, at), payer_id=who, place_id=shop.place, coins=20, key=key),
        )
        must_refuse(town, "coin.undo_too_late", lambda: coin.undo(late, payment_id=key, key=new_id(at)))
        must_refuse(town, "coin.refund_too_large", lambda: refund(11))
        refund(4)
        must_refuse(town, "coin.refund_too_large", lambda: refund(7))
        town.purse.add(who, -6)
