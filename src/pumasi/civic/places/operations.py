"""Open, change and close places. Who may do so is asked at the edge; that it was done is in the audit."""

import re
import secrets
from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction

from pumasi.civic.audit.operations import record
from pumasi.civic.places.errors import (
    ClosingDayBeforeOpening,
    PlaceClosed,
    PlaceNameMissing,
    PlaceNumbersExhausted,
    PlaceStateUnreadable,
    PlaceUnknown,
)
from pumasi.civic.places.models import NUMBERS, Place, PlaceKind
from pumasi.civic.places.queries import PlaceFacts, facts
from pumasi.kernel.acting import Acting
from pumasi.kernel.clock import seoul_date
from pumasi.kernel.ids import new_id
from pumasi.kernel.text import clean_text

_CODE = re.compile(r"[A-Z][A-Z0-9_]{0,39}")
# With a fifth of the 32,768 numbers in use, 40 draws in a row all hit a taken one once in 10^28.
_DRAWS = 40


def open_place(
    acting: Acting, *, kind: PlaceKind, name_ko: str, name_en: str, dong: str, opened_on: date | None = None
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


def revoke_codes(acting: Acting, place_id: UUID) -> PlaceFacts:
    """Make every rotating code of the place so far worthless, at once (a device was lost, a screen was copied)."""
    with transaction.atomic():
        place = _locked(place_id)
        place.code_version += 1
        place.save(update_fields=["code_version"])
        record(acting, "places.revoke_codes", place.id)
    return facts(place)


def set_state(
    acting: Acting, place_id: UUID, *, accepts: Sequence[str], needs: Sequence[str], daily_limit: int | None
) -> PlaceFacts:
    """Say what the place accepts, what it needs now, and how many deeds a day it confirms (decisions 19)."""
    for field, codes in (("accepts", accepts), ("needs", needs)):
        if len(codes) > 50 or not all(_CODE.fullmatch(code) for code in codes):
            raise PlaceStateUnreadable(field=field)
    if daily_limit is not None and not 1 <= daily_limit <= 100_000:
        raise PlaceStateUnreadable(field="daily_limit")
    with transaction.atomic():
        place = _locked(place_id)
        place.accepts, place.needs, place.daily_limit = " ".join(accepts), " ".join(needs), daily_limit
        place.save(update_fields=["accepts", "needs", "daily_limit"])
        record(acting, "places.set_state", place.id)
    return facts(place)


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
