"""Guardianships begin, hold until their last day, and end; two at most; a merge keeps them."""

from datetime import date, datetime, timedelta
from uuid import UUID

import pytest

from pumasi.civic.audit.models import AuditRow
from pumasi.civic.guardians.errors import (
    GuardianAlready,
    GuardianDayUnusable,
    GuardiansEnough,
    NotYourWard,
    OwnGuardian,
)
from pumasi.civic.guardians.models import Basis, Guardianship
from pumasi.civic.guardians.operations import begin, end, last_day_of_childhood
from pumasi.civic.guardians.queries import guarded, guardians_of, wards_of
from pumasi.civic.people.errors import PersonClosed
from pumasi.civic.people.membership import merge_people
from pumasi.civic.people.operations import close_person
from pumasi.civic.people.tests.factories import MORNING, at_desk, make_person
from pumasi.kernel.clock import seoul_date

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(databases=["default", "keys"])]
TODAY = seoul_date(MORNING)
LAST = TODAY + timedelta(days=30)


def begins(ward: UUID, guardian: UUID, ends: date = LAST, at: datetime = MORNING) -> UUID:
    return begin(at_desk(at), ward_id=ward, guardian_id=guardian, basis=Basis.WISH, ends=ends)


class TestGuardianship:
    def test_holds_until_its_last_day_for_both(self) -> None:
        ward, guardian = make_person().id, make_person().id

        made = begins(ward, guardian)

        [seen] = wards_of(guardian, LAST)
        assert (seen.id, seen.ward, seen.guardian, seen.basis) == (made, ward, guardian, Basis.WISH)
        assert (seen.since, seen.until) == (TODAY, LAST)
        assert guardians_of(ward, TODAY) == [seen] == [guarded(made, guardian, LAST)]
        assert wards_of(ward, TODAY) == guardians_of(guardian, TODAY) == wards_of(guardian, LAST + timedelta(1)) == []
        noted = AuditRow.objects.filter(action="guardians.begin").values_list("whom", "detail_code")
        assert set(noted) == {(ward, "WISH"), (guardian, "WISH")}

    def test_is_ended_at_once_by_either_and_by_nobody_else(self) -> None:
        ward, guardian, stranger = (make_person().id for _ in range(3))
        for party in (ward, guardian):
            made = begins(ward, guardian)
            with pytest.raises(NotYourWard):
                end(at_desk(), guardianship_id=made, party_id=stranger)
            assert len(wards_of(guardian, TODAY)) == 1

            end(at_desk(), guardianship_id=made, party_id=party)

            assert wards_of(guardian, TODAY) == []
            with pytest.raises(NotYourWard):
                end(at_desk(), guardianship_id=made, party_id=party)
            with pytest.raises(NotYourWard):
                guarded(made, guardian, TODAY)
        assert Guardianship.objects.count() == 2

    def test_there_are_two_at_most_and_no_one_twice(self) -> None:
        ward = make_person().id
        first, second, third = (make_person().id for _ in range(3))
        made = begins(ward, first)
        begins(ward, second)

        with pytest.raises(GuardianAlready):
            begins(ward, first)
        with pytest.raises(GuardiansEnough):
            begins(ward, third)
        with pytest.raises(OwnGuardian):
            begins(ward, ward)
        assert [each.guardian for each in guardians_of(ward, TODAY)] == [first, second]

        end(at_desk(), guardianship_id=made, party_id=ward)
        begins(ward, third)
        assert [each.guardian for each in guardians_of(ward, TODAY)] == [second, third]

    def test_one_that_is_over_begins_anew(self) -> None:
        ward, guardian = make_person().id, make_person().id
        begins(ward, guardian)
        later = MORNING + timedelta(days=31)

        begins(ward, guardian, LAST + timedelta(days=60), later)

        assert len(guardians_of(ward, seoul_date(later))) == 1
        assert Guardianship.objects.filter(ended_at=None).count() == 1

    @pytest.mark.parametrize("days", [-1, 19 * 366])
    def test_the_last_day_is_neither_over_nor_out_of_sight(self, days: int) -> None:
        ward, guardian = make_person().id, make_person().id

        with pytest.raises(GuardianDayUnusable):
            begins(ward, guardian, TODAY + timedelta(days=days))
        assert Guardianship.objects.count() == 0

    def test_a_newborn_may_have_one_until_coming_of_age(self) -> None:
        assert last_day_of_childhood(2026) == date(2044, 12, 31)
        ward, guardian = make_person().id, make_person().id

        begins(ward, guardian, last_day_of_childhood(TODAY.year))

        assert len(guardians_of(ward, TODAY)) == 1

    def test_ends_when_one_of_the_two_has_left_for_good(self) -> None:
        ward, guardian = make_person().id, make_person().id
        begins(ward, guardian)

        close_person(at_desk(), guardian)

        assert guardians_of(ward, TODAY) == wards_of(guardian, TODAY) == []
        with pytest.raises(PersonClosed):
            begins(ward, guardian)

    def test_goes_on_after_a_merge(self) -> None:
        ward, gone, kept = (make_person().id for _ in range(3))
        made = begins(ward, gone)

        merge_people(at_desk(), kept_id=kept, gone_id=gone)

        assert [(each.id, each.guardian) for each in wards_of(kept, TODAY)] == [(made, kept)]
        with pytest.raises(GuardianAlready):
            begins(ward, kept)
        end(at_desk(), guardianship_id=made, party_id=kept)
        assert wards_of(kept, TODAY) == []
