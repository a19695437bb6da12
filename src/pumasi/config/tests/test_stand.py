"""The stand of a fair: its staff and budget, its nights, and words of the command line that do not fit."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pytest_django import Settings

from pumasi.civic.people.models import RoleName
from pumasi.civic.people.queries import roles_of
from pumasi.civic.places.queries import place
from pumasi.civic.shell.clock import current_clock, next_wipe
from pumasi.civic.shell.personas import STAND, persona_of, read_cast
from pumasi.coin.district import district_tariff, fund_of
from pumasi.coin.queries import budget_view
from pumasi.config.demo_booth import fill_stand, is_over
from pumasi.config.programs import demo
from pumasi.kernel.clock import seoul_date

DAY_OF_THE_FAIR = datetime(2026, 11, 27, 0, 30, tzinfo=UTC)  # 09:30 in Seoul


class TestNights:
    @pytest.mark.parametrize(
        ("moment", "wiped"),
        [
            (datetime(2026, 11, 27, 0, 30, tzinfo=UTC), datetime(2026, 11, 27, 19, tzinfo=UTC)),
            (datetime(2026, 11, 26, 18, 59, 59, tzinfo=UTC), datetime(2026, 11, 26, 19, tzinfo=UTC)),
            (datetime(2026, 11, 26, 19, tzinfo=UTC), datetime(2026, 11, 27, 19, tzinfo=UTC)),
            (datetime(2026, 12, 31, 15, tzinfo=UTC), datetime(2026, 12, 31, 19, tzinfo=UTC)),
        ],
        ids=["morning", "a second before", "at four itself", "midnight of a year"],
    )
    def test_the_next_wipe_is_at_four_in_seoul(self, moment: datetime, wiped: datetime) -> None:
        assert next_wipe(moment) == wiped

    @pytest.mark.parametrize(
        ("after", "over"),
        [
            (timedelta(), False),
            (timedelta(hours=18, minutes=29, seconds=59), False),
            (timedelta(hours=18, minutes=30), True),
            (timedelta(days=3), True),
        ],
        ids=["at once", "a second before", "at four", "a machine that slept"],
    )
    def test_a_stand_is_over_once_its_night_has_come(self, after: timedelta, over: bool) -> None:
        assert is_over(DAY_OF_THE_FAIR, DAY_OF_THE_FAIR + after) is over


@pytest.mark.django_db(databases=["default", "keys"])
class TestStand:
    def test_has_three_stations_a_counter_and_a_budget(self, settings: Settings, tmp_path: Path) -> None:
        settings.HOME, settings.DEMO, settings.BOOTH, settings.PUMASI_TARIFF = tmp_path, True, True, "booth"

        fill_stand()

        now = current_clock().now()
        cast = read_cast()
        found = {}
        for each in STAND:
            held = [role for role in roles_of(cast[each.slug], seoul_date(now)) if role.place_id]
            facts = place(held[0].place_id) if held[0].place_id else None
            assert facts is not None
            found[each.slug] = (held[0].role, facts.name_en, tuple(facts.accepts))
        assert found == {
            "goods": (RoleName.FACILITY_CASHIER, "Carbon-zero goods", ("HANGER", "TUMBLER")),
            "pet": (RoleName.FACILITY_CASHIER, "Clear PET bottles", ("CLEAR_PET",)),
            "helping": (RoleName.FACILITY_CASHIER, "Volunteering", ("VOLUNTEERING",)),
            "souvenirs": (RoleName.SHOP_KEEPER, "Souvenir counter", ()),
        }
        assert budget_view(fund_of(seoul_date(now)), now).left.minor == 5_000_000

    def test_nobody_plays_an_office_there(self, settings: Settings, tmp_path: Path) -> None:
        settings.HOME, settings.DEMO, settings.BOOTH, settings.PUMASI_TARIFF = tmp_path, True, True, "booth"

        fill_stand()

        assert sorted(read_cast()) == ["goods", "helping", "pet", "souvenirs"]
        assert [persona_of(f"{each.slug}.localhost:8000") for each in STAND] == list(STAND)

    def test_its_tariff_says_that_it_is_practice(self, settings: Settings) -> None:
        settings.PUMASI_TARIFF = "booth"

        tariff = district_tariff()

        assert all("연습" in each.name_ko and "practice" in each.name_en for each in tariff.kinds.values())
        assert (tariff.caps, tariff.step(seoul_date(DAY_OF_THE_FAIR))) == ((), 10)


class TestWords:
    @pytest.mark.parametrize(
        "words",
        [["--host", "192.168.0.10"], ["--booth", "--host", "http://192.168.0.10"], ["--booth", "--host", "a,b"]],
    )
    def test_an_address_of_another_kind_is_refused(self, words: list[str], tmp_path: Path) -> None:
        with pytest.raises(SystemExit) as stopped:
            demo.run([*words, "--home", str(tmp_path / "home")])

        assert stopped.value.code == 2
        assert not (tmp_path / "home").exists()
