"""Claims: two hands, corrections, questions, refusals, objections; every step stays with who, when and why."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from pumasi.civic.people.models import RoleName
from pumasi.coin.district import one_tariff
from pumasi.coin.errors import DailyLimitReached, NotAllowed, OwnShopDeed, PairLimitReached
from pumasi.coin.models import Award
from pumasi.coin.tests.world import DATABASES, MORNING, World, a_key, acts
from pumasi.services.deeds import operations
from pumasi.services.deeds.errors import (
    AppealTooLate,
    ClaimDecidedAlready,
    ClaimKeyReused,
    ClaimUnknown,
    NothingAsked,
    NothingToObject,
    NotYoursToDecide,
    ReasonMissing,
)
from pumasi.services.deeds.models import Claim, ClaimStep, State
from pumasi.services.deeds.operations.steps import Move, step
from pumasi.services.deeds.queries.inbox import reviewers_inbox, waiting_for_look
from pumasi.services.deeds.queries.slips import result_for
from pumasi.services.deeds.tests.scene import at_place, claims, coins, everything, of_person, path, refused, state

pytestmark = [pytest.mark.django_db(databases=DATABASES), pytest.mark.postgres]
TODAY = MORNING.date()


@pytest.fixture
def second(world: World) -> UUID:
    """Another reviewer."""
    person = world.joins("심사 담당 역할 둘")
    world.grants(person, RoleName.REVIEWER)
    return person


class TestCode:
    def test_a_small_count_is_paid_at_once(self, world: World) -> None:
        claim = claims(world, 100)

        assert path(claim) == ["SUBMITTED", "AUTO_OK", "ISSUED"]
        assert coins(world.resident) == 20

    def test_a_large_count_takes_a_second_hand(self, world: World) -> None:
        claim = claims(world, 5000, "PAPER_PACK", place=world.centre)

        assert path(claim) == ["SUBMITTED", "REVIEW"]
        assert coins(world.resident) == 0
        last = ClaimStep.objects.filter(claim_id=claim).latest("number")
        assert (last.role, str(last.due_on)) == ("STAFF", "2026-10-08")

    def test_the_same_key_is_the_same_claim_and_another_content_is_refused(self, world: World) -> None:
        scan, key = at_place(world.resident, world.gym), a_key()
        told: dict[str, Any] = {"person_id": world.resident, "scan_id": scan, "kind": "CLEAR_PET", "key": key}
        operations.claim_by_code(acts(world.resident), quantity=20, **told)
        before = everything()

        again = operations.claim_by_code(acts(world.resident), quantity=20, **told)
        with pytest.raises(ClaimKeyReused):
            operations.claim_by_code(acts(world.resident), quantity=30, **told)

        assert again is State.ISSUED
        assert everything() == before


class TestTwoHands:
    def test_staff_accept_what_was_said(self, world: World) -> None:
        claim = claims(world, 5000, "PAPER_PACK", place=world.centre)

        decided = operations.decide(acts(world.official), claim_id=claim, is_right=True)
        again = operations.decide(acts(world.official), claim_id=claim, is_right=True)

        assert (decided, again) == (State.ISSUED, State.ISSUED)
        assert coins(world.resident) == 25
        assert Award.objects.count() == 1

    def test_staff_correct_the_count(self, world: World) -> None:
        claim = claims(world, 5000, "PAPER_PACK", place=world.centre)

        operations.decide(acts(world.official), claim_id=claim, is_right=True, quantity=3000)

        assert coins(world.resident) == 15
        last = ClaimStep.objects.filter(claim_id=claim).latest("number")
        assert (last.state, last.quantity, last.by) == ("ISSUED", 3000, world.official)
        assert Claim.objects.get(id=claim).quantity == 5000

    def test_both_earn_at_a_zero_shop(self, world: World) -> None:
        claim = claims(world, 150, "HANGER", place=world.laundry)

        operations.decide(acts(world.keeper), claim_id=claim, is_right=True, quantity=100)

        assert (coins(world.resident), coins(world.keeper)) == (20, 20)

    def test_a_cap_that_is_reached_leaves_the_claim_waiting(self, world: World) -> None:
        claim = claims(world, 480, "VOLUNTEERING")
        before = everything()

        with pytest.raises(PairLimitReached) as refusal:
            operations.decide(acts(world.cashier), claim_id=claim, is_right=True, quantity=540)

        assert refusal.value.facts["left"] == "40"
        assert everything() == before
        assert state(claim) is State.REVIEW

    @pytest.mark.parametrize("who", ["resident", "neighbour", "keeper", "issuer"])
    def test_only_the_places_own_staff_decide(self, world: World, who: str) -> None:
        claim = claims(world, 120, "VOLUNTEERING")
        before = everything()

        for is_right in (True, False):
            with pytest.raises(NotAllowed):
                operations.decide(acts(getattr(world, who)), claim_id=claim, is_right=is_right)

        assert everything() == before

    def test_staff_never_decide_their_own_claim(self, world: World) -> None:
        claim = claims(world, 120, "VOLUNTEERING", person=world.cashier)
        before = everything()

        for is_right in (True, False):
            with pytest.raises(NotYoursToDecide):
                operations.decide(acts(world.cashier), claim_id=claim, is_right=is_right)

        assert everything() == before

    def test_a_shop_keeper_earns_nothing_as_a_visitor_of_the_own_shop(self, world: World) -> None:
        before = everything()

        with pytest.raises(OwnShopDeed):
            claims(world, 10, "HANGER", person=world.keeper, place=world.laundry)

        assert everything() == before

    def test_two_hands_at_once_decide_once(self, world: World) -> None:
        claim = claims(world, 120, "VOLUNTEERING")
        operations.decide(acts(world.cashier), claim_id=claim, is_right=True)
        before = everything()

        with pytest.raises(ClaimDecidedAlready):
            operations.decide(acts(world.cashier), claim_id=claim, is_right=False)

        assert everything() == before

    def test_an_unknown_claim_is_refused(self, world: World) -> None:
        with pytest.raises(ClaimUnknown):
            operations.decide(acts(world.cashier), claim_id=a_key(), is_right=True)

    def test_the_inbox_is_ordered_by_deadline_and_needs_three_queries(
        self, world: World, django_assert_num_queries: object
    ) -> None:
        late = claims(world, 120, "VOLUNTEERING", MORNING + timedelta(days=1))
        early = claims(world, 60, "VOLUNTEERING")
        elsewhere = claims(world, 60, "VOLUNTEERING", MORNING + timedelta(hours=1), place=world.centre)

        with one_tariff(), django_assert_num_queries(3):  # type: ignore[operator]  # pytest-django's fixture has no public type
            lines = waiting_for_look([world.gym], TODAY + timedelta(days=4))

        assert [each.id for each in lines] == [early, late]
        assert elsewhere not in [each.id for each in lines]
        assert [each.is_late for each in lines] == [True, False]


class TestStaffEntry:
    def test_staff_enter_a_deed_for_the_person_in_front_of_them(self, world: World) -> None:
        key = a_key()

        operations.confirm_in_person(
            acts(world.cashier),
            place_id=world.gym,
            scan_id=of_person(world.cashier, world.resident),
            kind="VOLUNTEERING",
            quantity=120,
            key=key,
        )

        assert path(key) == ["SUBMITTED", "AUTO_OK", "ISSUED"]
        assert coins(world.resident) == 10

    def test_a_cap_refuses_in_both_languages_and_changes_nothing(self, world: World) -> None:
        claims(world, 100)
        before = everything()

        with pytest.raises(DailyLimitReached) as refusal:
            claims(world, 20, at=MORNING + timedelta(minutes=1))

        assert "30일 안에" in refusal.value.text("ko")
        assert "within 30 days" in refusal.value.text("en")
        assert everything() == before


class TestQuestion:
    def test_a_question_goes_to_the_person_and_the_answer_back(self, world: World) -> None:
        claim = claims(world, 120, "VOLUNTEERING")

        operations.ask(acts(world.cashier), claim_id=claim, reason="WHEN")
        asked = result_for(claim, world.resident, MORNING)
        operations.answer(acts(world.resident), claim_id=claim, note="아침 열 시부터 열두 시까지")
        operations.decide(acts(world.cashier), claim_id=claim, is_right=True)

        assert asked is not None
        assert asked.asked
        assert path(claim) == ["SUBMITTED", "REVIEW", "NEEDS_INFO", "REVIEW", "ISSUED"]
        assert coins(world.resident) == 10

    def test_what_people_write_is_sealed(self, world: World) -> None:
        claim = claims(world, 120, "VOLUNTEERING")
        operations.ask(acts(world.cashier), claim_id=claim, reason="WHEN")

        operations.answer(acts(world.resident), claim_id=claim, note="아침 열 시부터")

        sealed = ClaimStep.objects.filter(claim_id=claim).latest("number").note_sealed
        assert sealed is not None
        assert "아침".encode() not in bytes(sealed)

    def test_nobody_else_answers_and_nothing_is_answered_that_was_not_asked(self, world: World) -> None:
        claim = claims(world, 120, "VOLUNTEERING")
        with pytest.raises(NothingAsked):
            operations.answer(acts(world.resident), claim_id=claim, note="네")
        operations.ask(acts(world.cashier), claim_id=claim, reason="WHAT")
        before = everything()

        with pytest.raises(NothingAsked):
            operations.answer(acts(world.neighbour), claim_id=claim, note="네")
        with pytest.raises(NothingAsked):
            operations.answer(acts(world.resident), claim_id=claim, note="  ")
        with pytest.raises(ReasonMissing):
            operations.ask(acts(world.cashier), claim_id=claim, reason="")

        assert everything() == before


class TestHold:
    def test_a_reviewer_keeps_a_claim_back_and_decides_it(self, world: World) -> None:
        claim = claims(world, 120, "VOLUNTEERING")

        operations.hold(acts(world.reviewer), claim_id=claim)
        with pytest.raises(NotAllowed):
            operations.decide(acts(world.cashier), claim_id=claim, is_right=True)
        operations.decide(acts(world.reviewer), claim_id=claim, is_right=True)

        assert path(claim) == ["SUBMITTED", "REVIEW", "RISK_HOLD", "ISSUED"]
        assert coins(world.resident) == 10

    def test_only_a_reviewer_holds(self, world: World) -> None:
        claim = claims(world, 120, "VOLUNTEERING")

        with pytest.raises(NotAllowed):
            operations.hold(acts(world.cashier), claim_id=claim)

        assert state(claim) is State.REVIEW


class TestRefusal:
    def test_prints_reason_clause_days_and_place_in_both_languages(self, world: World) -> None:
        claim = refused(world)

        slip = result_for(claim, world.resident, MORNING)

        assert slip is not None
        assert slip.objection is not None
        assert slip.objection.clause == "SAMPLE clause 3 (ordinance text not found) (SAMPLE-2024-04)"
        assert (slip.objection.days, str(slip.objection.until)) == (30, "2026-11-04")
        assert slip.objection.office == "구청 담당 부서 (표본)"
        assert slip.objection.reason
        assert slip.objection.is_open

    def test_a_reviewer_needs_a_reason(self, world: World) -> None:
        claim = claims(world, 120, "VOLUNTEERING")
        operations.hold(acts(world.reviewer), claim_id=claim)
        before = everything()

        with pytest.raises(ReasonMissing):
            operations.decide(acts(world.reviewer), claim_id=claim, is_right=False)

        assert everything() == before

    def test_the_same_deed_twice_is_a_duplicate(self, world: World) -> None:
        claim = claims(world, 120, "VOLUNTEERING")

        operations.decide(acts(world.cashier), claim_id=claim, is_right=False, reason="TWICE")

        assert state(claim) is State.DUPLICATE


class TestObjection:
    def test_a_reviewer_grants_it_and_the_coins_come(self, world: World) -> None:
        claim = refused(world)

        operations.object_to(acts(world.resident), claim_id=claim, note="저는 그날 두 시간 있었어요")
        again = operations.object_to(acts(world.resident), claim_id=claim, note="두 번 눌렀어요")
        operations.decide(acts(world.reviewer), claim_id=claim, is_right=True)

        assert again is State.APPEALED
        assert path(claim) == ["SUBMITTED", "REVIEW", "REJECTED", "APPEALED", "ISSUED"]
        assert coins(world.resident) == 10

    def test_it_can_be_turned_down_once_and_for_all(self, world: World) -> None:
        claim = refused(world)
        operations.object_to(acts(world.resident), claim_id=claim, note="아니에요")

        operations.decide(acts(world.reviewer), claim_id=claim, is_right=False, reason="NOT_SEEN", note="명단에 없어요")
        with pytest.raises(NothingToObject):
            operations.object_to(acts(world.resident), claim_id=claim, note="다시")

        slip = result_for(claim, world.resident, MORNING)
        assert state(claim) is State.UPHELD
        assert slip is not None
        assert slip.objection is not None
        assert not slip.objection.is_open
        assert "명단에 없어요" in slip.steps[-1].said

    def test_not_by_the_reviewer_who_refused(self, world: World, second: UUID) -> None:
        claim = claims(world, 120, "VOLUNTEERING")
        operations.hold(acts(world.reviewer), claim_id=claim)
        operations.decide(acts(world.reviewer), claim_id=claim, is_right=False, reason="NOT_THE_DEED")
        operations.object_to(acts(world.resident), claim_id=claim, note="아니에요")
        before = everything()

        with pytest.raises(NotYoursToDecide):
            operations.decide(acts(world.reviewer), claim_id=claim, is_right=True)
        unchanged = everything() == before
        operations.decide(acts(second), claim_id=claim, is_right=True)

        assert unchanged
        assert coins(world.resident) == 10

    def test_not_by_oneself(self, world: World, second: UUID) -> None:
        claim = claims(world, 120, "VOLUNTEERING", person=second)
        operations.decide(acts(world.cashier), claim_id=claim, is_right=False)
        operations.object_to(acts(second), claim_id=claim, note="아니에요")

        with pytest.raises(NotYoursToDecide):
            operations.decide(acts(second), claim_id=claim, is_right=True)

        assert state(claim) is State.APPEALED

    def test_within_thirty_days_and_by_the_person_alone(self, world: World) -> None:
        claim = refused(world)
        before = everything()

        with pytest.raises(AppealTooLate) as late:
            operations.object_to(acts(world.resident, MORNING + timedelta(days=31)), claim_id=claim, note="늦었어요")
        with pytest.raises(NothingToObject):
            operations.object_to(acts(world.neighbour), claim_id=claim, note="남의 것")
        unchanged = everything() == before
        on_the_last_day = operations.object_to(
            acts(world.resident, MORNING + timedelta(days=30)), claim_id=claim, note="마지막 날"
        )

        assert "2026-11-04" in late.value.text("ko")
        assert "2026-11-04" in late.value.text("en")
        assert unchanged
        assert on_the_last_day is State.APPEALED

    def test_there_is_nothing_to_object_to_in_a_yes(self, world: World) -> None:
        claim = claims(world)

        with pytest.raises(NothingToObject):
            operations.object_to(acts(world.resident), claim_id=claim, note="?")

    def test_the_reviewers_inbox_is_by_deadline_then_age(self, world: World, django_assert_num_queries: object) -> None:
        held = claims(world, 120, "VOLUNTEERING", MORNING + timedelta(hours=1))
        operations.hold(acts(world.reviewer, MORNING + timedelta(hours=1)), claim_id=held)
        objected = refused(world)
        operations.object_to(acts(world.resident), claim_id=objected, note="아니에요")

        with one_tariff(), django_assert_num_queries(3):  # type: ignore[operator]  # pytest-django's fixture has no public type
            lines = reviewers_inbox(TODAY)

        assert [(each.id, str(each.due_on)) for each in lines] == [(held, "2026-10-15"), (objected, "2026-10-20")]


class TestSteps:
    def test_a_move_that_no_line_allows_is_a_fault(self, world: World) -> None:
        claim = Claim.objects.get(id=claims(world))

        with pytest.raises(AssertionError, match="from ISSUED to REVIEW"):
            step(acts(world.official), claim, Move(State.REVIEW))

    def test_taking_back_has_its_socket(self, world: World) -> None:
        claim = Claim.objects.get(id=claims(world))

        step(acts(world.official), claim, Move(State.REVERSED, world.official, reason="TWICE"))

        assert state(claim.id) is State.REVERSED
