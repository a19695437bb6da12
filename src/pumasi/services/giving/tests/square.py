"""A village square for giving tests: a verified charity, two officers, a campaign."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from pumasi.civic.people.models import RoleName
from pumasi.coin.giving.models import Donation, DonationBack
from pumasi.coin.giving.operations import Donated
from pumasi.coin.tests.world import MORNING, World, a_key, acts, books
from pumasi.ledger.reads import accounts_of
from pumasi.services.giving import operations
from pumasi.services.giving.models import Campaign, CampaignStep, Charity

LAST_DAY = date(2026, 10, 20)
# Wednesday 21 October 2026, 00:30 in Seoul: the night after the last day.
NIGHT_AFTER = datetime(2026, 10, 20, 15, 30, tzinfo=UTC)
LATER = MORNING + timedelta(minutes=11)


@dataclass
class Square(World):
    """The district with a charity that is verified."""

    manager: UUID = field(init=False)
    treasurer: UUID = field(init=False)
    charity: UUID = field(init=False)

    def __post_init__(self) -> None:
        super().__post_init__()
        self.manager, self.treasurer = self.joins("단체 담당 역할"), self.joins("회계 담당 역할")
        self.grants(self.manager, RoleName.CHARITY_MANAGER)
        self.grants(self.treasurer, RoleName.TREASURY)
        self.charity = operations.register_charity(
            acts(self.manager), name_ko="표본 나눔회", name_en="Sample Sharing", number="SAMPLE-100"
        )
        operations.verify_charity(acts(self.officers[0]), charity_id=self.charity, document="SAMPLE-PAPERS-1")

    def proposes(self, target: int = 100, deadline: date = LAST_DAY) -> UUID:
        return operations.propose(
            acts(self.manager),
            charity_id=self.charity,
            title_ko="겨울 이불",
            title_en="Winter blankets",
            text_ko="어르신 열 분께 이불을 드려요.",
            text_en="Blankets for ten elders.",
            target=target,
            deadline=deadline,
        )

    def opens_campaign(self, target: int = 100, deadline: date = LAST_DAY) -> UUID:
        campaign = self.proposes(target, deadline)
        operations.approve(acts(self.officers[0]), campaign_id=campaign, clause="조례 제10조", document="결재-1")
        assert operations.approve(acts(self.officers[1]), campaign_id=campaign)
        return campaign

    def gives(
        self, campaign: UUID, coins: int, who: UUID | None = None, at: datetime = MORNING, key: UUID | None = None
    ) -> Donated:
        return operations.give(acts(who or self.resident, at), campaign_id=campaign, coins=coins, key=key or a_key())

    def releases(self, campaign: UUID, at: datetime = LATER) -> None:
        operations.agree_to_release(acts(self.officers[0], at), campaign_id=campaign, document="결재-2")
        assert operations.agree_to_release(acts(self.officers[1], at), campaign_id=campaign)


def standing(code: str) -> int:
    """What lies in all accounts of a code."""
    return sum(balance for *_, balance in accounts_of(code))


def state(campaign: UUID) -> str:
    return Campaign.objects.get(id=campaign).state


def everything() -> dict[str, object]:
    """The books and the rows of giving: what a refusal leaves as it was."""
    rows = {
        "campaigns": sorted(Campaign.objects.values_list("id", "state", "released", "used_won", "payment_number")),
        "charities": sorted(Charity.objects.values_list("number", "state")),
        "counts": [model.objects.count() for model in (Donation, DonationBack, CampaignStep)],
    }
    return {**books(), **rows}
