"""The help desk: what became of a person's deeds, and their words taken down by an officer; every look is on record."""

import re
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client

from pumasi.civic.people.operations import join
from pumasi.civic.shell.tests.visiting import visitor
from pumasi.coin.hearings.models import Case
from pumasi.coin.hearings.queries import cases_of
from pumasi.coin.operations import propose_clawback
from pumasi.coin.tests.world import DATABASES, MORNING, World, a_key, acts
from pumasi.kernel.clock import FixedClock
from pumasi.services.deeds import operations as deeds
from pumasi.services.deeds.tests.scene import at_place, path

pytestmark = pytest.mark.django_db(databases=DATABASES)


@pytest.fixture
def person(world: World) -> UUID:
    """Somebody who stands at the desk with a telephone number."""
    return join(acts(None), "창구에 온 주민", "010-1234-5678", birth_year=1950).id


def text_of(answer: Any) -> str:
    """The words of a page without its tags."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def refused_claim(world: World, person: UUID) -> UUID:
    """Two hours that the staff could not confirm."""
    key = a_key()
    scan = at_place(person, world.gym)
    deeds.claim_by_code(
        acts(person), person_id=person, scan_id=scan, kind="VOLUNTEERING", quantity=120, key=key, is_paid=False
    )
    deeds.decide(acts(world.cashier), claim_id=key, is_right=False)
    return key


def at_the_desk(client: Client) -> str:
    """The page of whoever has this number; its address holds the visit and not the person."""
    answer = client.post("/desk/", {"phone": "010-1234-5678"})
    assert answer.status_code == 302
    return str(answer["Location"])


class TestHelp:
    def test_reads_each_refusal_with_its_reason_and_takes_the_objection_down(
        self, world: World, person: UUID, clock: FixedClock
    ) -> None:
        claim, client = refused_claim(world, person), visitor(world.official)
        page = at_the_desk(client)
        shown = text_of(client.get(page))
        told = {"service": "deeds", "line": claim, "note": "두 시간 있었어요"}

        after = text_of(client.post(f"{page}words/", told, follow=True))

        assert "직원이 활동을 확인하지 못했어요" in shown
        assert "대신 적기, 2026-11-04까지" in shown
        assert "이의신청" in after
        assert path(claim) == ["SUBMITTED", "REVIEW", "REJECTED", "APPEALED"]
        assert str(person) not in page

    def test_takes_an_opinion_about_a_clawback_down(self, world: World, person: UUID) -> None:
        claim = a_key()
        scan = at_place(person, world.gym)
        deeds.claim_by_code(acts(person), person_id=person, scan_id=scan, kind="CLEAR_PET", quantity=20, key=claim)
        propose_clawback(acts(world.reviewer), claim_id=claim, keep=0, why="달라요", clause="제7조", key=a_key())
        client = visitor(world.official)
        page = at_the_desk(client)

        client.post(f"{page}words/", {"service": "hearings", "line": Case.objects.get().id, "note": "스무 개 맞아요"})

        (case,) = cases_of(person, MORNING)
        assert (case.state, case.steps[-1].note) == ("ANSWERED", "스무 개 맞아요")

    def test_anothers_claim_is_not_touched(self, world: World, person: UUID) -> None:
        claim, client = refused_claim(world, world.resident), visitor(world.official)
        page = at_the_desk(client)

        answer = client.post(f"{page}words/", {"service": "deeds", "line": claim, "note": "아니에요"})

        assert answer.status_code == 409
        assert path(claim) == ["SUBMITTED", "REVIEW", "REJECTED"]

    def test_words_are_asked_for_and_an_unknown_service_does_nothing(self, world: World, person: UUID) -> None:
        claim, client = refused_claim(world, person), visitor(world.official)
        page = at_the_desk(client)

        empty = client.post(f"{page}words/", {"service": "deeds", "line": claim, "note": " "})
        unknown = client.post(f"{page}words/", {"service": "nobody", "line": uuid4(), "note": "아니에요"})

        assert (empty.status_code, unknown.status_code) == (422, 302)
        assert path(claim) == ["SUBMITTED", "REVIEW", "REJECTED"]

    def test_after_thirty_days_no_words_are_taken(self, world: World, person: UUID, clock: FixedClock) -> None:
        claim = refused_claim(world, person)
        clock.advance(timedelta(days=31))
        client = visitor(world.official)
        page = at_the_desk(client)

        late = client.post(f"{page}words/", {"service": "deeds", "line": claim, "note": "늦었어요"})

        assert "대신 적기" not in text_of(client.get(page))
        assert late.status_code == 409

    def test_somebody_without_any_deed(self, world: World, person: UUID) -> None:
        client = visitor(world.official)

        assert "아직 신청이나 진행 중인 건이 없어요" in text_of(client.get(at_the_desk(client)))
