"""A campaign from proposal to evidence; coins that come back are the same coins; refusals change nothing."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction

from pumasi.coin.accounts import open_wallet, wallet
from pumasi.coin.errors import BadCoins, KeyReused, NotAllowed, NotEnoughCoins, NotInSteps
from pumasi.coin.giving.errors import DonationGone, TakeBackTooLate
from pumasi.coin.giving.models import Donation, DonationBack
from pumasi.coin.giving.queries import donations_of
from pumasi.coin.parties import holder
from pumasi.coin.queries import wallet_view
from pumasi.coin.tests.world import DATABASES, FUND, MORNING, a_key, acts
from pumasi.kernel.result import Refusal
from pumasi.ledger import kinds
from pumasi.ledger.commands import Terms
from pumasi.ledger.posting import post_one
from pumasi.ledger.reads import lots
from pumasi.ledger.verify import verify
from pumasi.seal.tests.record import entries, replayed, seal_all
from pumasi.services.giving import operations
from pumasi.services.giving.errors import (
    CampaignClosed,
    CampaignNotInState,
    DeadlinePassed,
    DonorsMayStillChange,
    NeedsAnotherOfficer,
    NoSuchCampaign,
    NotAnOfficer,
    NotTheManager,
    TargetNotReached,
    TargetReached,
    TextMissing,
    UsedTooMuch,
)
from pumasi.services.giving.models import Campaign, CampaignStep
from pumasi.services.giving.tests.square import (
    LATER,
    NIGHT_AFTER,
    Square,
    everything,
    standing,
    state,
)

pytestmark = pytest.mark.django_db(databases=DATABASES)


class TestGiving:
    @pytest.mark.postgres
    def test_moves_coins_into_the_campaigns_own_account(self, square: Square) -> None:
        campaign = square.opens_campaign()

        given_ = square.gives(campaign, 30)

        assert (given_.coins.text(), given_.left.text()) == ("30", "70")
        assert standing("2400") == 3000
        assert verify().ok

    @pytest.mark.postgres
    def test_a_repeated_key_gives_once_also_after_the_campaign_has_closed(self, square: Square) -> None:
        campaign, key = square.opens_campaign(), a_key()
        first = square.gives(campaign, 30, key=key)
        operations.cancel(acts(square.issuer), campaign_id=campaign, reason="중복")

        again = square.gives(campaign, 30, key=key)

        assert again.transfer == first.transfer
        assert Donation.objects.count() == 1
        with pytest.raises(KeyReused):
            square.gives(campaign, 40, key=key)

    @pytest.mark.parametrize(
        ("coins", "refusal"), [(15, NotInSteps), (0, BadCoins), (-10, BadCoins), (110, NotEnoughCoins)]
    )
    def test_refuses_what_is_no_gift(self, square: Square, coins: int, refusal: type[Refusal]) -> None:
        campaign = square.opens_campaign(200)
        before = everything()

        with pytest.raises(refusal):
            square.gives(campaign, coins)

        assert everything() == before

    def test_refuses_a_draft_an_unknown_one_and_one_whose_last_day_is_over(self, square: Square) -> None:
        draft, open_ = square.proposes(), square.opens_campaign()
        before = everything()

        for campaign, refusal, at in (
            (draft, CampaignClosed, MORNING),
            (a_key(), NoSuchCampaign, MORNING),
            (open_, DeadlinePassed, NIGHT_AFTER),
        ):
            with pytest.raises(refusal):
                square.gives(campaign, 10, at=at)

        assert everything() == before

    def test_takes_coins_until_the_last_second_of_the_last_day(self, square: Square) -> None:
        campaign = square.opens_campaign()

        square.gives(campaign, 10, at=NIGHT_AFTER - timedelta(minutes=30, seconds=1))

        assert standing("2400") == 1000

    def test_goes_on_above_the_target_where_the_district_says_so(self, square: Square) -> None:
        campaign = square.opens_campaign(50)

        square.gives(campaign, 50)
        square.gives(campaign, 10)

        assert (state(campaign), standing("2400")) == ("OPEN", 6000)

    def test_stops_at_the_target_where_the_district_says_so(self, square: Square, stops_at_target: None) -> None:
        campaign = square.opens_campaign(50)
        square.gives(campaign, 50)

        with pytest.raises(TargetReached):
            square.gives(campaign, 10, square.neighbour)

        assert (state(campaign), standing("2400")) == ("REACHED", 5000)

    def test_the_charitys_manager_may_give(self, square: Square) -> None:
        square.earns(square.manager, 20)
        campaign = square.opens_campaign()

        assert square.gives(campaign, 20, square.manager).coins.text() == "20"


class TestTakingBack:
    @pytest.mark.postgres
    def test_gives_the_same_coins_back_within_ten_minutes_once(self, square: Square) -> None:
        campaign = square.opens_campaign()
        gift = square.gives(campaign, 30)
        acting = acts(square.resident, MORNING + timedelta(minutes=10))

        for _ in range(2):
            operations.take_back(acting, campaign_id=campaign, donation_id=gift.key)

        assert wallet_view(square.resident, MORNING).balance.text() == "100"
        assert (standing("2400"), DonationBack.objects.count()) == (0, 1)
        assert verify().ok

    def test_is_over_after_ten_minutes_and_for_anybody_else(self, square: Square) -> None:
        campaign = square.opens_campaign()
        gift = square.gives(campaign, 30)
        before = everything()

        for person, at, refusal in (
            (square.resident, LATER, TakeBackTooLate),
            (square.neighbour, MORNING, NotAllowed),
        ):
            with pytest.raises(refusal):
                operations.take_back(acts(person, at), campaign_id=campaign, donation_id=gift.key)

        assert everything() == before

    def test_opens_a_full_campaign_again(self, square: Square, stops_at_target: None) -> None:
        campaign = square.opens_campaign(50)
        gift = square.gives(campaign, 50)

        operations.take_back(acts(square.resident), campaign_id=campaign, donation_id=gift.key)

        assert state(campaign) == "OPEN"
        assert square.gives(campaign, 10, square.neighbour).coins.text() == "10"

    def test_cannot_follow_a_return(self, square: Square) -> None:
        campaign = square.opens_campaign()
        gift = square.gives(campaign, 30)
        operations.cancel(acts(square.issuer), campaign_id=campaign, reason="오류")

        with pytest.raises(DonationGone):
            operations.take_back(acts(square.resident), campaign_id=campaign, donation_id=gift.key)

        assert wallet_view(square.resident, MORNING).balance.text() == "100"


class TestRelease:
    @pytest.mark.postgres
    def test_two_officers_the_payment_number_and_the_evidence(self, square: Square) -> None:
        campaign = square.opens_campaign(90)
        square.gives(campaign, 50)
        square.gives(campaign, 40, square.neighbour)
        operations.close_due_campaigns(acts(None, NIGHT_AFTER))

        square.releases(campaign, NIGHT_AFTER)
        owed = standing("K300")
        operations.enter_payment(acts(square.treasurer, NIGHT_AFTER), campaign_id=campaign, payment_number="지급-7")
        operations.give_evidence(
            acts(square.manager, NIGHT_AFTER),
            campaign_id=campaign,
            used_won=8500,
            used_for="이불 열 채",
            document="영수-1",
        )

        row = Campaign.objects.get(id=campaign)
        assert (row.state, row.released, row.released_won, row.used_won) == ("EVIDENCED", 9000, 9000, 8500)
        assert (owed, standing("K300"), standing("2400"), standing("3400"), standing("B300")) == (
            9000,
            0,
            0,
            9000,
            9000,
        )
        assert verify().ok

    def test_the_steps_say_who_did_what_and_cannot_be_changed(self, square: Square) -> None:
        campaign = square.opens_campaign(50)
        square.gives(campaign, 50)
        operations.close_due_campaigns(acts(None, NIGHT_AFTER))
        square.releases(campaign, NIGHT_AFTER)

        steps = list(CampaignStep.objects.filter(campaign=campaign).order_by("id").values_list("what", "actor"))
        with pytest.raises(DatabaseError), transaction.atomic():
            CampaignStep.objects.update(note="x")

        first, second = square.officers
        assert steps == [
            ("PROPOSED", square.manager),
            ("APPROVED", first),
            ("APPROVED", second),
            ("OPEN", second),
            ("CLOSED", None),
            ("RELEASE", first),
            ("RELEASE", second),
            ("RELEASED", second),
        ]

    def test_is_refused_before_the_target_before_the_end_and_by_one_person_twice(self, square: Square) -> None:
        campaign = square.opens_campaign(100)
        square.gives(campaign, 50)
        with pytest.raises(CampaignNotInState):
            square.releases(campaign)
        Campaign.objects.filter(id=campaign).update(state="CLOSED")
        with pytest.raises(TargetNotReached) as refused:
            square.releases(campaign)
        assert refused.value.facts == {"missing": "50"}

    def test_waits_until_no_donor_can_take_back(self, square: Square, stops_at_target: None) -> None:
        campaign = square.opens_campaign(50)
        square.gives(campaign, 50)

        with pytest.raises(DonorsMayStillChange):
            square.releases(campaign, MORNING + timedelta(minutes=9))
        operations.agree_to_release(acts(square.issuer, LATER), campaign_id=campaign, document="결재-2")
        with pytest.raises(NeedsAnotherOfficer):
            operations.agree_to_release(acts(square.issuer, LATER), campaign_id=campaign)

        assert state(campaign) == "REACHED"

    def test_evidence_is_the_managers_and_within_what_was_paid(self, square: Square, stops_at_target: None) -> None:
        campaign = square.opens_campaign(50)
        square.gives(campaign, 50)
        square.releases(campaign)
        wish = {"campaign_id": campaign, "used_for": "이불", "document": "영수-1"}
        with pytest.raises(CampaignNotInState):
            operations.give_evidence(acts(square.manager, LATER), used_won=10, **wish)  # type: ignore[arg-type]
        with pytest.raises(NotAnOfficer):
            operations.enter_payment(acts(square.issuer, LATER), campaign_id=campaign, payment_number="지급-7")
        operations.enter_payment(acts(square.treasurer, LATER), campaign_id=campaign, payment_number="지급-7")

        for person, won, refusal in (
            (square.resident, 10, NotTheManager),
            (square.manager, 5001, UsedTooMuch),
            (square.manager, 0, UsedTooMuch),
        ):
            with pytest.raises(refusal):
                operations.give_evidence(acts(person, LATER), used_won=won, **wish)  # type: ignore[arg-type]

        assert state(campaign) == "RELEASED"

    def test_the_public_rules_accept_every_entry_of_it(self, square: Square, stops_at_target: None) -> None:
        done, failed = square.opens_campaign(50), square.opens_campaign(90)
        square.gives(done, 50)
        square.gives(failed, 20)
        square.releases(done)
        operations.enter_payment(acts(square.treasurer, LATER), campaign_id=done, payment_number="지급-7")
        operations.close_due_campaigns(acts(None, NIGHT_AFTER))

        seal_all()

        assert replayed()
        assert any(f"2400:SC:{done.hex}".encode() in entry for entry in entries())


class TestReturning:
    @pytest.mark.postgres
    def test_a_missed_target_gives_every_coin_back_by_itself_once(self, square: Square) -> None:
        campaign = square.opens_campaign(200)
        square.gives(campaign, 50)
        square.gives(campaign, 30)
        square.gives(campaign, 20, square.neighbour)
        mine = wallet(holder(square.resident), "SC")
        before = {lot.lot for lot in lots(mine)}

        changed = [operations.close_due_campaigns(acts(None, NIGHT_AFTER)) for _ in range(2)]

        assert changed == [1, 0]
        assert state(campaign) == "RETURNED"
        assert wallet_view(square.resident, NIGHT_AFTER).balance.text() == "100"
        assert wallet_view(square.neighbour, NIGHT_AFTER).balance.text() == "60"
        assert DonationBack.objects.count() == 3
        assert before <= {lot.lot for lot in lots(mine)}
        assert verify().ok

    def test_words_on_the_statement(self, square: Square) -> None:
        campaign = square.opens_campaign(200)
        square.gives(campaign, 50)
        operations.cancel(acts(square.issuer), campaign_id=campaign, reason="오류")

        newest = wallet_view(square.resident, MORNING).movements[:2]

        assert [each.text_ko for each in newest] == ["‘겨울 이불’ 기부 돌아옴", "‘겨울 이불’에 기부"]
        assert [each.text_en for each in newest] == ["Back from “Winter blankets”", "Given to “Winter blankets”"]
        assert all(each.receipt == Donation.objects.get().key for each in newest)

    def test_waits_for_the_last_donors_ten_minutes(self, square: Square) -> None:
        campaign = square.opens_campaign(200)
        square.gives(campaign, 10, at=NIGHT_AFTER - timedelta(minutes=31))

        early = operations.close_due_campaigns(acts(None, NIGHT_AFTER - timedelta(minutes=25)))
        late = operations.close_due_campaigns(acts(None, NIGHT_AFTER))

        assert (early, late) == (0, 1)

    def test_what_has_lapsed_meanwhile_goes_to_expired_and_is_said(self, square: Square) -> None:
        campaign = square.opens_campaign(200, date(2026, 12, 31))
        person = square.joins("만료 앞둔 주민 역할")
        with transaction.atomic():
            wallet = open_wallet(holder(person), "SC", MORNING)
            terms = Terms(FUND, date(2026, 10, 31), 1)
            post_one(kinds.earn(key=a_key(), at=MORNING, wallet=wallet, amount=2000, terms=terms))
        square.earns(person, 20)
        square.gives(campaign, 40, person)
        november = MORNING + timedelta(days=40)

        operations.cancel(acts(square.issuer, november), campaign_id=campaign, reason="오류")

        assert wallet_view(person, november).balance.text() == "20"
        assert donations_of(person)[0].lapsed.text() == "20"
        assert DonationBack.objects.get().lapsed == 2000
        assert standing("3100") == 2000
        assert "기한이 지난 20코인은 소멸" in wallet_view(person, november).movements[0].text_ko

    def test_a_broken_off_return_is_finished_by_the_next_night(self, square: Square) -> None:
        campaign = square.opens_campaign(200)
        square.gives(campaign, 50)
        Campaign.objects.filter(id=campaign).update(state="CANCELLED")

        operations.close_due_campaigns(acts(None, LATER))

        assert state(campaign) == "RETURNED"
        assert wallet_view(square.resident, LATER).balance.text() == "100"

    def test_needs_a_reason_and_an_officer_and_ends_at_the_release(self, square: Square, stops_at_target: None) -> None:
        campaign = square.opens_campaign(50)
        square.gives(campaign, 50)
        square.releases(campaign)
        before = everything()

        for person, reason, refusal in (
            (square.issuer, "", TextMissing),
            (square.manager, "가", NotAnOfficer),
            (square.issuer, "늦음", CampaignNotInState),
        ):
            with pytest.raises(refusal):
                operations.cancel(acts(person, LATER), campaign_id=campaign, reason=reason)

        assert everything() == before
