"""Places as frozen facts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from pumasi.civic.places.errors import PlaceClosed, PlaceNotOpenYet, PlaceUnknown
from pumasi.civic.places.models import Place, PlaceKind


@dataclass(frozen=True, slots=True)
class PlaceFacts:
    """What everybody may know of a place. `daily_limit` counts confirmed deeds per day; None means no limit."""

    id: UUID
    number: int
    kind: PlaceKind
    name_ko: str
    name_en: str
    dong: str
    till: UUID
    opened_on: date
    closed_on: date | None
    code_version: int
    accepts: tuple[str, ...]
    needs: tuple[str, ...]
    daily_limit: int | None

    def name(self, language: str) -> str:
        return self.name_ko if language.startswith("ko") else self.name_en

    def is_open(self, on: date) -> bool:
        """Whether the place takes part on that day; on `closed_on` it no longer does."""
        return self.opened_on <= on and (self.closed_on is None or on < self.closed_on)

    def must_be_open(self, on: date) -> None:
        """Raises PlaceNotOpenYet or PlaceClosed, with the day, when the place takes no part on that day."""
        if on < self.opened_on:
            raise PlaceNotOpenYet(opened_on=self.opened_on.isoformat())
        if self.closed_on is not None and on >= self.closed_on:
            raise PlaceClosed(closed_on=self.closed_on.isoformat())


def place(place_id: UUID) -> PlaceFacts:
    """One place by its id; raises PlaceUnknown."""
    return _only(Place.objects.filter(id=place_id))


def names_of(place_ids: Iterable[UUID], language: str) -> dict[UUID, str]:
    """Names of many places, in one query."""
    rows = Place.objects.in_bulk(sorted(set(place_ids)))
    return {each: row.name_ko if language.startswith("ko") else row.name_en for each, row in rows.items()}


def place_by_number(number: int) -> PlaceFacts:
    """One place by the public number on its sticker; raises PlaceUnknown."""
    return _only(Place.objects.filter(number=number))


def place_by_till(till: UUID) -> PlaceFacts:
    """The place that owns a till in the ledger; raises PlaceUnknown."""
    return _only(Place.objects.filter(till=till))


def open_places(kind: PlaceKind | None, on: date) -> list[PlaceFacts]:
    """The places of a kind (None: of every kind) that take part on that day, by dong and Korean name."""
    rows = Place.objects.filter(Q(closed_on=None) | Q(closed_on__gt=on), opened_on__lte=on)
    if kind is not None:
        rows = rows.filter(kind=kind)
    return [facts(row) for row in rows.order_by("dong", "name_ko", "id")]


def facts(row: Place) -> PlaceFacts:
    """The frozen facts of a row."""
    return PlaceFacts(
        id=row.id,
        number=row.number,
        kind=PlaceKind(row.kind),
        name_ko=row.name_ko,
        name_en=row.name_en,
        dong=row.dong,
        till=row.till,
        opened_on=row.opened_on,
        closed_on=row.closed_on,
        code_version=row.code_version,
        accepts=tuple(row.accepts.split()),
        needs=tuple(row.needs.split()),
        daily_limit=row.daily_limit,
    )


def _only(rows: QuerySet[Place]) -> PlaceFacts:
    row = rows.first()
    if row is None:
        raise PlaceUnknown()
    return facts(row)
