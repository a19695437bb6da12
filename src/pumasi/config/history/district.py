"""Tells the past of a demo district, day by day: members join, places open, deeds earn, coins are spent and given.

Always the same for the same size and last day, but for ids and keys. Everything goes through the operations that the
pages call, one transaction for each day; what they refuse (a cap, an empty wallet) is counted and forgotten.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction

from pumasi.coin import operations
from pumasi.config.history import acts
from pumasi.config.history.chance import Chance
from pumasi.config.history.town import Town, by, moment
from pumasi.kernel.acting import Channel
from pumasi.kernel.ids import new_id
from pumasi.kernel.result import Refusal

YEARLY_COINS = 120_000


@dataclass(frozen=True)
class Size:
    """How large a past: members, shops, facilities, days before the last day, and things that happen on one day."""

    members: int
    shops: int
    facilities: int
    days: int
    daily: int


SMALL = Size(members=30, shops=9, facilities=4, days=40, daily=6)
DISTRICT = Size(members=600, shops=321, facilities=52, days=548, daily=17)


@dataclass
class Past:
    """The district while its past is told."""

    size: Size
    last: date
    town: Town = field(init=False)
    payments: list[tuple[UUID, UUID]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.town = Town(ends=date(self.last.year + 1, 12, 31), chance=Chance(2023))
        self._acts: tuple[tuple[int, str, acts.Act], ...] = (
            (42, "deed at a facility", acts.deed_at_a_facility),
            (62, "deed at a shop", acts.deed_at_a_shop),
            (86, "paid at a shop", acts.payment_at_a_shop(self._paid)),
            (93, "paid at a facility", acts.payment_at_a_facility),
            (97, "gift", acts.gift),
            (100, "refund", self._refund),
        )

    def tell(self, show: Callable[[int, int], None] = lambda day, days: None) -> Counter[str]:
        """Tell it all; `show(day, days)` is called as it goes on. Returns how often what was done, or refused."""
        first = self.last - timedelta(days=self.size.days)
        with transaction.atomic():
            self.town.found(moment(first, 8))
            self.town.order(moment(first, 8), YEARLY_COINS)
        for number in range(self.size.days):
            day = first + timedelta(days=number)
            with transaction.atomic():
                if (day.month, day.day) == (1, 2):
                    self.town.order(moment(day, 8), YEARLY_COINS)
                self._join_and_open(number, moment(day, 9))
                for turn in range(self.size.daily + self.town.chance.below(5) - 2):
                    self._something(moment(day, 10, turn * 23))
            show(number + 1, self.size.days)
        return self.town.done

    def _join_and_open(self, number: int, at: datetime) -> None:
        """As many members and places as the day needs: half are there on the first day, the rest come evenly."""
        size, town = self.size, self.town
        while len(town.members) < share_by(number, size.days, size.members):
            town.member(at)
        while len(town.facilities) < share_by(number, size.days, size.facilities):
            town.facility(at)
        while len(town.shops) < share_by(number, size.days, size.shops):
            town.shop(at)

    def _something(self, at: datetime) -> None:
        choice = self.town.chance.below(100)
        name, act = next((name, act) for bound, name, act in self._acts if choice < bound)
        try:
            with transaction.atomic():
                did = act(self.town, at)
            self.town.done[name if did else "nothing"] += 1
        except Refusal as refusal:
            self.town.done[f"refused: {refusal.code}"] += 1

    def _paid(self, payment: UUID, keeper: UUID, payer: UUID) -> None:
        self.payments.append((payment, keeper))

    def _refund(self, town: Town, at: datetime) -> bool:
        if not self.payments:
            return False
        payment, keeper = self.payments.pop()
        operations.refund(by(keeper, at, Channel.DESK), payment_id=payment, coins=None, key=new_id(at))
        return True


def share_by(number: int, days: int, whole: int) -> int:
    """How many of `whole` are there on a day: half on the first, all on the last."""
    return whole - (whole // 2) * (days - 1 - number) // max(1, days - 1)
