"""The freeze switch: what it stops, for how long, and who may turn it."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID

import pytest

from pumasi.coin import operations
from pumasi.coin.answers import Payee
from pumasi.coin.district import district_tariff
from pumasi.coin.errors import NotAllowed, UnknownDeed
from pumasi.coin.freezes import Cause, FreezeState, FreezeWhat, all_freezes, freezes_in_force
from pumasi.coin.models import Freeze, FreezeStep
from pumasi.coin.operations.freeze import Stop
from pumasi.coin.registers.errors import (
    EarningFrozen,
    FreezeDecidedAlready,
    FreezeUnreadable,
    FrozenBeforeElection,
    FrozenForInquiry,
    ReasonMissing,
    SecondPersonNeeded,
)
from pumasi.coin.tariff import Kind
from pumasi.coin.tests.world import DATABASES, MORNING, World, a_key, acts, books

pytestmark = [pytest.mark.django_db(databases=DATABASES), pytest.mark.postgres]

TODAY = date(2026, 10, 5)
STOP = Stop(FreezeWhat.ALL, Cause.INQUIRY, "장부를 확인하는 동안", "제9조", TODAY, date(2026, 10, 20))


def asked(world: World, stop: Stop = STOP, at: datetime = MORNING) -> UUID:
    return operations.ask_freeze(acts(world.issuer, at), stop, key=a_key())


def frozen(world: World, stop: Stop = STOP) -> UUID:
    freeze_id = asked(world, stop)
    operations.confirm_freeze(acts(world.officers[0]), freeze_id=freeze_id)
    return freeze_id


def tumbler(world: World, at: datetime = MORNING) -> None:
    operations.award(
        acts(world.resident, at),
        kind="TUMBLER",
        quantity=1,
        place_id=world.bakery,
        payees=[Payee(world.resident)],
        evidence_ref="CODE:test",
        key=a_key(),
    )


def state(at: datetime = MORNING) -> FreezeState:
    return all_freezes(at)[0].state


class TestStops:
    def test_nothing_is_earned_and_nothing_changes(self, world: World) -> None:
        frozen(world)
        before = books()

        with pytest.raises(FrozenForInquiry) as refusal:
            tumbler(world)

        assert (refusal.value.facts["until"], refusal.value.facts["clause"]) == ("2026-10-20", "제9조")
        assert books() == before

    def test_the_day_after_it_earns_again(self, world: World) -> None:
        frozen(world)

        with pytest.raises(EarningFrozen):
            tumbler(world, datetime.fromisoformat("2026-10-20T23:59:59+09:00"))
        tumbler(world, datetime.fromisoformat("2026-10-21T00:00:00+09:00"))

    def test_one_kind_or_one_place_only(self, world: World) -> None:
        frozen(world, replace(STOP, what=FreezeWhat.KIND, kind="TUMBLER"))
        frozen(world, replace(STOP, what=FreezeWhat.PLACE, place_id=world.gym))

        world.brings_hangers(10)
        with pytest.raises(EarningFrozen):
            tumbler(world)
        with pytest.raises(EarningFrozen):
            operations.award(
                acts(world.cashier),
                kind="VOLUNTEERING",
                quantity=60,
                place_id=world.gym,
                payees=[Payee(world.resident)],
                evidence_ref="STAFF:test",
                key=a_key(),
            )

    def test_promotions_stop_before_an_election(self, world: World) -> None:
        stop = replace(STOP, what=FreezeWhat.PROMOTIONS, cause=Cause.ELECTION, clause="공직선거법 제86조")
        frozen(world, stop)
        promotion = {
            kind: [each.stops(world_kind(kind), world.gym) for each in freezes_in_force(MORNING)]
            for kind in ("WELCOME", "TUMBLER")
        }

        assert promotion == {"WELCOME": [True], "TUMBLER": [False]}
        assert isinstance(freezes_in_force(MORNING)[0].refusal(), FrozenBeforeElection)
        tumbler(world)

    def test_what_was_accepted_before_is_still_paid(self, db: None) -> None:
        world = World()
        tumbler(world)
        frozen(world)

        operations.book_budget_order(acts(world.issuer), world.signed(world.order(100)))

        assert books()["rows"]["Award"] == 1  # type: ignore[index]  # the rows by name


class TestTwoPeople:
    def test_asked_alone_it_does_not_hold(self, world: World) -> None:
        asked(world)

        tumbler(world)

        assert state() is FreezeState.ASKED

    def test_who_asks_does_not_confirm(self, world: World) -> None:
        freeze_id = asked(world)

        with pytest.raises(SecondPersonNeeded):
            operations.confirm_freeze(acts(world.issuer), freeze_id=freeze_id)

        assert FreezeStep.objects.count() == 0

    def test_a_resident_can_do_nothing(self, world: World) -> None:
        freeze_id = asked(world)

        for wish in (
            lambda: operations.ask_freeze(acts(world.resident), STOP, key=a_key()),
            lambda: operations.confirm_freeze(acts(world.resident), freeze_id=freeze_id),
            lambda: operations.refuse_freeze(acts(world.resident), freeze_id=freeze_id, reason="x"),
            lambda: operations.ask_lifting(acts(world.resident), freeze_id=freeze_id, reason="x"),
            lambda: operations.confirm_lifting(acts(world.resident), freeze_id=freeze_id),
        ):
            with pytest.raises(NotAllowed):
                wish()

        assert (Freeze.objects.count(), FreezeStep.objects.count()) == (1, 0)

    def test_lifting_takes_two_as_well(self, world: World) -> None:
        freeze_id = frozen(world)
        operations.ask_lifting(acts(world.issuer), freeze_id=freeze_id, reason="확인을 마침")

        with pytest.raises(SecondPersonNeeded):
            operations.confirm_lifting(acts(world.issuer), freeze_id=freeze_id)
        with pytest.raises(EarningFrozen):
            tumbler(world)
        operations.confirm_lifting(acts(world.officers[1]), freeze_id=freeze_id)

        tumbler(world)
        assert state() is FreezeState.LIFTED


class TestEmergency:
    URGENT = replace(STOP, is_emergency=True)

    def test_holds_at_once_and_lapses_after_three_days_alone(self, world: World) -> None:
        asked(world, self.URGENT)

        with pytest.raises(EarningFrozen) as refusal:
            tumbler(world)

        assert refusal.value.facts["until"] == "2026-10-08"
        assert state() is FreezeState.URGENT
        assert state(MORNING + timedelta(days=4)) is FreezeState.LAPSED
        tumbler(world, MORNING + timedelta(days=4))

    def test_confirmed_it_holds_to_its_day(self, world: World) -> None:
        freeze_id = asked(world, self.URGENT)

        operations.confirm_freeze(acts(world.officers[0]), freeze_id=freeze_id)

        with pytest.raises(EarningFrozen):
            tumbler(world, MORNING + timedelta(days=14))

    def test_too_late_to_confirm(self, world: World) -> None:
        freeze_id = asked(world, self.URGENT)

        with pytest.raises(FreezeDecidedAlready):
            operations.confirm_freeze(acts(world.officers[0], MORNING + timedelta(days=4)), freeze_id=freeze_id)

    def test_the_second_person_may_end_it(self, world: World) -> None:
        freeze_id = asked(world, self.URGENT)

        operations.refuse_freeze(acts(world.officers[0]), freeze_id=freeze_id, reason="근거가 없음")

        tumbler(world)
        assert state() is FreezeState.REFUSED


class TestUnreadable:
    @pytest.mark.parametrize(
        ("change", "refusal"),
        [
            ({"starts": date(2026, 10, 4)}, FreezeUnreadable),
            ({"until": date(2026, 10, 4)}, FreezeUnreadable),
            ({"until": date(2028, 1, 1)}, FreezeUnreadable),
            ({"what": FreezeWhat.KIND}, FreezeUnreadable),
            ({"what": FreezeWhat.PLACE}, FreezeUnreadable),
            ({"kind": "TUMBLER"}, FreezeUnreadable),
            ({"what": FreezeWhat.KIND, "kind": "JUGGLING"}, UnknownDeed),
            ({"reason": " "}, ReasonMissing),
            ({"clause": ""}, ReasonMissing),
            ({"is_emergency": True, "starts": date(2026, 10, 6)}, FreezeUnreadable),
        ],
        ids=str,
    )
    def test_is_refused(self, world: World, change: dict[str, object], refusal: type[Exception]) -> None:
        with pytest.raises(refusal):
            asked(world, replace(STOP, **change))  # type: ignore[arg-type]  # each names a field

        assert Freeze.objects.count() == 0


def world_kind(code: str) -> Kind:
    return district_tariff().kind(code)
