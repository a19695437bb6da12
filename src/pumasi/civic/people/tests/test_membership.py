"""What changes in a membership: its level, its relation, moving away and back, twins and merges, a wrong death."""

from datetime import date, timedelta

import pytest

from pumasi.civic.audit.queries import looks_at
from pumasi.civic.people.errors import (
    AlreadyAtLevel,
    BirthYearUnlikely,
    HasLeftAlready,
    HasNotLeft,
    NotTheSameDistrict,
    PersonClosed,
    PersonNotClosed,
    PhoneAlreadyUsed,
    RelationOver,
    SamePerson,
)
from pumasi.civic.people.membership import (
    merge_people,
    note_back,
    note_left,
    raise_level,
    relations_ending,
    relations_over,
    renew_relation,
    reopen_person,
)
from pumasi.civic.people.models import Level, Person, Relation, Role, RoleName
from pumasi.civic.people.operations import close_person, join
from pumasi.civic.people.queries import (
    find_by_phone,
    find_twins,
    has_role,
    one_self,
    person,
    person_card,
    roles_of,
    selves,
)
from pumasi.civic.people.tests.factories import MORNING, at_desk, give_role, make_person, next_phone

pytestmark = [pytest.mark.django_db(databases=["default", "keys"]), pytest.mark.postgres]
TODAY = date(2026, 3, 2)
NAME, PHONE = "홍길동", "010-0000-9999"


def rows() -> list[tuple[object, ...]]:
    """Everything about people and roles, to see that a refusal changed nothing."""
    people = Person.objects.order_by("id").values_list("id", "level", "relation_until", "left_on", "closed_at")
    return [*people, *Role.objects.order_by("id").values_list("id", "person_id", "ended_on")]


class TestUnconfirmedPhone:
    def test_finds_nobody_and_takes_no_number_from_its_owner(self) -> None:
        told = join(at_desk(), NAME, PHONE, Level.L0, birth_year=1980)

        assert find_by_phone(at_desk(), PHONE) is None
        owner = join(at_desk(), NAME, PHONE, Level.L1, birth_year=1950)
        assert find_by_phone(at_desk(), PHONE) == owner.id
        again = join(at_desk(), NAME, PHONE, Level.L0, birth_year=1970)
        assert person_card(at_desk(), again.id).phone == person_card(at_desk(), told.id).phone == "+821000009999"


class TestRaiseLevel:
    def test_makes_an_l1_of_an_l0_with_what_stands_on_the_card(self) -> None:
        told = join(at_desk(), "길동", PHONE, Level.L0, birth_year=1981)

        raise_level(at_desk(), told.id, name=NAME, phone=PHONE, birth_year=1980)

        card = person_card(at_desk(), told.id)
        assert (card.facts.level, card.name, card.phone, card.birth_year) == (Level.L1, NAME, "+821000009999", 1980)
        assert find_by_phone(at_desk(), PHONE) == told.id
        assert [twin.id for twin in find_twins(at_desk(), NAME, 1980)] == [told.id]

    def test_refuses_what_does_not_fit_and_changes_nothing(self) -> None:
        make_person(phone=PHONE)
        sure, told = make_person(), join(at_desk(), NAME, None, Level.L0, birth_year=1980)
        before = rows()

        with pytest.raises(AlreadyAtLevel):
            raise_level(at_desk(), sure.id, name=NAME, phone=None, birth_year=1980)
        with pytest.raises(PhoneAlreadyUsed):
            raise_level(at_desk(), told.id, name=NAME, phone=PHONE, birth_year=1980)
        with pytest.raises(BirthYearUnlikely):
            raise_level(at_desk(), told.id, name=NAME, phone=None, birth_year=1890)
        assert rows() == before


class TestTwins:
    def test_are_members_with_the_same_name_and_year_of_birth(self) -> None:
        first = join(at_desk(), "홍 길동", PHONE, birth_year=1980)
        join(at_desk(), NAME, None, birth_year=1981)
        join(at_desk(), "홍길순", None, birth_year=1980)
        officer = make_person()

        found = find_twins(at_desk(actor=officer.id), "홍길동", 1980)

        assert [(twin.id, twin.joined_on, twin.level, twin.phone_end) for twin in found] == [
            (first.id, TODAY, Level.L1, "99")
        ]
        assert [look.action for look in looks_at(first.id)] == ["people.find_twins"]
        assert find_twins(at_desk(), NAME, None) == []

    def test_nothing_is_left_to_find_once_the_membership_is_closed(self) -> None:
        gone = join(at_desk(), NAME, PHONE, birth_year=1980)

        close_person(at_desk(), gone.id)

        assert find_twins(at_desk(), NAME, 1980) == []


class TestRelation:
    def test_is_renewed_with_a_later_day(self) -> None:
        worker = make_person(relation=Relation.WORKER, relation_until=TODAY)

        renew_relation(at_desk(), worker.id, relation=Relation.RESIDENT, until=date(2027, 3, 1))

        found = person(worker.id)
        assert (found.relation, found.relation_until) == (Relation.RESIDENT, date(2027, 3, 1))

    def test_is_not_renewed_into_the_past_nor_for_one_who_has_left(self) -> None:
        worker, gone = make_person(relation_until=TODAY), make_person()
        note_left(at_desk(), gone.id, TODAY)
        before = rows()

        with pytest.raises(RelationOver):
            renew_relation(at_desk(), worker.id, relation=Relation.WORKER, until=TODAY - timedelta(days=1))
        with pytest.raises(HasLeftAlready):
            renew_relation(at_desk(), gone.id, relation=Relation.WORKER, until=None)
        assert rows() == before

    def test_those_ending_and_over_are_listed(self) -> None:
        ending = make_person(relation_until=date(2026, 3, 31))
        make_person()

        assert relations_ending(TODAY, date(2026, 3, 31)) == [(ending.id, date(2026, 3, 31))]
        assert relations_ending(TODAY, date(2026, 3, 30)) == []
        assert relations_over(date(2026, 3, 31)) == []
        assert relations_over(date(2026, 4, 1)) == [ending.id]


class TestMovingAway:
    def test_is_noted_and_taken_back(self) -> None:
        who = make_person()

        note_left(at_desk(), who.id, TODAY)
        left = person(who.id).left_on
        note_back(at_desk(), who.id, relation=Relation.WORKER, until=date(2026, 12, 31))

        found = person(who.id)
        assert (left, found.left_on, found.relation) == (TODAY, None, Relation.WORKER)

    def test_twice_or_back_without_having_left_is_refused(self) -> None:
        here, gone = make_person(), make_person()
        note_left(at_desk(), gone.id, TODAY)
        before = rows()

        with pytest.raises(HasLeftAlready):
            note_left(at_desk(), gone.id, TODAY)
        with pytest.raises(HasNotLeft):
            note_back(at_desk(), here.id, relation=Relation.RESIDENT, until=None)
        assert rows() == before


class TestMerge:
    def test_roles_phone_and_level_come_over_and_the_other_is_closed(self) -> None:
        kept = join(at_desk(), NAME, None, Level.L0, birth_year=1980)
        gone = make_person(phone=PHONE)
        give_role(gone.id, RoleName.REVIEWER, ends=date(2026, 6, 30))

        merge_people(at_desk(), kept_id=kept.id, gone_id=gone.id)

        card = person_card(at_desk(), kept.id)
        assert (card.name, card.phone, card.facts.level) == (NAME, "+821000009999", Level.L1)
        assert find_by_phone(at_desk(), PHONE) == kept.id
        held = {(each.role, each.starts, each.ends) for each in roles_of(kept.id, TODAY)}
        assert held == {(RoleName.RESIDENT, TODAY, None), (RoleName.REVIEWER, TODAY, date(2026, 6, 30))}
        assert roles_of(gone.id, TODAY) == []
        assert (selves(kept.id), one_self(gone.id).id) == ([kept.id, gone.id], kept.id)
        assert person(gone.id).closed_at == MORNING

    def test_a_role_that_both_hold_is_held_once_and_for_the_longer_time(self) -> None:
        kept, gone = make_person(), make_person()
        give_role(kept.id, RoleName.REVIEWER, ends=date(2026, 6, 30))
        give_role(gone.id, RoleName.REVIEWER, ends=date(2026, 12, 31))

        merge_people(at_desk(), kept_id=kept.id, gone_id=gone.id)

        for day in (TODAY, date(2026, 6, 30), date(2026, 7, 1), date(2026, 12, 31)):
            assert [each.role for each in roles_of(kept.id, day)].count(RoleName.REVIEWER) == 1
        assert not has_role(kept.id, RoleName.REVIEWER, date(2027, 1, 1))

    def test_goes_on_through_a_second_merge(self) -> None:
        first, second, third = make_person(), make_person(), make_person()

        merge_people(at_desk(), kept_id=second.id, gone_id=first.id)
        merge_people(at_desk(), kept_id=third.id, gone_id=second.id)

        assert selves(third.id) == [third.id, second.id, first.id]
        assert one_self(first.id).id == third.id

    def test_is_refused_with_oneself_with_a_closed_one_and_with_one_who_has_left(self) -> None:
        kept, closed, left = make_person(), make_person(), make_person()
        close_person(at_desk(), closed.id)
        note_left(at_desk(), left.id, TODAY)
        before = rows()

        for gone, refusal in ((kept, SamePerson), (closed, PersonClosed), (left, NotTheSameDistrict)):
            with pytest.raises(refusal):
                merge_people(at_desk(), kept_id=kept.id, gone_id=gone.id)
        assert rows() == before


class TestReopen:
    def test_who_was_taken_for_dead_is_a_member_again_without_former_roles(self) -> None:
        who = make_person(phone=PHONE)
        give_role(who.id, RoleName.REVIEWER, ends=date(2026, 6, 30))
        close_person(at_desk(), who.id)

        reopen_person(at_desk(MORNING + timedelta(days=1)), who.id, name=NAME, phone=PHONE, birth_year=1980)

        card = person_card(at_desk(), who.id)
        assert (card.name, card.phone, card.birth_year) == (NAME, "+821000009999", 1980)
        assert (card.facts.closed_at, card.facts.left_on) == (None, None)
        assert [each.role for each in roles_of(who.id, date(2026, 3, 3))] == [RoleName.RESIDENT]

    def test_an_open_or_a_merged_membership_is_not_reopened(self) -> None:
        kept, gone = make_person(), make_person()
        merge_people(at_desk(), kept_id=kept.id, gone_id=gone.id)
        before = rows()

        for each in (kept, gone):
            with pytest.raises(PersonNotClosed):
                reopen_person(at_desk(), each.id, name=NAME, phone=next_phone(), birth_year=1980)
        assert rows() == before
