"""The register of live shops as frozen facts, for who carries a district's shops out."""

from dataclasses import dataclass
from uuid import UUID

from pumasi.civic.places.queries import places_by_id
from pumasi.services.shops.models import Shop


@dataclass(frozen=True, slots=True)
class LiveShop:
    """A shop that has been opened and has not ended; `till` owns its takings in the ledger."""

    till: UUID
    owner_id: UUID
    name_ko: str
    name_en: str
    dong: str
    business_number: str
    items: str


def live_shops() -> list[LiveShop]:
    """All live shops, by age."""
    rows = list(Shop.objects.filter(ended_at=None).exclude(place=None).order_by("id"))
    places = places_by_id([row.place_id for row in rows if row.place_id is not None])
    return [
        LiveShop(
            till=places[row.place_id].till,
            owner_id=row.owner_id,
            name_ko=row.name_ko,
            name_en=row.name_en,
            dong=row.dong,
            business_number=row.business_number,
            items=row.items,
        )
        for row in rows
        if row.place_id is not None
    ]
