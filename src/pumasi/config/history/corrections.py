"""What goes wrong between payers, shops and counters: refunds soon and late, undo, disputes, objections."""

from collections import deque
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from pumasi.civic.codes.operations import scan
from pumasi.civic.codes.queries import place_code
from pumasi.civic.people.models import RoleName
from pumasi.coin import operations as coin
from pumasi.coin.models import DisputeReason
from pumasi.config.history.acts import spending
from pumasi.config.history.town import Town, by, moment
from pumasi.kernel.acting import Channel
from pumasi.kernel.ids import new_id
from pumasi.kernel.result import Refusal
from pumasi.services.deeds import operations as deeds

REFUND_DAYS = 28
KEPT_EACH_DAY = 400


@dataclass(frozen=True)
class Receipt:
    """A payment with the keeper of its shop and the payer."""

    key: UUID
    keeper: UUID
    payer: UUID


class Corrections:
    """Remembers some payments of the last four weeks, and the disputes that wait for an answer."""

    def __init__(self, town: Town, official: UUID) -> None:
        self._town, self._official = town, official
        self._days: deque[list[Receipt]] = deque([[]], maxlen=REFUND_DAYS)
        self._disputes: list[tuple[UUID, UUID, int]] = []

    def found(self, at: datetime) -> None:
        """Somebody who decides objections."""
        self._reviewer = self._town.person(at, 1972)
        self._town.grant(at, self._reviewer, RoleName.REVIEWER)

    def paid(self, key: UUID, keeper: UUID, payer: UUID) -> None:
        """Remember a payment of today."""
        if len(self._days[-1]) < KEPT_EACH_DAY:
            self._days[-1].append(Receipt(key, keeper, payer))

    def morning(self) -> None:
        """A new day."""
        self._days.append([])

    def refund(self, town: Town, at: datetime) -> bool:
        """Half of the refunds are of today; the others are older, most of them settled meanwhile. Some are in part."""
        return self._refund(town, at, self._days[-1 - town.chance.below(2) * town.chance.below(len(self._days))])

    def late_refund(self, town: Town, at: datetime) -> bool:
        """One of the first day of which any are left."""
        return self._refund(town, at, next((day for day in self._days if day), []))

    def _refund(self, town: Town, at: datetime, receipts: list[Receipt]) -> bool:
        found = self._one(receipts)
        if found is None:
            return False
        coins = None if town.chance.below(3) else 5
        coin.refund(by(found.keeper, at, Channel.DESK), payment_id=found.key, coins=coins, key=new_id(at))
        return True

    def undo(self, town: Town, at: datetime) -> bool:
        """A payment that is taken back three minutes later."""
        who, shop, key = town.purse.pick(town.chance), town.chance.pick(town.shops), new_id(at)
        if who is None:
            return False
        with spending(town, who):
            coin.spend(by(who, at), payer_id=who, place_id=shop.place, coins=10, key=key)
        coin.undo(by(who, at + timedelta(minutes=3)), payment_id=key, key=new_id(at))
        return True

    def dispute(self, town: Town, at: datetime) -> bool:
        """금액이 달라요: the payer says so on the day; a third each is accepted, explained, or not answered at all."""
        found = self._one(self._days[-1])
        if found is None:
            return False
        key = new_id(at)
        coin.dispute(by(found.payer, at), payment_id=found.key, reason=DisputeReason.TOO_MUCH, key=key)
        self._disputes.append((key, found.keeper, town.chance.below(3)))
        return True

    def evening(self, day: date) -> None:
        """Answers of the shops and the official's decisions; the silent ones are the night's."""
        at, town = moment(day, 21), self._town
        for key, keeper, way in self._disputes:
            shop = by(keeper, at, Channel.DESK)
            if way == 0:
                coin.accept_dispute(shop, dispute_id=key)
                town.done["dispute accepted"] += 1
            elif way == 1:
                coin.explain_dispute(shop, dispute_id=key, why="받은 만큼 드렸어요")
                coin.decide_dispute(
                    by(self._official, at, Channel.DESK),
                    dispute_id=key,
                    is_payer_right=town.chance.below(2) == 0,
                    why="영수증을 보고 정했어요",
                )
                town.done["dispute decided"] += 1
        self._disputes = []

    def objection(self, day: date) -> None:
        """Two hours that the counter could not confirm, and that another hand accepts after all. Scans keep misses."""
        at, town = moment(day, 11), self._town
        who, place = town.chance.pick(town.members), town.facilities[1]  # the roll may use up the first one's cap
        used, claim = scan(by(who, at), place_code(place, at).text, new_id(at)), new_id(at)
        deeds.claim_by_code(
            by(who, at), person_id=who, scan_id=used.id, kind="VOLUNTEERING", quantity=120, key=claim, is_paid=False
        )
        later = at + timedelta(hours=2)
        deeds.decide(by(town.cashier, later, Channel.DESK), claim_id=claim, is_right=False)
        deeds.object_to(by(who, later + timedelta(hours=1)), claim_id=claim, note="정말로 했어요")
        try:
            deeds.decide(
                by(self._reviewer, later + timedelta(hours=2)), claim_id=claim, is_right=True, note="확인했어요"
            )
            town.done["objection"] += 1
        except Refusal as refusal:
            town.done[f"refused: {refusal.code}"] += 1

    def _one(self, receipts: list[Receipt]) -> Receipt | None:
        return receipts.pop(self._town.chance.below(len(receipts))) if receipts else None
