"""A month by 환경, 복지, 교육, and thanks that only the helper sees."""

from datetime import timedelta

import pytest

from pumasi.civic.codes.queries import personal_code
from pumasi.civic.shell.tests.visiting import visitor
from pumasi.coin.district import one_tariff
from pumasi.coin.tests.world import DATABASES, MORNING, World, a_key, acts
from pumasi.kernel.clock import FixedClock
from pumasi.services.deeds import operations
from pumasi.services.deeds.errors import ThanksToYourself
from pumasi.services.deeds.models import Thanks
from pumasi.services.deeds.queries.month import month_of
from pumasi.services.deeds.tests.scene import claims, everything, of_person

pytestmark = pytest.mark.django_db(databases=DATABASES)
TODAY = MORNING.date()


class TestMonth:
    def test_counts_deeds_and_coins_by_group(self, world: World, django_assert_num_queries: object) -> None:
        claims(world, 100)
        hours = claims(world, 120, "TALENT", MORNING + timedelta(minutes=1))
        operations.decide(acts(world.cashier, MORNING + timedelta(minutes=2)), claim_id=hours, is_right=True)

        with one_tariff(), django_assert_num_queries(3):  # type: ignore[operator]  # pytest-django's fixture has no public type
            month = month_of(world.resident, TODAY)

        assert [(bar.name, bar.deeds, bar.coins, bar.length) for bar in month.bars] == [
            ("환경", 1, "20", 200),
            ("복지", 0, "0", 0),
            ("교육", 1, "10", 100),
        ]
        assert month.deeds == 2

    def test_another_month_and_another_person_do_not_count(self, world: World) -> None:
        claims(world, 100)

        assert month_of(world.resident, TODAY + timedelta(days=31)).deeds == 0
        assert month_of(world.neighbour, TODAY).deeds == 0

    def test_stands_on_the_first_page_in_words_and_as_a_table(self, world: World, clock: FixedClock) -> None:
        claims(world, 100)

        page = visitor(world.resident).get("/coins/").content.decode()

        assert "지금까지 1번 했어요" in page
        assert '<svg class="pm-bar"' in page
        assert "style=" not in page


class TestThanks:
    def test_one_tap_a_day_and_the_helper_sees_the_number(self, world: World, clock: FixedClock) -> None:
        giver = visitor(world.neighbour)

        first = giver.post("/deeds/thanks/", {"code": personal_code(world.resident, clock.now()).grouped}, follow=True)
        clock.advance(timedelta(minutes=1))
        second = giver.post("/deeds/thanks/", {"code": personal_code(world.resident, clock.now()).text}, follow=True)
        helper = visitor(world.resident).get("/coins/").content.decode()

        assert "고마운 마음을 전했어요" in first.content.decode()
        assert "오늘 이미" in second.content.decode()
        assert Thanks.objects.count() == 1
        assert "고마워요 1" in helper

    def test_brings_no_coins_and_none_to_oneself(self, world: World) -> None:
        before = everything()
        own = of_person(world.resident, world.resident)
        other = of_person(world.neighbour, world.resident, MORNING + timedelta(seconds=40))

        with pytest.raises(ThanksToYourself):
            operations.thank(acts(world.resident), person_id=world.resident, scan_id=own, key=a_key())
        is_new = operations.thank(acts(world.neighbour), person_id=world.neighbour, scan_id=other, key=a_key())

        assert is_new
        assert everything() == before
