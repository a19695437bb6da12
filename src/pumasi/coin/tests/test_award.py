"""Award: coins for proven deeds, the shop's share, the caps, the waiting list, and nobody awards themselves."""

from datetime import UTC, datetime, timedelta

import pytest

from pumasi.civic.places.errors import PlaceClosed, PlaceNotOpenYet, PlaceUnknown
from pumasi.civic.places.operations import close_place, set_state
from pumasi.coin import caps, operations
from pumasi.coin.answers import Payee
from pumasi.coin.district import district_tariff
from pumasi.coin.errors import (
    BadQuantity,
    DailyLimitReached,
    DeedInFuture,
    DeedNotHere,
    EvidenceNotAccepted,
    KeyReused,
    NotAllowed,
    OwnShopDeed,
    PairLimitReached,
    PlaceFull,
    QuantityTooSmall,
    SelfAward,
    TooYoung,
    UnknownDeed,
    WrongPayees,
)
from pumasi.coin.models import CapCounter
from pumasi.coin.queries import budget_view, rank_if_claimed, wallet_view
from pumasi.coin.tariff import CapScope, Part
from pumasi.coin.tests.world import DATABASES, FUND, MORNING, World, a_key, acts, books
from pumasi.kernel.acting import Channel
from pumasi.kernel.amount import Amount
from pumasi.kernel.errors import TextUnreadable

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(databases=DATABASES)]


class TestAward:
    def test_pays_the_resident_and_the_shop_owner_for_one_deed(self, world: World) -> None:
        awarded = world.brings_hangers(25)

        assert [(share.person_id, share.part, share.amount.minor) for share in awarded.shares] == [
            (world.resident, Part.RESIDENT, 400),
            (world.keeper, Part.SHOP, 400),
        ]
        assert (awarded.counted, awarded.left_over, awarded.short_by, awarded.rank) == (20, 5, 5, None)
        assert wallet_view(world.resident, MORNING).balance.minor == 400
        assert wallet_view(world.keeper, MORNING).balance.minor == 400
        assert budget_view(FUND, MORNING).encumbered_won == 800

    def test_the_same_key_answers_again_and_pays_once(self, world: World) -> None:
        key = a_key()
        first = world.brings_hangers(10, key)
        before = books()

        again = world.brings_hangers(10, key, MORNING + timedelta(hours=5))

        assert again.shares == first.shares
        assert books() == before

    def test_the_same_key_for_another_deed_is_refused(self, world: World) -> None:
        key = a_key()
        world.brings_hangers(10, key)
        before = books()

        with pytest.raises(KeyReused):
            world.brings_hangers(20, key)

        assert books() == before

    def test_the_price_is_that_of_the_day_of_the_deed(self, world: World) -> None:
        awarded = operations.award(
            acts(world.official),
            kind="VOLUNTEERING",
            quantity=120,
            place_id=world.centre,
            payees=[Payee(world.resident)],
            evidence_ref="STAFF:sheet 1",
            key=a_key(),
            deed_at=MORNING - timedelta(days=3),
        )

        assert awarded.day == (MORNING - timedelta(days=3)).date()
        assert awarded.shares[0].amount.minor == 1000

    def test_coins_of_a_photo_deed_can_be_spent_a_week_later(self, world: World) -> None:
        awarded = operations.award(
            acts(world.reviewer),
            kind="BARTER_ITEM",
            quantity=3,
            place_id=world.centre,
            payees=[Payee(world.resident)],
            evidence_ref="PHOTO:4711",
            key=a_key(),
        )
        before = wallet_view(world.resident, MORNING)
        on_the_eve = operations.sweep(acts(None, datetime(2026, 10, 11, 14, 59, tzinfo=UTC), Channel.JOB))
        on_the_day = operations.sweep(acts(None, datetime(2026, 10, 11, 15, 0, tzinfo=UTC), Channel.JOB))

        assert str(awarded.shares[0].vest_on) == "2026-10-12"
        assert (before.balance.minor, before.vesting.minor) == (0, 600)
        assert (on_the_eve, on_the_day) == (0, 1)
        after = wallet_view(world.resident, MORNING + timedelta(days=8))
        assert (after.balance.minor, after.vesting.minor) == (600, 0)


class TestRefusals:
    @pytest.mark.parametrize(
        ("changed", "refusal"),
        [
            ({"kind": "JUGGLING"}, UnknownDeed),
            ({"quantity": 0}, BadQuantity),
            ({"quantity": 1.0}, BadQuantity),
            ({"quantity": 9}, QuantityTooSmall),
            ({"evidence_ref": "STAFF"}, EvidenceNotAccepted),
            ({"evidence_ref": "RUMOUR:1"}, EvidenceNotAccepted),
            ({"evidence_ref": "CODE:\x00"}, TextUnreadable),
            ({"evidence_ref": "CODE:\ud800"}, TextUnreadable),
            ({"payees": []}, WrongPayees),
            ({"place_id": a_key()}, PlaceUnknown),
            ({"deed_at": MORNING + timedelta(seconds=1)}, DeedInFuture),
        ],
    )
    def test_a_bad_claim_is_refused_and_nothing_changes(
        self, world: World, changed: dict[str, object], refusal: type[Exception]
    ) -> None:
        before = books()
        wish = {
            "kind": "CLEAR_PET",
            "quantity": 10,
            "place_id": world.centre,
            "payees": [Payee(world.resident)],
            "evidence_ref": "CODE:test",
            "key": a_key(),
        }

        with pytest.raises(refusal):
            operations.award(acts(world.resident), **{**wish, **changed})  # type: ignore[arg-type]  # wrong on purpose

        assert books() == before

    def test_a_deed_at_the_wrong_kind_of_place_is_refused(self, world: World) -> None:
        with pytest.raises(DeedNotHere):
            operations.award(
                acts(world.resident),
                kind="CLEAR_PET",
                quantity=10,
                place_id=world.laundry,
                payees=[Payee(world.resident)],
                evidence_ref="CODE:test",
                key=a_key(),
            )

    def test_staff_cannot_confirm_their_own_deed(self, world: World) -> None:
        before = books()

        with pytest.raises(SelfAward):
            operations.award(
                acts(world.cashier),
                kind="VOLUNTEERING",
                quantity=60,
                place_id=world.gym,
                payees=[Payee(world.cashier)],
                evidence_ref="STAFF:sheet 1",
                key=a_key(),
            )

        assert books() == before

    def test_staff_of_another_place_cannot_confirm(self, world: World) -> None:
        with pytest.raises(NotAllowed):
            operations.award(
                acts(world.cashier),
                kind="VOLUNTEERING",
                quantity=60,
                place_id=world.centre,
                payees=[Payee(world.resident)],
                evidence_ref="STAFF:sheet 1",
                key=a_key(),
            )

    def test_only_an_official_confirms_an_outcome(self, world: World) -> None:
        wish = {
            "kind": "HOUSEHOLD_LINKED",
            "quantity": 1,
            "place_id": world.centre,
            "payees": [Payee(world.resident)],
            "evidence_ref": "OUTCOME:case",
        }

        with pytest.raises(NotAllowed):
            operations.award(acts(world.cashier), key=a_key(), **wish)  # type: ignore[arg-type]  # one wish, two actors
        awarded = operations.award(acts(world.official), key=a_key(), **wish)  # type: ignore[arg-type]  # as above

        assert awarded.shares[0].amount.minor == 1000

    def test_a_keeper_earns_nothing_as_a_resident_at_the_own_shop(self, world: World) -> None:
        before = books()

        with pytest.raises(OwnShopDeed):
            operations.award(
                acts(world.keeper),
                kind="HANGER",
                quantity=10,
                place_id=world.laundry,
                payees=[Payee(world.keeper)],
                evidence_ref="CODE:test",
                key=a_key(),
            )

        assert books() == before

    def test_the_shops_share_goes_to_its_keeper_alone(self, world: World) -> None:
        with pytest.raises(WrongPayees):
            operations.award(
                acts(world.resident),
                kind="HANGER",
                quantity=10,
                place_id=world.laundry,
                payees=[Payee(world.resident), Payee(world.neighbour, Part.SHOP)],
                evidence_ref="CODE:test",
                key=a_key(),
            )

    def test_an_age_limit_is_held(self, world: World) -> None:
        def joins_the_class(person: object) -> None:
            operations.award(
                acts(world.cashier),
                kind="HEALTH_CLASS",
                quantity=60,
                place_id=world.gym,
                payees=[Payee(person)],  # type: ignore[arg-type]  # an id
                evidence_ref="ATTENDANCE:1",
                key=a_key(),
            )

        with pytest.raises(TooYoung):
            joins_the_class(world.resident)
        joins_the_class(world.neighbour)

        assert wallet_view(world.neighbour, MORNING).balance.minor == 200

    def test_a_closed_place_earns_nothing_from_its_closing_day_on(self, world: World) -> None:
        close_place(acts(None), world.laundry)
        before = books()

        with pytest.raises(PlaceClosed):
            world.brings_hangers(10)
        with pytest.raises(PlaceNotOpenYet):
            world.brings_hangers(10, at=MORNING - timedelta(days=30))

        assert books() == before


class TestCaps:
    def test_the_daily_cap_says_how_much_is_left_and_until_when(self, world: World) -> None:
        for _ in range(3):
            self._tumbler(world, 1)
        before = books()

        with pytest.raises(DailyLimitReached) as refused:
            self._tumbler(world, 1)

        assert refused.value.facts == {"limit": "6", "left": "0", "until": "2026-10-05", "days": 30}
        assert books() == before

    def test_the_next_day_in_seoul_counts_anew(self, world: World) -> None:
        self._tumbler(world, 3)

        awarded = self._tumbler(world, 3, MORNING + timedelta(hours=14))

        assert awarded == 600

    def test_one_person_at_one_place_has_a_cap_of_its_own(self, world: World) -> None:
        world.brings_hangers(200)
        before = books()

        with pytest.raises(PairLimitReached) as refused:
            world.brings_hangers(10)

        assert refused.value.facts["left"] == "0"
        assert books() == before

    def test_from_80_percent_on_the_answer_warns(self, world: World) -> None:
        early = world.brings_hangers(150)
        late = world.brings_hangers(10)

        assert early.warnings == ()
        assert {(use.scope, use.left.minor) for use in late.warnings} == {(CapScope.PAIR_DAY, 800)}

    def test_a_busy_shop_runs_out_of_its_own_pool_and_residents_still_earn(self, world: World) -> None:
        for _ in range(5):
            world.brings_hangers(200)
            CapCounter.objects.filter(key__startswith="PERSON").delete()
            CapCounter.objects.filter(key__startswith="PAIR").delete()

        late = world.brings_hangers(10)

        assert [(share.part, share.amount.minor) for share in late.shares] == [(Part.RESIDENT, 200)]
        assert wallet_view(world.keeper, MORNING).balance.minor == 20_000
        assert wallet_view(world.resident, MORNING).balance.minor == 20_200

    def test_what_is_left_can_be_asked_before_the_deed(self, world: World) -> None:
        self._tumbler(world, 2)
        day, nothing = MORNING.date(), Amount(district_tariff().unit, 0)

        standing = caps.standing(district_tariff(), caps.Use(world.resident, world.bakery, "TUMBLER", day, nothing))

        assert [(use.scope, use.kind, use.left.minor) for use in standing] == [
            (CapScope.PERSON_DAY, "*", 5600),
            (CapScope.PERSON_MONTH, "*", 69_600),
            (CapScope.PLACE_DAY, "*", 299_600),
            (CapScope.PAIR_DAY, "*", 3600),
            (CapScope.PERSON_DAY, "TUMBLER", 200),
        ]

    def test_a_place_confirms_no_more_deeds_than_it_said(self, world: World) -> None:
        set_state(acts(None), world.laundry, accepts=[], needs=[], daily_limit=1)
        world.brings_hangers(10)
        before = books()

        with pytest.raises(PlaceFull):
            world.brings_hangers(10)

        assert books() == before

    @staticmethod
    def _tumbler(world: World, quantity: int, at: datetime = MORNING) -> int:
        awarded = operations.award(
            acts(world.resident, at),
            kind="TUMBLER",
            quantity=quantity,
            place_id=world.bakery,
            payees=[Payee(world.resident)],
            evidence_ref="CODE:test",
            key=a_key(),
        )
        return awarded.shares[0].amount.minor


class TestWaitingList:
    def test_a_claim_without_budget_waits_with_its_rank_and_is_not_lost(self, db: None) -> None:
        world = World()

        first, second = world.brings_hangers(10), world.brings_hangers(20)

        assert (first.rank, second.rank) == (1, 2)
        assert wallet_view(world.resident, MORNING).balance.minor == 0
        assert [claim.rank for claim in wallet_view(world.resident, MORNING).waiting] == [1, 2]
        view = budget_view(FUND, MORNING)
        assert (view.waiting_claims, view.waiting.minor, view.issued.minor) == (2, 1200, 0)

    def test_a_page_can_say_before_anybody_walks_that_the_next_claim_will_wait(self, db: None) -> None:
        world = World()
        unfunded = rank_if_claimed(MORNING)
        world.brings_hangers(10)
        behind_one = rank_if_claimed(MORNING)
        world.funds()

        assert (unfunded, behind_one, rank_if_claimed(MORNING)) == (1, 2, None)

    def test_an_order_issues_what_waits_in_its_order(self, db: None) -> None:
        world = World()
        world.brings_hangers(50)
        world.brings_hangers(10)

        world.funds(coins=21)

        view = budget_view(FUND, MORNING)
        assert (view.issued.minor, view.waiting_claims) == (2000, 1)

    def test_nobody_overtakes_the_queue(self, db: None) -> None:
        world = World()
        world.brings_hangers(50)
        world.funds(coins=10)

        small = world.brings_hangers(10)

        assert small.rank == 2
        assert budget_view(FUND, MORNING).issued.minor == 0

    def test_the_same_key_tells_that_a_waiting_claim_has_been_paid(self, db: None) -> None:
        world = World()
        key = a_key()
        waiting = world.brings_hangers(10, key)
        world.funds()

        again = world.brings_hangers(10, key)

        assert waiting.rank == 1
        assert again.rank is None
        assert again.shares[0].transfer is not None
