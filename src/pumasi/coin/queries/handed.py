"""What was handed over: a place's deeds of a day without the doers, and the CO2 that a place or a person has saved."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet, Sum

from pumasi.coin.district import district_tariff
from pumasi.coin.items import Saved, items
from pumasi.coin.models import Claim, ClaimShare
from pumasi.coin.tariff import Part
from pumasi.kernel.amount import Amount

PAGE = 100


@dataclass(frozen=True)
class HandLine:
    """One accepted deed at a place: `quantity` of the kind's measure, and what the place's keeper earns by it."""

    at: datetime
    kind: str
    quantity: int
    earned: Amount


def handed_at(place_id: UUID, day: date) -> list[HandLine]:
    """The deeds of a day (Seoul) at a place, newest first; never whose."""
    rows = list(Claim.objects.filter(place_id=place_id, day=day).order_by("-at")[:PAGE])
    shares = ClaimShare.objects.filter(claim__in=rows, part=Part.SHOP).values_list("claim_id", "coins")
    earned, unit = dict(shares), district_tariff().unit
    return [HandLine(row.at, row.kind, row.quantity, Amount(unit, earned.get(row.key, 0))) for row in rows]


def saved_at(place_id: UUID) -> Saved:
    """What all items handed over at a place have saved."""
    return _saved(Claim.objects.filter(place_id=place_id))


def saved_by(person_id: UUID) -> Saved:
    """What the items that a person handed over have saved; a keeper's share is not their own deed."""
    mine = ClaimShare.objects.filter(person_id=person_id, part=Part.RESIDENT).values("claim_id")
    return _saved(Claim.objects.filter(key__in=mine))


def _saved(claims: QuerySet[Claim]) -> Saved:
    table = items()
    rows = claims.filter(kind__in=list(table.items)).values_list("kind", "day").annotate(pieces=Sum("quantity"))
    return table.saved((kind, pieces, day) for kind, day, pieces in rows)
