"""Roles by two officers: appointments, deputies, going on, ends; and the pages without any script."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import DatabaseError, transaction

from pumasi.civic.notices.models import Notice
from pumasi.civic.people.models import Role, RoleName
from pumasi.civic.people.operations import join
from pumasi.civic.people.queries import has_role
from pumasi.civic.shell.tests.visiting import visitor
from pumasi.coin.tests.world import DATABASES, World, a_key, acts
from pumasi.kernel.clock import FixedClock
from pumasi.services.staff.models import Appointment, Decision, RoleEnd
from pumasi.services.staff.operations import Post, appoint, decide, end, go_on, name_deputy

pytestmark = [pytest.mark.django_db(databases=DATABASES), pytest.mark.postgres]
PHONE = "010-0000-7001"
TODAY = date(2026, 10, 5)
REVIEWS = Post(RoleName.REVIEWER, None, date(2026, 10, 6), date(2026, 12, 31))


@pytest.fixture
def newcomer(world: World) -> UUID:
    return join(acts(None), "새 담당 역할", PHONE, birth_year=1980).id


def asks(world: World, **other: Any) -> UUID:
    return appoint(
        acts(world.issuer), **{"phone": PHONE, "post": REVIEWS, "reason": "인사 발령", "key": a_key(), **other}
    )


def row(person: UUID, role: RoleName) -> Role:
    return Role.objects.get(person_id=person, role=role)


class TestAppoint:
    def test_takes_another_officer_and_tells_the_member(self, world: World, newcomer: UUID) -> None:
        asked = asks(world)

        assert not Role.objects.filter(person_id=newcomer, role=RoleName.REVIEWER).exists()
        decide(acts(world.officers[0]), appointment_id=asked, is_right=True)
        decide(acts(world.officers[0]), appointment_id=asked, is_right=True)

        given = row(newcomer, RoleName.REVIEWER)
        assert (given.starts, given.ends, given.granted_by) == (REVIEWS.starts, REVIEWS.ends, world.officers[0])
        assert [each.kind for each in Notice.objects.filter(person_id=newcomer)] == ["ROLE"]

    def test_one_key_asks_once(self, world: World, newcomer: UUID) -> None:
        key = a_key()

        assert asks(world, key=key) == asks(world, key=key) == key
        assert Appointment.objects.count() == 1

    @pytest.mark.parametrize(
        ("code", "who", "other"),
        [
            ("coin.not_allowed", "reviewer", {}),
            ("staff.nobody_found", "issuer", {"phone": "010-0000-7999"}),
            ("people.phone_unreadable|phone_unreadable", "issuer", {"phone": "12"}),
            ("reason_missing", "issuer", {"reason": "  "}),
            ("staff.role_not_appointed", "issuer", {"post": Post(RoleName.RESIDENT, None, TODAY, TODAY)}),
            ("role_needs_place", "issuer", {"post": Post(RoleName.FACILITY_CASHIER, None, TODAY, TODAY)}),
            ("role_dates", "issuer", {"post": Post(RoleName.REVIEWER, None, TODAY, TODAY - timedelta(days=1))}),
        ],
    )
    def test_refuses_and_nothing_is_there(
        self, world: World, newcomer: UUID, code: str, who: str, other: dict[str, Any]
    ) -> None:
        before = Role.objects.count()
        wanted = {"phone": PHONE, "post": REVIEWS, "reason": "인사 발령", "key": a_key(), **other}

        with pytest.raises(Exception, match=code):
            appoint(acts(getattr(world, who)), **wanted)

        assert (Role.objects.count(), Appointment.objects.count()) == (before, 0)

    def test_the_role_that_is_held_already_is_named_at_once(self, world: World, newcomer: UUID) -> None:
        world.grants(newcomer, RoleName.REVIEWER)

        with pytest.raises(Exception, match="role_already_held"):
            asks(world)

        assert not Appointment.objects.exists()


class TestDecide:
    def test_neither_who_asked_nor_whom_it_concerns(self, world: World, newcomer: UUID) -> None:
        world.grants(newcomer, RoleName.BUDGET_OFFICER)
        asked = asks(world)

        for code, who in (
            ("second_person_needed", world.issuer),
            ("no_role_for_yourself", newcomer),
            ("coin.not_allowed", world.reviewer),
        ):
            with pytest.raises(Exception, match=code):
                decide(acts(who), appointment_id=asked, is_right=True)

        assert not Decision.objects.exists()
        assert not Role.objects.filter(person_id=newcomer, role=RoleName.REVIEWER).exists()

    def test_who_asked_takes_it_back_and_then_it_is_over(self, world: World, newcomer: UUID) -> None:
        asked = asks(world)

        decide(acts(world.issuer), appointment_id=asked, is_right=False, reason="잘못 골랐어요")

        with pytest.raises(Exception, match=r"staff\.appointment_decided"):
            decide(acts(world.officers[0]), appointment_id=asked, is_right=True)
        assert not Role.objects.filter(person_id=newcomer, role=RoleName.REVIEWER).exists()

    def test_a_refusal_needs_a_reason(self, world: World, newcomer: UUID) -> None:
        asked = asks(world)

        with pytest.raises(Exception, match="reason_missing"):
            decide(acts(world.officers[0]), appointment_id=asked, is_right=False)

        assert not Decision.objects.exists()

    def test_late_it_begins_today_and_too_late_not_at_all(
        self, world: World, newcomer: UUID, clock: FixedClock
    ) -> None:
        asked, short = asks(world), asks(world, post=Post(RoleName.TREASURY, None, TODAY, TODAY))
        clock.advance(timedelta(days=3))

        decide(acts(world.officers[0], clock.now()), appointment_id=asked, is_right=True)
        with pytest.raises(Exception, match=r"staff\.appointment_over"):
            decide(acts(world.officers[0], clock.now()), appointment_id=short, is_right=True)

        assert row(newcomer, RoleName.REVIEWER).starts == date(2026, 10, 8)


class TestDeputy:
    def wish(self, world: World, **other: Any) -> dict[str, Any]:
        held = row(world.reviewer, RoleName.REVIEWER)
        dates = {"starts": date(2026, 10, 12), "ends": date(2026, 10, 16)}
        return {"role_id": held.id, "phone": PHONE, **dates, "reason": "휴가", "key": a_key(), **other}

    def test_stands_in_for_those_days_only(self, world: World, newcomer: UUID) -> None:
        asked = name_deputy(acts(world.reviewer), **self.wish(world))
        decide(acts(world.issuer), appointment_id=asked, is_right=True)

        days = {day: has_role(newcomer, RoleName.REVIEWER, date(2026, 10, day)) for day in (11, 12, 16, 17)}
        assert days == {11: False, 12: True, 16: True, 17: False}
        assert has_role(world.reviewer, RoleName.REVIEWER, date(2026, 10, 12))

    @pytest.mark.parametrize(
        ("starts", "ends"),
        [
            (date(2026, 10, 4), date(2026, 10, 8)),
            (date(2026, 10, 12), date(2026, 10, 11)),
            (date(2026, 10, 12), date(2026, 11, 11)),
            (date(2026, 12, 20), date(2027, 1, 2)),
        ],
    )
    def test_at_most_thirty_days_within_the_role(self, world: World, newcomer: UUID, starts: date, ends: date) -> None:
        with pytest.raises(Exception, match=r"staff\.deputy_dates"):
            name_deputy(acts(world.reviewer), **self.wish(world, starts=starts, ends=ends))

        assert not Appointment.objects.exists()
        assert name_deputy(acts(world.reviewer), **self.wish(world, ends=date(2026, 11, 10)))

    def test_of_an_officer_is_decided_by_neither_of_the_two(self, world: World, newcomer: UUID) -> None:
        own = row(world.issuer, RoleName.ISSUER)
        asked = name_deputy(acts(world.officers[0]), **self.wish(world, role_id=own.id))

        with pytest.raises(Exception, match="concerns_yourself"):
            decide(acts(world.issuer), appointment_id=asked, is_right=True)

        decide(acts(world.officers[1]), appointment_id=asked, is_right=True)
        assert row(newcomer, RoleName.ISSUER).ends == date(2026, 10, 16)

    def test_nobody_names_a_deputy_for_a_stranger(self, world: World, newcomer: UUID) -> None:
        with pytest.raises(Exception, match=r"coin\.not_allowed"):
            name_deputy(acts(world.cashier), **self.wish(world))

        assert not Appointment.objects.exists()

    def test_who_keeps_a_shop_learns_nothing_of_a_telephone_number(self, world: World, newcomer: UUID) -> None:
        own = row(world.keeper, RoleName.SHOP_KEEPER)

        for phone in (PHONE, "010-0000-7999"):
            with pytest.raises(Exception, match=r"staff\.role_not_appointed"):
                name_deputy(acts(world.keeper), **self.wish(world, role_id=own.id, phone=phone))

    def test_nobody_stands_in_for_a_role_that_has_ended(self, world: World, newcomer: UUID) -> None:
        asked = name_deputy(acts(world.reviewer), **self.wish(world))
        end(acts(world.issuer), role_id=row(world.reviewer, RoleName.REVIEWER).id, reason="전보")

        with pytest.raises(Exception, match="role_unknown"):
            decide(acts(world.issuer), appointment_id=asked, is_right=True)

        assert not has_role(newcomer, RoleName.REVIEWER, date(2026, 10, 12))


class TestGoOn:
    def test_begins_the_day_after_and_once(self, world: World) -> None:
        held = row(world.reviewer, RoleName.REVIEWER)
        asked = go_on(acts(world.issuer), role_id=held.id, reason="계속", key=a_key())
        decide(acts(world.officers[0]), appointment_id=asked, is_right=True)

        dates = Role.objects.filter(person_id=world.reviewer, role="REVIEWER").values_list("starts", "ends")
        assert (date(2027, 1, 1), date(2027, 6, 30)) in dates
        with pytest.raises(Exception, match="role_already_held"):
            go_on(acts(world.issuer), role_id=held.id, reason="계속", key=a_key())

    def test_nobody_asks_for_their_own(self, world: World) -> None:
        own = row(world.issuer, RoleName.ISSUER)

        with pytest.raises(Exception, match="no_role_for_yourself"):
            go_on(acts(world.issuer), role_id=own.id, reason="계속", key=a_key())

        assert not Appointment.objects.exists()


class TestEnd:
    def test_is_at_once_with_a_letter(self, world: World) -> None:
        held = row(world.reviewer, RoleName.REVIEWER)

        end(acts(world.issuer), role_id=held.id, reason="자리 옮김")

        assert not has_role(world.reviewer, RoleName.REVIEWER, TODAY)
        assert RoleEnd.objects.get().reason == "자리 옮김"
        assert Notice.objects.filter(person_id=world.reviewer, kind="ROLE").count() == 1
        with pytest.raises(Exception, match="role_unknown"):
            end(acts(world.issuer), role_id=held.id, reason="다시")

    def test_a_holder_lays_it_down(self, world: World) -> None:
        end(acts(world.reviewer), role_id=row(world.reviewer, RoleName.REVIEWER).id, reason="퇴직")

        assert not has_role(world.reviewer, RoleName.REVIEWER, TODAY)

    def test_before_it_begins_it_never_begins(self, world: World, newcomer: UUID) -> None:
        decide(acts(world.officers[0]), appointment_id=asks(world), is_right=True)

        end(acts(world.issuer), role_id=row(newcomer, RoleName.REVIEWER).id, reason="취소")

        assert not has_role(newcomer, RoleName.REVIEWER, REVIEWS.starts)

    @pytest.mark.parametrize(
        ("code", "who", "whose", "role"),
        [
            ("staff.last_holder", "issuer", "issuer", RoleName.ISSUER),
            ("coin.not_allowed", "cashier", "reviewer", RoleName.REVIEWER),
            ("staff.role_not_appointed", "issuer", "keeper", RoleName.SHOP_KEEPER),
            ("role_unknown", "issuer", "resident", RoleName.RESIDENT),
        ],
    )
    def test_refuses_and_nothing_ends(self, world: World, code: str, who: str, whose: str, role: RoleName) -> None:
        with pytest.raises(Exception, match=code):
            end(acts(getattr(world, who)), role_id=row(getattr(world, whose), role).id, reason="까닭")

        assert not Role.objects.exclude(ended_on=None).exists()

    def test_one_of_two_budget_officers_may_go_the_last_may_not(self, world: World) -> None:
        first, last = (row(each, RoleName.BUDGET_OFFICER).id for each in world.officers)
        end(acts(world.issuer), role_id=first, reason="자리 옮김")

        with pytest.raises(Exception, match=r"staff\.last_holder"):
            end(acts(world.issuer), role_id=last, reason="자리 옮김")


def test_rows_are_only_ever_added(world: World, newcomer: UUID) -> None:
    decide(acts(world.officers[0]), appointment_id=asks(world), is_right=True)
    end(acts(world.issuer), role_id=row(newcomer, RoleName.REVIEWER).id, reason="취소")
    attempts: list[Callable[[], object]] = [
        lambda: Appointment.objects.update(reason="x"),
        lambda: Decision.objects.update(is_right=False),
        lambda: RoleEnd.objects.all().delete(),
    ]

    for change in attempts:
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            change()

    assert Decision.objects.get().is_right


class TestPages:
    def test_from_the_request_to_the_role(self, world: World, newcomer: UUID) -> None:
        issuer, budget = visitor(world.issuer), visitor(world.officers[0])
        form = {"role": "REVIEWER", "place": "", "phone": PHONE, "starts": "2026-10-06", "ends": "2026-12-31"}
        missing = issuer.post("/staff/appoint/", {**form, "key": a_key()})
        asked = issuer.post("/staff/appoint/", {**form, "reason": "인사 발령", "key": a_key()})
        where = f"/staff/requests/{Appointment.objects.get().id}/"

        assert (missing.status_code, asked.status_code) == (422, 302)
        assert where in budget.get("/inbox/").content.decode()
        assert "새 담당 역할" in budget.get(where).content.decode()
        own = issuer.post(where, {"decision": "give"})
        assert (own.status_code, Decision.objects.count()) == (409, 0)
        assert budget.post(where, {"decision": "give"}).status_code == 302
        assert row(newcomer, RoleName.REVIEWER).ends == date(2026, 12, 31)
        assert budget.get(where).status_code == 404

    def test_the_list_shows_labels_and_names_only_on_request(self, world: World) -> None:
        issuer = visitor(world.issuer)

        page, named = issuer.get("/staff/"), issuer.post("/staff/names/")

        assert "심사 담당 역할" not in page.content.decode()
        assert "심사 담당 역할" in named.content.decode()
        assert "H1" in page.content.decode()
        mine = visitor(world.reviewer).get("/staff/").content.decode()
        assert "심사 담당" in mine
        assert "H2" not in mine

    def test_who_is_no_officer_sees_only_what_they_asked(self, world: World, newcomer: UUID) -> None:
        asked = asks(world)
        held = row(world.reviewer, RoleName.REVIEWER)
        wish = {"phone": PHONE, "starts": TODAY, "ends": TODAY, "reason": "휴가"}
        mine = name_deputy(acts(world.reviewer), role_id=held.id, key=a_key(), **wish)  # type: ignore[arg-type]  # dates
        client = visitor(world.reviewer)

        assert client.get(f"/staff/requests/{asked}/").status_code == 404
        page = client.get(f"/staff/requests/{mine}/").content.decode()
        assert "새 담당 역할" not in page
        assert str(mine) in client.get("/staff/hand-over/").content.decode()
        taken = client.post(f"/staff/requests/{mine}/", {"decision": "refuse", "reason": "안 가요"})
        assert (taken.status_code, Decision.objects.get().is_right) == (302, False)

    def test_lays_a_role_down_and_is_told_why_not(self, world: World) -> None:
        mine = row(world.issuer, RoleName.ISSUER).id
        client = visitor(world.issuer)

        refused = client.post(f"/staff/roles/{mine}/end/", {"reason": "퇴직", "key": a_key()})

        assert refused.status_code == 409
        assert "먼저 다른 사람에게" in refused.content.decode()
