"""Who holds a card, and whether it works."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from pumasi.civic.cards.errors import CardEnded, CardFrozen, CardUnknown
from pumasi.civic.cards.models import Card, StripCode
from pumasi.kernel.clock import seoul_date


@dataclass(frozen=True, slots=True)
class CardFacts:
    """A card that has not ended. `next_position`: the number on the strip that is asked next, None: no strip left."""

    id: UUID
    person_id: UUID
    number: int
    issued_at: datetime
    is_frozen: bool
    next_position: int | None


def card_of(person_id: UUID) -> CardFacts | None:
    """The card that a person has now, frozen or not."""
    row = Card.objects.filter(person=person_id, ended_at=None).first()
    return facts_of(row) if row else None


def working_card(person_id: UUID) -> CardFacts | None:
    """The card that a person has now, if it works."""
    card = card_of(person_id)
    return card if card and not card.is_frozen else None


def holder_of(number: int) -> UUID:
    """Whose card this is; raises CardUnknown (also when the holder has closed), CardEnded and CardFrozen."""
    row = Card.objects.filter(number=number, person__closed_at=None).first()
    if row is None:
        raise CardUnknown()
    if row.ended_at is not None:
        raise CardEnded(day=seoul_date(row.ended_at).isoformat())
    if row.frozen_at is not None:
        raise CardFrozen()
    return row.person_id


def facts_of(row: Card) -> CardFacts:
    """What is said about a card."""
    unspent = StripCode.objects.filter(card=row, spent_at=None).order_by("position")
    return CardFacts(
        id=row.id,
        person_id=row.person_id,
        number=row.number,
        issued_at=row.issued_at,
        is_frozen=row.frozen_at is not None,
        next_position=unspent.values_list("position", flat=True).first(),
    )
