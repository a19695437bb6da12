"""Open, change and close places. Who may do so is asked at the edge; that it was done is in the audit."""

import re
import secrets
from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction

from pumasi.civic.audit.operations import record
from pumasi.civic.places.errors import (
    ClosingDayBeforeOpening,
    HoursUnreadable,
    PlaceClosed,
    PlaceNameMissing,
    PlaceNumbersExhausted,
    PlaceStateUnreadable,
    PlaceUnknown,
    StickersExhausted,
)
from pumasi.civic.places.models import NUMBERS, Closure, Hours, Need, Place, PlaceKind, Sticker
from pumasi.civic.places.positions import Position
from pumasi.civic.places.queries import PlaceFacts, facts
from pumasi.kernel.acting import Acting
from pumasi.kernel.clock import seoul_date
from pumasi.kernel.ids import new_id
from pumasi.kernel.text import clean_text

_CODE = re.compile(r"[A-Z][A-Z0-9_]{0,39}")
# With a fifth of the 32,768 numbers in use, 40 draws in a row all hit a taken one once in 10^28.
_DRAWS = 40
STICKERS = 1023


def open_place(
    acting: Acting,
    *,
    kind: PlaceKind,
    name_ko: str,
    name_en: str,
    dong: str,
    opened_on: date | None = None,
    is_outsourced: bool = False,
    position: Position | None = None,
) -> PlaceFacts:
    """Register a place, open from `opened_on` (the day of the act unless given), with a fresh number and till."""
    names = [clean_text(name.strip(), 60) for name in (name_ko, name_en)]
    if not all(names):
        raise PlaceNameMissing()
    with transaction.atomic():
        place = _with_free_number(
            Place(
                id=new_id(acting.at),
                kind=PlaceKind(kind),
                name_ko=names[0],
                name_en=names[1],
                dong=clean_text(dong.strip(), 20),
                till=new_id(acting.at),
                opened_on=opened_on or seoul_date(acting.at),
                is_outsourced=is_outsourced,
                latitude_e5=position.latitude_e5 if position else None,
                longitude_e5=position.longitude_e5 if position else None,
            )
        )
        record(acting, "places.open", place.id, place.kind)
    return facts(place)


def close_place(acting: Acting, place_id: UUID, closed_on: date | None = None) -> PlaceFacts:
    """End a place from `closed_on` (the day of the act unless given): its codes are dead at once on that day."""
    with transaction.atomic():
        place = _locked(place_id)
        closed_on = closed_on or seoul_date(acting.at)
        if place.closed_on is not None:
            raise PlaceClosed(closed_on=place.closed_on.isoformat())
        if closed_on < place.opened_on:
            raise ClosingDayBeforeOpening(opened_on=place.opened_on.isoformat())
        place.closed_on = closed_on
        place.save(update_fields=["closed_on"])
        record(acting, "places.close", place.id)
    return facts(place)


def set_position(acting: Acting, place_id: UUID, position: Position | None) -> PlaceFacts:
    """Say where the place stands, or (None) take it off the map; it stays in every list."""
    with transaction.atomic():
        place = _locked(place_id)
        place.latitude_e5 = position.latitude_e5 if position else None
        place.longitude_e5 = position.longitude_e5 if position else None
        place.save(update_fields=["latitude_e5", "longitude_e5"])
        record(acting, "places.set_position", place.id)
    return facts(place)


def revoke_codes(acting: Acting, place_id: UUID) -> PlaceFacts:
    """Make every rotating code of the place so far worthless, at once (a device was lost, a screen was copied)."""
    with transaction.atomic():
        place = _locked(place_id)
        place.code_version += 1
        place.save(update_fields=["code_version"])
        record(acting, "places.revoke_codes", place.id)
    return facts(place)


def suspend_place(acting: Acting, place_id: UUID, until: date | None = None) -> PlaceFacts:
    """From today the place takes no part, until `until` (inclusive; None: until it is resumed)."""
    today = seoul_date(acting.at)
    if until is not None and until < today:
        raise PlaceStateUnreadable(field="suspended_until")
    with transaction.atomic():
        place = _locked(place_id)
        place.suspended_from, place.suspended_until = today, until
        place.save(update_fields=["suspended_from", "suspended_until"])
        record(acting, "places.suspend", place.id)
    return facts(place)


def resume_place(acting: Acting, place_id: UUID) -> PlaceFacts:
    """End a suspension at once."""
    with transaction.atomic():
        place = _locked(place_id)
        place.suspended_from = place.suspended_until = None
        place.save(update_fields=["suspended_from", "suspended_until"])
        record(acting, "places.resume", place.id)
    return facts(place)


def set_need(acting: Acting, place_id: UUID, code: str, need: Need) -> PlaceFacts:
    """Say how much of one item is wanted; FULL counts for today (Seoul) and leaves what was said before for tomorrow.

    Raises PlaceStateUnreadable for an item that the place does not accept.
    """
    need, today = Need(need), seoul_date(acting.at)
    with transaction.atomic():
        place = _locked(place_id)
        if not _CODE.fullmatch(code) or not facts(place).accepts_item(code):
            raise PlaceStateUnreadable(field="needs")
        full = set(place.full.split() if place.full_on == today else ()) - {code}
        if need is Need.FULL:
            full.add(code)
        else:
            place.needs = _with(place.needs, code, is_in=need is Need.NEEDED)
        place.full, place.full_on = " ".join(sorted(full)), today
        place.save(update_fields=["needs", "full", "full_on"])
        record(acting, "places.set_need", place.id, need)
    return facts(place)


def set_state(
    acting: Acting,
    place_id: UUID,
    *,
    accepts: Sequence[str],
    needs: Sequence[str],
    daily_limit: int | None,
    item_limits: Mapping[str, int] | None = None,
) -> PlaceFacts:
    """Say what the place accepts, what it needs now, and how many deeds and pieces a day it takes (decisions 19)."""
    item_limits = item_limits or {}
    for field, codes in (("accepts", accepts), ("needs", needs), ("item_limits", tuple(item_limits))):
        if len(codes) > 50 or not all(_CODE.fullmatch(code) for code in codes):
            raise PlaceStateUnreadable(field=field)
    if daily_limit is not None and not 1 <= daily_limit <= 100_000:
        raise PlaceStateUnreadable(field="daily_limit")
    if not all(type(limit) is int and 1 <= limit <= 100_000 for limit in item_limits.values()):
        raise PlaceStateUnreadable(field="item_limits")
    with transaction.atomic():
        place = _locked(place_id)
        place.accepts, place.needs, place.daily_limit = " ".join(accepts), " ".join(needs), daily_limit
        place.item_limits = " ".join(f"{code}={limit}" for code, limit in sorted(item_limits.items()))
        place.save(update_fields=["accepts", "needs", "daily_limit", "item_limits"])
        record(acting, "places.set_state", place.id)
    return facts(place)


def set_hours(acting: Acting, place_id: UUID, hours: Mapping[int, tuple[int, int]]) -> None:
    """The week: weekday (0 = Monday) -> (opens, closes) in minutes after midnight. Raises HoursUnreadable."""
    if not all(0 <= day <= 6 and 0 <= opens < closes <= 1440 for day, (opens, closes) in hours.items()):
        raise HoursUnreadable()
    with transaction.atomic():
        place = _locked(place_id)
        Hours.objects.filter(place=place).delete()
        Hours.objects.bulk_create(
            Hours(place=place, weekday=day, opens=opens, closes=closes) for day, (opens, closes) in hours.items()
        )
        record(acting, "places.set_hours", place.id)


def close_for(acting: Acting, place_id: UUID, *, starts: date, ends: date, reason: str) -> None:
    """Announce days off, both inclusive. Raises HoursUnreadable when they are over or end before they start."""
    if ends < starts or ends < seoul_date(acting.at):
        raise HoursUnreadable()
    with transaction.atomic():
        place = _locked(place_id)
        Closure.objects.create(place=place, starts=starts, ends=ends, reason=clean_text(reason.strip(), 60))
        record(acting, "places.close_for", place.id)


def take_closure_back(acting: Acting, place_id: UUID, closure_id: int) -> None:
    """The days off fall away; doing it again is no harm."""
    with transaction.atomic():
        place = _locked(place_id)
        if Closure.objects.filter(place=place, id=closure_id).delete()[0]:
            record(acting, "places.take_closure_back", place.id)


def print_sticker(acting: Acting, place_id: UUID) -> int:
    """A new printed QR; returns its serial at this place. Raises StickersExhausted."""
    with transaction.atomic():
        place = _locked(place_id)
        serial = Sticker.objects.filter(place=place).count() + 1
        if serial > STICKERS:
            raise StickersExhausted(limit=STICKERS)
        Sticker.objects.create(place=place, serial=serial, printed_by=acting.actor, printed_at=acting.at)
        record(acting, "places.print_sticker", place.id)
    return serial


def revoke_sticker(acting: Acting, place_id: UUID, serial: int) -> None:
    """This one printed QR leads nowhere from now on (it was lost, or pasted over). Again: nothing happens."""
    with transaction.atomic():
        place = _locked(place_id)
        live = Sticker.objects.filter(place=place, serial=serial, revoked_at=None)
        if live.update(revoked_at=acting.at, revoked_by=acting.actor):
            record(acting, "places.revoke_sticker", place.id)


def _with(codes: str, code: str, *, is_in: bool) -> str:
    kept = [each for each in codes.split() if each != code]
    return " ".join([*kept, code] if is_in else kept)


def _with_free_number(place: Place) -> Place:
    for _ in range(_DRAWS):
        place.number = secrets.randbelow(NUMBERS)
        try:
            with transaction.atomic():
                place.save(force_insert=True)
        except IntegrityError:
            if not Place.objects.filter(number=place.number).exists():
                raise
        else:
            return place
    raise PlaceNumbersExhausted(limit=NUMBERS)


def _locked(place_id: UUID) -> Place:
    place = Place.objects.select_for_update().filter(id=place_id).first()
    if place is None:
        raise PlaceUnknown()
    return place
