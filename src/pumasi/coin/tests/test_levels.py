"""Before an identity check a person earns and holds less; the refusal says how to go on."""

from uuid import UUID

import pytest

from pumasi.civic.people.membership import raise_level
from pumasi.civic.people.models import Level
from pumasi.civic.people.operations import join
from pumasi.coin import operations
from pumasi.coin.answers import Payee
from pumasi.coin.errors import HoldLimitReached, LevelMonthReached
from pumasi.coin.models import CapCounter
from pumasi.coin.operations.award_many import Wish
from pumasi.coin.queries import wallet_view
from pumasi.coin.tests.world import DATABASES, MORNING, World, a_key, acts, books
from pumasi.kernel.result import Refusal

pytestmark = [pytest.mark.django_db(databases=DATABASES), pytest.mark.postgres]


@pytest.fixture
def newcomer(world: World) -> UUID:
    """Joined on their own phone: nobody has looked at an identity card."""
    return join(acts(None), "새 주민", None, Level.L0, birth_year=1999).id


class TestEarning:
    def test_ends_at_fifty_coins_a_month_and_the_refusal_says_where_to_go(self, world: World, newcomer: UUID) -> None:
        world.earns(newcomer, 20)
        month = f"L0_MONTH|*|{newcomer.hex}|2026-10"
        CapCounter.objects.create(key=month, used=4_000)
        before = books()

        with pytest.raises(LevelMonthReached) as full:
            _volunteers(world, newcomer, 3)
        _volunteers(world, newcomer, 2)

        assert (full.value.facts["left"], full.value.facts["until"]) == ("10", "2026-10-31")
        assert "주민센터에 신분증" in full.value.text("ko")
        assert CapCounter.objects.get(key=month).used == 5_000
        assert wallet_view(newcomer, MORNING).balance.text() == "30"
        assert before["trial"] != books()["trial"]

    def test_a_refusal_changes_nothing(self, world: World, newcomer: UUID) -> None:
        CapCounter.objects.create(key=f"L0_MONTH|*|{newcomer.hex}|2026-10", used=5_000)
        before = books()

        with pytest.raises(LevelMonthReached):
            _volunteers(world, newcomer, 1)

        assert books() == before

    def test_a_list_of_an_organisation_keeps_the_same_limit(self, world: World, newcomer: UUID) -> None:
        CapCounter.objects.create(key=f"L0_MONTH|*|{newcomer.hex}|2026-10", used=4_000)
        wishes = [Wish(a_key(), "VOLUNTEERING", hours * 60, newcomer, f"STAFF:{a_key()}", MORNING) for hours in (3, 2)]

        answers = operations.award_many(acts(world.cashier), place_id=world.gym, wishes=wishes)

        codes = [each.code if isinstance(each, Refusal) else "" for each in (answers[wish.key] for wish in wishes)]
        assert codes == ["coin.level_month_reached", ""]
        assert wallet_view(newcomer, MORNING).balance.text() == "10"

    def test_does_not_hold_once_a_card_was_looked_at(self, world: World, newcomer: UUID) -> None:
        CapCounter.objects.create(key=f"L0_MONTH|*|{newcomer.hex}|2026-10", used=5_000)
        raise_level(acts(world.official), newcomer, name="새 주민", phone=None, birth_year=1999)

        _volunteers(world, newcomer, 3)

        assert wallet_view(newcomer, MORNING).balance.text() == "15"


class TestHolding:
    def test_more_than_a_hundred_coins_are_neither_earned_nor_given(self, world: World, newcomer: UUID) -> None:
        world.earns(newcomer, 40)
        world.earns(newcomer, 50)
        world.earns(world.resident, 40)
        before = books()

        with pytest.raises(HoldLimitReached) as full:
            operations.give(acts(world.resident), to_id=newcomer, coins=11, key=a_key())
        assert (full.value.facts["limit"], full.value.facts["room"], books()) == (100, "10", before)
        operations.give(acts(world.resident), to_id=newcomer, coins=10, key=a_key())
        with pytest.raises(HoldLimitReached):
            world.earns(newcomer, 2)
        assert wallet_view(newcomer, MORNING).balance.text() == "100"


def _volunteers(world: World, who: UUID, hours: int) -> None:
    operations.award(
        acts(world.cashier),
        kind="VOLUNTEERING",
        quantity=hours * 60,
        place_id=world.gym,
        payees=[Payee(who)],
        evidence_ref=f"STAFF:{a_key()}",
        key=a_key(),
    )
