"""A shop's way: apply, verify, open, suspend, close; who may, who may not, and that a refusal leaves no step."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from pumasi.civic.notices.queries import letters
from pumasi.civic.people.models import RoleName
from pumasi.civic.people.queries import has_role
from pumasi.civic.places.business_number import business_number
from pumasi.civic.places.models import Place
from pumasi.civic.places.queries import place
from pumasi.coin.errors import NotAllowed
from pumasi.coin.hearings.errors import CaseNeedsOutsider, HearingOpen
from pumasi.coin.hearings.models import Case, CaseStep, Kind
from pumasi.coin.hearings.operations import finish_due, give_opinion, object_to
from pumasi.coin.hearings.queries import last_step
from pumasi.coin.settlement.candidates import places_on_hold
from pumasi.coin.settlement.operations import place_hold
from pumasi.coin.tests.world import DATABASES, MORNING, World, a_key, acts
from pumasi.kernel.clock import seoul_date
from pumasi.kernel.result import Refusal
from pumasi.services.shops import errors
from pumasi.services.shops.models import Shop, ShopStep, State, SuspensionCause
from pumasi.services.shops.operations import lifecycle, suspension
from pumasi.services.shops.operations.lifecycle import Ground, Wish
from pumasi.services.shops.queries.lifecycle import shop_of, shops_in, shops_of

pytestmark = [pytest.mark.django_db(databases=DATABASES), pytest.mark.postgres]
WISH = Wish("표본 카페", "Sample cafe", "표본동", "123-45-67891", ["ICE_PACK", "HANGER"])
GROUND = Ground(
    SuspensionCause.TERMS, "약속한 시간에 받지 않음", "표본 약관 제5조", "전화와 문서로 알림 2026-09-20", None
)


@pytest.fixture
def second(world: World) -> UUID:
    """Another dong official."""
    person = world.joins("다른 동 담당 역할")
    world.grants(person, RoleName.DONG_OFFICIAL)
    return person


def applied(world: World, **other: object) -> UUID:
    wanted: dict[str, Any] = {"owner_id": world.resident, "wish": WISH, "key": a_key(), **other}
    return lifecycle.apply(acts(world.resident), **wanted)


def opened(world: World) -> tuple[UUID, UUID]:
    """Shop and place."""
    shop = applied(world)
    lifecycle.verify(acts(world.official), shop_id=shop, number="1234567891")
    return shop, lifecycle.activate(acts(world.resident), shop_id=shop)


def suspended(world: World, second: UUID) -> tuple[UUID, UUID]:
    """Shop and place; the owner was not heard, as it could not wait."""
    shop, place_id = opened(world)
    suspension.suspend(acts(world.official), shop_id=shop, ground=GROUND)
    suspension.approve_suspension(acts(second), shop_id=shop, urgent="기다릴 수 없음")
    return shop, place_id


def state(shop: UUID, at: Any = MORNING) -> str:
    found = shop_of(shop, at)
    assert found is not None
    return found.state


def refuses(what: type[Refusal], act: Callable[[], object]) -> None:
    kept = (Shop, ShopStep, Place, Case, CaseStep)
    before = [each.objects.count() for each in kept]
    with pytest.raises(what):
        act()
    assert [each.objects.count() for each in kept] == before


class TestBusinessNumber:
    def test_knows_the_check_digit(self) -> None:
        # 1+6+21+4+15+42+7+24+45 = 165, and 45 // 10 = 4: 169, so the check digit is 1.
        assert business_number("123-45-67891") == "1234567891"
        assert business_number("１２３ 45 67891") == "1234567891"
        assert [business_number(f"123456789{digit}") for digit in (0, 2, 9)] == [None, None, None]
        assert [business_number(text) for text in ("", "12345", "123456789x", "²234567891")] == [None] * 4


class TestApply:
    def test_an_owner_hands_in_once_per_key(self, world: World) -> None:
        key = a_key()

        assert applied(world, key=key) == applied(world, key=key) == key
        (view,) = shops_of(world.resident, MORNING)
        assert (view.state, view.number, view.item_codes) == ("APPLIED", "123-45-67891", ("HANGER", "ICE_PACK"))
        assert ShopStep.objects.count() == 1

    def test_a_desk_types_a_paper_form(self, world: World) -> None:
        lifecycle.apply(acts(world.official), owner_id=world.neighbour, wish=WISH, key=a_key())

        assert [each.state for each in shops_of(world.neighbour, MORNING)] == ["APPLIED"]

    def test_refuses_others_wrong_numbers_and_gaps(self, world: World) -> None:
        refuses(
            NotAllowed,
            lambda: lifecycle.apply(acts(world.neighbour), owner_id=world.resident, wish=WISH, key=a_key()),
        )
        refuses(errors.BusinessNumberWrong, lambda: applied(world, wish=replace(WISH, number="1234567890")))
        refuses(errors.WordsMissing, lambda: applied(world, wish=replace(WISH, name_en=" ")))
        refuses(errors.NoItems, lambda: applied(world, wish=replace(WISH, items=["NOTHING"])))

    def test_one_number_is_one_live_shop(self, world: World) -> None:
        shop = applied(world)

        refuses(errors.BusinessNumberTaken, lambda: applied(world))

        lifecycle.refuse(acts(world.official), shop_id=shop, why="관내 가게가 아님")
        assert applied(world) != shop

    def test_what_is_missing_is_told_and_handed_in_again(self, world: World) -> None:
        shop = applied(world)
        lifecycle.ask_for_more(acts(world.official), shop_id=shop, what="등록증 사본이 흐려요")

        view = shop_of(shop, MORNING, world.resident)

        assert view is not None
        assert (view.state, view.steps[-1].why) == ("MISSING", "등록증 사본이 흐려요")
        refuses(errors.ShopUnknown, lambda: lifecycle.send_again(acts(world.neighbour), shop_id=shop, wish=WISH))
        lifecycle.send_again(acts(world.resident), shop_id=shop, wish=replace(WISH, name_ko="새 이름"))
        assert [each.name_ko for each in shops_in([State.APPLIED], MORNING)] == ["새 이름"]

    def test_a_stranger_sees_no_application(self, world: World) -> None:
        assert shop_of(applied(world), MORNING, world.neighbour) is None


class TestVerify:
    def test_compares_the_certificate_and_opens_at_the_owners_press(self, world: World) -> None:
        shop, place_id = opened(world)

        facts, today = place(place_id), seoul_date(MORNING)
        assert (facts.name_ko, facts.accepts, facts.is_open(today)) == ("표본 카페", ("HANGER", "ICE_PACK"), True)
        assert has_role(world.resident, RoleName.SHOP_KEEPER, today, place_id)
        assert lifecycle.activate(acts(world.resident), shop_id=shop) == place_id
        with override("ko"):
            view = shop_of(shop, MORNING)
        assert view is not None
        assert [step.name for step in view.steps] == ["접수됨", "확인됨", "코인 사용 중"]

    def test_refuses_a_number_that_differs(self, world: World) -> None:
        shop = applied(world)

        refuses(
            errors.CertificateDiffers,
            lambda: lifecycle.verify(acts(world.official), shop_id=shop, number="2208162517"),
        )

    def test_nobody_verifies_their_own(self, world: World) -> None:
        mine = lifecycle.apply(acts(world.official), owner_id=world.official, wish=WISH, key=a_key())
        lifecycle.refuse(acts(world.issuer), shop_id=mine, why="시험")
        typed = lifecycle.apply(acts(world.official), owner_id=world.neighbour, wish=WISH, key=a_key())

        refuses(
            errors.OwnApplication, lambda: lifecycle.verify(acts(world.official), shop_id=typed, number="1234567891")
        )
        refuses(NotAllowed, lambda: lifecycle.verify(acts(world.resident), shop_id=typed, number="1234567891"))
        lifecycle.verify(acts(world.issuer), shop_id=typed, number="1234567891")
        assert state(typed) == "VERIFIED"

    def test_steps_cannot_be_skipped(self, world: World) -> None:
        shop = applied(world)

        refuses(errors.WrongShopState, lambda: lifecycle.activate(acts(world.resident), shop_id=shop))
        refuses(errors.WrongShopState, lambda: suspension.suspend(acts(world.official), shop_id=shop, ground=GROUND))
        refuses(errors.WrongShopState, lambda: lifecycle.close(acts(world.resident), shop_id=shop, why="시험"))


class TestSuspend:
    def test_the_owner_is_heard_before_a_second_officer_decides(self, world: World, second: UUID) -> None:
        shop, place_id = opened(world)
        today = seoul_date(MORNING)
        suspension.suspend(acts(world.official), shop_id=shop, ground=GROUND)

        refuses(errors.SecondPersonNeeded, lambda: suspension.approve_suspension(acts(world.official), shop_id=shop))
        refuses(HearingOpen, lambda: suspension.approve_suspension(acts(second), shop_id=shop))
        assert (state(shop), place(place_id).is_open(today)) == ("PROPOSED", True)
        give_opinion(acts(world.resident), case_id=Case.objects.get().id, note="그날은 아팠어요")
        suspension.approve_suspension(acts(second), shop_id=shop)

        assert (state(shop), place(place_id).is_open(today)) == ("SUSPENDED", False)
        assert [each.kind for each in letters(world.resident)] == ["HEARING", "HEARING"]

    def test_what_cannot_wait_stops_the_shop_until_its_last_day(self, world: World, second: UUID) -> None:
        shop, place_id = opened(world)
        until = seoul_date(MORNING) + timedelta(days=7)
        suspension.suspend(acts(world.official), shop_id=shop, ground=replace(GROUND, until=until))

        suspension.approve_suspension(acts(second), shop_id=shop, urgent="위조 코드가 돌고 있음")

        step = shop_of(shop, MORNING).steps[-1]  # type: ignore[union-attr]
        assert (step.clause, step.until) == ("표본 약관 제5조", date(2026, 10, 12))
        assert "2026-11-04" in step.objection
        assert not place(place_id).is_open(until)
        assert state(shop, MORNING + timedelta(days=8)) == "ACTIVE"
        assert place(place_id).is_open(until + timedelta(days=1))

    def test_a_last_day_that_is_over_is_refused(self, world: World, second: UUID) -> None:
        shop, _ = opened(world)
        past, later = seoul_date(MORNING) - timedelta(days=1), MORNING + timedelta(days=11)
        refuses(
            errors.UntilPassed,
            lambda: suspension.suspend(acts(world.official), shop_id=shop, ground=replace(GROUND, until=past)),
        )
        until = seoul_date(MORNING) + timedelta(days=5)
        suspension.suspend(acts(world.official), shop_id=shop, ground=replace(GROUND, until=until))

        refuses(errors.UntilPassed, lambda: suspension.approve_suspension(acts(second, later), shop_id=shop))

    def test_signs_of_fraud_hold_the_money_until_they_are_dropped(self, world: World) -> None:
        shop, place_id = opened(world)
        suspension.suspend(acts(world.official), shop_id=shop, ground=replace(GROUND, cause=SuspensionCause.FRAUD))
        held = places_on_hold()

        suspension.lift(acts(world.issuer), shop_id=shop, why="소명이 맞음")

        assert (held, places_on_hold()) == ({place_id: GROUND.why}, {})
        assert letters(world.resident)[0].title_ko == "가게 이용 정지는 없던 일이 되었어요"

    def test_a_breach_of_the_terms_holds_no_money(self, world: World) -> None:
        shop, _ = opened(world)

        suspension.suspend(acts(world.official), shop_id=shop, ground=GROUND)

        assert places_on_hold() == {}

    def test_a_hold_of_the_treasury_outlives_the_suspicion(self, world: World) -> None:
        shop, place_id = opened(world)
        place_hold(acts(world.issuer), place_id=place_id, reason="통장이 바뀜")
        suspension.suspend(acts(world.official), shop_id=shop, ground=replace(GROUND, cause=SuspensionCause.FRAUD))

        suspension.lift(acts(world.issuer), shop_id=shop, why="소명이 맞음")

        assert places_on_hold() == {place_id: "통장이 바뀜"}

    @pytest.mark.parametrize(
        "ground",
        [replace(GROUND, why=" "), replace(GROUND, clause=" "), replace(GROUND, notice=" ")],
        ids=["why", "clause", "notice"],
    )
    def test_refuses_without_reason_clause_or_notice(self, world: World, ground: Ground) -> None:
        shop, _ = opened(world)

        refuses(
            errors.WordsMissing,
            lambda: suspension.suspend(acts(world.official), shop_id=shop, ground=ground),
        )

    def test_the_owners_objection_is_decided_by_a_third_officer(self, world: World, second: UUID) -> None:
        shop, place_id = suspended(world, second)
        object_to(acts(world.resident), case_id=Case.objects.get().id, note="사실과 달라요")

        refuses(CaseNeedsOutsider, lambda: suspension.lift(acts(second), shop_id=shop, why="소명이 맞음"))
        suspension.lift(acts(world.issuer), shop_id=shop, why="소명이 맞음")

        assert (state(shop), place(place_id).is_open(seoul_date(MORNING))) == ("ACTIVE", True)
        assert last_step(Case.objects.get().id).state == "GRANTED"

    def test_an_objection_that_is_not_granted_leaves_it_suspended_until_it_is_lifted(
        self, world: World, second: UUID
    ) -> None:
        shop, place_id = suspended(world, second)
        object_to(acts(world.resident), case_id=Case.objects.get().id, note="사실과 달라요")

        suspension.keep_suspended(acts(world.issuer), shop_id=shop, why="사실이에요")

        assert (state(shop), place(place_id).is_open(seoul_date(MORNING))) == ("SUSPENDED", False)
        suspension.lift(acts(second), shop_id=shop, why="약속을 지킴")
        assert state(shop) == "ACTIVE"
        assert Case.objects.get().ended_at == MORNING

    def test_without_an_objection_the_case_ends_by_itself(self, world: World, second: UUID) -> None:
        shop, _ = suspended(world, second)
        later = MORNING + timedelta(days=31)

        done = [finish_due(acts(None, later), Kind.SUSPENSION) for _ in range(2)]

        assert (done, state(shop, later)) == ([1, 0], "SUSPENDED")
        suspension.lift(acts(second, later), shop_id=shop, why="약속을 지킴")
        assert state(shop, later) == "ACTIVE"

    def test_closing_the_shop_ends_the_case(self, world: World) -> None:
        shop, _ = opened(world)
        suspension.suspend(acts(world.official), shop_id=shop, ground=GROUND)

        lifecycle.close(acts(world.resident), shop_id=shop, why="폐업")

        assert (state(shop), last_step(Case.objects.get().id).state) == ("CLOSED", "DROPPED")

    def test_is_lifted_with_a_reason(self, world: World, second: UUID) -> None:
        shop, place_id = suspended(world, second)

        suspension.lift(acts(world.issuer), shop_id=shop, why="소명이 맞음")

        assert (state(shop), place(place_id).is_open(seoul_date(MORNING))) == ("ACTIVE", True)
        refuses(errors.WrongShopState, lambda: suspension.lift(acts(world.issuer), shop_id=shop, why="다시"))


class TestClose:
    def test_kills_the_codes_at_once_and_keeps_the_keeper_for_refunds(self, world: World) -> None:
        shop, place_id = opened(world)

        for _ in range(2):
            lifecycle.close(acts(world.resident), shop_id=shop, why="폐업")

        today = seoul_date(MORNING)
        assert (state(shop), place(place_id).is_open(today)) == ("CLOSED", False)
        assert has_role(world.resident, RoleName.SHOP_KEEPER, today, place_id)
        assert ShopStep.objects.filter(state=State.CLOSED).count() == 1
        assert applied(world) != shop

    def test_a_neighbour_cannot_close_it(self, world: World) -> None:
        shop, _ = opened(world)

        refuses(NotAllowed, lambda: lifecycle.close(acts(world.neighbour), shop_id=shop, why="시험"))


def test_the_inbox_takes_two_queries_however_long_it_is(world: World) -> None:
    applied(world)
    with CaptureQueriesContext(
        connection,
    ) as one:
        shops_in([State.APPLIED], MORNING)
    lifecycle.apply(
        acts(world.neighbour), owner_id=world.neighbour, wish=replace(WISH, number="220-81-62517"), key=a_key()
    )

    with CaptureQueriesContext(connection) as two:
        found = shops_in([State.APPLIED], MORNING)

    assert (len(found), len(one), len(two)) == (2, 2, 2)
