"""A death: the same day nothing goes on; the coins go to the family, a campaign or back; a wrong report is undone."""

from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from pumasi.civic.people.errors import PersonClosed, PhoneAlreadyUsed
from pumasi.civic.people.models import RoleName
from pumasi.civic.people.operations import grant_role, join
from pumasi.civic.people.queries import person_card, roles_of
from pumasi.coin import operations
from pumasi.coin.errors import NotAllowed
from pumasi.coin.life_errors import (
    ConcernsYourself,
    DeathNotYet,
    DeathUndone,
    DeathUnknown,
    EstateEmpty,
    EstateTimeRuns,
    ProposalDecided,
    ProposalOpen,
)
from pumasi.coin.models import Death, DeathStep, Proposal, ProposalStep, Waiting
from pumasi.coin.operations.death import ESTATE_BACK, Told, deaths_of
from pumasi.coin.operations.proposals import reject
from pumasi.coin.orders import OrderKind
from pumasi.coin.queries import wallet_view
from pumasi.coin.registers.errors import ReasonMissing, SecondPersonNeeded
from pumasi.coin.tests.test_leaving import at, holds
from pumasi.coin.tests.world import DATABASES, MORNING, World, a_key, acts, books
from pumasi.ledger.verify import verify

pytestmark = [pytest.mark.django_db(databases=DATABASES), pytest.mark.postgres]
LATER = datetime(2027, 4, 6, 1, tzinfo=UTC)
TOLD = Told("주민 역할 가", "010-0000-7777", 1990)


def dies(world: World) -> UUID:
    key = a_key()
    operations.report_death(
        acts(world.official),
        person_id=world.resident,
        key=key,
        died_on=date(2026, 10, 3),
        document="사망신고-1",
    )
    return key


def asks_back(world: World, moment: datetime = LATER) -> UUID:
    return operations.ask_estate_back(
        acts(world.issuer, moment),
        person_id=world.resident,
        reason="가족이 정하지 않음",
        document="결재-1",
        key=a_key(),
    )


@pytest.fixture
def rich(world: World) -> World:
    """The resident has 100 coins; a second official is there, in office until the next summer."""
    world.earns(world.resident, 100)
    for who, role in ((world.official, RoleName.DONG_OFFICIAL), (world.issuer, RoleName.ISSUER)):
        grant_role(acts(None), who, role, starts=date(2027, 1, 1), ends=date(2027, 6, 30))
    return world


class TestReportDeath:
    def test_ends_everything_the_same_day(self, rich: World) -> None:
        dies(rich)

        assert (holds("2100"), holds("2140")) == (0, 10_000)
        assert roles_of(rich.resident, date(2026, 10, 5)) == []
        assert person_card(acts(rich.official), rich.resident).name is None
        found = Death.objects.get()
        assert (found.number, found.died_on, found.document, found.coins) == (
            1,
            date(2026, 10, 3),
            "사망신고-1",
            10_000,
        )
        with pytest.raises(PersonClosed):
            operations.give(acts(rich.neighbour), to_id=rich.resident, coins=1, key=a_key())

    def test_the_family_finds_it_by_name_and_year_until_nothing_waits(self, rich: World) -> None:
        key = dies(rich)

        found = [each.id for each in deaths_of("주민역할 가", 1990)]
        operations.pass_on_estate(acts(rich.official), person_id=rich.resident, heir_id=rich.neighbour, key=a_key())

        assert found == [key]
        assert deaths_of("주민역할 가", 1990) == []
        assert (DeathStep.objects.get().how, DeathStep.objects.get().coins) == ("PASSED_ON", 10_000)
        assert wallet_view(rich.neighbour, MORNING).balance.text() == "100"

    def test_a_claim_that_waited_for_budget_does_not_stop_the_queue_and_goes_to_the_estate(self, world: World) -> None:
        operations.book_cut(acts(world.issuer), world.signed(world.order(50_000, kind=OrderKind.CUT)))
        for who in (world.resident, world.neighbour):
            world.earns(who, 2)
        dies(world)
        waited = Waiting.objects.filter(issued_at=None).count()

        world.funds()
        operations.follow_all(acts(None))

        assert (waited, Waiting.objects.filter(issued_at=None).count()) == (2, 0)
        assert (holds("2140"), wallet_view(world.neighbour, MORNING).balance.minor) == (200, 200)

    def test_somebody_who_had_moved_away_leaves_an_estate_too(self, rich: World) -> None:
        operations.tell_leaving(acts(rich.resident), person_id=rich.resident, day=date(2026, 10, 5), key=a_key())

        dies(rich)

        assert (holds("2150"), holds("2140")) == (0, 10_000)
        assert operations.move_on(acts(None, at(date(2027, 4, 6)))) == 0

    def test_not_of_oneself_not_in_the_future_and_by_an_official(self, rich: World) -> None:
        before = books()

        for actor, who in ((rich.official, rich.official), (rich.neighbour, rich.resident)):
            with pytest.raises(NotAllowed):
                operations.report_death(acts(actor), person_id=who, key=a_key())
        with pytest.raises(DeathNotYet):
            operations.report_death(
                acts(rich.official), person_id=rich.resident, key=a_key(), died_on=date(2026, 10, 6)
            )
        assert (books(), Death.objects.count()) == (before, 0)

    def test_nothing_is_passed_on_twice_or_without_a_death(self, rich: World) -> None:
        with pytest.raises(DeathUnknown):
            operations.pass_on_estate(acts(rich.official), person_id=rich.resident, heir_id=rich.neighbour, key=a_key())
        dies(rich)
        operations.pass_on_estate(acts(rich.official), person_id=rich.resident, heir_id=rich.neighbour, key=a_key())
        before = books()

        with pytest.raises(EstateEmpty):
            operations.pass_on_estate(acts(rich.official), person_id=rich.resident, heir_id=rich.keeper, key=a_key())
        assert books() == before


class TestEstateBack:
    def test_two_officers_send_it_back_after_the_familys_time(self, rich: World) -> None:
        dies(rich)
        request = asks_back(rich)

        operations.approve_estate_back(acts(rich.official, LATER), proposal_id=request)
        operations.approve_estate_back(acts(rich.official, LATER), proposal_id=request)

        assert (holds("2140"), holds("3500")) == (0, 10_000)
        assert DeathStep.objects.get().how == "RETURNED"
        assert verify().ok

    def test_not_before_the_time_not_alone_and_not_after_a_refusal(self, rich: World) -> None:
        dies(rich)
        with pytest.raises(EstateTimeRuns) as early:
            asks_back(rich, MORNING)
        assert early.value.facts["until"] == "2027-04-05"
        request = asks_back(rich)
        before = books()

        with pytest.raises(ProposalOpen):
            asks_back(rich)
        with pytest.raises(SecondPersonNeeded):
            operations.approve_estate_back(acts(rich.issuer, LATER), proposal_id=request)
        with pytest.raises(NotAllowed):
            operations.approve_estate_back(acts(rich.neighbour, LATER), proposal_id=request)
        assert books() == before
        with pytest.raises(ReasonMissing):
            reject(acts(rich.official, LATER), ESTATE_BACK, proposal_id=request, reason=" ")
        reject(acts(rich.official, LATER), ESTATE_BACK, proposal_id=request, reason="가족이 왔음")
        with pytest.raises(ProposalDecided):
            operations.approve_estate_back(acts(rich.official, LATER), proposal_id=request)
        assert (books(), ProposalStep.objects.get().reason) == (before, "가족이 왔음")


class TestUndoDeath:
    def test_two_officers_bring_back_member_and_coins(self, rich: World) -> None:
        dies(rich)
        request = operations.ask_undo_death(
            acts(rich.official), person_id=rich.resident, reason="본인이 창구에 옴", key=a_key()
        )

        back = operations.approve_undo_death(acts(rich.issuer), proposal_id=request, told=TOLD)

        assert (back.text(), holds("2140"), holds("2100")) == ("100", 0, 10_000)
        card = person_card(acts(rich.official), rich.resident)
        assert (card.name, card.phone, card.birth_year) == ("주민 역할 가", "+821000007777", 1990)
        assert [each.role for each in roles_of(rich.resident, date(2026, 10, 5))] == [RoleName.RESIDENT]
        rich.pays(10)
        assert [line.text_en for line in wallet_view(rich.resident, MORNING).movements][:2] == [
            "Paid at Sample SHOP",
            "Come back",
        ]
        assert verify().ok
        with pytest.raises(DeathUndone):
            operations.ask_undo_death(acts(rich.official), person_id=rich.resident, reason="다시", key=a_key())

    def test_what_the_family_has_taken_stays_theirs(self, rich: World) -> None:
        dies(rich)
        operations.pass_on_estate(acts(rich.official), person_id=rich.resident, heir_id=rich.neighbour, key=a_key())
        request = operations.ask_undo_death(acts(rich.official), person_id=rich.resident, reason="본인", key=a_key())

        back = operations.approve_undo_death(acts(rich.issuer), proposal_id=request, told=TOLD)

        assert (back.minor, wallet_view(rich.resident, MORNING).balance.minor) == (0, 0)
        assert wallet_view(rich.neighbour, MORNING).balance.text() == "100"

    def test_a_refusal_changes_nothing_and_the_request_stays(self, rich: World) -> None:
        dies(rich)
        join(acts(None), "다른 사람", "010-0000-7777", birth_year=1970)
        request = operations.ask_undo_death(acts(rich.official), person_id=rich.resident, reason="본인", key=a_key())
        before = books()

        with pytest.raises(SecondPersonNeeded):
            operations.approve_undo_death(acts(rich.official), proposal_id=request, told=TOLD)
        with pytest.raises(PhoneAlreadyUsed):
            operations.approve_undo_death(acts(rich.issuer), proposal_id=request, told=TOLD)
        assert (books(), ProposalStep.objects.count()) == (before, 0)
        with pytest.raises(ConcernsYourself):
            operations.ask_undo_death(acts(rich.official), person_id=rich.official, reason="나", key=a_key())
        assert Proposal.objects.count() == 1
