"""The access review and the destruction register: who may decide what, and exact counts."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pumasi.civic.audit.models import AuditRow, Kind
from pumasi.civic.people.errors import NoRoleForYourself
from pumasi.civic.people.models import Role, RoleName
from pumasi.civic.people.operations import close_person, shred_person
from pumasi.civic.people.queries import has_role
from pumasi.civic.shell.tests.visiting import visitor
from pumasi.coin.errors import NotAllowed
from pumasi.coin.tests.world import DATABASES, acts
from pumasi.kernel.result import Refusal
from pumasi.services.yearend.errors import ReviewedAlready, RoleNotEnding
from pumasi.services.yearend.models import Decision, RoleReview
from pumasi.services.yearend.operations import names_of_holders, review_role
from pumasi.services.yearend.queries.access import destruction, open_roles, role_lines
from pumasi.services.yearend.queries.dates import dates_of
from pumasi.services.yearend.tests.turn import DECEMBER, JANUARY, Turn

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(databases=DATABASES)]
YEAR = dates_of(2026)


def role_of(turn: Turn, name: RoleName = RoleName.DONG_OFFICIAL) -> Role:
    return Role.objects.get(role=name, ends=YEAR.last_day)


def reviews(turn: Turn, decision: Decision, role: Role, at: datetime = DECEMBER) -> None:
    review_role(acts(turn.issuer, at), dates=YEAR, role_id=role.id, decision=decision)


class TestReview:
    def test_kept_roles_go_on_for_half_a_year_without_a_gap(self, turn: Turn) -> None:
        reviews(turn, Decision.KEEP, role_of(turn))

        given = Role.objects.get(role=RoleName.DONG_OFFICIAL, starts=date(2027, 1, 1))
        assert (given.ends, given.granted_by) == (date(2027, 6, 30), turn.issuer)
        assert has_role(turn.official, RoleName.DONG_OFFICIAL, date(2027, 6, 30))
        assert RoleReview.objects.get().decision == "KEEP"

    def test_kept_late_it_begins_on_the_day_it_was_decided(self, turn: Turn) -> None:
        reviews(turn, Decision.KEEP, role_of(turn), JANUARY)

        assert Role.objects.filter(role=RoleName.DONG_OFFICIAL, starts=date(2027, 1, 4)).exists()

    def test_what_is_left_ends_by_itself(self, turn: Turn) -> None:
        before = open_roles(YEAR)

        reviews(turn, Decision.END, role_of(turn))

        assert open_roles(YEAR) == before - 1
        assert not has_role(turn.official, RoleName.DONG_OFFICIAL, date(2027, 1, 1))

    def test_each_line_says_who_granted_and_when_it_was_last_used(self, turn: Turn) -> None:
        close_person(acts(turn.reviewer, DECEMBER), turn.joins("떠난 주민 역할"))

        (line,) = [each for each in role_lines(YEAR, turn.issuer) if each.role == "심사 담당"]

        assert (line.since, line.granted_by, line.last_used) == (date(2026, 10, 1), "서버", DECEMBER)
        assert not line.mine

    def test_nobody_decides_about_their_own(self, turn: Turn) -> None:
        self.refused(turn, NoRoleForYourself, role_of(turn, RoleName.ISSUER))

    def test_a_budget_officer_looks_at_the_only_issuer_s_role(self, turn: Turn) -> None:
        mine = role_of(turn, RoleName.ISSUER)
        review_role(acts(turn.officers[0], DECEMBER), dates=YEAR, role_id=mine.id, decision=Decision.END)

        assert RoleReview.objects.get().role_id == mine.id

    def test_not_twice(self, turn: Turn) -> None:
        reviews(turn, Decision.END, role_of(turn))
        self.refused(turn, ReviewedAlready, role_of(turn))

    def test_only_what_ends_with_the_year(self, turn: Turn) -> None:
        self.refused(turn, RoleNotEnding, Role.objects.filter(ends=date(2027, 6, 30))[0])

    def test_only_issuers_and_budget_officers(self, turn: Turn) -> None:
        with pytest.raises(NotAllowed):
            review_role(acts(turn.auditor, DECEMBER), dates=YEAR, role_id=role_of(turn).id, decision=Decision.KEEP)
        assert RoleReview.objects.count() == 0

    def refused(self, turn: Turn, refusal: type[Refusal], role: Role) -> None:
        before = (RoleReview.objects.count(), Role.objects.count())
        with pytest.raises(refusal):
            reviews(turn, Decision.KEEP, role)
        assert (RoleReview.objects.count(), Role.objects.count()) == before


class TestNames:
    def test_every_name_is_a_noted_look(self, turn: Turn) -> None:
        names = names_of_holders(acts(turn.issuer, DECEMBER), dates=YEAR)

        assert "동 담당 역할" in [name for _, name in names]
        looks = AuditRow.objects.filter(kind=Kind.LOOK, action="people.person_card", actor=turn.issuer)
        assert looks.count() == len(names) == len({label for label, _ in names})

    def test_pages(self, turn: Turn) -> None:
        client = visitor(turn.issuer)

        plain = client.get("/year-end/2026/access/").content.decode()
        named = client.post("/year-end/2026/access/names/").content.decode()
        done = client.post(f"/year-end/2026/access/{role_of(turn).id}/", {"decision": "END"}, follow=True)
        odd = client.post(f"/year-end/2026/access/{role_of(turn).id}/", {"decision": "MAYBE"})

        assert "동 담당 역할" not in plain
        assert "동 담당 역할" in named
        assert "끝남" in done.content.decode()
        assert odd.status_code == 422
        assert "감사" in client.get("/year-end/2026/access.csv").content.decode()

    def test_the_number_of_queries_does_not_grow(self, turn: Turn) -> None:
        counts = []
        for n in range(2):
            turn.grants(turn.joins(f"심사 담당 {n}"), RoleName.REVIEWER)
            client = visitor(turn.auditor)
            client.get("/year-end/2026/access/")
            with CaptureQueriesContext(connection) as seen:
                client.get("/year-end/2026/access/")
            counts.append(len(seen))

        assert counts == [7, 7]


class TestDestruction:
    def test_what_was_done_and_what_may_be_done(self, turn: Turn) -> None:
        old, young = turn.joins("떠난 주민 가"), turn.joins("떠난 주민 나")
        close_person(acts(None, DECEMBER), old)
        close_person(acts(None, JANUARY), young)

        before = destruction(YEAR, JANUARY)
        shred_person(acts(None, datetime(2032, 1, 1, 1, tzinfo=UTC)), old)

        assert (before.closed, before.shredded, before.due, before.next_due) == (1, 0, 0, date(2031, 12, 20))
        later = destruction(dates_of(2032), datetime(2032, 6, 1, tzinfo=UTC))
        assert (later.closed, later.shredded, later.due) == (0, 1, 1)
