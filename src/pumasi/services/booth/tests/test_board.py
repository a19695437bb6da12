"""The board: each figure exact, with its range and where it comes from; and who may open what."""

from datetime import timedelta

import pytest
from django.test import Client
from pytest_django import Settings

from pumasi.civic.people.models import Level
from pumasi.civic.people.operations import join
from pumasi.civic.shell.tests.visiting import visitor
from pumasi.coin.answers import Payee
from pumasi.coin.operations import award, refund, spend
from pumasi.coin.tests.world import DATABASES, MORNING, World, a_key, acts
from pumasi.kernel.clock import seoul_date
from pumasi.services.booth.queries import day_of, figures

pytestmark = pytest.mark.django_db(databases=DATABASES)
TODAY = seoul_date(MORNING)
DEEDS = (("HANGER", 3), ("CLEAR_PET", 7), ("VOLUNTEERING", 25), ("VOLUNTEERING", 61))


@pytest.fixture
def busy(stand: World) -> World:
    """One guest: three hangers, seven bottles, 25 and 61 minutes; thirty coins spent, ten of them given back."""
    guest = join(acts(None), "손님 1 / Guest 1", level=Level.L0).id
    for kind, quantity in DEEDS:
        award(
            acts(stand.cashier),
            kind=kind,
            quantity=quantity,
            place_id=stand.gym,
            payees=[Payee(guest)],
            evidence_ref="STAFF:test",
            key=a_key(),
        )
    paid = spend(acts(guest), payer_id=guest, place_id=stand.laundry, coins=30, key=a_key())
    refund(acts(stand.keeper), payment_id=paid.key, coins=10, key=a_key())
    return stand


class TestFigures:
    def test_are_exact(self, busy: World) -> None:
        found = day_of(TODAY)

        assert (found.saved.grams, found.saved.low, found.saved.high) == (390, 354, 423)
        assert (found.saved.pieces, found.saved.versions) == (3, ("1",))
        assert (found.bottles, found.guests) == (7, 1)
        assert (found.minutes_low, found.minutes_high) == (80, 86)
        assert (found.earned.minor, found.spent.minor) == (16_900, 2_000)

    def test_say_range_and_source(self, busy: World) -> None:
        said = {each.name: each for each in figures(day_of(TODAY))}

        assert (said["줄인 CO2"].number, said["줄인 CO2"].range) == ("0.39 kg", "0.35~0.42 kg")
        assert "3개" in said["줄인 CO2"].source
        assert "표본 계수, 1판" in said["줄인 CO2"].source
        assert said["봉사한 시간"].range == "1시간 20분~1시간 26분"
        assert all(each.source for each in said.values())

    def test_are_those_of_one_day(self, busy: World) -> None:
        tomorrow = day_of(TODAY + timedelta(days=1))

        assert tomorrow.is_empty
        assert (tomorrow.saved.pieces, tomorrow.saved.versions) == (0, ("1",))
        assert (tomorrow.bottles, tomorrow.minutes_high, tomorrow.earned.minor, tomorrow.spent.minor) == (0, 0, 0, 0)


class TestBoard:
    def test_says_so_before_the_first_guest(self, stand: World) -> None:
        assert "아직 아무도 시작하지 않았어요" in Client().get("/booth/board/").content.decode()

    def test_shows_the_figures_without_a_script_and_in_english(self, busy: World) -> None:
        page = visitor(None, "en").get("/booth/board/").content.decode()

        assert '<meta http-equiv="refresh" content="10">' in page
        assert "0.35 to 0.42 kg" in page
        assert "1 h 20 min to 1 h 26 min" in page
        assert "Nobody has begun yet" not in page
        assert "Guest 1" not in page

    def test_the_part_is_sent_again_only_when_it_changes(self, busy: World) -> None:
        client = Client()
        tag = client.get("/booth/board/part/")["ETag"]

        same = client.get("/booth/board/part/", headers={"if-none-match": tag})
        join(acts(None), "손님 2 / Guest 2", level=Level.L0)
        other = client.get("/booth/board/part/", headers={"if-none-match": tag})

        assert (same.status_code, other.status_code) == (304, 200)
        assert other["ETag"] != tag


class TestWhoMayOpenWhat:
    @pytest.mark.parametrize("url", ["/booth/", "/booth/board/", "/booth/board/part/"])
    def test_everybody_at_a_stand(self, stand: World, url: str) -> None:
        guest = join(acts(None), "손님 1 / Guest 1", level=Level.L0).id

        assert [visitor(each).get(url).status_code for each in (guest, stand.cashier, None)] == [200, 200, 200]

    @pytest.mark.parametrize("url", ["/booth/", "/booth/board/", "/booth/board/part/"])
    def test_nobody_in_a_district(self, url: str, settings: Settings) -> None:
        settings.WHITENOISE_AUTOREFRESH = True
        assert Client().get(url).status_code == 404
        assert Client().post(url).status_code == 404

    def test_guests_are_residents_and_nothing_more(self, stand: World) -> None:
        guest = visitor(join(acts(None), "손님 1 / Guest 1", level=Level.L0).id)

        pages = {
            "/coins/": 200, "/deeds/": 200, "/pay/": 200, "/places/": 403, "/deeds/confirm/": 403, "/received/": 403,
            "/budget/": 403, "/desk/code/": 403,
        }  # fmt: skip
        assert {url: guest.get(url).status_code for url in pages} == pages
