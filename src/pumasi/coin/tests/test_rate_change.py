"""A new won value of the coin: 30 days ahead, two people, before and after, converted or left as they are."""

from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from pumasi.coin import operations
from pumasi.coin.district import district_tariff, tariff_with
from pumasi.coin.life_errors import RateTooSoon
from pumasi.coin.models import TariffChange
from pumasi.coin.operations.tariff import Draft
from pumasi.coin.queries import wallet_view
from pumasi.coin.queries.rate import rate_preview
from pumasi.coin.rates import converted
from pumasi.coin.registers.errors import ChangeDoesNotFit
from pumasi.coin.tariff_edit import SetRate
from pumasi.coin.tests.test_leaving import holds
from pumasi.coin.tests.world import DATABASES, World, a_key, acts, books
from pumasi.ledger.verify import verify

pytestmark = [pytest.mark.django_db(databases=DATABASES), pytest.mark.postgres]
DAY = date(2026, 11, 4)
NIGHT = datetime(2026, 11, 4, 0, 30, tzinfo=UTC)


def drafts(world: World, won: int = 200, *, convert: bool = True, day: date = DAY) -> UUID:
    draft = Draft("코인 값", "Value", "제9조", "결재-9", day, (SetRate(won, convert),))
    return operations.draft_change(acts(world.issuer), draft, key=a_key())


def approves(world: World, *, convert: bool = True) -> UUID:
    change = drafts(world, convert=convert)
    operations.approve_change(acts(world.officers[0]), change_id=change)
    return change


class TestNotice:
    def test_is_thirty_days(self, world: World) -> None:
        before = books()

        with pytest.raises(RateTooSoon) as soon:
            drafts(world, day=date(2026, 11, 3))

        assert soon.value.facts == {"days": 30, "earliest": "2026-11-04"}
        assert (books(), TariffChange.objects.count()) == (before, 0)

    def test_counts_from_the_approval(self, world: World) -> None:
        change = drafts(world)

        with pytest.raises(RateTooSoon):
            operations.approve_change(acts(world.officers[0], datetime(2026, 10, 6, 1, tzinfo=UTC)), change_id=change)

        assert district_tariff().unit.won_rate(DAY) == 100

    def test_a_value_that_makes_no_whole_won_is_refused(self, world: World) -> None:
        with pytest.raises(ChangeDoesNotFit):
            drafts(world, 150)


class TestConversion:
    def test_keeps_the_won_of_every_wallet_and_leaves_tills_alone(self, world: World) -> None:
        world.earns(world.resident, 40)
        world.earns(world.neighbour, 20)
        world.pays(10)
        operations.tell_leaving(acts(world.neighbour), person_id=world.neighbour, day=date(2026, 10, 5), key=a_key())
        approves(world)

        early = operations.convert_due(acts(None))
        night = operations.convert_due(acts(None, NIGHT))

        assert (early, night) == (0, 3)
        assert (holds("2100"), holds("2150"), holds("2200")) == (1500, 1000, 1000)
        assert wallet_view(world.resident, NIGHT).balance.text() == "15"
        assert operations.convert_due(acts(None, NIGHT)) == 0
        assert verify().ok

    def test_grandfathered_coins_stay_as_they_are(self, world: World) -> None:
        world.earns(world.resident, 40)
        approves(world, convert=False)

        assert operations.convert_due(acts(None, NIGHT)) == 0
        assert (holds("2100"), district_tariff().unit.won_rate(DAY)) == (4000, 200)

    def test_what_does_not_divide_stays_at_its_value(self) -> None:
        assert converted(7, 1, 2) == (6, 3)
        assert converted(7, 2, 1) == (7, 14)
        assert converted(1, 1, 2) == (0, 0)
        assert converted(10, 2, 3) == (9, 6)


class TestPreview:
    def test_sums_of_won_are_equal_before_and_after(self, world: World) -> None:
        world.earns(world.resident, 40)
        world.earns(world.neighbour, 20)
        world.pays(10)
        change = drafts(world)
        before = books()

        found = rate_preview(tariff_with([TariffChange.objects.get(id=change)]), DAY, converts=True)

        assert (found.old_won, found.new_won) == (100, 200)
        assert [(each.code, each.number, each.before.text(), each.after.text()) for each in found.groups] == [
            ("2100", 2, "50", "25"),
            ("2200", 1, "10", "10"),
        ]
        assert (found.won_before, found.won_after) == (6000, 6000)
        assert [(each.code, each.number, each.won_before, each.won_after) for each in found.lines] == [
            ("2100", 1, 3000, 3000),
            ("2100", 2, 2000, 2000),
            ("2200", 1, 1000, 1000),
        ]
        assert books() == before

    def test_shows_that_nothing_moves_where_coins_stay(self, world: World) -> None:
        world.earns(world.resident, 40)
        change = drafts(world, convert=False)

        found = rate_preview(tariff_with([TariffChange.objects.get(id=change)]), DAY, converts=False)

        assert [(each.before, each.after) for each in found.lines] == [
            (each.before, each.before) for each in found.lines
        ]
