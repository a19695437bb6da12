"""The desk and one's own membership on their pages: find, raise, renew, move, come back, merge, die, be found alive."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pumasi.civic.people.models import Level
from pumasi.civic.people.operations import join
from pumasi.civic.people.queries import find_by_phone, person
from pumasi.civic.shell.tests.visiting import visitor
from pumasi.coin.models import Death, Leaving, LeavingEnd, Proposal, ProposalStep
from pumasi.coin.operations import ask_undo_death, report_death
from pumasi.coin.queries import wallet_view
from pumasi.coin.tests.world import DATABASES, MORNING, World, a_key, acts, books
from pumasi.kernel.clock import FixedClock

pytestmark = pytest.mark.django_db(databases=DATABASES)


def text_of(answer: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def finds(world: World, name: str = "주민 역할 가", year: int = 1990, officer: Any = None) -> str:
    """The address of the visit that a search by name and year opens."""
    answer = visitor(officer or world.official).post("/desk/", {"name": name, "birth_year": year})
    assert answer.status_code == 302, text_of(answer)
    return str(answer["Location"])


def does(world: World, page: str, what: str, officer: Any = None, **form: Any) -> Any:
    form = {"key": str(a_key()), **form}
    return visitor(officer or world.official, "en").post(f"{page}{what}/", form)


class TestDesk:
    def test_a_member_is_found_by_number_or_by_name_and_year(self, world: World) -> None:
        join(acts(None), "전화 회원", "010-0000-4321", birth_year=1970)

        by_phone = visitor(world.official).post("/desk/", {"phone": "010-0000-4321"}, follow=True)
        by_name = visitor(world.official).get(finds(world))

        assert "전화 회원" in text_of(by_phone)
        assert "주민 역할 가" in text_of(by_name)

    def test_nobody_and_nothing_typed(self, world: World) -> None:
        nobody = visitor(world.official).post("/desk/", {"name": "아무개", "birth_year": 1990})
        nothing = visitor(world.official).post("/desk/", {})

        assert (nobody.status_code, nothing.status_code) == (409, 422)

    def test_namesakes_are_listed(self, world: World) -> None:
        join(acts(None), "주민 역할 가", None, birth_year=1990)

        answer = visitor(world.official).post("/desk/", {"name": "주민 역할 가", "birth_year": 1990})

        assert answer.status_code == 200
        assert text_of(answer).count("주민 역할 가 (1990)") == 2

    def test_nobody_handles_their_own_matters(self, world: World) -> None:
        answer = visitor(world.official).post("/desk/", {"name": "동 담당 역할", "birth_year": 1990})

        assert answer.status_code == 409

    def test_what_is_looked_at_the_member_reads(self, world: World) -> None:
        visitor(world.official).get(finds(world))

        page = text_of(visitor(world.resident, "en").get("/membership/"))

        assert "your name and number were shown" in page
        assert "somebody looked for members with your name and year of birth" in page

    def test_asks_the_database_so_often(self, world: World) -> None:
        """However many there are: two deaths and two requests ask as often as one."""
        for year in (1931, 1932):
            who = join(acts(None), "고인 역할", None, birth_year=year).id
            report_death(acts(world.official), person_id=who, key=a_key())
            ask_undo_death(acts(world.official), person_id=who, reason="본인", key=a_key())
        page = finds(world)
        desk = visitor(world.official)

        counts = {}
        for path in (page, "/desk/requests/", "/desk/estates/", "/desk/"):
            with CaptureQueriesContext(connection) as seen:
                assert desk.get(path).status_code == 200
            counts[path] = len(seen)
        assert counts == {page: 26, "/desk/requests/": 5, "/desk/estates/": 8, "/desk/": 4}


class TestRaise:
    def test_a_look_at_the_card_lifts_the_limits(self, world: World) -> None:
        newcomer = join(acts(None), "새 주민", None, Level.L0, birth_year=1999)
        page = finds(world, "새 주민", 1999)

        answer = does(world, page, "raise", name="새 주민", birth_year=1998, phone="010-0000-8888")

        assert answer.status_code == 302
        assert person(newcomer.id).level is Level.L1
        assert find_by_phone(acts(world.official), "010-0000-8888") == newcomer.id

    def test_once_only(self, world: World) -> None:
        page = finds(world)

        answer = does(world, page, "raise", name="주민 역할 가", birth_year=1990, phone="")

        assert answer.status_code == 409


class TestMoving:
    def test_the_member_tells_it_and_takes_it_back(self, world: World) -> None:
        me = visitor(world.resident, "en")

        told = me.post("/membership/moving/", {"key": str(a_key()), "day": "2026-10-31"}, follow=True)
        stays = me.post("/membership/moving/", {"what": "stay"}, follow=True)

        assert "Moving away on 2026-10-31 is noted." in text_of(told)
        assert "Moving away on" not in text_of(stays)
        assert LeavingEnd.objects.get().how == "WITHDRAWN"

    def test_a_day_too_far_is_refused_on_the_same_page(self, world: World) -> None:
        me = visitor(world.resident, "en")

        far = me.post("/membership/moving/", {"key": str(a_key()), "day": "2027-10-31"})
        none = me.post("/membership/moving/", {"key": str(a_key()), "day": ""})

        assert (far.status_code, none.status_code, Leaving.objects.count()) == (409, 422, 0)
        assert "The day of moving lies between 2026-07-07 and 2027-01-03." in text_of(far)

    def test_a_desk_notes_it_and_the_way_back(self, world: World) -> None:
        page = finds(world)

        left = does(world, page, "leave", day="2026-10-05")
        away = text_of(visitor(world.resident, "en").get("/membership/"))
        coins = visitor(world.resident).get("/coins/").status_code
        back = does(world, page, "back", relation="RESIDENT", until="")

        assert (left.status_code, back.status_code, coins) == (302, 302, 200)
        assert "Moved away on 2026-10-05: coins can be spent and given until 2027-04-05." in away
        assert (person(world.resident).left_on, wallet_view(world.resident, MORNING).balance.text()) == (None, "40")

    def test_the_relation_is_renewed(self, world: World) -> None:
        page = finds(world)

        good = does(world, page, "renew", relation="WORKER", until="2027-12-31")
        past = does(world, page, "renew", relation="WORKER", until="2026-01-01")

        assert (good.status_code, past.status_code) == (302, 409)
        assert person(world.resident).relation_until == date(2027, 12, 31)


class TestMerge:
    def test_is_asked_at_the_desk_and_decided_by_another(self, world: World) -> None:
        twin = join(acts(None), "주민역할 가", "010-0000-2222", birth_year=1990).id
        world.earns(twin, 20)
        kept, gone = finds_two(world)

        asked = does(world, kept, "merge", other=gone.split("/")[-2], reason="같은 사람이에요")
        request = f"/desk/requests/{Proposal.objects.get().id}/"
        page = text_of(visitor(world.reviewer, "en").get(request))
        alone = visitor(world.official).post(request, {"step": "approve"})
        done = visitor(world.reviewer, "en").post(request, {"step": "approve"}, follow=True)

        assert asked.status_code == 302
        assert "Coins 40 20 60" in page or "Coins 20 40 60" in page
        assert (alone.status_code, done.status_code) == (409, 200)
        assert ProposalStep.objects.get().step == "APPROVED"
        assert len([each for each in (twin, world.resident) if person(each).merged_into]) == 1

    def test_others_than_namesakes_are_not_merged(self, world: World) -> None:
        first, second = finds(world), finds(world, "주민 역할 나", 1950)
        before = books()

        answer = does(world, first, "merge", other=second.split("/")[-2], reason="같은 사람")

        assert (answer.status_code, Proposal.objects.count(), books()) == (409, 0, before)

    def test_a_refusal_says_why(self, world: World) -> None:
        join(acts(None), "주민 역할 가", None, birth_year=1990)
        kept, gone = finds_two(world)
        does(world, kept, "merge", other=gone.split("/")[-2], reason="같은 사람")
        request = f"/desk/requests/{Proposal.objects.get().id}/"

        empty = visitor(world.reviewer).post(request, {"step": "reject", "reason": " "})
        done = visitor(world.reviewer, "en").post(request, {"step": "reject", "reason": "생일이 달라요"}, follow=True)

        assert empty.status_code == 409
        assert "생일이 달라요" in text_of(done)


def finds_two(world: World) -> tuple[str, str]:
    """The visits of two namesakes that one search opens."""
    answer = visitor(world.official).post("/desk/", {"name": "주민 역할 가", "birth_year": 1990})
    found = re.findall(r'href="(/desk/[0-9a-f-]{36}/)"', answer.content.decode())
    return found[0], found[1]


class TestDeath:
    def test_from_the_report_to_the_family(self, world: World) -> None:
        page = finds(world)
        join(acts(None), "가족 역할", "010-0000-3333", birth_year=1960)

        reported = does(world, page, "death", died_on="2026-10-01", document="사망신고-7")
        family = visitor(world.official, "en").post("/desk/estates/", {"name": "주민 역할 가", "birth_year": 1990})
        passed = visitor(world.official, "en").post(
            "/desk/estates/1/pass/", {"key": str(a_key()), "phone": "010-0000-3333"}, follow=True
        )

        assert reported.status_code == 302
        assert "Report of a death 1" in text_of(family)
        assert "passed on to a member of the family" in text_of(passed)
        heir = find_by_phone(acts(world.official), "010-0000-3333")
        assert heir is not None
        assert wallet_view(heir, MORNING).balance.text() == "40"
        assert visitor(world.resident).get("/coins/").status_code == 403

    def test_a_wrong_report_is_undone_by_two(self, world: World) -> None:
        does(world, finds(world), "death", died_on="2026-10-01", document="사망신고-7")
        asked = visitor(world.official).post("/desk/estates/1/undo/", {"key": str(a_key()), "reason": "본인이 왔어요"})
        request = f"/desk/requests/{Proposal.objects.get().id}/"
        told = {"step": "approve", "name": "주민 역할 가", "birth_year": "1990", "phone": ""}

        unfilled = visitor(world.reviewer).post(request, {"step": "approve"})
        done = visitor(world.reviewer).post(request, told)

        assert (asked.status_code, unfilled.status_code, done.status_code) == (302, 422, 302)
        assert wallet_view(world.resident, MORNING).balance.text() == "40"
        assert visitor(world.resident).get("/coins/").status_code == 200

    def test_back_to_the_programme_not_before_the_time(self, world: World, clock: FixedClock) -> None:
        does(world, finds(world), "death", died_on="2026-10-01", document="사망신고-7")
        form = {"reason": "가족이 없어요", "document": "결재-1"}

        early = visitor(world.official, "en").post("/desk/estates/1/back/", {"key": str(a_key()), **form})

        assert early.status_code == 409
        assert "The family may decide until 2027-04-05." in text_of(early)
        assert (Proposal.objects.count(), Death.objects.count()) == (0, 1)
        clock.advance(timedelta(days=1))

    def test_what_is_missing_is_said(self, world: World) -> None:
        page = finds(world)

        assert does(world, page, "death", died_on="", document="").status_code == 422
        assert does(world, page, "death", died_on="2026-10-06", document="사망신고-7").status_code == 409
        assert does(world, page, "nonsense").status_code == 404
        assert Death.objects.count() == 0

    def test_nobody_is_found_under_another_name(self, world: World) -> None:
        does(world, finds(world), "death", died_on="2026-10-01", document="사망신고-7")

        answer = visitor(world.official).post("/desk/estates/", {"name": "다른 이름", "birth_year": 1990})

        assert answer.status_code == 409
