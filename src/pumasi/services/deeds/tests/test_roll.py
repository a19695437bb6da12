"""Calling the roll: 300 people in ten minutes, several leaders, one effect for everybody, a second person approves."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest

from pumasi.civic.codes.errors import CodeAlreadyUsed
from pumasi.civic.codes.queries import personal_code
from pumasi.civic.people.models import RoleName
from pumasi.civic.people.operations import join
from pumasi.civic.people.queries import Told
from pumasi.civic.shell.tests.visiting import visitor
from pumasi.civic.visits.errors import NoLeaderHere, NotThisDay, SessionClosed
from pumasi.civic.visits.models import Visit
from pumasi.civic.visits.operations import add_leader
from pumasi.civic.visits.queries import visits_of
from pumasi.coin.errors import DeedNotHere, EvidenceNotAccepted, NotAllowed
from pumasi.coin.models import Award
from pumasi.coin.tests.world import DATABASES, MORNING, World, a_key, acts
from pumasi.kernel.clock import FixedClock
from pumasi.ledger.verify import verify
from pumasi.services.deeds import operations
from pumasi.services.deeds.errors import MemberNotFound, RollNeedsSecondPerson, RollNotClosed
from pumasi.services.deeds.models import Claim, RollApproval, State
from pumasi.services.deeds.operations.many import settle
from pumasi.services.deeds.operations.roll import Called
from pumasi.services.deeds.queries.slips import result_for
from pumasi.services.deeds.tests.scene import coins, everything

pytestmark = [pytest.mark.django_db(databases=DATABASES), pytest.mark.postgres]
END = MORNING + timedelta(hours=2)


def opened(world: World, leader: UUID | None = None, kind: str = "VOLUNTEERING") -> UUID:
    """A session at the gym from ten to twelve, led by the cashier."""
    return operations.open_roll(
        acts(leader or world.cashier),
        place_id=world.gym,
        kind=kind,
        title="하천 청소",
        starts_at=MORNING,
        ends_at=END,
        key=a_key(),
    ).id


def called(leader: UUID, session: UUID, person: UUID, at: datetime = MORNING) -> Called:
    return operations.call_by_code(acts(leader, at), session_id=session, text=personal_code(person, at).text)


def closed(world: World, session: UUID, left: dict[UUID, datetime] | None = None) -> None:
    operations.close_roll(acts(world.cashier, END), session_id=session, left=left or {}, away=[])


@pytest.fixture
def approver(world: World) -> UUID:
    """Another member of staff of the gym."""
    person = world.joins("시설 접수 역할 둘")
    world.grants(person, RoleName.FACILITY_CASHIER, world.gym)
    return person


class TestRoll:
    def test_three_hundred_people_in_ten_minutes(self, world: World, approver: UUID) -> None:
        people = [world.joins(f"주민 역할 {number}") for number in range(300)]
        session = opened(world)
        leaders = [world.cashier, *(world.joins(f"진행 역할 {number}") for number in (1, 2))]
        for leader in leaders[1:]:
            add_leader(acts(world.cashier), session_id=session, person_id=leader)

        # Each of three leaders looks at a phone every six seconds, for ten minutes.
        for turn in range(100):
            at = MORNING + timedelta(seconds=6 * turn)
            for number, leader in enumerate(leaders):
                assert called(leader, session, people[3 * turn + number], at).is_new
        closed(world, session)
        counts = operations.approve_roll(acts(approver, END), session_id=session)

        assert at - MORNING < timedelta(minutes=10)
        assert counts == {State.ISSUED: 300}
        assert (Visit.objects.count(), Award.objects.count()) == (300, 300)
        assert {coins(person, END) for person in people[::50]} == {10}
        assert verify().ok

    def test_the_same_person_on_two_phones_is_one_effect(self, world: World, approver: UUID) -> None:
        session, second = opened(world), world.joins("진행 역할")
        add_leader(acts(world.cashier), session_id=session, person_id=second)

        first = called(world.cashier, session, world.resident)
        same_code = called(second, session, world.resident)
        next_code = called(second, session, world.resident, MORNING + timedelta(seconds=40))
        closed(world, session)
        operations.approve_roll(acts(approver, END), session_id=session)
        operations.approve_roll(acts(approver, END), session_id=session)

        assert [each.is_new for each in (first, same_code, next_code)] == [True, False, False]
        assert {each.number for each in (first, same_code, next_code)} == {1}
        assert coins(world.resident, END) == 10
        assert (Visit.objects.count(), Award.objects.count(), RollApproval.objects.count()) == (1, 1, 1)

    def test_a_code_used_elsewhere_is_still_refused(self, world: World) -> None:
        session, other = opened(world), opened(world)
        called(world.cashier, session, world.resident)
        second = world.joins("진행 역할")
        add_leader(acts(world.cashier), session_id=other, person_id=second)
        before = everything()

        with pytest.raises(CodeAlreadyUsed):
            called(second, other, world.resident)

        assert everything() == before
        assert Visit.objects.count() == 1

    def test_without_a_phone_by_number_and_from_paper(self, world: World) -> None:
        session = opened(world)
        one = join(acts(None), "어르신 역할", "010-1000-1234", birth_year=1948).id
        join(acts(None), "어르신 역할", "010-1000-5678", birth_year=1950)
        cashier = acts(world.cashier)

        first = operations.call_by_number(cashier, session_id=session, told=Told("1234", 1948))
        paper = operations.call_list(
            acts(world.cashier, END + timedelta(hours=5)),
            session_id=session,
            told=[Told("010-1000-1234"), Told("5678", 1950), Told("5678", 1951)],
        )
        with pytest.raises(MemberNotFound):
            operations.call_by_number(cashier, session_id=session, told=Told("1234", 1949))

        assert first.is_new
        assert [getattr(each, "is_new", "refused") for each in paper] == [False, True, "refused"]
        assert visits_of(session)[0].person_id == one
        assert Visit.objects.count() == 2

    def test_who_left_early_earns_less_and_too_short_is_told_to_the_person(self, world: World, approver: UUID) -> None:
        session = opened(world)
        early = called(world.cashier, session, world.resident).visit_id
        short = called(world.cashier, session, world.neighbour, MORNING + timedelta(seconds=31)).visit_id

        closed(world, session, {early: MORNING + timedelta(hours=1), short: MORNING + timedelta(minutes=20)})
        counts = operations.approve_roll(acts(approver, END), session_id=session)

        assert counts == {State.ISSUED: 1, State.REJECTED: 1}
        assert (coins(world.resident, END), coins(world.neighbour, END)) == (5, 0)
        slip = result_for(Claim.objects.get(person_id=world.neighbour).id, world.neighbour, END)
        assert slip is not None
        assert slip.objection is not None
        assert "60" in slip.objection.reason

    def test_a_kill_half_way_is_finished_by_approving_again(
        self, world: World, approver: UUID, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("pumasi.services.deeds.operations.roll.CHUNK", 1)
        session = opened(world)
        called(world.cashier, session, world.resident)
        called(world.cashier, session, world.neighbour, MORNING + timedelta(seconds=31))
        closed(world, session)
        real, turns = settle, iter([True, False])

        def dies(*given: object, **told: object) -> object:
            if not next(turns):
                raise KeyboardInterrupt
            return real(*given, **told)  # type: ignore[arg-type]  # passed on as it came

        with monkeypatch.context() as killed:
            killed.setattr("pumasi.services.deeds.operations.roll.settle", dies)
            with pytest.raises(KeyboardInterrupt):
                operations.approve_roll(acts(approver, END), session_id=session)
        half = Award.objects.count()
        counts = operations.approve_roll(acts(approver, END), session_id=session)

        assert half == 1
        assert counts == {State.ISSUED: 2}
        assert Award.objects.count() == 2


class TestRefusals:
    def test_opening_needs_the_place_and_hours(self, world: World) -> None:
        for refusal, who, kind in (
            (NotAllowed, world.resident, "VOLUNTEERING"),
            (NotAllowed, world.keeper, "VOLUNTEERING"),
            (EvidenceNotAccepted, world.cashier, "CLEAR_PET"),
        ):
            with pytest.raises(refusal):
                opened(world, who, kind)
        with pytest.raises((DeedNotHere, EvidenceNotAccepted)):
            operations.open_roll(
                acts(world.keeper),
                place_id=world.laundry,
                kind="VOLUNTEERING",
                title="",
                starts_at=MORNING,
                ends_at=END,
                key=a_key(),
            )

    def test_calling_is_for_leaders_on_the_day_while_it_is_open(self, world: World) -> None:
        session = opened(world)
        before = everything()

        with pytest.raises(NoLeaderHere):
            called(world.keeper, session, world.resident)
        with pytest.raises(NotThisDay):
            called(world.cashier, session, world.neighbour, MORNING + timedelta(days=3))
        closed(world, session)
        with pytest.raises(SessionClosed):
            called(world.cashier, session, world.official, END)

        assert everything() == before
        assert Visit.objects.count() == 0

    def test_approving_needs_a_second_person_of_the_place_and_a_closed_roll(self, world: World, approver: UUID) -> None:
        session = opened(world)
        called(world.cashier, session, world.resident)
        called(world.cashier, session, approver, MORNING + timedelta(seconds=31))
        with pytest.raises(RollNotClosed):
            operations.approve_roll(acts(approver, END), session_id=session)
        closed(world, session)
        before = everything()

        for who in (world.cashier, approver):
            with pytest.raises(RollNeedsSecondPerson):
                operations.approve_roll(acts(who, END), session_id=session)
        for who in (world.resident, world.keeper, world.official):
            with pytest.raises(NotAllowed):
                operations.approve_roll(acts(who, END), session_id=session)

        assert everything() == before
        assert RollApproval.objects.count() == 0


class TestPages:
    def test_open_call_close_and_approve_without_any_script(
        self, world: World, approver: UUID, clock: FixedClock
    ) -> None:
        leader = visitor(world.cashier)
        told = {"key": a_key(), "place": world.gym, "kind": "VOLUNTEERING", "title": "하천 청소", "day": "2026-10-05"}

        at = leader.post("/deeds/rolls/open/", {**told, "starts": "10:00", "ends": "12:00"})["Location"]
        first = leader.post(at, {"code": personal_code(world.resident, clock.now()).grouped}).content.decode()
        again = leader.post(at, {"code": personal_code(world.resident, clock.now()).grouped}).content.decode()
        wrong = leader.post(at, {"code": "ABCD-1234"})
        clock.advance(timedelta(hours=2))
        roll = leader.get(f"{at}close/").content.decode()
        leader.post(f"{at}close/", {})
        own = leader.post(f"{at}approve/")
        done = visitor(approver).post(f"{at}approve/", follow=True).content.decode()

        assert "1번 출석했어요" in first
        assert "이미 1번으로 출석했어요" in again
        assert wrong.status_code == 409
        assert "10:00" in roll
        assert own.status_code == 409
        assert "적립 1명, 대기 0명, 본인에게 물어볼 사람 0명" in done
        assert coins(world.resident, END) == 10

    def test_the_pages_script_gets_words_and_a_count(self, world: World, clock: FixedClock) -> None:
        session, client = opened(world), visitor(world.cashier)
        code = personal_code(world.resident, clock.now()).text

        answer = client.post(f"/deeds/rolls/{session}/", {"code": code}, headers={"accept": "application/json"})
        empty = client.post(f"/deeds/rolls/{session}/", {"code": ""}, headers={"accept": "application/json"})

        assert answer.json() == {"tone": "good", "headline": "1번 출석했어요", "say": "", "count": 1}
        assert (empty.status_code, empty.json()["tone"]) == (422, "bad")

    def test_a_leader_without_any_role_calls_on_an_own_phone(self, world: World, clock: FixedClock) -> None:
        helper = join(acts(None), "진행 역할", "010-7777-0001").id
        session, cashier = opened(world), visitor(world.cashier)
        before = visitor(helper).get(f"/deeds/rolls/{session}/").status_code

        cashier.post(f"/deeds/rolls/{session}/leaders/", {"phone": "010-7777-0001"})
        answer = visitor(helper).post(
            f"/deeds/rolls/{session}/", {"code": personal_code(world.resident, clock.now()).text}
        )

        assert before == 404
        assert answer.status_code == 200
        assert Visit.objects.count() == 1

    def test_a_paper_list_is_answered_line_by_line(self, world: World, clock: FixedClock) -> None:
        join(acts(None), "어르신 역할", "010-1000-1234", birth_year=1948)
        session = opened(world)

        page = (
            visitor(world.cashier)
            .post(f"/deeds/rolls/{session}/paper/", {"lines": "1234 1948\n1234 1948\n9999 1948\n"})
            .content.decode()
        )

        assert "1번 출석했어요" in page
        assert "이미 1번으로 출석했어요" in page
        assert "회원을 찾지 못했어요" in page
        assert Visit.objects.count() == 1

    def test_another_places_roll_does_not_exist(self, world: World, clock: FixedClock) -> None:
        session = opened(world)

        for who in (world.keeper, world.resident, world.reviewer):
            assert visitor(who).get(f"/deeds/rolls/{session}/").status_code == 404
        assert visitor(world.official).get(f"/deeds/rolls/{session}/").status_code == 200
