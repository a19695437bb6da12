"""Gifts from person to person, for those two. Who the other one is is not shown."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from pumasi.coin.district import district_tariff
from pumasi.coin.models import Gift
from pumasi.coin.queries import wallet_view
from pumasi.kernel.amount import Amount
from pumasi.kernel.clock import seoul_date
from pumasi.services.giving.errors import MoreThanYouHave


@dataclass(frozen=True)
class GiftPurse:
    """What a person can give: any whole number up to `most`."""

    balance: str
    most: int

    def after(self, coins: int) -> str:
        """What would be left, in whole coins; raises MoreThanYouHave."""
        if coins > self.most:
            raise MoreThanYouHave(available=self.balance)
        return f"{self.most - coins:,}"


@dataclass(frozen=True)
class GiftLine:
    """One gift; `is_mine`: the reader gave it."""

    is_mine: bool
    coins: str
    worth: str
    when: datetime
    number: str


def my_purse(person_id: UUID, at: datetime) -> GiftPurse:
    """The coins of a person."""
    balance = wallet_view(person_id, at, limit=1).balance
    return GiftPurse(balance.text(), balance.minor // district_tariff().unit.minor_per_whole)


def my_gift(key: UUID, person_id: UUID, at: datetime) -> GiftLine | None:
    """One gift of this person or to this person, else None."""
    row = Gift.objects.filter(Q(giver=person_id) | Q(receiver=person_id), key=key).first()
    if row is None:
        return None
    unit, day = district_tariff().unit, seoul_date(row.at)
    return GiftLine(
        row.giver_id == person_id,
        Amount(unit, row.coins).text(),
        f"{row.coins * unit.won_per_minor(day):,}",
        row.at,
        f"{day:%m%d}-{row.transfer}",
    )
