"""What the staff say about their own place: needs, limits, hours, days off, printed QRs.

Each raises NobodyActing or NotAllowed for who does not work there, PlaceUnknown, and what `civic.places` raises.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from pumasi.civic.places import operations as places
from pumasi.civic.places.models import Need
from pumasi.coin.parties import check_staff, venue
from pumasi.kernel.acting import Acting


@dataclass(frozen=True)
class Open:
    """A day of the week (0 = Monday) with its hours, in minutes after midnight."""

    weekday: int
    opens: int
    closes: int


def set_need(acting: Acting, *, place_id: UUID, code: str, need: Need) -> None:
    """How much of one item is wanted; FULL counts for today."""
    check_staff(acting, venue(place_id))
    places.set_need(acting, place_id, code, need)


def set_state(
    acting: Acting,
    *,
    place_id: UUID,
    accepts: Sequence[str],
    needs: Sequence[str],
    daily_limit: int | None,
    item_limits: Mapping[str, int] | None = None,
) -> None:
    """What the place accepts and needs, and how many deeds and pieces of each item it takes in a day."""
    check_staff(acting, venue(place_id))
    places.set_state(acting, place_id, accepts=accepts, needs=needs, daily_limit=daily_limit, item_limits=item_limits)


def set_hours(acting: Acting, *, place_id: UUID, hours: Sequence[Open]) -> None:
    """The whole week; days that are not named are closed."""
    check_staff(acting, venue(place_id))
    places.set_hours(acting, place_id, {each.weekday: (each.opens, each.closes) for each in hours})


def close_for(acting: Acting, *, place_id: UUID, starts: date, ends: date, reason: str) -> None:
    """Days off, both inclusive."""
    check_staff(acting, venue(place_id))
    places.close_for(acting, place_id, starts=starts, ends=ends, reason=reason)


def take_closure_back(acting: Acting, *, place_id: UUID, closure_id: int) -> None:
    """The days off fall away; again: nothing happens."""
    check_staff(acting, venue(place_id))
    places.take_closure_back(acting, place_id, closure_id)


def print_sticker(acting: Acting, *, place_id: UUID) -> int:
    """A new printed QR; its serial at this place."""
    check_staff(acting, venue(place_id))
    return places.print_sticker(acting, place_id)


def revoke_sticker(acting: Acting, *, place_id: UUID, serial: int) -> None:
    """This printed QR leads nowhere from now on; again: nothing happens."""
    check_staff(acting, venue(place_id))
    places.revoke_sticker(acting, place_id, serial)
