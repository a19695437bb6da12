"""Everything that goes wrong at a counter: said in both languages, with what to do, and nothing has changed."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from pumasi.civic.codes.operations import scan
from pumasi.civic.codes.queries import personal_code, place_code
from pumasi.civic.places.operations import close_place
from pumasi.coin.models import Award, Waiting
from pumasi.coin.tests.world import DATABASES, MORNING, World, a_key, acts
from pumasi.kernel.result import Refusal
from pumasi.services.deeds import operations
from pumasi.services.deeds.models import State
from pumasi.services.deeds.tests.scene import at_place, claims, coins, everything, of_person, path

pytestmark = [pytest.mark.django_db(databases=DATABASES), pytest.mark.postgres]
MINUTE = timedelta(minutes=1)


def by_code(world: World, **changed: Any) -> State:
    """Twenty bottles of the resident at the gym."""
    told = {"person_id": world.resident, "kind": "CLEAR_PET", "quantity": 20, "key": a_key(), **changed}
    at = told.pop("at", MORNING)
    return operations.claim_by_code(acts(told["person_id"], at), **told)


def expired(world: World) -> None:
    scan(acts(world.resident, MORNING + 3 * MINUTE), place_code(world.gym, MORNING).text, a_key())


def kept_for_an_hour(world: World) -> None:
    by_code(world, scan_id=at_place(world.resident, world.gym), at=MORNING + 60 * MINUTE)


def replayed(world: World) -> None:
    by_code(world, scan_id=world.spent)  # type: ignore[attr-defined]  # set by the test


def of_somebody_else(world: World) -> None:
    by_code(world, scan_id=at_place(world.neighbour, world.gym))


def foreign(world: World) -> None:
    scan(acts(world.resident), "LZZZZZZZZ", a_key())


def photographed(world: World) -> None:
    scan(acts(world.cashier), personal_code(world.resident, MORNING).text, a_key())


def cap(world: World) -> None:
    by_code(world, scan_id=at_place(world.resident, world.gym), quantity=100)


def self_award(world: World) -> None:
    own = of_person(world.cashier, world.cashier)
    told: dict[str, Any] = {"scan_id": own, "kind": "VOLUNTEERING", "quantity": 60, "key": a_key()}
    operations.confirm_in_person(acts(world.cashier), place_id=world.gym, **told)


def closed_shop(world: World) -> None:
    here = at_place(world.resident, world.laundry)
    close_place(acts(None), world.laundry)
    by_code(world, scan_id=here, kind="HANGER")


def wrong_role(world: World) -> None:
    of_resident = of_person(world.keeper, world.resident)
    told: dict[str, Any] = {"scan_id": of_resident, "kind": "VOLUNTEERING", "quantity": 60, "key": a_key()}
    operations.confirm_in_person(acts(world.keeper), place_id=world.gym, **told)


def wrong_place(world: World) -> None:
    by_code(world, scan_id=at_place(world.resident, world.bakery))


def too_few(world: World) -> None:
    by_code(world, scan_id=at_place(world.resident, world.gym), quantity=9)


REFUSALS: dict[str, tuple[Callable[[World], None], str]] = {
    "an expired code": (expired, "code_expired"),
    "a scan kept for an hour": (kept_for_an_hour, "scan_expired"),
    "a replayed scan": (replayed, "scan_already_spent"),
    "the scan of somebody else": (of_somebody_else, "scan_unknown"),
    "a foreign code": (foreign, "code_unknown"),
    "a photographed personal code": (photographed, "code_already_used"),
    "a cap": (cap, "coin.daily_limit_reached"),
    "one's own deed": (self_award, "coin.self_award"),
    "a closed shop": (closed_shop, "place_closed"),
    "a wrong role": (wrong_role, "coin.not_allowed"),
    "a place that takes something else": (wrong_place, "coin.deed_not_here"),
    "too few pieces": (too_few, "coin.quantity_too_small"),
}


class TestRefusals:
    @pytest.mark.parametrize("name", REFUSALS)
    def test_is_said_in_both_languages_and_changes_nothing(self, world: World, name: str) -> None:
        act, code = REFUSALS[name]
        world.spent = at_place(world.resident, world.gym, MORNING - MINUTE)  # type: ignore[attr-defined]  # for `replayed`
        by_code(world, scan_id=world.spent, at=MORNING - MINUTE)  # type: ignore[attr-defined]  # as above
        of_person(world.keeper, world.resident, MORNING - MINUTE)
        if act is photographed:
            of_person(world.keeper, world.resident)
        before = everything()

        with pytest.raises(Refusal) as refused:
            act(world)

        ko, en = refused.value.text("ko"), refused.value.text("en")
        assert refused.value.code.removeprefix("codes.") in (code, "code_mistyped")
        assert ko != en
        assert ko.endswith((".", "!"))
        assert "{" not in ko + en
        assert everything() == before


class TestTwice:
    def test_two_tabs_pay_once(self, world: World) -> None:
        one = at_place(world.resident, world.gym)
        by_code(world, scan_id=one)
        before = everything()

        with pytest.raises(Refusal, match="scan_already_spent"):
            by_code(world, scan_id=one)

        assert everything() == before
        assert Award.objects.count() == 1

    def test_a_late_retry_gets_the_first_answer(self, world: World) -> None:
        one, key = at_place(world.resident, world.gym), a_key()
        by_code(world, scan_id=one, key=key)
        before = everything()

        again = by_code(world, scan_id=one, key=key, at=MORNING + timedelta(days=2))

        assert again is State.ISSUED
        assert everything() == before

    def test_without_budget_a_claim_waits_and_is_paid_in_its_turn(self, db: None) -> None:
        world = World()

        claim = claims(world)
        waits = (path(claim), coins(world.resident), Waiting.objects.count())
        world.funds(100)

        assert waits == (["SUBMITTED", "AUTO_OK", "WAITLISTED"], 0, 1)
        assert coins(world.resident) == 4
