"""What staff of a place see: today's takings and one payment. Never who paid."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from pumasi.civic.shell.language import page_language
from pumasi.civic.shell.manifest import ProofLink
from pumasi.coin.district import district_tariff
from pumasi.coin.errors import NoSuchPayment
from pumasi.coin.queries import payment_view, till_view
from pumasi.coin.queries.notices import stop_notices
from pumasi.kernel.amount import Amount
from pumasi.kernel.clock import seoul_date
from pumasi.services.shops.queries.pay import Choice, proofs


@dataclass(frozen=True)
class TakenLine:
    """One payment of the day."""

    url: str
    when: datetime
    coins: str
    note: str


@dataclass(frozen=True)
class Day:
    """The takings of one day: what stayed of today's payments, and all that is not settled."""

    date: date
    total: str
    count: int
    won: str
    held: str
    payments: tuple[TakenLine, ...]


@dataclass(frozen=True)
class TakenPayment:
    """One payment for the shop, with what can still be done."""

    id: UUID
    place_id: UUID
    place: str
    when: datetime
    coins: str
    worth: str
    rest: str
    refunded: str
    can_undo: bool
    undo_until: datetime
    refundable: bool
    all_back: bool
    disputed: str
    choices: tuple[Choice, ...]
    proofs: tuple[ProofLink, ...]


def place_notices(place_id: UUID, at: datetime) -> list[str]:
    """What is stopped at this place, for its poster."""
    return stop_notices(at, page_language(), place_id=place_id)


def day_of(place_id: UUID, day: date) -> Day:
    """Takings of the place on `day`, newest first."""
    view = till_view(place_id, day)
    unit = district_tariff().unit
    stayed = sum((line.left for line in view.lines), start=Amount(unit, 0))
    return Day(
        date=day,
        total=stayed.text(),
        count=len(view.lines),
        won=f"{stayed.minor * unit.won_per_minor(day):,}",
        held=view.balance.text(),
        payments=tuple(
            TakenLine(
                url=reverse("shops:payment", args=[line.key]),
                when=line.at,
                coins=line.coins.text(),
                note=_("%(coins)s coins given back") % {"coins": line.refunded.text()} if line.refunded else "",
            )
            for line in view.lines
        ),
    )


def taken_payment(payment_id: UUID, places: Sequence[UUID], at: datetime) -> TakenPayment | None:
    """The payment when it was made at one of these places, else None."""
    try:
        view = payment_view(payment_id)
    except NoSuchPayment:
        return None
    if view.place_id not in places:
        return None
    tariff, today = district_tariff(), seoul_date(at)
    back = view.coins - view.left
    left = (view.left - view.disputed).minor // tariff.unit.minor_per_whole
    return TakenPayment(
        id=view.key,
        place_id=view.place_id,
        place=view.place_ko if page_language() == "ko" else view.place_en,
        when=view.at,
        coins=view.coins.text(),
        worth=f"{view.coins.minor * tariff.unit.won_per_minor(seoul_date(view.at)):,}",
        rest=f"{view.won:,}" if view.won else "",
        refunded=back.text(),
        can_undo=view.left == view.coins and not view.disputed and at <= view.undo_until,
        undo_until=view.undo_until,
        refundable=left > 0 and today <= view.refund_until,
        all_back=not view.left,
        disputed=view.disputed.text() if view.disputed else "",
        choices=_parts(left, tariff.step(today)),
        proofs=proofs(view),
    )


def _parts(left: int, step: int) -> tuple[Choice, ...]:
    """All of it first, then steps below it, at most nine."""
    parts = [each for each in range(step, left, step)][:9]
    whole = Choice(left, True, True, _("All: %(coins)s") % {"coins": left})
    return (whole, *(Choice(each, True, False, str(each)) for each in parts))
