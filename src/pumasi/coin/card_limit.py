"""What a card may pay without a code of its strip: so many coins a day, counted without what was given back since."""

from datetime import date, datetime
from uuid import UUID

from django.db.models import Sum

from pumasi.civic.cards.errors import CardFrozen
from pumasi.civic.cards.queries import working_card
from pumasi.civic.people.models import Person
from pumasi.coin.errors import CardLimitReached
from pumasi.coin.models import CardPayment, Refund
from pumasi.coin.tariff import Tariff
from pumasi.kernel.amount import Amount


def card_left(tariff: Tariff, person_id: UUID, day: date) -> Amount:
    """How many coins this person's card alone may still pay on a day."""
    mine = {"payment__person": person_id, "payment__day": day}
    paid = CardPayment.objects.filter(**mine).aggregate(coins=Sum("payment__coins", default=0))
    back = Refund.objects.filter(payment__by_card__isnull=False, **mine).aggregate(coins=Sum("coins", default=0))
    limit = Amount.whole(tariff.card_coins, tariff.unit).minor
    return Amount(tariff.unit, max(0, limit - paid["coins"] + back["coins"]))


def check_card(tariff: Tariff, person_id: UUID, amount: Amount, day: date, shown_at: datetime) -> None:
    """Whether the card that was shown may pay this. Raises CardFrozen, also for one replaced since, CardLimitReached.

    In the payment's own transaction: two counters at once wait for each other here.
    """
    Person.objects.select_for_update().values_list("id").get(id=person_id)
    card = working_card(person_id)
    if card is None or card.issued_at > shown_at:
        raise CardFrozen()
    left = card_left(tariff, person_id, day)
    if amount > left:
        raise CardLimitReached(limit=tariff.card_coins, left=left.text())
