"""Whatever order people give, take back and release in: the books stay sound and the escrow holds what was given."""

from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from pumasi.coin.giving.models import Donation, DonationBack
from pumasi.coin.operations import sweep
from pumasi.coin.tests.world import DATABASES, MORNING, acts
from pumasi.kernel.result import Refusal
from pumasi.ledger.verify import verify
from pumasi.services.giving import operations
from pumasi.services.giving.models import Campaign
from pumasi.services.giving.tests.square import (
    NIGHT_AFTER,
    Square,
    standing,
)

pytestmark = pytest.mark.django_db(databases=DATABASES)


class TestAnyOrder:
    def test_what_was_given_is_in_escrow_back_or_with_the_charity(self, square: Square, stops_at_target: None) -> None:
        campaigns = [square.opens_campaign(60), square.opens_campaign(200)]

        @given(st.lists(st.tuples(st.sampled_from("gtrcn"), st.integers(0, 5)), max_size=20))
        def run(steps: list[tuple[str, int]]) -> None:
            with transaction.atomic():
                now = MORNING
                for step, n in steps:
                    campaign, person = campaigns[n % 2], (square.resident, square.neighbour)[n // 3]
                    now += timedelta(minutes=4)
                    try:
                        if step == "g":
                            square.gives(campaign, 10 + 10 * (n % 3), person, now)
                        elif step == "t":
                            newest = Donation.objects.order_by("-transfer").first()
                            if newest is not None:
                                operations.take_back(
                                    acts(newest.person_id, now), campaign_id=newest.campaign, donation_id=newest.key
                                )
                        elif step == "r":
                            square.releases(campaign, now)
                        elif step == "c":
                            operations.cancel(acts(square.issuer, now), campaign_id=campaign, reason="무작위")
                        else:
                            now = max(now, NIGHT_AFTER)
                            operations.close_due_campaigns(acts(None, now))
                    except Refusal:
                        pass
                    given_ = sum(Donation.objects.values_list("coins", flat=True))
                    back = sum(DonationBack.objects.values_list("donation__coins", flat=True))
                    assert given_ == standing("2400") + standing("3400") + back
                    assert sum(Campaign.objects.values_list("released", flat=True)) == standing("3400")
                sweep(acts(None, now))
                assert verify().ok
                transaction.set_rollback(True)

        run()
