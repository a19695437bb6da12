"""Moving away: notice, then spend and give only, then back to the programme; and coming back within that time."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from pumasi.civic.notices.queries import letters
from pumasi.civic.people.errors import HasLeftAlready, HasNotLeft, PersonClosed, RelationOver
from pumasi.civic.people.membership import renew_relation
from pumasi.civic.people.models import Relation
from pumasi.civic.people.queries import person
from pumasi.coin import operations
from pumasi.coin.answers import Payee
from pumasi.coin.errors import MovedAway, NotAllowed
from pumasi.coin.life_errors import LeavingKnown, LeavingTooFar, NotLeaving
from pumasi.coin.life_rules import life_rule, months_later
from pumasi.coin.models import DisputeReason, Leaving, LeavingEnd
from pumasi.coin.queries import wallet_view
from pumasi.coin.tests.world import DATABASES, MORNING, World, a_key, acts, books
from pumasi.ledger.reads import accounts_of
from pumasi.ledger.verify import verify

pytestmark = [pytest.mark.django_db(databases=DATABASES), pytest.mark.postgres]
TODAY = date(2026, 10, 5)
LAST = date(2027, 4, 5)


def at(day: date) -> datetime:
    """Ten o'clock in Seoul on that day."""
    return datetime(day.year, day.month, day.day, 1, tzinfo=UTC)


def holds(code: str) -> int:
    """Minor units in all accounts of a code."""
    return sum(row[4] for row in accounts_of(code))


def leaves(world: World, day: date = TODAY, moment: datetime = MORNING) -> UUID:
    return operations.tell_leaving(acts(world.resident, moment), person_id=world.resident, day=day, key=a_key())


def titles(world: World) -> list[str]:
    return [each.title_en for each in letters(world.resident)]


class TestTellLeaving:
    def test_moves_the_coins_and_stops_earning_but_not_spending(self, world: World) -> None:
        world.earns(world.resident, 40)

        leaves(world)

        assert (holds("2100"), holds("2150")) == (0, 4000)
        assert person(world.resident).left_on == TODAY
        with pytest.raises(MovedAway):
            world.earns(world.resident, 2, at(date(2026, 10, 6)))
        world.pays(10, at=at(date(2026, 10, 6)))
        given = acts(world.resident, at(date(2026, 10, 6)))
        operations.give(given, to_id=world.neighbour, coins=5, key=a_key())
        view = wallet_view(world.resident, at(date(2026, 10, 6)))
        assert view.balance.text() == "25"
        assert [line.kind for line in view.movements] == ["GIFT", "PAY", "LEAVE", "EARN", "EARN"]
        assert titles(world) == ["You can spend and give coins until 2027-04-05"]

    def test_may_be_announced_and_begins_on_the_night_after_its_day(self, world: World) -> None:
        world.earns(world.resident, 20)
        leaves(world, date(2026, 10, 31))

        early = operations.move_on(acts(None, at(date(2026, 10, 31))))
        still = person(world.resident).left_on
        night = operations.move_on(acts(None, at(date(2026, 11, 1))))

        assert (early, still, night) == (0, None, 1)
        assert (person(world.resident).left_on, holds("2150")) == (date(2026, 10, 31), 2000)
        assert operations.move_on(acts(None, at(date(2026, 11, 1)))) == 0

    def test_what_was_announced_can_be_taken_back(self, world: World) -> None:
        leaves(world, date(2026, 10, 31))

        operations.take_leaving_back(acts(world.resident), person_id=world.resident)

        assert LeavingEnd.objects.get().how == "WITHDRAWN"
        assert operations.move_on(acts(None, at(date(2026, 11, 1)))) == 0
        with pytest.raises(NotLeaving):
            operations.take_leaving_back(acts(world.resident), person_id=world.resident)

    def test_coins_that_wait_still_vest_and_follow(self, world: World) -> None:
        operations.award(
            acts(world.official),
            kind="BARTER_ITEM",
            quantity=1,
            place_id=world.centre,
            payees=[Payee(world.resident)],
            evidence_ref="PHOTO:one",
            key=a_key(),
        )
        waiting = holds("2120")
        leaves(world)

        operations.sweep(acts(None, at(date(2026, 10, 20))))
        operations.follow_all(acts(None, at(date(2026, 10, 20))))

        assert waiting > 0
        assert (holds("2120"), holds("2100"), holds("2150")) == (0, 0, waiting)
        assert operations.follow_all(acts(None, at(date(2026, 10, 20)))) == 0

    def test_a_refund_goes_to_where_the_coins_lie_now(self, world: World) -> None:
        world.earns(world.resident, 20)
        paid = world.pays(20)
        leaves(world)

        operations.refund(acts(world.keeper), payment_id=paid.key, coins=20, key=a_key())

        assert (holds("2100"), holds("2150")) == (0, 2000)

    @pytest.mark.parametrize("day", [TODAY - timedelta(days=91), TODAY + timedelta(days=91)])
    def test_a_day_too_far_away_is_refused(self, world: World, day: date) -> None:
        before = books()

        with pytest.raises(LeavingTooFar):
            leaves(world, day)

        assert (books(), Leaving.objects.count(), letters(world.resident)) == (before, 0, [])

    def test_only_the_person_or_a_desk_tells_it_and_only_once(self, world: World) -> None:
        with pytest.raises(NotAllowed):
            operations.tell_leaving(acts(world.neighbour), person_id=world.resident, day=TODAY, key=a_key())
        operations.tell_leaving(acts(world.official), person_id=world.resident, day=TODAY, key=a_key())
        before = books()

        with pytest.raises(LeavingKnown):
            leaves(world)
        with pytest.raises(HasLeftAlready):
            operations.take_leaving_back(acts(world.resident), person_id=world.resident)
        assert (books(), Leaving.objects.count()) == (before, 1)


class TestGrace:
    def test_ends_after_six_months_with_letters_before(self, world: World) -> None:
        world.earns(world.resident, 20)
        leaves(world)
        done = {
            day: operations.move_on(acts(None, at(day)))
            for day in (date(2027, 3, 5), date(2027, 3, 6), date(2027, 3, 7), date(2027, 3, 29), LAST)
        }

        over = operations.move_on(acts(None, at(date(2027, 4, 6))))

        assert list(done.values()) == [0, 1, 0, 1, 0]
        assert titles(world)[:2] == ["Use 20 coins by 2027-04-05"] * 2
        assert over == 1
        assert (holds("2150"), holds("3500")) == (0, 2000)
        assert (LeavingEnd.objects.get().how, LeavingEnd.objects.get().coins) == ("ENDED", 2000)
        with pytest.raises(PersonClosed):
            wallet_view(world.resident, at(date(2027, 4, 6)))
        assert operations.move_on(acts(None, at(date(2027, 4, 7)))) == 0
        assert verify().ok

    def test_an_empty_wallet_gets_no_reminder(self, world: World) -> None:
        leaves(world)

        assert operations.move_on(acts(None, at(date(2027, 4, 1)))) == 0

    def test_what_comes_back_after_the_end_goes_to_the_programme(self, world: World) -> None:
        world.earns(world.resident, 20)
        paid = world.pays(20)
        operations.dispute(acts(world.resident), payment_id=paid.key, reason=DisputeReason.TWICE, key=a_key())
        leaves(world, date(2026, 7, 20))
        operations.move_on(acts(None, at(date(2027, 1, 21))))
        operations.sweep(acts(None, at(date(2027, 1, 22))))

        operations.follow_all(acts(None, at(date(2027, 1, 23))))

        assert (holds("2150"), holds("2500"), holds("3500")) == (0, 0, 2000)

    def test_ends_on_the_same_day_of_the_month_or_its_last(self) -> None:
        assert months_later(date(2026, 8, 31), 6) == date(2027, 2, 28)
        assert life_rule(TODAY).grace_until(TODAY) == LAST


class TestComeBack:
    def test_within_the_time_brings_everything_back(self, world: World) -> None:
        world.earns(world.resident, 20)
        leaves(world)

        operations.come_back(
            acts(world.official, at(date(2026, 12, 30))),
            person_id=world.resident,
            relation=Relation.RESIDENT,
            until=None,
        )

        assert (holds("2100"), holds("2150")) == (2000, 0)
        view = wallet_view(world.resident, at(date(2026, 12, 30)))
        assert [line.text_en for line in view.movements][:2] == ["Come back", "Move away"]
        assert operations.move_on(acts(None, at(date(2027, 4, 6)))) == 0
        assert verify().ok

    def test_needs_a_desk_a_leaving_and_a_relation(self, world: World) -> None:
        with pytest.raises(HasNotLeft):
            operations.come_back(acts(world.official), person_id=world.resident, relation=Relation.RESIDENT, until=None)
        leaves(world)
        before = books()

        with pytest.raises(NotAllowed):
            operations.come_back(acts(world.resident), person_id=world.resident, relation=Relation.RESIDENT, until=None)
        with pytest.raises(RelationOver):
            operations.come_back(
                acts(world.official), person_id=world.resident, relation=Relation.WORKER, until=date(2026, 10, 1)
            )
        assert (books(), person(world.resident).left_on) == (before, TODAY)


class TestRelationOver:
    def test_is_the_same_as_having_moved(self, world: World) -> None:
        world.earns(world.resident, 20)
        renew_relation(acts(None), world.resident, relation=Relation.WORKER, until=date(2026, 10, 31))

        before = operations.move_on(acts(None, at(date(2026, 10, 31))))
        night = operations.move_on(acts(None, at(date(2026, 11, 1))))

        assert (before, night) == (1, 1)
        assert (Leaving.objects.get().cause, holds("2150")) == ("RELATION_OVER", 2000)
        assert titles(world) == [
            "You can spend and give coins until 2027-04-30",
            "Show your proof of home or work by 2026-10-31",
        ]
