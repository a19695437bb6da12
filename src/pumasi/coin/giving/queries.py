"""What was given: totals of campaigns for everybody, single donations for their giver alone."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Max, Sum

from pumasi.civic.people.queries import of_self
from pumasi.coin.district import district_tariff
from pumasi.coin.giving.errors import NoSuchDonation
from pumasi.coin.giving.models import Donation, DonationBack, WayBack
from pumasi.kernel.amount import Amount
from pumasi.ledger.reads import accounts_of


@dataclass(frozen=True)
class DonationView:
    """One donation for its giver. `back` None: it was not given back; `lapsed` is what had lapsed by then."""

    key: UUID
    campaign_id: UUID
    name_ko: str
    name_en: str
    coins: Amount
    at: datetime
    transfer: int
    undo_until: datetime
    back: WayBack | None
    back_at: datetime | None
    lapsed: Amount


def collected(campaigns: Iterable[UUID]) -> dict[UUID, Amount]:
    """What lies in the escrow of each of these campaigns now."""
    unit = district_tariff().unit
    held = {owner: balance for _, code, owner, _, balance in accounts_of("2400") if code == unit.code}
    return {each: Amount(unit, held.get(each.hex, 0)) for each in campaigns}


def last_given(campaign_id: UUID) -> datetime | None:
    """When the newest donation that was not given back was made."""
    gone = DonationBack.objects.values("donation_id")
    rows = Donation.objects.filter(campaign=campaign_id).exclude(key__in=gone)
    newest: datetime | None = rows.aggregate(newest=Max("at"))["newest"]
    return newest


def times_given(campaign_id: UUID) -> int:
    """How many donations a campaign has, without those that were given back."""
    gone = DonationBack.objects.values("donation_id")
    return Donation.objects.filter(campaign=campaign_id).exclude(key__in=gone).count()


def given_by(person_id: UUID, campaign_id: UUID) -> Amount:
    """What one person has in a campaign: shown for the charity's own manager, and to nobody else."""
    gone = DonationBack.objects.values("donation_id")
    rows = Donation.objects.filter(of_self(person_id), campaign=campaign_id).exclude(key__in=gone)
    return Amount(district_tariff().unit, rows.aggregate(coins=Sum("coins", default=0))["coins"])


def is_known(key: UUID) -> bool:
    """Whether a donation was made under this key."""
    return Donation.objects.filter(key=key).exists()


def donations_of(person_id: UUID, limit: int = 60) -> list[DonationView]:
    """A person's donations, newest first."""
    rows = list(Donation.objects.filter(of_self(person_id)).order_by("-at", "-transfer")[:limit])
    back = {row.donation_id: row for row in DonationBack.objects.filter(donation__in=rows)}
    return [_view(row, back.get(row.key)) for row in rows]


def donation(key: UUID, person_id: UUID) -> DonationView:
    """One donation of this person; raises NoSuchDonation for anybody else's."""
    row = Donation.objects.filter(of_self(person_id), key=key).first()
    if row is None:
        raise NoSuchDonation()
    return _view(row, DonationBack.objects.filter(donation=row).first())


def _view(row: Donation, back: DonationBack | None) -> DonationView:
    tariff = district_tariff()
    return DonationView(
        key=row.key,
        campaign_id=row.campaign,
        name_ko=row.name_ko,
        name_en=row.name_en,
        coins=Amount(tariff.unit, row.coins),
        at=row.at,
        transfer=row.transfer,
        undo_until=row.at + timedelta(minutes=tariff.undo_minutes),
        back=WayBack(back.kind) if back else None,
        back_at=back.at if back else None,
        lapsed=Amount(tariff.unit, back.lapsed if back else 0),
    )
