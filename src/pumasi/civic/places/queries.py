"""Places as frozen facts."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from pumasi.civic.places.errors import PlaceClosed, PlaceNotOpenYet, PlaceSuspended, PlaceUnknown, StickerRevoked
from pumasi.civic.places.models import Closure, Hours, Need, Place, PlaceKind, Sticker
from pumasi.civic.places.positions import Position


@dataclass(frozen=True, slots=True)
class PlaceFacts:
    """What everybody may know of a place.

    `daily_limit` counts confirmed deeds per day, `item_limits` pieces per day and item; None or no entry: no limit.
    `full` are the items of which the place takes no more on `full_on`.
    """

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
    item_limits: Mapping[str, int] = field(hash=False)
    full: tuple[str, ...]
    full_on: date | None
    suspended_from: date | None
    suspended_until: date | None
    is_outsourced: bool
    position: Position | None

    def name(self, language: str) -> str:
        return self.name_ko if language.startswith("ko") else self.name_en

    def is_open(self, on: date) -> bool:
        """Whether the place takes part on that day; on `closed_on` it no longer does."""
        in_time = self.opened_on <= on and (self.closed_on is None or on < self.closed_on)
        return in_time and not self.is_suspended(on)

    def is_suspended(self, on: date) -> bool:
        """Whether the place may do nothing with coins on that day."""
        until = self.suspended_until
        return self.suspended_from is not None and self.suspended_from <= on and (until is None or on <= until)

    def accepts_item(self, code: str) -> bool:
        """Whether the place takes this item at all; one that names nothing takes everything."""
        return not self.accepts or code in self.accepts

    def need(self, code: str, on: date) -> Need:
        """How much the place wants more of this item on that day."""
        if self.full_on == on and code in self.full:
            return Need.FULL
        return Need.NEEDED if code in self.needs else Need.ENOUGH

    def must_be_open(self, on: date) -> None:
        """Raises PlaceNotOpenYet, PlaceClosed or PlaceSuspended, with the day, when it takes no part on that day."""
        if on < self.opened_on:
            raise PlaceNotOpenYet(opened_on=self.opened_on.isoformat())
        if self.closed_on is not None and on >= self.closed_on:
            raise PlaceClosed(closed_on=self.closed_on.isoformat())
        if self.is_suspended(on):
            raise PlaceSuspended(until=self.suspended_until.isoformat() if self.suspended_until else "-")


@dataclass(frozen=True, slots=True)
class DayHours:
    """The hours of one day of the week (0 = Monday) as "09:00"."""

    weekday: int
    opens: str
    closes: str


@dataclass(frozen=True, slots=True)
class ClosureFacts:
    """Days on which a place is closed, both inclusive."""

    id: int
    starts: date
    ends: date
    reason: str


@dataclass(frozen=True, slots=True)
class StickerFacts:
    """A printed QR of a place."""

    serial: int
    printed_at: datetime
    revoked_at: datetime | None


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


def places_by_till(tills: Iterable[UUID]) -> dict[UUID, PlaceFacts]:
    """Till -> the place that owns it, for those of these tills that a place owns."""
    return {row.till: facts(row) for row in Place.objects.filter(till__in=list(tills))}


def places_by_id(ids: Iterable[UUID]) -> dict[UUID, PlaceFacts]:
    """Places by id, for those of these ids that there are."""
    return {row.id: facts(row) for row in Place.objects.filter(id__in=list(ids))}


def open_places(kind: PlaceKind | None, on: date) -> list[PlaceFacts]:
    """The places of a kind (None: of every kind) that take part on that day, by dong and Korean name."""
    suspended = Q(suspended_until=None) | Q(suspended_until__gte=on)
    rows = Place.objects.filter(Q(closed_on=None) | Q(closed_on__gt=on), opened_on__lte=on)
    rows = rows.exclude(suspended, suspended_from__lte=on)
    if kind is not None:
        rows = rows.filter(kind=kind)
    return [facts(row) for row in rows.order_by("dong", "name_ko", "id")]


def known_places(on: date) -> list[PlaceFacts]:
    """The places that have opened and not closed for good, suspended ones too, by dong and Korean name."""
    rows = Place.objects.filter(Q(closed_on=None) | Q(closed_on__gt=on), opened_on__lte=on)
    return [facts(row) for row in rows.order_by("dong", "name_ko", "id")]


def hours_of(place_id: UUID) -> list[DayHours]:
    """The week of a place, from Monday; a day that is not named is a day off, an empty list says nothing."""
    rows = Hours.objects.filter(place_id=place_id).order_by("weekday")
    return [DayHours(row.weekday, _clock(row.opens), _clock(row.closes)) for row in rows]


def closures_of(place_id: UUID, since: date) -> list[ClosureFacts]:
    """Closures that are not over on that day, by their first day."""
    rows = Closure.objects.filter(place_id=place_id, ends__gte=since).order_by("starts", "id")
    return [ClosureFacts(row.pk, row.starts, row.ends, row.reason) for row in rows]


def with_hours(places: Sequence[UUID]) -> frozenset[UUID]:
    """Which of many places have said when they are open at all: on a day without hours these have a day off."""
    return frozenset(Hours.objects.filter(place_id__in=places).values_list("place_id", flat=True).distinct())


def hours_on(places: Sequence[UUID], day: date) -> Mapping[UUID, DayHours]:
    """The hours of many places on a day of the week, by place."""
    rows = Hours.objects.filter(place_id__in=places, weekday=day.weekday())
    return {row.place_id: DayHours(row.weekday, _clock(row.opens), _clock(row.closes)) for row in rows}


def closures_on(places: Sequence[UUID], day: date) -> Mapping[UUID, str]:
    """Which of many places are closed on a day, with the reason."""
    rows = Closure.objects.filter(place_id__in=places, starts__lte=day, ends__gte=day)
    return {row.place_id: row.reason for row in rows.order_by("id")}


def away_through(first: date, last: date) -> frozenset[UUID]:
    """The places that are closed on all days from `first` to `last` by a single closure."""
    rows = Closure.objects.filter(starts__lte=first, ends__gte=last)
    return frozenset(rows.values_list("place_id", flat=True))


def stickers_of(place_id: UUID) -> list[StickerFacts]:
    """The printed QRs of a place, the newest first."""
    rows = Sticker.objects.filter(place_id=place_id).order_by("-serial")
    return [StickerFacts(row.serial, row.printed_at, row.revoked_at) for row in rows]


def check_sticker(place_id: UUID, serial: int) -> None:
    """Raises StickerRevoked for a sticker that was never printed or is no longer in use."""
    if not Sticker.objects.filter(place_id=place_id, serial=serial, revoked_at=None).exists():
        raise StickerRevoked(serial=serial)


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
        item_limits={code: int(limit) for code, _, limit in (each.partition("=") for each in row.item_limits.split())},
        full=tuple(row.full.split()),
        full_on=row.full_on,
        suspended_from=row.suspended_from,
        suspended_until=row.suspended_until,
        is_outsourced=row.is_outsourced,
        position=_position(row),
    )


def _position(row: Place) -> Position | None:
    if row.latitude_e5 is None or row.longitude_e5 is None:
        return None
    return Position(row.latitude_e5, row.longitude_e5)


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _only(rows: QuerySet[Place]) -> PlaceFacts:
    row = rows.first()
    if row is None:
        raise PlaceUnknown()
    return facts(row)
