"""The Monday list from the books: whose week, which hands, and what is kept when it is closed."""

from datetime import date, timedelta
from uuid import UUID

import pytest

from pumasi.coin import operations
from pumasi.coin.answers import Payee
from pumasi.coin.errors import NotAllowed
from pumasi.coin.models import CapCounter, FindingClosed
from pumasi.coin.operations.monday import close_finding, look_behind
from pumasi.coin.queries.monday import finding_of, monday_list, monday_of, pseudonym
from pumasi.coin.registers.errors import FindingUnknown, ReasonMissing
from pumasi.coin.tests.world import DATABASES, MORNING, World, a_key, acts

pytestmark = [pytest.mark.django_db(databases=DATABASES), pytest.mark.postgres]

NEXT = date(2026, 10, 12)


def hands_over(world: World, minutes: int) -> None:
    """Somebody's tumbler at the bakery, so many minutes after the morning."""
    who = world.joins("주민 역할")
    operations.award(
        acts(who, MORNING + timedelta(minutes=minutes)),
        kind="TUMBLER",
        quantity=1,
        place_id=world.bakery,
        payees=[Payee(who)],
        evidence_ref="CODE:test",
        key=a_key(),
    )
    CapCounter.objects.all().delete()


def burst(world: World) -> UUID:
    for minute in range(6):
        hands_over(world, minute)
    (found,) = monday_list(NEXT, "ko").findings
    return found.id


class TestList:
    def test_a_burst_is_on_the_list_of_the_monday_after(self, world: World) -> None:
        burst(world)

        found = monday_list(NEXT, "en")

        assert [(each.rule, each.says, each.who, each.where) for each in found.findings] == [
            ("BURST", "6 deeds within 10 minutes", "", "Sample SHOP")
        ]
        assert (found.first, found.last) == (date(2026, 10, 5), date(2026, 10, 11))
        assert monday_list(date(2026, 10, 5), "ko").findings == ()
        assert monday_list(date(2026, 10, 19), "ko").findings == ()
        assert [week.open for week in monday_list(date(2026, 10, 19), "ko").earlier] == [1, 0, 0, 0]

    def test_five_are_no_burst(self, world: World) -> None:
        for minute in range(5):
            hands_over(world, minute)

        assert monday_list(NEXT, "ko").findings == ()

    def test_the_monday_of_a_moment_is_seoul_s(self) -> None:
        assert monday_of(MORNING) == date(2026, 10, 5)
        assert monday_of(MORNING - timedelta(hours=11)) == date(2026, 9, 28)

    def test_a_pseudonym_is_stable_and_says_nothing(self, world: World) -> None:
        assert pseudonym(world.resident, "ko") == pseudonym(world.resident, "ko")
        assert pseudonym(world.resident, "en").removeprefix("Resident ").lower() not in world.resident.hex


class TestClosing:
    def test_keeps_the_finding_as_it_was(self, world: World) -> None:
        found = burst(world)

        close_finding(acts(world.issuer), monday=NEXT, finding_id=found, outcome="HONEST", note="동호회가 함께 옴")

        row = FindingClosed.objects.get()
        assert (row.finding, row.rule, row.numbers, row.place_id, row.by) == (
            found,
            "BURST",
            '{"count": 6, "minutes": 10}',
            world.bakery,
            world.issuer,
        )
        assert monday_list(date(2026, 10, 19), "ko").earlier[0].open == 0

    def test_by_nobody_else_and_not_without_a_word(self, world: World) -> None:
        found = burst(world)

        with pytest.raises(NotAllowed):
            close_finding(acts(world.officers[0]), monday=NEXT, finding_id=found, outcome="HONEST", note="x")
        with pytest.raises(ReasonMissing):
            close_finding(acts(world.issuer), monday=NEXT, finding_id=found, outcome="HONEST", note=" ")
        with pytest.raises(ReasonMissing):
            close_finding(acts(world.issuer), monday=NEXT, finding_id=found, outcome="GUILTY", note="x")

        assert FindingClosed.objects.count() == 0

    def test_nobody_stands_behind_a_finding_about_a_place(self, world: World) -> None:
        found = burst(world)

        assert finding_of(NEXT, found).person is None
        with pytest.raises(FindingUnknown):
            look_behind(acts(world.issuer), monday=NEXT, finding_id=found)
