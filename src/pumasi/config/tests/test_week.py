"""The week for the staff meeting: its days, its figures beside those before, what gave no sign, what comes."""

import re
from datetime import date, datetime, timedelta
from uuid import UUID

import pytest

from pumasi.civic.people.models import RoleName
from pumasi.civic.people.operations import join
from pumasi.civic.places.models import Closure, Place, PlaceKind
from pumasi.civic.shell.tests.visiting import visitor
from pumasi.civic.shell.weekly import Week, Weekly, week_of
from pumasi.coin.tests.world import DATABASES, MORNING, World, acts
from pumasi.kernel.clock import KST, FixedClock
from pumasi.services.deeds.queries.weekly import weekly as of_deeds
from pumasi.services.deeds.tests.scene import refused
from pumasi.services.members.queries.weekly import weekly as of_members
from pumasi.services.record.queries.weekly import weekly as of_record
from pumasi.services.shops.queries.weekly import weekly as of_shops
from pumasi.services.staff.queries import weekly as of_staff

pytestmark = [pytest.mark.django_db(databases=DATABASES), pytest.mark.postgres]
MONDAY = date(2026, 10, 5)
THURSDAY = MORNING + timedelta(days=3)
RUNNING = week_of(MONDAY, THURSDAY)


def figures(part: Weekly) -> dict[str, tuple[str, str]]:
    return {each.name: (each.now, each.before) for each in part.figures}


def silent(part: Weekly) -> dict[str, date | None]:
    return {each.name: each.last for each in part.silent}


class TestDays:
    def test_the_week_that_runs_ends_today_and_is_compared_with_as_many_days(self) -> None:
        assert (RUNNING.first, RUNNING.last) == (MONDAY, date(2026, 10, 8))
        assert (RUNNING.before.first, RUNNING.before.last) == (date(2026, 9, 28), date(2026, 10, 1))

    def test_a_week_that_is_over_has_seven_days_and_so_has_the_one_before(self) -> None:
        over = week_of(date(2026, 10, 1), MORNING)

        assert (over.first, over.last) == (date(2026, 9, 28), date(2026, 10, 4))
        assert (over.before.first, over.before.last) == (date(2026, 9, 21), date(2026, 9, 27))

    def test_begins_and_ends_at_midnight_in_seoul(self) -> None:
        first, last = Week(date(2026, 9, 28), MORNING).span

        assert first == datetime(2026, 9, 28, tzinfo=KST)
        assert last == datetime(2026, 10, 4, 23, 59, 59, 999_999, tzinfo=KST)


class TestFigures:
    def test_of_deeds(self, world: World) -> None:
        world.earns(world.resident, 20, MORNING - timedelta(days=4))
        world.earns(world.neighbour, 10)
        world.brings_hangers(10)
        refused(world)

        found = figures(of_deeds(RUNNING))

        assert found["인정한 착한 일"] == ("2", "1")
        assert found["코인 적립"] == ("14", "20")
        assert found["적립한 사람"] == ("3", "1")
        assert found["거절한 신청"] == ("1", "0")

    def test_of_shops(self, world: World) -> None:
        world.earns(world.resident, 50, MORNING - timedelta(days=4))
        world.pays(10)
        world.pays(20)

        found = figures(of_shops(RUNNING))

        assert (found["결제"], found["쓴 코인"]) == (("2", "0"), ("30", "0"))

    def test_of_members(self, world: World) -> None:
        join(acts(None), "새 주민 역할")

        assert figures(of_members(RUNNING)) == {"가입": ("1", "9"), "탈퇴·마감": ("0", "0"), "사망 기록": ("0", "0")}


class TestSilence:
    def test_a_shop_is_silent_until_a_deed_or_a_payment(self, world: World) -> None:
        Place.objects.update(opened_on=date(2026, 9, 1))
        world.earns(world.resident, 50, MORNING - timedelta(days=4))
        before = silent(of_shops(RUNNING))

        world.pays(10)

        after = silent(of_shops(RUNNING))
        assert set(before) - set(after) == {world_name(world.laundry)}
        assert before[world_name(world.laundry)] is None

    def test_who_opened_in_the_week_or_is_away_for_all_of_it_is_not(self, world: World) -> None:
        Place.objects.update(opened_on=date(2026, 9, 1))
        bakery = world_name(world.bakery)
        assert bakery in silent(of_shops(RUNNING))

        Closure.objects.create(place_id=world.bakery, starts=MONDAY, ends=date(2026, 10, 8), reason="휴가")
        assert bakery not in silent(of_shops(RUNNING))
        Closure.objects.update(starts=date(2026, 10, 6))
        assert bakery in silent(of_shops(RUNNING))
        Place.objects.filter(id=world.bakery).update(opened_on=date(2026, 10, 6))
        assert bakery not in silent(of_shops(RUNNING))

    def test_a_machine_that_never_sent_a_receipt(self, world: World) -> None:
        machine = world.opens(PlaceKind.MACHINE, "표본 수거기")

        assert silent(of_deeds(RUNNING))[world_name(machine)] is None

    def test_the_sealer_when_a_transfer_waits_for_more_than_a_day_and_an_hour(self, world: World) -> None:
        world.earns(world.resident, 10)
        late = timedelta(hours=25)

        assert silent(of_record(week_of(MONDAY, MORNING + late))) == {}
        assert silent(of_record(week_of(MONDAY, MORNING + late + timedelta(seconds=1)))) == {
            "봉인기가 멈춰 있어요": None
        }


class TestAhead:
    def test_roles_that_end_and_do_not_go_on(self, world: World) -> None:
        december = week_of(date(2026, 12, 14), MORNING + timedelta(days=70))

        assert of_staff(RUNNING).ahead == ()
        days = {(each.day, each.what) for each in of_staff(december).ahead}

        assert (date(2026, 12, 31), "끝나는 역할: 심사 담당 (1)") in days


def world_name(place: UUID) -> str:
    return Place.objects.get(id=place).name_ko


class TestPage:
    def page(self, world: World, query: str = "") -> str:
        return re.sub(r"\s+", " ", visitor(world.issuer).get(f"/week/{query}").content.decode())

    def test_on_monday_it_is_the_week_that_has_ended(self, world: World) -> None:
        assert "2026-09-28부터 2026-10-04까지" in self.page(world)

    def test_on_other_days_the_one_that_runs(self, world: World, clock: FixedClock) -> None:
        clock.advance(THURSDAY - MORNING)

        page = self.page(world)

        assert "2026-10-05부터 2026-10-08까지" in page
        assert "?week=2026-09-28" in page
        assert "?week=2026-10-12" not in page

    @pytest.mark.parametrize(
        ("query", "shown"),
        [
            ("?week=2026-09-16", "2026-09-14부터 2026-09-20까지"),
            ("?week=2999-01-01", "2026-10-05부터 2026-10-05까지"),
            ("?week=nonsense", "2026-09-28부터 2026-10-04까지"),
            ("?week=0001-01-01", "2020-01-06부터 2020-01-12까지"),
        ],
    )
    def test_any_week_may_be_asked_for(self, world: World, query: str, shown: str) -> None:
        assert shown in self.page(world, query)

    def test_every_service_has_its_part(self, world: World) -> None:
        page = self.page(world)

        for name in ("착한 일 적립", "코인 쓰기", "기부", "회원", "정산", "예산과 장부", "공개 기록"):
            assert f"<h3>{name}</h3>" in page

    def test_a_resident_may_not(self, world: World) -> None:
        assert visitor(world.resident).get("/week/").status_code == 403

    def test_no_person_is_named(self, world: World) -> None:
        world.grants(world.neighbour, RoleName.TREASURY)
        refused(world)

        assert not re.search(r"[0-9a-f]{8}-[0-9a-f]{4}", self.page(world))
