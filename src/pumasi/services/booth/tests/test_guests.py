"""Guests take a wallet with one press; two hands; and what a stand refuses."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.contrib.sessions.models import Session
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils.http import urlencode
from pytest_django import Settings

from pumasi.civic.codes.queries import place_code
from pumasi.civic.people.models import Level, Person
from pumasi.civic.people.queries import person_card
from pumasi.civic.shell.acting import SESSION_PERSON
from pumasi.civic.shell.scanning import full_address
from pumasi.civic.shell.tests.visiting import visitor
from pumasi.coin.models import Claim
from pumasi.coin.queries import wallet_view
from pumasi.coin.tests.world import DATABASES, MORNING, World, acts
from pumasi.kernel.clock import FixedClock
from pumasi.services.booth.operations import join_guest

pytestmark = pytest.mark.django_db(databases=DATABASES)


def guests() -> list[Person]:
    return list(Person.objects.filter(level=Level.L0).order_by("id"))


def signed_in(client: Client) -> str | None:
    person: str | None = client.session.get(SESSION_PERSON)
    return person


def arrived(language: str = "ko") -> Client:
    """Somebody who has opened the page."""
    client = visitor(None, language)
    client.get("/booth/")
    return client


@pytest.mark.usefixtures("stand")
class TestJoin:
    def test_takes_a_member_without_anything_about_the_person(self) -> None:
        client = arrived()

        answer = client.post("/booth/")

        (guest,) = guests()
        card = person_card(acts(guest.id), guest.id)
        assert answer["Location"] == "/booth/"
        assert signed_in(client) == str(guest.id)
        assert (card.name, card.phone, guest.birth_year) == ("손님 1 / Guest 1", None, None)

    def test_a_second_press_keeps_the_wallet(self) -> None:
        client = arrived()

        client.post("/booth/")
        again = client.post("/booth/", {"next": "/coins/"})

        assert again["Location"] == "/coins/"
        assert signed_in(client) == str(guests()[0].id)
        assert len(guests()) == 1

    def test_two_presses_at_once_find_one_wallet(self) -> None:
        client = arrived()
        key = str(client.session.session_key)

        first = join_guest(acts(None), session_key=key)
        second = join_guest(acts(None), session_key=key)

        assert first == second == guests()[0].id

    def test_the_next_guest_has_the_next_number(self) -> None:
        for _ in range(2):
            arrived().post("/booth/")

        names = [person_card(acts(each.id), each.id).name for each in guests()]
        assert names == ["손님 1 / Guest 1", "손님 2 / Guest 2"]

    def test_a_phone_takes_three_wallets_in_ten_minutes(self, clock: FixedClock) -> None:
        client = arrived()
        for _ in range(3):
            client.post("/booth/")
            client.post("/sign-out/")

        refused = client.post("/booth/")
        assert refused.status_code == 409
        assert "10분 동안 지갑을 3개" in refused.content.decode()
        assert (signed_in(client), len(guests())) == (None, 3)

        clock.advance(timedelta(minutes=10, seconds=1))
        assert client.post("/booth/").status_code == 302
        assert len(guests()) == 4

    def test_the_button_needs_the_form(self) -> None:
        client = Client(enforce_csrf_checks=True)
        client.get("/booth/")

        assert client.post("/booth/").status_code == 403
        assert not guests()


@pytest.mark.usefixtures("stand")
class TestThePage:
    def test_says_what_it_is_in_both_languages(self) -> None:
        client = arrived("en")
        english = client.get("/booth/").content.decode()
        client.post("/display/", {"language": "ko", "next": "/booth/?next=/coins/"})
        korean = client.get("/booth/?next=/coins/").content.decode()

        assert "Practice coins. No name, no number. All of it is wiped at night." in english
        assert "연습 코인이에요. 이름도 번호도 묻지 않아요. 밤이 되면 모두 지워져요." in korean
        assert '<input type="hidden" name="next" value="/coins/">' in korean

    def test_says_how_long_the_ledger_lasts(self) -> None:
        assert "04:00에 모두 지워져요(18시간 0분 남음)" in arrived().get("/booth/").content.decode()

    def test_the_first_page_leads_to_it_until_there_is_a_wallet(self) -> None:
        client = arrived()
        assert client.get("/")["Location"] == "/booth/"

        client.post("/booth/")
        assert client.get("/").status_code == 200

    @pytest.mark.parametrize("elsewhere", ["https://example.org/", "//example.org", "javascript:alert(1)"])
    def test_never_leads_to_another_site(self, elsewhere: str) -> None:
        client = arrived()

        page = client.get("/booth/", {"next": elsewhere}).content.decode()
        answer = client.post("/booth/", {"next": elsewhere})

        assert f'name="next" value="{elsewhere}' not in page
        assert answer["Location"] == "/booth/"

    def test_nobody_moves_the_clock_of_a_stand(self) -> None:
        client = arrived()

        assert client.post("/demo/clock/", {"hours": "24"}).status_code == 403


class TestAStation:
    def test_its_code_leads_to_the_button_and_back(self, stand: World) -> None:
        client = arrived()
        text = place_code(stand.gym, MORNING).text

        to_station = client.get(f"/Q/{text}")["Location"]
        to_button = client.get(to_station)["Location"]
        back = client.post("/booth/", {"next": to_station})["Location"]

        assert to_button == f"/booth/?{urlencode({'next': to_station})}"
        assert back == to_station
        assert client.get(back, follow=True).status_code == 200

    def test_goods_take_two_hands(self, stand: World) -> None:
        client, staff = arrived(), visitor(stand.cashier)
        client.post("/booth/")
        guest = guests()[0].id
        here = client.get(f"/Q/{place_code(stand.gym, MORNING).text}", follow=True).redirect_chain[-1][0]
        key = uuid4()

        client.post(here, {"kind": "HANGER", "quantity": 2, "key": key})
        before = wallet_view(guest, MORNING, limit=1).balance.minor
        staff.post(reverse("deeds:decide", args=[key]), {"decision": "approve"})

        assert (before, wallet_view(guest, MORNING, limit=1).balance.minor) == (0, 5_000)
        assert Claim.objects.get(key=key).evidence_kind == "STAFF"

    def test_minutes_are_counted_in_minutes(self, stand: World) -> None:
        client = arrived("en")
        client.post("/booth/")
        here = client.get(f"/Q/{place_code(stand.gym, MORNING).text}", follow=True).redirect_chain[-1][0]

        page = client.get(f"{here}?kind=VOLUNTEERING").content.decode()

        assert "How many minutes?" in page
        assert "10 coins for every 10 minutes" in page

    def test_its_code_carries_the_host_of_the_phones(self, stand: World) -> None:
        request = RequestFactory().get("/", headers={"host": "goods.localhost:8000"})

        assert full_address(request, "/Q/1", "resident") == "HTTP://192.168.0.10:8000/Q/1"


@pytest.mark.usefixtures("stand")
class TestAfterTheNight:
    def test_a_session_of_nobody_signs_nobody_in(self) -> None:
        client = arrived()
        session = client.session
        session[SESSION_PERSON] = str(UUID(int=1))
        session.save()

        for path in ("/coins/", "/my-code/", "/deeds/", "/pay/", "/letters/", "/inbox/"):
            answer = client.get(path)
            assert (answer.status_code, answer["Location"]) == (302, f"/booth/?{urlencode({'next': path})}")
        assert client.post("/deeds/", {"code": "X"})["Location"] == "/booth/"
        assert client.get("/booth/").status_code == 200

        client.post("/booth/")
        assert signed_in(client) == str(guests()[0].id)

    def test_the_page_says_kindly_that_the_wallet_is_gone(self, settings: Settings) -> None:
        client = arrived()
        client.post("/booth/")
        Session.objects.all().delete()
        settings.SECRET_KEY = "another night"

        page = client.get("/booth/").content.decode()

        assert "여기서 쓰던 지갑은 지워졌어요" in page
        assert client.post("/booth/").status_code == 302
        assert "여기서 쓰던 지갑은 지워졌어요" not in client.get("/booth/").content.decode()

    def test_so_it_is_where_the_keys_have_stayed(self, clock: FixedClock) -> None:
        client = arrived()
        client.post("/booth/")
        Session.objects.all().delete()
        clock.advance(timedelta(days=1))

        assert "여기서 쓰던 지갑은 지워졌어요" in client.get("/booth/").content.decode()

    def test_who_has_signed_out_is_not_told_so(self) -> None:
        client = arrived()
        client.post("/booth/")
        client.post("/sign-out/")

        assert "여기서 쓰던 지갑은 지워졌어요" not in client.get("/booth/").content.decode()
