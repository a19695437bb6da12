"""Being somewhere from when to when: alone with a code, or on the roll of a session."""

from datetime import timedelta
from uuid import UUID

import pytest

from pumasi.civic.people.operations import close_person
from pumasi.civic.people.tests.factories import at_desk, make_person, on_phone
from pumasi.civic.places.tests.factories import MORNING, make_place
from pumasi.civic.visits.errors import (
    NoLeaderHere,
    NotThisDay,
    SessionClosed,
    SessionTimesUnusable,
    VisitOpenElsewhere,
    VisitOverAlready,
    VisitStepUnusable,
)
from pumasi.civic.visits.models import Leader, Session, Span, Stage, Visit
from pumasi.civic.visits.operations import add_leader, call, check_in, check_out, close_session, open_session, step
from pumasi.civic.visits.queries import SessionFacts, open_visit, session, visit, visits_of
from pumasi.kernel.ids import new_id

pytestmark = [pytest.mark.django_db(databases=["default", "keys"]), pytest.mark.postgres]
HOUR = timedelta(hours=1)


def somebody() -> UUID:
    return make_person(MORNING - timedelta(days=30)).id


def somewhere() -> UUID:
    return make_place(MORNING - timedelta(days=30)).id


def a_session(leader: UUID, place: UUID | None = None) -> SessionFacts:
    """From 10:00 to 12:00."""
    return open_session(
        on_phone(leader),
        place_id=place or somewhere(),
        activity="VOLUNTEERING",
        title="하천 청소",
        starts_at=MORNING,
        ends_at=MORNING + 2 * HOUR,
        key=new_id(MORNING),
    )


class TestAlone:
    def test_in_and_out_give_whole_minutes(self) -> None:
        person, place = somebody(), somewhere()

        made, is_new = check_in(on_phone(person), person_id=person, place_id=place, activity="TALENT")
        left = check_out(on_phone(person, MORNING + timedelta(minutes=95, seconds=59)), visit_id=made.id)

        assert is_new
        assert (left.minutes, left.stage) == (95, Stage.ENDED)
        assert open_visit(person, MORNING + 2 * HOUR) is None
        assert [(s.stage, s.by, s.channel) for s in Span.objects.order_by("id")] == [
            ("STARTED", person, "PHONE"),
            ("ENDED", person, "PHONE"),
        ]

    def test_coming_in_twice_is_one_visit(self) -> None:
        person, place = somebody(), somewhere()
        first, _ = check_in(on_phone(person), person_id=person, place_id=place, activity="TALENT")

        second, is_new = check_in(on_phone(person, MORNING + HOUR), person_id=person, place_id=place, activity="TALENT")

        assert (second.id, is_new, Span.objects.count()) == (first.id, False, 1)

    def test_leaving_twice_keeps_the_first_time(self) -> None:
        person = somebody()
        made, _ = check_in(on_phone(person), person_id=person, place_id=somewhere(), activity="TALENT")
        check_out(on_phone(person, MORNING + HOUR), visit_id=made.id)

        again = check_out(on_phone(person, MORNING + 2 * HOUR), visit_id=made.id)

        assert again.minutes == 60

    def test_refuses_two_places_at_once(self) -> None:
        person = somebody()
        check_in(on_phone(person), person_id=person, place_id=somewhere(), activity="TALENT")

        with pytest.raises(VisitOpenElsewhere) as refused:
            check_in(on_phone(person, MORNING + HOUR), person_id=person, place_id=somewhere(), activity="TALENT")

        assert refused.value.facts == {"since": "10:00"}
        assert Visit.objects.count() == 1

    def test_a_forgotten_check_out_ends_by_itself_and_proves_nothing(self) -> None:
        person, place = somebody(), somewhere()
        forgotten, _ = check_in(on_phone(person), person_id=person, place_id=place, activity="TALENT")
        later = MORNING + timedelta(hours=13)

        with pytest.raises(VisitOverAlready):
            check_out(on_phone(person, later), visit_id=forgotten.id)
        fresh, is_new = check_in(on_phone(person, later), person_id=person, place_id=place, activity="TALENT")

        assert is_new
        assert fresh.id != forgotten.id
        assert (visit(forgotten.id).stage, visit(forgotten.id).minutes) == (Stage.CANCELLED, 0)

    def test_a_visit_that_is_over_cannot_be_called_again(self) -> None:
        person = somebody()
        made, _ = check_in(on_phone(person), person_id=person, place_id=somewhere(), activity="TALENT")

        with pytest.raises(VisitStepUnusable):
            step(at_desk(MORNING), visit_id=made.id, stage=Stage.CALLED)

        assert Span.objects.count() == 1


class TestSession:
    def test_two_leaders_who_see_the_same_person_make_one_visit(self) -> None:
        leader, second, person = somebody(), somebody(), somebody()
        held = a_session(leader)
        add_leader(on_phone(leader), session_id=held.id, person_id=second)

        one = call(on_phone(leader), session_id=held.id, person_id=person)
        two = call(on_phone(second, MORNING + timedelta(seconds=1)), session_id=held.id, person_id=person)

        assert (one[1], two[1]) == (True, False)
        assert one[0].id == two[0].id
        assert Visit.objects.count() == 1

    def test_all_stay_and_who_left_is_ticked(self) -> None:
        leader = somebody()
        held = a_session(leader)
        people = [somebody() for _ in range(3)]
        stays, leaves, mistaken = [call(on_phone(leader), session_id=held.id, person_id=each)[0].id for each in people]

        late = on_phone(leader, MORNING + 2 * HOUR)
        close_session(late, session_id=held.id, left={leaves: MORNING + HOUR}, away=[mistaken])
        close_session(late, session_id=held.id, left={}, away=[stays])

        assert {each.id: each.minutes for each in visits_of(held.id)} == {stays: 120, leaves: 60, mistaken: 0}
        assert session(held.id).closed_at == MORNING + 2 * HOUR

    def test_nobody_earns_for_the_time_before_the_start(self) -> None:
        leader, person = somebody(), somebody()
        held = a_session(leader)

        early, _ = call(on_phone(leader, MORNING - timedelta(minutes=40)), session_id=held.id, person_id=person)

        assert early.started_at == MORNING

    def test_nobody_loses_time_by_queueing_for_the_roll(self) -> None:
        leader = somebody()
        held = a_session(leader)
        in_queue, late = timedelta(minutes=15), timedelta(minutes=15, seconds=1)

        queued, _ = call(on_phone(leader, MORNING + in_queue), session_id=held.id, person_id=somebody())
        came_late, _ = call(on_phone(leader, MORNING + late), session_id=held.id, person_id=somebody())

        assert (queued.started_at, came_late.started_at) == (MORNING, MORNING + late)

    def test_closing_early_ends_everybodys_time_then(self) -> None:
        leader, person = somebody(), somebody()
        held = a_session(leader)
        called, _ = call(on_phone(leader), session_id=held.id, person_id=person)

        close_session(on_phone(leader, MORNING + HOUR), session_id=held.id, left={}, away=[])

        assert visit(called.id).minutes == 60

    def test_a_paper_list_is_typed_in_the_next_day_wherever_people_are_then(self) -> None:
        leader, person = somebody(), somebody()
        held = a_session(leader)
        tomorrow = MORNING + timedelta(hours=20)
        check_in(on_phone(person, tomorrow), person_id=person, place_id=somewhere(), activity="TALENT")

        typed, is_new = call(on_phone(leader, tomorrow), session_id=held.id, person_id=person)
        close_session(on_phone(leader, tomorrow), session_id=held.id, left={}, away=[])

        assert is_new
        assert visit(typed.id).minutes == 120

    def test_refuses_a_wrong_day_a_closed_session_and_strangers(self) -> None:
        leader, person, stranger = somebody(), somebody(), somebody()
        held = a_session(leader)
        with pytest.raises(NotThisDay):
            call(on_phone(leader, MORNING - timedelta(hours=3)), session_id=held.id, person_id=person)
        with pytest.raises(NotThisDay):
            call(on_phone(leader, MORNING + timedelta(days=2)), session_id=held.id, person_id=person)
        with pytest.raises(NoLeaderHere):
            call(on_phone(stranger), session_id=held.id, person_id=person)
        with pytest.raises(NoLeaderHere):
            add_leader(on_phone(stranger), session_id=held.id, person_id=stranger)
        with pytest.raises(NoLeaderHere):
            close_session(on_phone(stranger), session_id=held.id, left={}, away=[])
        close_session(on_phone(leader, MORNING + 2 * HOUR), session_id=held.id, left={}, away=[])
        with pytest.raises(SessionClosed):
            call(on_phone(leader, MORNING + 2 * HOUR), session_id=held.id, person_id=person)

        assert Visit.objects.count() == 0
        assert Leader.objects.count() == 1

    def test_refuses_times_that_no_session_has(self) -> None:
        leader, place = somebody(), somewhere()

        for ends in (MORNING, MORNING + timedelta(hours=13)):
            with pytest.raises(SessionTimesUnusable):
                open_session(
                    on_phone(leader),
                    place_id=place,
                    activity="TALENT",
                    title="",
                    starts_at=MORNING,
                    ends_at=ends,
                    key=new_id(MORNING),
                )

        assert Session.objects.count() == 0

    def test_a_closed_membership_is_not_called(self) -> None:
        leader, person = somebody(), somebody()
        held = a_session(leader)
        close_person(at_desk(MORNING), person)

        with pytest.raises(Exception, match="person_closed"):
            call(on_phone(leader), session_id=held.id, person_id=person)

        assert Visit.objects.count() == 0

    def test_the_roll_is_read_with_two_queries(self, django_assert_num_queries: object) -> None:
        leader = somebody()
        held = a_session(leader)
        for _ in range(4):
            call(on_phone(leader), session_id=held.id, person_id=somebody())

        with django_assert_num_queries(2):  # type: ignore[operator]  # pytest-django's fixture has no public type
            assert len(visits_of(held.id)) == 4
