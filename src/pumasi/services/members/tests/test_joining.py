"""Joining: four questions at a desk, or alone on the phone; what is asked, kept and not kept."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from pumasi.civic.people.models import Level, Person, Relation
from pumasi.civic.people.operations import join
from pumasi.civic.people.queries import find_by_phone, person, person_card
from pumasi.civic.people.reading import reading_of
from pumasi.civic.shell.tests.visiting import visitor
from pumasi.coin.errors import NotAllowed
from pumasi.coin.tests.world import DATABASES, World, a_key, acts
from pumasi.kernel.clock import FixedClock
from pumasi.services.members.errors import CardNotSeen, ConsentMissing
from pumasi.services.members.models import Consent, Visit
from pumasi.services.members.operations.joining import Answers, Evidence, join_alone, join_at_desk

pytestmark = pytest.mark.django_db(databases=DATABASES)
ANSWERS = Answers("새 주민", "010-0000-1234", 1988, Relation.WORKER, date(2027, 3, 31))


def asked(**more: Any) -> dict[str, Any]:
    """The form of a desk, filled in."""
    form = {
        "key": str(a_key()),
        "name": "새 주민",
        "phone": "010-0000-1234",
        "birth_year": "1988",
        "relation": "WORKER",
        "until": "2027-03-31",
        "card": "seen",
        "consents": "on",
    }
    return {name: value for name, value in {**form, **more}.items() if value is not None}


class TestAtADesk:
    def test_four_answers_make_a_member_whose_identity_was_checked(self, world: World) -> None:
        answer = visitor(world.official).post("/desk/join/", asked(), follow=True)

        found = find_by_phone(acts(world.official), "010-0000-1234")
        assert found is not None
        card = person_card(acts(world.official), found)
        assert (card.name, card.birth_year, card.facts.level) == ("새 주민", 1988, Level.L1)
        assert (card.facts.relation, card.facts.relation_until) == (Relation.WORKER, date(2027, 3, 31))
        consent = Consent.objects.get()
        assert (consent.person_id, consent.how, consent.by, consent.version) == (
            found, "READ_OUT", world.official, "2026-10",
        )  # fmt: skip
        assert answer.status_code == 200
        assert "새 주민" in answer.content.decode()
        assert str(found) not in answer.content.decode()

    def test_the_first_slip_is_a_paper(self, world: World) -> None:
        page = visitor(world.official).post("/desk/join/", asked())

        slip = visitor(world.official).get(f"{page['Location']}slip.pdf")

        assert (slip.status_code, slip["Content-Type"], slip.content[:5]) == (200, "application/pdf", b"%PDF-")

    def test_without_a_card_the_limits_are_smaller_and_the_phone_is_not_confirmed(self, world: World) -> None:
        page = visitor(world.official, "en").post("/desk/join/", asked(card="none"), follow=True)

        assert find_by_phone(acts(world.official), "010-0000-1234") is None
        assert "50 coins a month, 100 in all" in page.content.decode()
        assert "told, not confirmed" in page.content.decode()

    def test_the_same_form_twice_is_one_member(self, world: World) -> None:
        form = asked(phone=None)
        before = Person.objects.count()

        for _ in range(2):
            assert visitor(world.official).post("/desk/join/", {**form, "is_another": "on"}).status_code == 302

        assert (Person.objects.count(), Consent.objects.count()) == (before + 1, 1)

    def test_a_member_of_the_same_name_and_year_is_told_before_anything_is_done(self, world: World) -> None:
        join(acts(None), "새  주민", "010-0000-5678", birth_year=1988)
        before = Person.objects.count()

        hint = visitor(world.official, "en").post("/desk/join/", asked())
        after_hint = Person.objects.count()
        another = visitor(world.official).post("/desk/join/", asked(is_another="on"))

        text = hint.content.decode()
        assert "There is a member with this name and year of birth" in text
        assert "telephone ends in 78" in text
        assert "5678" not in text
        assert (after_hint, another.status_code, Person.objects.count()) == (before, 302, before + 1)

    @pytest.mark.parametrize(
        ("more", "status"),
        [
            ({"name": " "}, 422),
            ({"birth_year": "199"}, 409),
            ({"birth_year": "x"}, 422),
            ({"until": "2026-10-01"}, 409),
            ({"phone": "12"}, 409),
            ({"consents": None}, 422),
            ({"card": None}, 422),
        ],
    )
    def test_what_is_missing_or_wrong_is_said_and_nothing_is_kept(
        self, world: World, more: dict[str, Any], status: int
    ) -> None:
        before = Person.objects.count()

        answer = visitor(world.official).post("/desk/join/", asked(**more))

        assert (answer.status_code, Person.objects.count(), Consent.objects.count()) == (status, before, 0)

    def test_operations_refuse_without_consent_card_or_role(self, world: World) -> None:
        before = Person.objects.count()

        with pytest.raises(ConsentMissing):
            join_at_desk(acts(world.official), ANSWERS, Evidence(True), consents=False, key=a_key())
        with pytest.raises(CardNotSeen):
            join_at_desk(acts(world.official), ANSWERS, Evidence(None), consents=True, key=a_key())
        with pytest.raises(NotAllowed):
            join_at_desk(acts(world.keeper), ANSWERS, Evidence(True), consents=True, key=a_key())
        assert (Person.objects.count(), Consent.objects.count()) == (before, 0)


class TestAlone:
    def test_this_browser_knows_the_new_member_at_once(self, world: World) -> None:
        phone = Client(headers={"accept-language": "en"})
        form = asked(card=None)

        page = phone.post("/join/", form, follow=True)

        text = page.content.decode()
        assert page.status_code == 200
        assert "Bring your identity card to a community centre" in text
        assert Consent.objects.get().how == "ON_PHONE"
        assert reading_of(Consent.objects.get().person_id).language == "en"
        assert person(Consent.objects.get().person_id).level is Level.L0

    def test_a_number_that_is_known_is_not_told_to_anybody(self, world: World) -> None:
        owner = join(acts(None), "주인", "010-0000-1234", birth_year=1950).id

        page = Client().post("/join/", asked(card=None))

        assert page.status_code == 302
        assert find_by_phone(acts(world.official), "010-0000-1234") == owner

    def test_needs_consent(self, world: World) -> None:
        with pytest.raises(ConsentMissing):
            join_alone(acts(None), ANSWERS, consents=False, key=a_key())

        assert Client().post("/join/", asked(card=None, consents=None)).status_code == 422
        assert Consent.objects.count() == 0


class TestVisits:
    def test_no_other_officer_opens_a_visit_and_it_ends(self, world: World, clock: FixedClock) -> None:
        page = visitor(world.official).post("/desk/join/", asked())["Location"]

        mine = visitor(world.official).get(page).status_code
        others = visitor(world.reviewer).get(page).status_code
        clock.advance(timedelta(minutes=31))
        late = visitor(world.official).get(page).status_code

        assert (mine, others, late) == (200, 409, 409)
        assert _visit().purpose == "DESK_JOIN"


def _visit() -> Visit:
    return Visit.objects.order_by("at")[0]
