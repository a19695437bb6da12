"""The desks of charities and of officers."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from pumasi.coin.giving.rules import giving_rules
from pumasi.services.giving.models import Campaign, CampaignState, CampaignStep, Charity, CharityState
from pumasi.services.giving.queries.campaigns import CampaignCard, cards_of

State = CampaignState


@dataclass(frozen=True)
class CharityView:
    """A charity for its manager or an officer."""

    id: UUID
    name_ko: str
    name_en: str
    number: str
    verified: bool


@dataclass(frozen=True)
class Next:
    """What can be done next about a campaign, and by how many it has been agreed."""

    approve: bool
    release: bool
    pay: bool
    evidence: bool
    cancel: bool
    agreed: int


def charities_of(manager: UUID) -> list[CharityView]:
    """The charities that this person speaks for."""
    return [_charity(row) for row in Charity.objects.filter(manager=manager).order_by("name_ko", "id")]


def charities_to_verify() -> list[CharityView]:
    """Charities whose papers nobody has seen yet."""
    return [_charity(row) for row in Charity.objects.filter(state=CharityState.REGISTERED).order_by("registered_at")]


def campaigns_of(manager: UUID, at: datetime) -> list[CampaignCard]:
    """All campaigns of a manager's charities, newest first."""
    rows = Campaign.objects.filter(charity__manager=manager).select_related("charity").order_by("-drafted_at")
    return cards_of(rows, at)


def all_campaigns(at: datetime) -> list[CampaignCard]:
    """For officers: what waits for them first, then the newest."""
    rows = list(Campaign.objects.select_related("charity").order_by("-drafted_at")[:100])
    first = (State.DRAFT, State.REACHED, State.CLOSED, State.RELEASED)
    return cards_of(sorted(rows, key=lambda row: row.state not in first), at)


def is_manager(manager: UUID, campaign_id: UUID) -> bool:
    """Whether this person speaks for the campaign's charity."""
    return Campaign.objects.filter(id=campaign_id, charity__manager=manager).exists()


def next_for(campaign_id: UUID) -> Next:
    """What can be done next; raises DoesNotExist never: an unknown campaign has nothing next."""
    row = Campaign.objects.filter(id=campaign_id).first()
    if row is None:
        return Next(False, False, False, False, False, 0)
    steps = CampaignStep.objects.filter(campaign=row)
    full = row.state in (State.REACHED, State.CLOSED)
    return Next(
        approve=row.state == State.DRAFT,
        release=full,
        pay=row.state == State.RELEASED and not row.payment_number,
        evidence=row.state == State.RELEASED and bool(row.payment_number),
        cancel=row.state in (State.DRAFT, State.OPEN, State.REACHED, State.CLOSED),
        agreed=steps.filter(what="APPROVED" if row.state == State.DRAFT else "RELEASE").count(),
    )


def sample_clause() -> str:
    """The clause that stands in the rules, to start from."""
    return giving_rules().clause


def latest_day(today: date) -> date:
    """The latest last day of a campaign proposed today."""
    return date.fromordinal(today.toordinal() + giving_rules().max_days)


def _charity(row: Charity) -> CharityView:
    return CharityView(row.id, row.name_ko, row.name_en, row.number, row.state == CharityState.VERIFIED)
