"""Forecast as a range, the lowest figures of a cut, the gauge, and the three ways of funding."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from pumasi.coin import operations
from pumasi.coin.errors import CutBelowCommitted
from pumasi.coin.models import Award
from pumasi.coin.orders import OrderKind
from pumasi.coin.queries.forecast import forecast, funding_view, gauge, lowest
from pumasi.coin.tariff import FundingMode
from pumasi.coin.tariff_file import DATA, load
from pumasi.coin.tests.world import DATABASES, FUND, MORNING, World, acts

pytestmark = [pytest.mark.django_db(databases=DATABASES), pytest.mark.postgres]

TODAY = date(2026, 10, 5)


class TestForecast:
    def test_without_an_issue_there_is_no_end(self, world: World) -> None:
        found = forecast(MORNING)

        assert [pace.lasts_until for pace in found.paces] == [None, None]
        assert (found.earliest, found.latest) == (None, None)

    def test_a_young_programme_counts_its_own_days(self, world: World) -> None:
        world.earns(world.resident, 40)

        found = forecast(MORNING)

        assert [(pace.which, pace.per_day.text(), pace.lasts_until) for pace in found.paces] == [
            ("SHORT", "40", TODAY + timedelta(days=49_960 // 40)),
            ("LONG", "40", TODAY + timedelta(days=49_960 // 40)),
        ]

    def test_a_range_from_eight_weeks_and_last_year(self, world: World) -> None:
        for days, coins in ((0, 28), (40, 28), (364 - 10, 560)):
            world.earns(world.resident, coins)
            Award.objects.filter(at=MORNING).update(at=MORNING - timedelta(days=days, minutes=days + 1))

        found = forecast(MORNING)

        # 49,384 coins are left: 28 in 28 days, 56 in 56 days, 560 in the 47 days that followed the first deed.
        assert [(pace.which, pace.per_day.text()) for pace in found.paces] == [
            ("SHORT", "1"),
            ("LONG", "1"),
            ("LAST_YEAR", "11.91"),
        ]
        assert found.earliest == TODAY + timedelta(days=49_384 * 47 // 560)
        assert found.latest == TODAY + timedelta(days=36_500)  # a hundred years stand for "long"


class TestCut:
    def test_the_lowest_is_what_is_promised(self, world: World) -> None:
        world.earns(world.resident, 40)

        found = lowest(MORNING)

        assert (found.fund, found.lowest_coins.text(), found.lowest_won) == (FUND, "40", 4000)
        assert (found.most_coins.text(), found.most_won) == ("49,960", 4_996_000)

    def test_down_to_it_and_no_further(self, world: World) -> None:
        world.earns(world.resident, 40)

        with pytest.raises(CutBelowCommitted):
            operations.book_cut(acts(world.issuer), world.signed(world.order(49_961, OrderKind.CUT)))
        operations.book_cut(acts(world.issuer), world.signed(world.order(49_960, OrderKind.CUT)))

        assert (lowest(MORNING).most_coins.text(), lowest(MORNING).most_won) == ("0", 0)


class TestGauge:
    def test_counts_what_can_still_be_spent(self, world: World) -> None:
        world.earns(world.resident, 40)
        world.pays(10)

        found = gauge(MORNING)

        assert (found.outstanding_won, found.year_won) == (4000, 4000)
        assert (found.outstanding_permille, found.year_permille) == (0, 0)


class TestFunding:
    def test_the_plain_line_is_the_sample_s(self, world: World) -> None:
        world.earns(world.resident, 40)

        found = funding_view(MORNING)

        assert (found.mode, found.deposit_won, found.open_won) == (FundingMode.ANNUAL_LINE, 0, 4000)

    def test_a_deposit_lies_at_the_bank_before_a_coin_is_issued(self, db: None, tmp_path: Path, settings: Any) -> None:
        text = (DATA / "seocho.toml").read_text(encoding="utf-8").replace('"ANNUAL_LINE"', '"DEPOSIT"')
        (tmp_path / "deposit.toml").write_text(text, encoding="utf-8")
        settings.PUMASI_TARIFF = str(tmp_path / "deposit.toml")
        world = World()

        world.funds(100)

        assert (funding_view(MORNING).mode, funding_view(MORNING).deposit_won) == (FundingMode.DEPOSIT, 10_000)

    def test_a_file_without_the_setting_is_the_plain_line(self) -> None:
        assert load(DATA / "nowon_style.toml").funding(TODAY) is FundingMode.ANNUAL_LINE
