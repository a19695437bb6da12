"""Before a campaign is open: charities, proposals, and the two officers who open it."""

from datetime import date

import pytest

from pumasi.civic.people.models import RoleName
from pumasi.coin.tests.world import DATABASES, acts
from pumasi.services.giving import operations
from pumasi.services.giving.errors import (
    BadDeadline,
    BadTarget,
    CharityNotVerified,
    CharityNumberTaken,
    NeedsAnotherOfficer,
    NeedsClause,
    NotAnOfficer,
    NotTheManager,
    OwnCampaign,
    TextMissing,
)
from pumasi.services.giving.models import Campaign
from pumasi.services.giving.tests.square import LAST_DAY, Square, everything, state

pytestmark = pytest.mark.django_db(databases=DATABASES)


class TestCharity:
    def test_a_number_is_entered_once(self, square: Square) -> None:
        with pytest.raises(CharityNumberTaken):
            operations.register_charity(acts(square.manager), name_ko="가", name_en="A", number="SAMPLE-100")

    def test_only_who_holds_the_role_registers_and_only_an_officer_verifies(self, square: Square) -> None:
        before = everything()

        with pytest.raises(NotTheManager):
            operations.register_charity(acts(square.resident), name_ko="가", name_en="A", number="SAMPLE-2")
        with pytest.raises(NotAnOfficer):
            operations.verify_charity(acts(square.manager), charity_id=square.charity, document="x")

        assert everything() == before

    def test_nobody_verifies_a_charity_of_their_own(self, square: Square) -> None:
        square.grants(square.officers[0], RoleName.CHARITY_MANAGER)
        own = operations.register_charity(acts(square.officers[0]), name_ko="나", name_en="B", number="SAMPLE-3")

        with pytest.raises(OwnCampaign):
            operations.verify_charity(acts(square.officers[0]), charity_id=own, document="x")


class TestProposal:
    @pytest.mark.parametrize("target", [0, -10, 15, 1_000_010])
    def test_refuses_a_target_that_nobody_could_pay(self, square: Square, target: int) -> None:
        with pytest.raises(BadTarget):
            square.proposes(target)

        assert Campaign.objects.count() == 0

    @pytest.mark.parametrize("deadline", [date(2026, 10, 5), date(2027, 4, 4)])
    def test_refuses_a_last_day_that_is_today_or_too_far(self, square: Square, deadline: date) -> None:
        with pytest.raises(BadDeadline) as refused:
            square.proposes(deadline=deadline)

        assert refused.value.facts == {"until": "2027-04-03"}

    def test_needs_a_verified_charity_of_ones_own_and_every_text(self, square: Square) -> None:
        other = square.joins("다른 단체 담당 역할")
        square.grants(other, RoleName.CHARITY_MANAGER)
        new = operations.register_charity(acts(other), name_ko="다", name_en="C", number="SAMPLE-4")
        wish = {"title_ko": "가", "title_en": "a", "text_ko": "나", "text_en": "b", "target": 10, "deadline": LAST_DAY}

        with pytest.raises(CharityNotVerified):
            operations.propose(acts(other), charity_id=new, **wish)  # type: ignore[arg-type]
        with pytest.raises(NotTheManager):
            operations.propose(acts(other), charity_id=square.charity, **wish)  # type: ignore[arg-type]
        with pytest.raises(TextMissing):
            operations.propose(acts(square.manager), charity_id=square.charity, **{**wish, "text_en": " "})  # type: ignore[arg-type]

        assert Campaign.objects.count() == 0


class TestApproval:
    def test_opens_with_two_officers_a_clause_and_a_document(self, square: Square) -> None:
        campaign = square.proposes()
        with pytest.raises(NeedsClause):
            operations.approve(acts(square.officers[0]), campaign_id=campaign)
        operations.approve(acts(square.officers[0]), campaign_id=campaign, clause="조례 제10조", document="결재-1")
        with pytest.raises(NeedsAnotherOfficer):
            operations.approve(acts(square.officers[0]), campaign_id=campaign)

        assert state(campaign) == "DRAFT"
        assert operations.approve(acts(square.issuer), campaign_id=campaign)
        assert state(campaign) == "OPEN"

    def test_is_refused_to_the_charitys_own_manager_and_to_everybody_else(self, square: Square) -> None:
        campaign = square.proposes()
        square.grants(square.manager, RoleName.BUDGET_OFFICER)
        before = everything()

        for person, refusal in ((square.manager, OwnCampaign), (square.resident, NotAnOfficer)):
            with pytest.raises(refusal):
                operations.approve(acts(person), campaign_id=campaign, clause="가", document="나")

        assert everything() == before
