"""Taking coins of a deed back: notice, hearing, another officer, objection, a third one; and what the books say."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import DatabaseError, transaction

from pumasi.civic.notices.queries import letters
from pumasi.civic.people.models import RoleName
from pumasi.coin import operations
from pumasi.coin.errors import NotAllowed, NotEnoughCoins, ReasonMissing
from pumasi.coin.hearings import errors
from pumasi.coin.hearings import operations as hearings
from pumasi.coin.hearings.models import Case, CaseStep
from pumasi.coin.hearings.queries import cases_of, inbox
from pumasi.coin.queries import wallet_view
from pumasi.coin.tests.world import DATABASES, MORNING, World, a_key, acts, books
from pumasi.kernel.clock import seoul_date
from pumasi.kernel.result import Refusal
from pumasi.ledger.reads import trial_balance

pytestmark = [pytest.mark.django_db(databases=DATABASES), pytest.mark.postgres]
LATER = MORNING + timedelta(days=11)
AFTER = LATER + timedelta(days=31)


@pytest.fixture
def third(world: World) -> UUID:
    """An officer who has had no hand in anything."""
    person = world.joins("다른 심사 담당 역할")
    world.grants(person, RoleName.REVIEWER)
    return person


def proposed(world: World, keep: int = 0) -> UUID:
    """Hangers were brought (10 coins, the keeper 10), and the reviewer gives notice; the resident's case."""
    claim = a_key()
    world.brings_hangers(50, key=claim)
    operations.propose_clawback(
        acts(world.reviewer), claim_id=claim, keep=keep, why="세어 보니 달랐어요", clause="표본 제7조", key=a_key()
    )
    return Case.objects.get(person_id=world.resident).id


def decided(world: World, at: datetime = LATER, keep: int = 0) -> UUID:
    case = proposed(world, keep)
    operations.decide_clawback(acts(world.official, at), case_id=case, stands=True, why="확인했어요")
    return case


def refuses(what: type[Refusal], act: Callable[[], object]) -> None:
    before = (books(), CaseStep.objects.count(), Case.objects.count())
    with pytest.raises(what):
        act()
    assert (books(), CaseStep.objects.count(), Case.objects.count()) == before


def coins(world: World, person: UUID, at: datetime = AFTER) -> int:
    return wallet_view(person, at, limit=1).balance.minor // 100


def at_code(code: str) -> int:
    return sum(line.balance for line in trial_balance() if line.row.code == code)


class TestNotice:
    def test_everybody_who_was_paid_reads_why_and_until_when(self, world: World) -> None:
        proposed(world)

        for person in (world.resident, world.keeper):
            (letter,) = letters(person)
            assert letter.title_ko == "10코인 환수 예정 알림: 2026-10-15까지 의견을 낼 수 있어요"
            assert "세어 보니 달랐어요" in letter.text_ko
            assert "표본 제7조" in letter.text_en
        assert (coins(world, world.resident), at_code("3200")) == (10, 0)

    def test_the_same_key_is_one_case(self, world: World) -> None:
        claim, key = a_key(), a_key()
        world.brings_hangers(50, key=claim)
        told: dict[str, Any] = {"claim_id": claim, "keep": 0, "why": "달라요", "clause": "제7조", "key": key}

        first = operations.propose_clawback(acts(world.reviewer), **told)
        again = operations.propose_clawback(acts(world.reviewer), **told)

        assert first == again
        assert (Case.objects.count(), CaseStep.objects.count()) == (2, 2)

    def test_refuses_residents_unpaid_claims_wrong_quantities_and_missing_words(self, world: World) -> None:
        claim = a_key()
        world.brings_hangers(50, key=claim)
        told: dict[str, Any] = {"claim_id": claim, "keep": 0, "why": "달라요", "clause": "제7조"}

        def proposes(who: UUID, **other: object) -> Callable[[], object]:
            return lambda: operations.propose_clawback(acts(who), **{**told, "key": a_key(), **other})

        refuses(NotAllowed, proposes(world.neighbour))
        refuses(errors.NothingToTakeBack, proposes(world.reviewer, claim_id=a_key()))
        refuses(errors.KeptTooMuch, proposes(world.reviewer, keep=50))
        refuses(ReasonMissing, proposes(world.reviewer, why=" "))
        proposes(world.reviewer)()
        refuses(errors.CaseOpenAlready, proposes(world.official))

    def test_an_officer_opens_nothing_against_themselves(self, world: World) -> None:
        world.grants(world.resident, RoleName.REVIEWER)
        claim = a_key()
        world.brings_hangers(50, key=claim)

        refuses(
            errors.CaseNeedsOutsider,
            lambda: operations.propose_clawback(
                acts(world.resident), claim_id=claim, keep=0, why="달라요", clause="제7조", key=a_key()
            ),
        )


class TestHearing:
    def test_nobody_decides_before_the_person_was_heard(self, world: World) -> None:
        case = proposed(world)

        refuses(
            errors.HearingOpen,
            lambda: operations.decide_clawback(acts(world.official), case_id=case, stands=True, why="확인했어요"),
        )
        hearings.give_opinion(acts(world.resident), case_id=case, note="쉰 개가 맞아요")
        operations.decide_clawback(acts(world.official), case_id=case, stands=True, why="확인했어요")

        (view,) = cases_of(world.resident, MORNING)
        assert [step.state for step in view.steps] == ["NOTIFIED", "ANSWERED", "DECIDED"]
        assert (view.steps[1].note, view.may_object, view.may_answer) == ("쉰 개가 맞아요", True, False)

    def test_what_cannot_wait_says_why(self, world: World) -> None:
        case = proposed(world)

        operations.decide_clawback(acts(world.official), case_id=case, stands=True, why="확인", urgent="출국 예정")

        assert cases_of(world.resident, MORNING)[0].steps[-1].why == "확인 (출국 예정)"

    def test_an_opinion_after_the_last_day_is_too_late_and_strangers_see_nothing(self, world: World) -> None:
        case = proposed(world)

        refuses(errors.CaseUnknown, lambda: hearings.give_opinion(acts(world.neighbour), case_id=case, note="왜요"))
        refuses(errors.HearingOver, lambda: hearings.give_opinion(acts(world.resident, LATER), case_id=case, note="왜"))
        refuses(ReasonMissing, lambda: hearings.give_opinion(acts(world.resident), case_id=case, note="  "))

    def test_who_gave_notice_does_not_decide(self, world: World) -> None:
        case = proposed(world)

        refuses(
            errors.CaseNeedsOutsider,
            lambda: operations.decide_clawback(acts(world.reviewer, LATER), case_id=case, stands=True, why="확인"),
        )

    def test_a_dropped_case_moves_nothing_and_says_so(self, world: World) -> None:
        case = proposed(world)
        before = books()

        operations.decide_clawback(acts(world.official), case_id=case, stands=False, why="영수증이 맞아요")

        assert books() == before
        assert letters(world.resident)[0].title_ko == "10코인 환수는 없던 일이 되었어요"
        assert Case.objects.get(id=case).ended_at == MORNING


class TestDecision:
    def test_the_coins_are_held_until_no_way_back_is_left(self, world: World) -> None:
        decided(world)

        with pytest.raises(NotEnoughCoins):
            world.pays(10, at=LATER)
        assert operations.finish_clawbacks(acts(None, LATER + timedelta(days=30))) == []
        operations.finish_clawbacks(acts(None, AFTER))

        assert (coins(world, world.resident), at_code("3200"), at_code("2110"), at_code("K220")) == (0, 1000, 0, 0)
        assert cases_of(world.resident, AFTER)[0].state == "FINAL"

    def test_finishing_twice_is_finishing_once(self, world: World) -> None:
        decided(world)

        first, again = (operations.finish_clawbacks(acts(None, AFTER)) for _ in range(2))

        assert (len(first), again, at_code("3200")) == (1, [], 1000)

    def test_what_was_spent_before_is_owed_in_won(self, world: World) -> None:
        case = proposed(world)
        world.pays(10)
        operations.decide_clawback(acts(world.official, LATER), case_id=case, stands=True, why="확인")

        operations.finish_clawbacks(acts(None, AFTER))

        assert (at_code("3200"), at_code("K220"), coins(world, world.resident)) == (0, 1000, 0)

    def test_only_what_was_too_much_is_taken(self, world: World) -> None:
        decided(world, keep=20)

        operations.finish_clawbacks(acts(None, AFTER))

        assert (at_code("3200"), coins(world, world.resident)) == (600, 4)

    def test_a_quantity_below_one_step_keeps_nothing(self, world: World) -> None:
        decided(world, keep=5)

        operations.finish_clawbacks(acts(None, AFTER))

        assert (at_code("3200"), coins(world, world.resident)) == (1000, 0)

    def test_the_office_may_drop_its_own_decision_and_the_coins_are_free(self, world: World) -> None:
        case = decided(world)

        operations.decide_clawback(acts(world.official, LATER), case_id=case, stands=False, why="잘못 봤어요")

        world.pays(10, at=LATER)
        assert (at_code("2110"), at_code("3200")) == (0, 0)
        assert operations.finish_clawbacks(acts(None, AFTER)) == []


class TestObjection:
    def test_a_third_officer_grants_it_and_the_coins_are_free_again(self, world: World, third: UUID) -> None:
        case = decided(world)
        hearings.object_to(acts(world.resident, LATER), case_id=case, note="직접 세었어요")

        refuses(
            errors.CaseNeedsOutsider,
            lambda: operations.decide_clawback_objection(
                acts(world.official, LATER), case_id=case, granted=True, why="다시 셌어요"
            ),
        )
        operations.decide_clawback_objection(acts(third, LATER), case_id=case, granted=True, why="다시 셌어요")
        operations.finish_clawbacks(acts(None, AFTER))

        assert (coins(world, world.resident), at_code("3200"), at_code("2110")) == (10, 0, 0)

    def test_an_objection_stops_the_clock_and_a_no_ends_it(self, world: World, third: UUID) -> None:
        case = decided(world)
        hearings.object_to(acts(world.resident, LATER), case_id=case, note="직접 세었어요")
        assert operations.finish_clawbacks(acts(None, AFTER)) == []

        operations.decide_clawback_objection(acts(third, AFTER), case_id=case, granted=False, why="사진과 달라요")
        operations.finish_clawbacks(acts(None, AFTER))

        assert (coins(world, world.resident), at_code("3200")) == (0, 1000)

    def test_the_last_day_counts_and_the_next_is_too_late(self, world: World) -> None:
        case = decided(world)
        last = LATER + timedelta(days=30)

        refuses(
            errors.ObjectionTooLate,
            lambda: hearings.object_to(acts(world.resident, last + timedelta(days=1)), case_id=case, note="늦었어요"),
        )
        hearings.object_to(acts(world.resident, last), case_id=case, note="오늘까지예요")

        assert cases_of(world.resident, last)[0].state == "OBJECTED"


class TestMerged:
    def test_the_one_person_goes_on_with_the_case_of_a_merged_membership(self, world: World, third: UUID) -> None:
        case = decided(world)
        twin = world.joins("주민 역할 가")
        request = operations.ask_merge(
            acts(world.official, LATER), kept_id=twin, gone_id=world.resident, reason="같은 사람", key=a_key()
        )
        operations.approve_merge(acts(world.issuer, LATER), proposal_id=request)

        hearings.object_to(acts(twin, LATER), case_id=case, note="직접 세었어요")
        world.grants(twin, RoleName.REVIEWER)
        refuses(
            errors.CaseNeedsOutsider,
            lambda: operations.decide_clawback_objection(
                acts(twin, LATER), case_id=case, granted=True, why="제 일이에요"
            ),
        )
        operations.decide_clawback_objection(acts(third, LATER), case_id=case, granted=False, why="사진과 달라요")
        operations.finish_clawbacks(acts(None, AFTER))

        (view,) = cases_of(twin, AFTER)
        assert ([step.state for step in view.steps][-2:], coins(world, twin), at_code("3200")) == (
            ["UPHELD", "FINAL"],
            0,
            1000,
        )
        assert "이의가 받아들여지지 않았어요: 10코인 환수" in {each.title_ko for each in letters(twin)}


class TestInbox:
    def test_is_ordered_by_the_day_on_which_somebody_has_to_act(self, world: World, third: UUID) -> None:
        case = decided(world)
        hearings.object_to(acts(world.resident, LATER), case_id=case, note="직접 세었어요")

        lines = inbox(["CLAWBACK"], world.reviewer, seoul_date(LATER))

        assert [(line.state, str(line.due), line.is_late, line.mine) for line in lines] == [
            ("NOTIFIED", "2026-10-15", True, True),
            ("OBJECTED", "2026-10-30", False, True),
        ]
        assert [line.mine for line in inbox(["CLAWBACK"], third, seoul_date(LATER))] == [False, False]

    def test_steps_stay(self, world: World) -> None:
        proposed(world)

        for act in (lambda: CaseStep.objects.update(why="other"), lambda: CaseStep.objects.all().delete()):
            with pytest.raises(DatabaseError), transaction.atomic():
                act()
