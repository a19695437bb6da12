"""A parent sees a child's coins and stops a lost card; who asked for help takes it back; a desk registers and ends."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from pumasi.civic.audit.models import AuditRow
from pumasi.civic.cards import operations as cards
from pumasi.civic.cards.queries import card_of
from pumasi.civic.codes.queries import personal_code
from pumasi.civic.guardians.models import Guardianship
from pumasi.civic.guardians.queries import guardians_of, wards_of
from pumasi.civic.people.operations import join
from pumasi.civic.shell.tests.visiting import visitor
from pumasi.coin.tests.world import DATABASES, MORNING, World, acts
from pumasi.services.members.tests.test_desk import does, finds, text_of
from pumasi.services.members.tests.test_helped import CHILD, joined, shown

pytestmark = pytest.mark.django_db(databases=DATABASES)
TODAY = date(2026, 10, 5)


def child_of(world: World) -> UUID:
    """A child whose guardian is the neighbour."""
    return joined(world, CHILD, card_seen=True, guardian=shown(world.neighbour)).person_id


def taps(who: UUID, guardianship: UUID, what: str) -> Any:
    return visitor(who, "en").post(f"/membership/family/{guardianship}/{what}/")


def registers(world: World, basis: str = "WISH", **more: Any) -> Any:
    """The neighbour looks after the resident, registered at a desk."""
    form = {"code": shown(world.neighbour), "basis": basis, "ends": "2027-03-31", **more}
    return does(world, finds(world), "guardian", **form)


class TestParent:
    def test_who_agreed_for_a_child_looks_after_it_until_it_comes_of_age(self, world: World) -> None:
        child = child_of(world)

        [held] = wards_of(world.neighbour, TODAY)

        assert (held.ward, held.basis, held.until) == (child, "PARENT", date(2030, 12, 31))

    def test_sees_coins_and_last_things_and_the_child_sees_who_looked(self, world: World) -> None:
        child = child_of(world)
        world.earns(child, 20)

        page = text_of(visitor(world.neighbour).get("/membership/family/"))

        assert "어린이 역할" in page
        assert "20 코인" in page
        look = AuditRow.objects.get(action="guardians.look")
        assert (look.whom, look.actor, look.actor_role, look.purpose) == (child, world.neighbour, "GUARDIAN", "FAMILY")
        assert "보호자가 코인을 봤어요" in text_of(visitor(child).get("/membership/"))
        assert "2030-12-31까지" in text_of(visitor(child).get("/membership/family/"))

    def test_stops_a_lost_card(self, world: World) -> None:
        child = child_of(world)
        cards.issue(acts(world.official), child)
        [held] = wards_of(world.neighbour, TODAY)

        by_another = taps(world.resident, held.id, "card")
        before = card_of(child)
        by_guardian = taps(world.neighbour, held.id, "card")
        after = card_of(child)

        assert (by_another.status_code, by_guardian.status_code) == (409, 302)
        assert before is not None
        assert after is not None
        assert (before.is_frozen, after.is_frozen) == (False, True)

    def test_gives_up_and_sees_no_more(self, world: World) -> None:
        child_of(world)
        [held] = wards_of(world.neighbour, TODAY)

        done = taps(world.neighbour, held.id, "give_up")

        assert done.status_code == 302
        assert "어린이 역할" not in text_of(visitor(world.neighbour).get("/membership/family/"))
        assert taps(world.neighbour, held.id, "card").status_code == 409

    def test_a_child_does_not_end_it_alone(self, world: World) -> None:
        child = child_of(world)
        [held] = guardians_of(child, TODAY)

        done = taps(child, held.id, "take_back")

        assert (done.status_code, "ended at a community centre only" in text_of(done)) == (409, True)
        assert guardians_of(child, TODAY) == [held]


class TestDesk:
    def test_registers_by_code_and_ends(self, world: World) -> None:
        made = registers(world, "COURT")
        page = text_of(visitor(world.official, "en").get(finds(world)))
        [held] = guardians_of(world.resident, TODAY)
        ended = does(world, finds(world), "unguard", row=str(held.id))

        assert (made.status_code, ended.status_code) == (302, 302)
        assert "주민 역할 나 named by a court · until 2027-03-31" in page
        assert guardians_of(world.resident, TODAY) == []

    @pytest.mark.parametrize(
        ("more", "status"),
        [
            ({"code": ""}, 422),
            ({"basis": "FRIEND"}, 422),
            ({"ends": ""}, 422),
            ({"ends": "2026-10-04"}, 409),
            ({"code": "0000-0000"}, 409),
        ],
    )
    def test_what_is_missing_or_wrong_is_said_and_nothing_is_kept(
        self, world: World, more: dict[str, str], status: int
    ) -> None:
        answer = registers(world, **more)

        assert (answer.status_code, Guardianship.objects.count()) == (status, 0)

    def test_neither_officer_nor_ward_nor_unchecked_is_the_guardian(self, world: World) -> None:
        unchecked = join(acts(None), "모르는 역할").id
        for who in (world.official, world.resident, unchecked):
            assert registers(world, code=shown(who)).status_code == 409
        assert Guardianship.objects.count() == 0

    def test_ends_only_what_is_the_visited_members(self, world: World) -> None:
        child_of(world)
        [held] = wards_of(world.neighbour, TODAY)

        assert does(world, finds(world), "unguard", row=str(held.id)).status_code == 409
        assert wards_of(world.neighbour, TODAY) == [held]


class TestWish:
    def test_is_taken_back_at_once_by_who_wished(self, world: World) -> None:
        registers(world)
        [held] = guardians_of(world.resident, TODAY)

        by_another = taps(world.keeper, held.id, "take_back")
        by_ward = taps(world.resident, held.id, "take_back")

        assert (by_another.status_code, by_ward.status_code) == (409, 302)
        assert wards_of(world.neighbour, TODAY) == []

    def test_nothing_else_can_be_done_and_nobody_is_shown_a_stranger(self, world: World) -> None:
        registers(world)
        [held] = guardians_of(world.resident, TODAY)

        assert taps(world.neighbour, held.id, "pay").status_code == 404
        assert "You look after nobody here." in text_of(visitor(world.keeper, "en").get("/membership/family/"))

    def test_ends_with_its_last_day(self, world: World) -> None:
        registers(world, ends=TODAY.isoformat(), code=personal_code(world.neighbour, MORNING).text)

        assert len(wards_of(world.neighbour, TODAY)) == 1
        assert wards_of(world.neighbour, TODAY + timedelta(days=1)) == []
