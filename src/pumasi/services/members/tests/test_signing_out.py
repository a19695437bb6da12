"""A telephone is gone: its holder or a desk signs it out, wherever it lies; who signs in afterwards is let in."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.test import Client

from pumasi.civic.audit.models import AuditRow
from pumasi.civic.people.errors import PersonUnknown, SignInRefused
from pumasi.civic.people.models import SignInCode
from pumasi.civic.people.operations import join
from pumasi.civic.people.signing_in import issue_sign_in_code, sign_in, sign_out_everywhere
from pumasi.civic.shell.tests.visiting import visitor
from pumasi.coin.errors import NotAllowed
from pumasi.coin.tests.world import DATABASES, World, acts
from pumasi.kernel.acting import Acting, Channel
from pumasi.kernel.clock import FixedClock
from pumasi.services.members.errors import OwnDesk
from pumasi.services.members.operations import visiting
from pumasi.services.members.tests.test_desk import does, finds

pytestmark = pytest.mark.django_db(databases=DATABASES, transaction=True)
PHONE = "010-0000-6543"


@pytest.fixture
def owner(world: World) -> UUID:
    return join(acts(None), "전화 주인", PHONE, birth_year=1971).id


def a_phone(world: World, owner: UUID) -> Client:
    """A telephone on which the owner has just signed in."""
    code = issue_sign_in_code(acts(world.official), owner)
    phone = Client()
    assert phone.post("/sign-in/", {"phone": PHONE, "code": code}).status_code == 302
    return phone


def is_in(phone: Client) -> bool:
    return phone.get("/membership/").status_code == 200


class TestSigningOut:
    def test_its_holder_keeps_this_telephone_and_loses_the_others(
        self, world: World, owner: UUID, clock: FixedClock
    ) -> None:
        lost, mine, another = a_phone(world, owner), a_phone(world, owner), visitor(world.resident)
        clock.advance(timedelta(minutes=1))
        assert [is_in(each) for each in (lost, mine, another)] == [True, True, True]

        answer = mine.post("/membership/sign-out/")

        assert answer["Location"] == "/membership/"
        assert [is_in(each) for each in (lost, mine, another)] == [False, True, True]
        assert AuditRow.objects.get(action="people.sign_out_everywhere").whom == owner

    def test_a_desk_signs_out_every_telephone_and_a_new_code_lets_in(
        self, world: World, owner: UUID, clock: FixedClock
    ) -> None:
        phones = [a_phone(world, owner), a_phone(world, owner)]
        clock.advance(timedelta(minutes=1))

        done = does(world, finds(world, "전화 주인", 1971), "signout")
        outside = [is_in(each) for each in phones]
        clock.advance(timedelta(seconds=1))

        assert (done.status_code, outside) == (302, [False, False])
        assert is_in(a_phone(world, owner))
        assert not is_in(phones[0])

    def test_a_code_that_was_read_out_before_lets_nobody_in(self, world: World, owner: UUID) -> None:
        code = issue_sign_in_code(acts(world.official), owner)

        sign_out_everywhere(acts(world.official), owner)

        assert SignInCode.objects.count() == 0
        with pytest.raises(SignInRefused):
            sign_in(acts(None), PHONE, code)

    def test_a_session_that_does_not_say_since_when_is_out_too(self, world: World) -> None:
        old = visitor(world.resident)
        assert is_in(old)

        sign_out_everywhere(acts(world.official), world.resident)

        assert not is_in(old)

    def test_only_a_desk_does_it_for_another_and_nobody_for_a_stranger(self, world: World) -> None:
        own = Acting(world.official, world.official, Channel.DESK, "DESK", acts(None).at)
        stranger = Acting(world.keeper, world.resident, Channel.DESK, "DESK", acts(None).at)

        with pytest.raises(OwnDesk):
            visiting.sign_out(own)
        with pytest.raises(NotAllowed):
            visiting.sign_out(stranger)
        with pytest.raises(PersonUnknown):
            sign_out_everywhere(acts(None), UUID(int=1))
        assert is_in(visitor(world.resident))
        assert not AuditRow.objects.filter(action="people.sign_out_everywhere").exists()
