"""Signing in with the digits that an officer reads out."""

import re

import pytest
from django.test import Client

from pumasi.civic.people.errors import SignInRefused
from pumasi.civic.people.models import ReadingChoice, RoleName
from pumasi.civic.people.tests.factories import give_role, make_person
from pumasi.civic.shell.tests.visiting import visitor

pytestmark = [pytest.mark.django_db(databases=["default", "keys"]), pytest.mark.usefixtures("clock")]

PHONE = "010-0000-7777"


def digits_for(phone: str) -> str:
    """What the issuer's page shows to be read out."""
    officer = make_person()
    give_role(officer.id, RoleName.ISSUER)
    page = visitor(officer.id).post("/desk/code/", {"phone": phone}).content.decode()
    found = re.search(r'pm-typed pm-number">(\d{6})<', page)
    assert found is not None
    return found[1]


class TestSignIn:
    def test_the_right_digits_open_the_page_that_was_wanted(self) -> None:
        make_person(phone=PHONE)
        code, client = digits_for(PHONE), Client()
        wanted = client.get("/coins/")["Location"]

        answer = client.post(wanted, {"phone": PHONE, "code": code, "next": "/coins/"})

        assert wanted == "/sign-in/?next=%2Fcoins%2F"
        assert answer["Location"] == "/coins/"
        assert client.get("/coins/").status_code == 200

    def test_wrong_digits_do_not_say_which_half_was_wrong(self) -> None:
        make_person(phone=PHONE)
        digits_for(PHONE)
        client = Client()

        wrong = client.post("/sign-in/", {"phone": PHONE, "code": "000000"})
        nobody = client.post("/sign-in/", {"phone": "010-0000-8888", "code": "000000"})

        assert wrong.status_code == nobody.status_code == 409
        said = SignInRefused(minutes=10, tries=5).text("ko")
        assert said in wrong.content.decode()
        assert said in nobody.content.decode()
        assert client.get("/coins/").status_code == 302

    def test_another_telephone_shows_what_was_chosen_on_the_first(self) -> None:
        person = make_person(phone=PHONE).id
        for chosen in ({"text": "xlarge"}, {"contrast": "high"}, {"language": "en"}, {"text": "huge"}):
            visitor(person).post("/display/", {**chosen, "next": "/"})
        code, phone = digits_for(PHONE), Client(headers={"accept-language": "ko"})
        before = phone.get("/sign-in/").content.decode()

        phone.post("/sign-in/", {"phone": PHONE, "code": code})
        page = phone.get("/").content.decode()

        assert '<html lang="ko" data-text="normal">' in before
        assert '<html lang="en" data-text="xlarge" data-krds-mode="high-contrast">' in page

    def test_who_has_chosen_nothing_keeps_what_the_telephone_has(self) -> None:
        make_person(phone=PHONE)
        code, phone = digits_for(PHONE), Client()
        phone.post("/display/", {"text": "large", "next": "/"})

        phone.post("/sign-in/", {"phone": PHONE, "code": code})

        assert 'data-text="large"' in phone.get("/").content.decode()
        assert ReadingChoice.objects.count() == 0

    def test_the_digits_open_once(self) -> None:
        make_person(phone=PHONE)
        code = digits_for(PHONE)

        first = Client().post("/sign-in/", {"phone": PHONE, "code": code})
        second = Client().post("/sign-in/", {"phone": PHONE, "code": code})

        assert (first.status_code, second.status_code) == (302, 409)

    def test_never_leads_to_another_site(self) -> None:
        make_person(phone=PHONE)

        answer = Client().post("/sign-in/", {"phone": PHONE, "code": digits_for(PHONE), "next": "https://example.org/"})

        assert answer["Location"] == "/"

    def test_signing_out_forgets(self) -> None:
        client = visitor(make_person().id)

        client.post("/sign-out/")

        assert client.get("/coins/").status_code == 302

    def test_an_unknown_number_is_said_to_the_officer(self) -> None:
        officer = make_person()
        give_role(officer.id, RoleName.ISSUER)

        page = visitor(officer.id).post("/desk/code/", {"phone": "010-0000-9999"}).content.decode()

        assert "이 번호로 가입한 분이 없어요" in page
