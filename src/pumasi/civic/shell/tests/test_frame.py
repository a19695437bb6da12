"""The frame of every page: language, text size, contrast, security headers, error pages."""

from uuid import UUID

import pytest
from django.test import Client, RequestFactory

from pumasi.civic.people.models import RoleName
from pumasi.civic.people.tests.factories import give_role, make_person
from pumasi.civic.shell import error_pages, roles
from pumasi.civic.shell.manifest import links, manifests, place_url, proof_links, proof_url, receipt_url, scan_url
from pumasi.civic.shell.tests.visiting import visitor
from pumasi.kernel.clock import FixedClock

pytestmark = [pytest.mark.django_db(databases=["default", "keys"]), pytest.mark.usefixtures("clock")]


class TestLanguage:
    def test_is_korean_when_nothing_is_known(self) -> None:
        page = Client().get("/").content.decode()

        assert '<html lang="ko"' in page
        assert "착한 일이 동네에서 쓰는 코인이 돼요" in page

    def test_follows_the_browser_and_then_the_choice(self) -> None:
        client = Client(headers={"accept-language": "en"})

        first = client.get("/").content.decode()
        client.post("/display/", {"language": "ko", "next": "/"})

        assert '<html lang="en"' in first
        assert '<html lang="ko"' in client.get("/").content.decode()

    def test_the_switch_keeps_the_page(self) -> None:
        answer = Client().post("/display/", {"language": "en", "next": "/sign-in/?next=/coins/"})

        assert answer["Location"] == "/sign-in/?next=/coins/"

    @pytest.mark.parametrize("elsewhere", ["https://example.org/", "//example.org", "javascript:alert(1)", ""])
    def test_never_leads_to_another_site(self, elsewhere: str) -> None:
        answer = Client().post("/display/", {"language": "en", "next": elsewhere})

        assert answer["Location"] == "/"

    def test_unknown_choices_are_ignored(self) -> None:
        answer = Client().post("/display/", {"language": "xx", "text": "huge", "contrast": "none", "next": "/"})

        assert not answer.cookies


class TestDisplay:
    def test_text_size_and_contrast_stay_chosen(self) -> None:
        client = Client()
        client.post("/display/", {"text": "xlarge", "next": "/"})
        client.post("/display/", {"contrast": "high", "next": "/"})

        page = client.get("/").content.decode()

        assert 'data-text="xlarge"' in page
        assert 'data-krds-mode="high-contrast"' in page

    def test_the_cookies_are_out_of_reach_for_scripts(self) -> None:
        cookie = Client().post("/display/", {"text": "large", "next": "/"}).cookies["pumasi_text"]

        assert cookie["httponly"]
        assert cookie["samesite"] == "Lax"


class TestMenu:
    def test_folds_what_every_resident_has_away_from_those_at_work(self) -> None:
        resident, issuer = make_person(phone="010-0000-9001").id, make_person(phone="010-0000-9002").id
        give_role(resident, RoleName.RESIDENT)
        give_role(issuer, RoleName.RESIDENT)
        give_role(issuer, RoleName.ISSUER)

        at_home = visitor(resident).get("/").content.decode()
        at_work = visitor(issuer).get("/budget/").content.decode()
        own = visitor(issuer).get("/coins/").content.decode()

        assert "주민 메뉴" not in at_home
        menu, _, folded = at_work.partition("<details><summary>주민 메뉴</summary>")
        assert 'href="/budget/" aria-current="page"' in menu
        assert 'href="/coins/"' in folded
        assert "<details open><summary>주민 메뉴</summary>" in own


class TestSafety:
    def test_no_inline_script_or_style_and_no_other_site(self) -> None:
        policy = Client().get("/")["Content-Security-Policy"]

        assert "default-src 'self'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy

    def test_tells_the_browser_to_be_strict(self) -> None:
        answer = Client().get("/")

        assert answer["X-Frame-Options"] == "DENY"
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Referrer-Policy"] == "same-origin"

    def test_a_form_without_its_token_gets_a_page_that_helps(self) -> None:
        answer = Client(enforce_csrf_checks=True).post("/display/", {"language": "en", "next": "/"})

        assert answer.status_code == 403
        assert "화면을 다시 열어 주세요" in answer.content.decode()

    def test_answers_about_a_person_are_not_kept(self) -> None:
        answer = visitor(make_person().id).get("/coins/")

        assert "no-store" in answer["Cache-Control"]

    def test_a_session_of_somebody_who_is_gone_is_nobodys(self) -> None:
        client = visitor(make_person().id)
        client.session.flush()

        assert client.get("/coins/").status_code == 302

    def test_the_demo_bar_does_not_exist_outside_the_demo(self) -> None:
        assert Client().post("/demo/clock/", {"hours": "24"}).status_code == 404


class TestErrorPages:
    def test_a_wrong_address_says_how_to_go_on(self) -> None:
        answer = Client().get("/nowhere/")

        assert answer.status_code == 404
        assert "그런 화면이 없어요" in answer.content.decode()

    def test_a_wrong_address_and_a_stale_form_still_know_who_looks(self) -> None:
        person = make_person().id
        client = visitor(person)
        client.handler.enforce_csrf_checks = True

        pages = [client.get("/nowhere/"), client.post("/display/", {"language": "en"})]

        assert [page.status_code for page in pages] == [404, 403]
        assert all("로그아웃" in page.content.decode() for page in pages)

    def test_another_role_is_told_whom_to_ask(self) -> None:
        answer = visitor(make_person().id).get("/budget/")

        assert answer.status_code == 403
        assert "구청 코인 담당 부서" in answer.content.decode()

    @pytest.mark.parametrize(("language", "title"), [("ko", "잠시 문제가 생겼어요"), ("en", "Something went wrong")])
    def test_our_own_fault_is_said_in_both_languages(self, language: str, title: str) -> None:
        from django.utils.translation import override

        with override(language):
            answer = error_pages.server_error(RequestFactory().get("/"))

        assert answer.status_code == 500
        assert title in answer.content.decode()

    def test_a_broken_request_is_said_so(self) -> None:
        assert error_pages.bad_request(RequestFactory().get("/")).status_code == 400

    def test_an_unreadable_code_says_how_to_go_on(self) -> None:
        answer = Client().get("/Q/XXXX")

        assert answer.status_code == 404
        assert "코드를 읽을 수 없어요" in answer.content.decode()


LINKS = {
    "budget_order", "coins", "confirm", "confirm_waiting", "earn", "estate_gift", "give", "help", "join", "letters",
    "membership", "near", "objections", "pay", "payouts", "place_screen", "record", "reviews", "rules",
    "scan", "settlement", "settlement_around", "shop_desk", "webhooks",
}  # fmt: skip


class TestManifests:
    def test_the_role_words_are_those_of_people(self) -> None:
        words = {name: word for name, word in vars(roles).items() if name.isupper()}

        assert words == {each.name: each.value for each in RoleName}

    def test_every_service_has_both_names(self) -> None:
        assert [(each.key, each.name("ko") != each.name("en")) for each in manifests()] == [
            ("camera", True),
            ("api", True),
            ("hooks", True),
            ("deeds", True),
            ("shops", True),
            ("guide", True),
            ("giving", True),
            ("letters", True),
            ("hearings", True),
            ("members", True),
            ("settlement", True),
            ("cockpit", True),
            ("moving", True),
            ("pos", True),
            ("staff", True),
            ("week", True),
            ("texts", True),
            ("training", True),
            ("yearend", True),
            ("record", True),
            ("rulebook", True),
        ]

    def test_every_kind_of_code_has_one_taker(self) -> None:
        assert [scan_url(kind, "X") is not None for kind in "LPA"] == [True, True, True]
        assert scan_url("Z", "X") is None

    def test_links_and_receipts_are_found_by_name(self) -> None:
        assert set(links()) == LINKS
        assert receipt_url("CLAWBACK", None) == ""
        assert proof_url(UUID(int=7)) == f"/chain/receipts/{UUID(int=7)}/"
        assert place_url(7) == "/places/7/"

    def test_without_a_service_that_shows_it_there_is_no_link(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("pumasi.civic.shell.manifest.manifests", list)

        assert (proof_url(UUID(int=7)), place_url(7)) == ("", "")
        assert proof_links([("a", UUID(int=7))]) == ()


class TestReady:
    def test_answers_once_the_database_does(self, clock: FixedClock) -> None:
        answer = Client().get("/readyz")

        assert (answer.status_code, answer.content) == (200, b"ready\n")
