"""What a counter needs: bound devices for their owner, prices of a facility, today's count and the last taking."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Q

from pumasi.civic.cards.queries import working_card
from pumasi.civic.codes.grammar import Kind
from pumasi.civic.codes.operations import Scan
from pumasi.civic.shell.language import page_language
from pumasi.coin.card_limit import card_left
from pumasi.coin.district import district_tariff
from pumasi.coin.queries import payment_view
from pumasi.kernel.amount import Amount
from pumasi.kernel.clock import seoul_date
from pumasi.services.shops.models import Device, DeviceTaking, Price


@dataclass(frozen=True)
class DeviceLine:
    """A device as its owner sees it."""

    id: UUID
    name: str
    bound_at: datetime
    seen_at: datetime
    is_live: bool


@dataclass(frozen=True)
class PriceLine:
    """What something costs today."""

    id: int
    name: str
    won: int
    won_text: str


@dataclass(frozen=True)
class LastTaking:
    """What the device took last and may still undo; `coins` in words."""

    payment: UUID
    coins: str
    undo_until: datetime


@dataclass(frozen=True)
class ShownCard:
    """The card that a visitor has shown. `position`: which number of the strip is asked, None: there is no strip."""

    left: str
    limit: int
    is_enough: bool
    position: int | None


def shown_card(scan: Scan, coins: int, at: datetime) -> ShownCard | None:
    """What a card may still pay alone today, and what is asked above it; None when a telephone was shown."""
    if scan.kind is not Kind.CARD:
        return None
    tariff, card = district_tariff(), working_card(scan.subject)
    left = card_left(tariff, scan.subject, seoul_date(at))
    return ShownCard(
        left=left.text(),
        limit=tariff.card_coins,
        is_enough=Amount.whole(coins, tariff.unit) <= left,
        position=card.next_position if card else None,
    )


def devices_of(place_id: UUID) -> list[DeviceLine]:
    """The devices of a place, live ones first."""
    rows = Device.objects.filter(place_id=place_id).order_by("revoked_at", "-bound_at")[:50]
    lines = [DeviceLine(row.id, row.name, row.bound_at, row.seen_at, row.revoked_at is None) for row in rows]
    return sorted(lines, key=lambda each: not each.is_live)


def prices_of(place_id: UUID, day: date) -> list[PriceLine]:
    """The price list of a place on that day, by name."""
    rows = Price.objects.filter(Q(ended_on=None) | Q(ended_on__gt=day), place_id=place_id, starts__lte=day)
    korean = page_language() == "ko"
    return [
        PriceLine(row.pk, row.name_ko if korean else row.name_en, row.won, f"{row.won:,}")
        for row in rows.order_by("name_ko", "id")
    ]


def taken_count(device_id: UUID, at: datetime) -> int:
    """How often this device has taken coins today (Seoul); all that it may know of the past."""
    since = at - timedelta(days=1)
    times = DeviceTaking.objects.filter(device_id=device_id, at__gt=since).values_list("at", flat=True)
    return sum(seoul_date(each) == seoul_date(at) for each in times)


def last_taking(device_id: UUID, at: datetime) -> LastTaking | None:
    """The device's latest payment while it can be undone and nothing has come back of it."""
    window = at - timedelta(minutes=district_tariff().undo_minutes)
    row = DeviceTaking.objects.filter(device_id=device_id, at__gte=window).order_by("-at").first()
    if row is None:
        return None
    view = payment_view(row.payment)
    is_whole = view.left == view.coins and not view.disputed
    return LastTaking(row.payment, view.coins.text(), view.undo_until) if is_whole else None
