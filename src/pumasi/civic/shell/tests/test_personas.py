"""The demo's personas: a host names the person, nobody else may shift the clock, and nothing of it exists elsewhere."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from pumasi.civic.people.models import RoleName
from pumasi.civic.people.tests.factories import give_role, make_person
from pumasi.civic.shell.clock import current_clock, demo_clock_path
from pumasi.civic.shell.personas import PERSONAS, persona_of, save_cast
from pumasi.kernel.clock import DemoClock, SystemClock

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


@pytest.fixture
def demo(settings: Settings, tmp_path: Path) -> None:
    """A demo whose resident and issuer are cast."""
    settings.DEMO, settings.HOME, settings.WHITENOISE_AUTOREFRESH = True, tmp_path, True
    issuer = make_person().id
    give_role(issuer, RoleName.ISSUER)
    save_cast({"resident": make_person().id, "elder": make_person().id, "issuer": issuer})


def at(host: str) -> Client:
    return Client(headers={"host": host})


@pytest.mark.usefixtures("demo")
class TestPersonas:
    def test_the_host_names_the_person(self) -> None:
        assert "내 코인" in at("resident.localhost:8000").get("/coins/").content.decode()
        assert at("resident.localhost:8000").get("/budget/").status_code == 403
        assert at("issuer.localhost:8000").get("/budget/").status_code == 200

    def test_the_plain_host_lists_who_is_cast_with_the_port(self) -> None:
        page = at("localhost:8123").get("/").content.decode()

        assert "http://resident.localhost:8123/" in page
        assert "http://shop.localhost:8123/" not in page

    def test_a_host_that_is_no_persona_is_nobody(self) -> None:
        assert at("mayor.localhost:8000").get("/coins/").status_code == 302

    def test_the_elder_begins_with_very_large_text(self) -> None:
        client = at("elder.localhost:8000")

        assert 'data-text="xlarge"' in client.get("/").content.decode()

        client.post("/display/", {"text": "normal", "next": "/"})
        assert 'data-text="normal"' in client.get("/").content.decode()

    def test_every_page_says_that_one_operator_runs_it(self) -> None:
        assert "시연: 한 운영자" in at("resident.localhost").get("/coins/").content.decode()

    def test_the_issuer_shifts_the_clock_for_everybody(self) -> None:
        answer = at("issuer.localhost").post("/demo/clock/", {"hours": "24", "next": "/budget/"})

        assert answer["Location"] == "/budget/"
        assert current_clock().now() - SystemClock().now() > timedelta(hours=23, minutes=59)

    @pytest.mark.parametrize("hours", ["-24", "1000", "", "x"])
    def test_only_the_offered_shifts_count(self, hours: str) -> None:
        at("issuer.localhost").post("/demo/clock/", {"hours": hours})

        assert not demo_clock_path().exists()

    def test_nobody_else_shifts_the_clock(self) -> None:
        assert at("resident.localhost").post("/demo/clock/", {"hours": "24"}).status_code == 403
        assert not demo_clock_path().exists()

    def test_a_shift_is_seen_by_a_clock_that_was_made_before(self) -> None:
        clock = current_clock()
        DemoClock.shift(demo_clock_path(), timedelta(hours=1))

        assert clock.now() - SystemClock().now() > timedelta(minutes=59)


class TestOutsideTheDemo:
    def test_a_personas_host_opens_nothing(self, settings: Settings, tmp_path: Path) -> None:
        settings.HOME, settings.WHITENOISE_AUTOREFRESH = tmp_path, True
        save_cast({"resident": make_person().id})

        assert at("resident.localhost:8000").get("/coins/").status_code == 302


class TestHosts:
    @pytest.mark.parametrize(
        "host", ["localhost", "resident.localhost.example.org", "resident", "x.resident.localhost"]
    )
    def test_only_its_own_host_is_a_persona(self, host: str) -> None:
        assert persona_of(host) is None

    def test_each_persona_has_its_host(self) -> None:
        assert [persona_of(f"{each.slug}.localhost:8000") for each in PERSONAS] == list(PERSONAS)


@pytest.mark.usefixtures("demo")
class TestFromAnotherMachine:
    @pytest.mark.parametrize("address", ["192.168.0.7", "10.1.2.3", "2001:db8::1", "", "unix:"])
    def test_a_forged_host_makes_nobody_the_issuer(self, address: str) -> None:
        forged = Client(headers={"host": "issuer.localhost:8000"}, REMOTE_ADDR=address)

        assert forged.get("/budget/")["Location"].startswith("/sign-in/")
        assert forged.post("/desk/code/", {"phone": "010-0000-0001"}).status_code == 403

    @pytest.mark.parametrize("address", ["127.0.0.1", "::1", "127.9.9.9"])
    def test_this_machine_plays_every_part(self, address: str) -> None:
        assert Client(headers={"host": "issuer.localhost:8000"}, REMOTE_ADDR=address).get("/budget/").status_code == 200

    def test_a_proxys_word_about_the_address_counts_for_nothing(self) -> None:
        headers = {"host": "issuer.localhost:8000", "x-forwarded-for": "127.0.0.1", "x-real-ip": "127.0.0.1"}

        assert Client(headers=headers, REMOTE_ADDR="192.168.0.7").get("/budget/").status_code == 302
