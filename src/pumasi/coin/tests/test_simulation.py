"""The simulator: the same tariff gives the same coins, a change gives exact other ones, caps count, and it is quick."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from pumasi.coin import operations
from pumasi.coin.district import district_tariff
from pumasi.coin.models import CapCounter, Claim, ClaimShare
from pumasi.coin.operations.tariff import Draft
from pumasi.coin.queries.simulation import last_quarter, simulation
from pumasi.coin.registers.errors import ChangeUnknown
from pumasi.coin.simulate import PastDeed, PastShare, replay
from pumasi.coin.tariff import Part
from pumasi.coin.tariff_edit import Edit, EndKind, SetAmount, SetCap
from pumasi.coin.tests.world import DATABASES, MORNING, World, a_key, acts, books
from pumasi.kernel.ids import derived_id

pytestmark = pytest.mark.django_db(databases=DATABASES)

TODAY, LATER = date(2026, 10, 5), date(2026, 11, 1)


def drafted(world: World, *edits: Edit) -> UUID:
    change = Draft("시험 변경", "Trial change", "제5조", "결재-1", LATER, edits)
    return operations.draft_change(acts(world.issuer), change, key=a_key())


def lived(world: World) -> None:
    """28 coins: hangers 4 for each of two, PET 20."""
    world.brings_hangers(20)
    world.earns(world.neighbour, 20)
    CapCounter.objects.all().delete()


class TestReplay:
    def test_a_change_elsewhere_changes_nothing(self, world: World) -> None:
        lived(world)

        found = simulation(drafted(world, SetAmount("TALENT", 6)), TODAY, TODAY, MORNING, "ko")

        assert (found.total.deeds, found.total.actual.text(), found.total.simulated.text()) == (2, "28", "28")
        assert (found.total.actual_won, found.total.simulated_won, found.capped) == (2800, 2800, 0)

    def test_exact_coins_and_won_per_kind_group_and_month(self, world: World) -> None:
        lived(world)
        before = books()

        found = simulation(drafted(world, SetAmount("HANGER", 3, 1)), TODAY, TODAY, MORNING, "ko")

        assert [(line.name, line.deeds, line.actual.text(), line.simulated.text()) for line in found.kinds] == [
            ("투명 페트병 모으기", 1, "20", "20"),
            ("깨끗한 옷걸이를 제로샵 세탁소에", 1, "8", "8"),
        ]
        assert [(line.name, line.simulated_won) for line in found.groups] == [("환경", 2800)]
        assert [(line.name, line.difference.text()) for line in found.months] == [("2026-10", "0")]
        after = books()
        assert (before["trial"], before["caps"]) == (after["trial"], after["caps"])

    def test_doubled_and_ended(self, world: World) -> None:
        lived(world)

        doubled = simulation(drafted(world, SetAmount("HANGER", 4, 4)), TODAY, TODAY, MORNING, "en")
        ended = simulation(drafted(world, EndKind("CLEAR_PET")), TODAY, TODAY, MORNING, "en")

        assert (doubled.total.simulated.text(), doubled.total.simulated_won) == ("36", 3600)
        assert (ended.total.simulated.text(), [line.simulated.text() for line in ended.kinds]) == ("8", ["0", "8"])

    def test_the_budget_lasts_in_proportion(self, world: World) -> None:
        lived(world)

        found = simulation(drafted(world, EndKind("CLEAR_PET")), TODAY, TODAY, MORNING, "ko")

        # 49,972 coins are left; 28 a day were issued, 8 would have been.
        assert found.lasts_before == TODAY + timedelta(days=49_972 // 28)
        assert found.lasts_after == TODAY + timedelta(days=49_972 // 8)

    def test_a_lower_cap_refuses_what_went_over_it(self, world: World) -> None:
        for _ in range(3):
            world.brings_hangers(20)

        found = simulation(drafted(world, SetCap("PERSON_DAY", "HANGER", 8)), TODAY, TODAY, MORNING, "ko")

        assert (found.total.actual.text(), found.total.simulated.text(), found.capped) == ("24", "16", 1)

    def test_a_month_s_cap_counts_from_its_first_day(self) -> None:
        tariff, who, where = district_tariff(), derived_id("p"), derived_id("w")
        deeds = [
            PastDeed("BLOOD_DONATION", 1, date(2026, 10, day), where, (PastShare(who, Part.RESIDENT, 2000),))
            for day in (1, 31)
        ]

        assert [(each.simulated, each.is_capped) for each in replay(tariff, tariff, LATER, deeds)] == [
            (2000, False),
            (0, True),
        ]

    def test_an_unknown_change(self, world: World) -> None:
        with pytest.raises(ChangeUnknown):
            simulation(a_key(), TODAY, TODAY, MORNING, "ko")

    def test_the_quarter_before(self) -> None:
        assert last_quarter(MORNING) == (date(2026, 7, 1), date(2026, 9, 30))
        assert last_quarter(MORNING + timedelta(days=120)) == (date(2026, 10, 1), date(2026, 12, 31))


class TestManyDeeds:
    def test_ten_thousand_take_as_many_queries_as_one_hundred(
        self, world: World, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        change_id = drafted(world, SetAmount("TUMBLER", 3), SetCap("PERSON_DAY", "*", 90))
        people = [world.joins("주민 역할") for _ in range(20)]
        claims = [
            Claim(
                key=derived_id("speed", number),
                kind="TUMBLER",
                quantity=1,
                counted=1,
                day=date(2026, 7, 1) + timedelta(days=number % 92),
                place_id=world.bakery,
                evidence_kind="CODE",
                evidence_ref="test",
                act="2024-04",
                channel="PHONE",
                at=MORNING - timedelta(minutes=number),
            )
            for number in range(10_000)
        ]
        Claim.objects.bulk_create(claims)
        ClaimShare.objects.bulk_create(
            ClaimShare(claim=claim, person_id=people[number % 20], part="RESIDENT", coins=200)
            for number, claim in enumerate(claims)
        )

        with CaptureQueriesContext(connection) as few:
            assert simulation(change_id, date(2026, 7, 1), date(2026, 7, 1), MORNING, "ko").total.deeds == 109
        with django_assert_max_num_queries(len(few)):
            found = simulation(change_id, date(2026, 7, 1), date(2026, 9, 30), MORNING, "ko")

        assert found.total.deeds == 10_000
