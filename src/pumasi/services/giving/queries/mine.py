"""A donor's own donations, and the keypad."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from pumasi.civic.shell.language import page_language
from pumasi.coin.district import district_tariff
from pumasi.coin.giving.models import WayBack
from pumasi.coin.giving.queries import DonationView, donation, donations_of
from pumasi.coin.queries import wallet_view
from pumasi.kernel.amount import Amount
from pumasi.kernel.clock import seoul_date

KEYS = 10


@dataclass(frozen=True)
class Purse:
    """What can be given: balance in words, keys (coins, affordable, chosen), step and most in whole coins."""

    balance: str
    choices: tuple[tuple[int, bool, bool], ...]
    step: int
    most: int


@dataclass(frozen=True)
class DonationLine:
    """One donation for its giver. `undo_until` None: it can no longer be taken back."""

    key: UUID
    campaign_id: UUID
    url: str
    title: str
    coins: str
    worth: str
    when: datetime
    number: str
    state: str
    tone: str
    undo_until: datetime | None


def purse(person_id: UUID, at: datetime, chosen: int | None = None) -> Purse:
    """The keypad for a person: ten steps, those beyond the balance greyed."""
    tariff, day = district_tariff(), seoul_date(at)
    balance, step = wallet_view(person_id, at, limit=1).balance, tariff.step(day)
    most = balance.minor // tariff.unit.minor_per_whole // step * step
    keys = range(step, step * (KEYS + 1), step)
    return Purse(balance.text(), tuple((n, n <= most, n == chosen) for n in keys) if most else (), step, most)


def after(person_id: UUID, coins: int, at: datetime) -> str:
    """What would be left after giving so many coins, in words; empty when they are not there."""
    left = wallet_view(person_id, at, limit=1).balance - Amount.whole(coins, district_tariff().unit)
    return left.text() if left.minor >= 0 else ""


def my_donations(person_id: UUID, at: datetime) -> list[DonationLine]:
    """A person's donations, newest first."""
    return [_line(each, at) for each in donations_of(person_id)]


def my_donation(key: UUID, person_id: UUID, at: datetime) -> DonationLine:
    """One donation of this person; raises NoSuchDonation for anybody else's."""
    return _line(donation(key, person_id), at)


def _line(view: DonationView, at: datetime) -> DonationLine:
    english = page_language() == "en"
    state, tone = _state(view)
    return DonationLine(
        key=view.key,
        campaign_id=view.campaign_id,
        url=reverse("giving:receipt", args=[view.key]),
        title=view.name_en if english else view.name_ko,
        coins=view.coins.text(),
        worth=f"{view.coins.minor * district_tariff().unit.won_per_minor(seoul_date(view.at)):,}",
        when=view.at,
        number=f"{seoul_date(view.at):%m%d}-{view.transfer}",
        state=state,
        tone=tone,
        undo_until=view.undo_until if view.back is None and at <= view.undo_until else None,
    )


def _state(view: DonationView) -> tuple[str, str]:
    if view.back is None:
        return _("Given"), "good"
    if view.back is WayBack.TAKEN_BACK:
        return _("You took it back"), ""
    if view.lapsed:
        return _("Came back; %(coins)s coins had lapsed meanwhile") % {"coins": view.lapsed.text()}, "warn"
    return _("Came back to you"), "warn"
