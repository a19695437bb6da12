"""A family gives the coins of a deceased to a campaign; a campaign that fails lets them wait for the family again."""

import pytest

from pumasi.civic.shell.tests.visiting import visitor
from pumasi.coin.accounts import balance_or_zero, estate
from pumasi.coin.life_errors import DeathUnknown, EstateEmpty
from pumasi.coin.models import DeathStep
from pumasi.coin.operations import report_death
from pumasi.coin.tests.world import DATABASES, MORNING, a_key, acts, books
from pumasi.kernel.clock import FixedClock
from pumasi.ledger.verify import verify
from pumasi.services.giving import operations
from pumasi.services.giving.errors import CampaignClosed
from pumasi.services.giving.tests.square import NIGHT_AFTER, Square, standing

pytestmark = [pytest.mark.django_db(databases=DATABASES), pytest.mark.postgres]


def dies(square: Square) -> None:
    report_death(acts(square.official), person_id=square.resident, key=a_key())


class TestGiveEstate:
    def test_all_that_waits_goes_to_the_campaign(self, square: Square) -> None:
        dies(square)
        campaign = square.opens_campaign(50)
        form = {"key": str(a_key()), "number": "1", "campaign": str(campaign)}

        for _ in range(2):
            assert visitor(square.official).post("/giving/estate/", form).status_code == 302

        assert (standing("2400"), standing("2140")) == (10_000, 0)
        assert (DeathStep.objects.get().how, DeathStep.objects.get().coins) == ("GIVEN", 10_000)
        assert verify().ok

    def test_a_campaign_that_fails_gives_it_back_to_the_estate(self, square: Square, clock: FixedClock) -> None:
        dies(square)
        campaign = square.opens_campaign(500)
        operations.give_estate(acts(square.official), campaign_id=campaign, number=1, key=a_key())

        operations.close_due_campaigns(acts(None, NIGHT_AFTER))

        assert balance_or_zero(estate(square.resident, "SC")) == 10_000
        assert clock.now() == MORNING

    def test_refusals_change_nothing(self, square: Square) -> None:
        campaign = square.opens_campaign(50)
        before = books()
        with pytest.raises(DeathUnknown):
            operations.give_estate(acts(square.official), campaign_id=campaign, number=1, key=a_key())
        assert books() == before
        dies(square)
        operations.give_estate(acts(square.official), campaign_id=campaign, number=1, key=a_key())
        before = books()

        with pytest.raises(EstateEmpty):
            operations.give_estate(acts(square.official), campaign_id=campaign, number=1, key=a_key())
        operations.cancel(acts(square.issuer), campaign_id=campaign, reason="시험")
        with pytest.raises(CampaignClosed):
            operations.give_estate(acts(square.official), campaign_id=campaign, number=1, key=a_key())
        assert before != books()

    def test_the_page_says_what_is_missing(self, square: Square) -> None:
        form = {"key": str(a_key()), "number": "1"}

        assert visitor(square.official).post("/giving/estate/", form).status_code == 422
        assert visitor(square.resident).get("/giving/estate/").status_code == 403
