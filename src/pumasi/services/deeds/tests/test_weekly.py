"""What the week knows of deeds beyond its figures: a list that never came, a roll that nobody has closed."""

from datetime import date, timedelta
from uuid import UUID

import pytest

from pumasi.civic.shell.weekly import week_of
from pumasi.coin.tests.world import DATABASES, MORNING, World, a_key, acts
from pumasi.services.deeds import operations
from pumasi.services.deeds.queries.weekly import weekly
from pumasi.services.deeds.tests.scene import bound_admin

pytestmark = [pytest.mark.django_db(databases=DATABASES), pytest.mark.postgres]
MONDAY = date(2026, 10, 5)
RUNNING = week_of(MONDAY, MORNING + timedelta(days=3))
LIST = b"phone,birth_year,kind,day,amount\n0001,1960,VOLUNTEERING,2026-10-05,120\n"


def silent() -> dict[str, date | None]:
    return {each.name: each.last for each in weekly(RUNNING).silent}


@pytest.fixture
def admin(world: World) -> UUID:
    """Of an organisation that is bound since the Thursday before."""
    return bound_admin(world)


class TestSilent:
    def test_an_organisation_is_until_it_sends_a_list(self, admin: UUID) -> None:
        before = silent()

        operations.confirm_list(acts(admin), data=LIST)

        assert before == {"표본 봉사단": None}
        assert silent() == {}

    def test_a_list_of_last_week_is_not_enough(self, admin: UUID) -> None:
        operations.confirm_list(acts(admin, MORNING - timedelta(days=1)), data=LIST.replace(b"10-05", b"10-03"))

        assert silent() == {"표본 봉사단": date(2026, 10, 4)}

    def test_who_was_bound_in_the_week_is_not(self, admin: UUID) -> None:
        assert weekly(week_of(date(2026, 10, 1), MORNING)).silent == ()

    def test_a_roll_is_from_its_end_until_it_is_closed(self, world: World) -> None:
        end = MORNING + timedelta(hours=2)
        roll = operations.open_roll(
            acts(world.cashier),
            place_id=world.gym,
            kind="VOLUNTEERING",
            title="하천 청소",
            starts_at=MORNING,
            ends_at=end,
            key=a_key(),
        )
        before = silent()

        operations.close_roll(acts(world.cashier, end), session_id=roll.id, left={}, away=[])

        assert before == {"하천 청소": MONDAY}
        assert silent() == {}
