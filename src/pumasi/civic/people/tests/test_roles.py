"""Roles have an owner, a place where they need one, and an end."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from pumasi.civic.audit.models import AuditRow
from pumasi.civic.people.errors import (
    NoRoleForYourself,
    PersonClosed,
    PersonUnknown,
    RoleAlreadyHeld,
    RoleDatesUnusable,
    RoleNeedsPlace,
    RoleTakesNoPlace,
    RoleUnknown,
)
from pumasi.civic.people.models import Role, RoleName
from pumasi.civic.people.operations import close_person, end_role, grant_role, half_year_end
from pumasi.civic.people.queries import has_role, roles_of
from pumasi.civic.people.tests.factories import MORNING, at_desk, make_person
from pumasi.civic.places.tests.factories import make_place

pytestmark = [pytest.mark.django_db(databases=["default", "keys"]), pytest.mark.postgres]
TODAY = date(2026, 3, 2)


class TestGrantRole:
    def test_ends_by_default_with_the_half_year(self) -> None:
        officer = make_person()

        held = grant_role(at_desk(), officer.id, RoleName.DONG_OFFICIAL)

        assert (held.starts, held.ends) == (TODAY, date(2026, 6, 30))
        assert has_role(officer.id, RoleName.DONG_OFFICIAL, date(2026, 6, 30))
        assert not has_role(officer.id, RoleName.DONG_OFFICIAL, date(2026, 7, 1))
        assert not has_role(officer.id, RoleName.DONG_OFFICIAL, date(2026, 3, 1))
        assert AuditRow.objects.filter(action="people.grant_role", detail_code="DONG_OFFICIAL").count() == 1

    @pytest.mark.parametrize(
        ("starts", "ends"),
        [
            (date(2026, 1, 1), date(2026, 6, 30)),
            (date(2026, 6, 29), date(2026, 6, 30)),
            (date(2026, 6, 30), date(2026, 12, 31)),
            (date(2026, 7, 1), date(2026, 12, 31)),
            (date(2026, 12, 31), date(2027, 6, 30)),
        ],
    )
    def test_half_years_end_on_30_june_and_31_december(self, starts: date, ends: date) -> None:
        assert half_year_end(starts) == ends

    def test_a_keeper_keeps_one_shop_not_all(self) -> None:
        keeper, shop, other = make_person(), make_place(), make_place()

        grant_role(at_desk(), keeper.id, RoleName.SHOP_KEEPER, shop.id)

        assert has_role(keeper.id, RoleName.SHOP_KEEPER, TODAY, shop.id)
        assert not has_role(keeper.id, RoleName.SHOP_KEEPER, TODAY, other.id)
        assert [(held.role, held.place_id) for held in roles_of(keeper.id, TODAY)] == [
            (RoleName.RESIDENT, None),
            (RoleName.SHOP_KEEPER, shop.id),
        ]
        grant_role(at_desk(), keeper.id, RoleName.SHOP_KEEPER, other.id)
        assert has_role(keeper.id, RoleName.SHOP_KEEPER, TODAY, other.id)

    def test_refusals_change_nothing(self) -> None:
        officer, closed, shop = make_person(), make_person(), make_place()
        grant_role(at_desk(), officer.id, RoleName.ISSUER)
        close_person(at_desk(), closed.id)
        before = (Role.objects.count(), AuditRow.objects.count())
        cases: list[tuple[type[Exception], dict[str, Any]]] = [
            (NoRoleForYourself, {"person_id": officer.id, "role": RoleName.AUDITOR, "actor": officer.id}),
            (RoleNeedsPlace, {"person_id": officer.id, "role": RoleName.SHOP_KEEPER}),
            (RoleTakesNoPlace, {"person_id": officer.id, "role": RoleName.AUDITOR, "place_id": shop.id}),
            (RoleDatesUnusable, {"person_id": officer.id, "role": RoleName.AUDITOR, "ends": date(2026, 3, 1)}),
            (RoleAlreadyHeld, {"person_id": officer.id, "role": RoleName.ISSUER, "starts": date(2026, 6, 30)}),
            (PersonClosed, {"person_id": closed.id, "role": RoleName.AUDITOR}),
            (PersonUnknown, {"person_id": uuid4(), "role": RoleName.AUDITOR}),
        ]

        for refusal, call in cases:
            actor = call.pop("actor", None)
            with pytest.raises(refusal):
                grant_role(at_desk(actor=actor), **call)

        assert (Role.objects.count(), AuditRow.objects.count()) == before

    def test_may_follow_on_the_next_day(self) -> None:
        officer = make_person()
        grant_role(at_desk(), officer.id, RoleName.ISSUER)

        grant_role(at_desk(), officer.id, RoleName.ISSUER, starts=date(2026, 7, 1))

        assert has_role(officer.id, RoleName.ISSUER, date(2026, 12, 31))

    def test_the_database_refuses_an_officer_without_an_end(self) -> None:
        officer = make_person()
        grant_role(at_desk(), officer.id, RoleName.ISSUER)

        with pytest.raises(IntegrityError), transaction.atomic():
            Role.objects.filter(role=RoleName.ISSUER).update(ends=None)


class TestEndRole:
    def test_ends_at_once_and_keeps_the_past(self) -> None:
        officer = make_person(at=MORNING - timedelta(days=9))
        grant_role(at_desk(MORNING - timedelta(days=9)), officer.id, RoleName.ISSUER)

        end_role(at_desk(), officer.id, RoleName.ISSUER)

        assert not has_role(officer.id, RoleName.ISSUER, TODAY)
        assert has_role(officer.id, RoleName.ISSUER, TODAY - timedelta(days=1))
        with pytest.raises(RoleUnknown):
            end_role(at_desk(), officer.id, RoleName.ISSUER)

    def test_a_role_granted_and_ended_on_one_day_may_be_granted_again(self) -> None:
        officer = make_person()
        for _ in range(2):
            grant_role(at_desk(), officer.id, RoleName.ISSUER)
            end_role(at_desk(), officer.id, RoleName.ISSUER)

        assert not has_role(officer.id, RoleName.ISSUER, TODAY)
