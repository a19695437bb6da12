"""Joining with help: a child's guardian, somebody who vouches, a paper form; what is kept, what is refused."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from pumasi.civic.cards import operations as cards
from pumasi.civic.cards.queries import card_of
from pumasi.civic.codes.errors import CodeExpired, CodeUnknown
from pumasi.civic.codes.queries import card_text, personal_code, place_code
from pumasi.civic.people.models import Level, Person, RoleName
from pumasi.civic.people.operations import grant_role, join
from pumasi.civic.people.queries import person
from pumasi.civic.shell.tests.visiting import visitor
from pumasi.coin.errors import NotAllowed
from pumasi.coin.tests.world import DATABASES, MORNING, World, a_key, acts
from pumasi.services.members.errors import NotAHelper, VouchedEnough
from pumasi.services.members.models import Consent
from pumasi.services.members.operations.joining import Answers, Evidence, join_at_desk, raise_at_desk
from pumasi.services.members.queries.consent import first_year_of_children
from pumasi.services.members.tests.test_desk import does, finds, text_of
from pumasi.services.members.tests.test_joining import ANSWERS, asked

pytestmark = pytest.mark.django_db(databases=DATABASES)
CHILD = Answers("어린이 역할", None, 2012, ANSWERS.relation, None)


def shown(person_id: UUID) -> str:
    """The code on the telephone of this member now."""
    return personal_code(person_id, MORNING).text


def joined(world: World, answers: Answers = ANSWERS, officer: UUID | None = None, **evidence: Any) -> Consent:
    key = a_key()
    join_at_desk(acts(officer or world.official), answers, Evidence(**evidence), consents=True, key=key)
    return Consent.objects.get(id=key)


def rows() -> tuple[int, int]:
    return Person.objects.count(), Consent.objects.count()


class TestChild:
    def test_a_guardian_agrees_with_code_or_card(self, world: World) -> None:
        cards.issue(acts(world.official), world.neighbour)
        card = card_of(world.neighbour)
        assert card is not None

        by_code = joined(world, CHILD, card_seen=True, guardian=shown(world.resident))
        by_card = joined(world, CHILD, card_seen=False, guardian=card_text(card.number))

        assert (by_code.guardian_id, by_card.guardian_id) == (world.resident, world.neighbour)
        assert (person(by_code.person_id).level, person(by_card.person_id).level) == (Level.L1, Level.L0)

    @pytest.mark.parametrize(("year", "needs"), [(2011, False), (2012, True), (2026, True)])
    def test_the_year_in_which_somebody_turns_fourteen_counts_as_a_childs(
        self, world: World, year: int, needs: bool
    ) -> None:
        assert first_year_of_children(date(2026, 12, 31)) == 2012
        before = rows()

        answer = Client(headers={"accept-language": "en"}).post("/join/", asked(card=None, birth_year=str(year)))

        assert (answer.status_code, rows() == before) == ((409, True) if needs else (302, False))
        assert ("born in 2012 or later" in text_of(answer)) is needs

    def test_a_page_of_the_desk_says_what_is_missing_and_opens_the_place_for_it(self, world: World) -> None:
        before = rows()

        page = visitor(world.official, "en").post("/desk/join/", asked(birth_year="2018"))

        assert (page.status_code, rows()) == (409, before)
        assert "Children born in 2012 or later join with a guardian" in text_of(page)
        assert '<details class="pm-more" open>' in page.content.decode()

    def test_not_everybody_can_be_the_guardian(self, world: World) -> None:
        unchecked = join(acts(None), "모르는 역할", None, Level.L0, birth_year=1980).id
        minor, ageless = join(acts(None), "학생 역할", birth_year=2008).id, join(acts(None), "나이 모름 역할").id
        before = rows()

        for who in (unchecked, minor, ageless, world.official):
            with pytest.raises(NotAHelper):
                joined(world, CHILD, card_seen=True, guardian=shown(who))
        assert rows() == before

    def test_a_place_is_nobodys_guardian_and_an_old_code_is_told(self, world: World) -> None:
        old = personal_code(world.resident, MORNING - timedelta(minutes=5)).text
        before = rows()

        for code, said in ((place_code(world.gym, MORNING).text, CodeUnknown), (old, CodeExpired)):
            with pytest.raises(said):
                joined(world, CHILD, card_seen=True, guardian=code)
        assert rows() == before

    def test_whose_card_shows_a_child_is_not_raised_without_a_guardian(self, world: World) -> None:
        told = join(acts(None), "어린이 역할", None, Level.L0, birth_year=1990).id
        page = finds(world, "어린이 역할")
        card = {"name": "어린이 역할", "phone": "", "birth_year": 2015}

        alone = does(world, page, "raise", **card)
        after_alone = (person(told).level, Consent.objects.count())
        helped = does(world, page, "raise", **card, guardian=shown(world.resident))

        assert (alone.status_code, after_alone) == (409, (Level.L0, 0))
        assert (helped.status_code, person(told).level) == (302, Level.L1)
        assert Consent.objects.get().guardian_id == world.resident

    def test_a_guardian_who_has_agreed_is_not_asked_again(self, world: World) -> None:
        child = joined(world, CHILD, card_seen=False, guardian=shown(world.resident)).person_id

        raise_at_desk(acts(world.official), child, name="어린이 역할", phone=None, birth_year=2012)

        assert (person(child).level, Consent.objects.count()) == (Level.L1, 1)

    def test_only_a_desk_raises(self, world: World) -> None:
        told = join(acts(None), "모르는 역할", None, Level.L0, birth_year=1980).id

        with pytest.raises(NotAllowed):
            raise_at_desk(acts(world.keeper), told, name="모르는 역할", phone=None, birth_year=1980)
        assert person(told).level is Level.L0


class TestVouching:
    def test_who_has_no_card_is_vouched_for_and_has_the_smaller_limits(self, world: World) -> None:
        page = visitor(world.official).post("/desk/join/", asked(card="none", voucher=shown(world.resident)))

        assert page.status_code == 302
        consent = Consent.objects.get()
        assert (consent.voucher_id, person(consent.person_id).level) == (world.resident, Level.L0)

    def test_who_has_shown_a_card_needs_nobody(self, world: World) -> None:
        before = rows()

        page = visitor(world.official, "en").post("/desk/join/", asked(voucher=shown(world.resident)))

        assert (page.status_code, rows()) == (409, before)
        assert "Who has shown a card needs nobody to vouch." in text_of(page)

    def test_one_person_vouches_for_five_in_a_year(self, world: World) -> None:
        for _ in range(5):
            joined(world, card_seen=False, voucher=shown(world.resident))
        before = rows()

        with pytest.raises(VouchedEnough):
            joined(world, card_seen=False, voucher=shown(world.resident))
        assert rows() == before

        later = MORNING + timedelta(days=365)
        grant_role(acts(None, later), world.official, RoleName.DONG_OFFICIAL)
        evidence = Evidence(False, voucher=personal_code(world.resident, later).text)
        join_at_desk(acts(world.official, later), replace(ANSWERS, until=None), evidence, consents=True, key=a_key())
        assert rows() == (before[0] + 1, before[1] + 1)


class TestPaper:
    @pytest.mark.parametrize("day", [date(2026, 10, 5), date(2026, 7, 7)])
    def test_the_day_of_the_signature_is_kept(self, world: World, day: date) -> None:
        page = visitor(world.official).post("/desk/join/", asked(card="none", signed_on=day.isoformat()))

        assert page.status_code == 302
        consent = Consent.objects.get()
        assert (consent.how, consent.signed_on) == ("PAPER", day)

    @pytest.mark.parametrize("day", ["2026-10-06", "2026-07-06"])
    def test_a_paper_of_tomorrow_or_of_long_ago_is_refused(self, world: World, day: str) -> None:
        before = rows()

        page = visitor(world.official, "en").post("/desk/join/", asked(card="none", signed_on=day))

        assert (page.status_code, rows()) == (409, before)
        assert "90 days after it was signed" in text_of(page)

    def test_a_day_that_is_none_is_said(self, world: World) -> None:
        assert visitor(world.official).post("/desk/join/", asked(signed_on="어제")).status_code == 422

    @pytest.mark.parametrize("language", ["ko", "en"])
    def test_the_empty_form_is_a_paper_for_everybody(self, world: World, language: str) -> None:
        form = Client(headers={"accept-language": language}).get("/join/form.pdf")

        assert (form.status_code, form["Content-Type"], form.content[:5]) == (200, "application/pdf", b"%PDF-")


def test_what_was_agreed_is_never_changed(world: World) -> None:
    consent = joined(world, card_seen=False, voucher=shown(world.resident))

    for change in (lambda: Consent.objects.update(voucher=None), lambda: Consent.objects.all().delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    assert Consent.objects.get(id=consent.id).voucher_id == world.resident
