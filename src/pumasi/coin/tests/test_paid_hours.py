"""Hours that were paid elsewhere do not earn: the roster, the exact overlap, the question."""

from datetime import date, datetime
from uuid import UUID

import pytest

from pumasi.civic.audit.models import AuditRow
from pumasi.civic.people.operations import join
from pumasi.coin import operations
from pumasi.coin.answers import Awarded, Payee
from pumasi.coin.errors import NotAllowed
from pumasi.coin.models import PaidHours, PaidRoster, UnpaidAnswer
from pumasi.coin.operations.rosters import Loaded
from pumasi.coin.paid_hours import minutes_of
from pumasi.coin.registers.errors import PaidElsewhere, ReasonMissing, RosterUnreadable, SaidPaid
from pumasi.coin.tests.world import DATABASES, MORNING, World, a_key, acts, books

pytestmark = [pytest.mark.django_db(databases=DATABASES), pytest.mark.postgres]

PHONE, OTHER = "010-5550-0001", "010-5550-0002"
SUNDAY = date(2026, 10, 4)


def seoul(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime.fromisoformat(f"2026-10-{day:02d}T{hour:02d}:{minute:02d}:00+09:00")


@pytest.fixture
def helper(world: World) -> UUID:
    return join(acts(None, seoul(1, 10)), "주민 역할 다", PHONE, birth_year=1950).id


def loads(world: World, text: str, key: UUID | None = None) -> Loaded:
    return operations.load_roster(acts(world.issuer), source="노인일자리 표본", text=text, key=key or a_key())


def volunteers(world: World, who: UUID, ends_at: datetime, minutes: int = 60) -> Awarded:
    return operations.award(
        acts(world.cashier, MORNING),
        kind="VOLUNTEERING",
        quantity=minutes,
        place_id=world.gym,
        payees=[Payee(who)],
        evidence_ref="STAFF:test",
        key=a_key(),
        deed_at=ends_at,
    )


class TestRoster:
    def test_keeps_members_only_and_notes_each_look(self, world: World, helper: UUID) -> None:
        before = AuditRow.objects.filter(action="people.find_by_phone").count()

        loaded = loads(
            world, f"\ufeff전화,날짜,시작,끝\n{PHONE},2026-10-04,09:00,12:00\n{OTHER},2026-10-04,09:00,12:00\n\n"
        )

        assert (loaded.lines, loaded.matched) == (2, 1)
        assert list(PaidHours.objects.values_list("person_id", "day", "starts", "ends")) == [(helper, SUNDAY, 540, 720)]
        assert AuditRow.objects.filter(action="people.find_by_phone").count() == before + 2

    @pytest.mark.parametrize(
        ("line", "number"),
        [
            ("nonsense,2026-10-04,09:00,12:00", 2),
            (f"{PHONE},04.10.2026,09:00,12:00", 2),
            (f"{PHONE},2026-10-04,9,12:00", 2),
            (f"{PHONE},2026-10-04,12:00,09:00", 2),
            (f"{PHONE},2026-10-04,09:00,24:01", 2),
            (f"{PHONE},2026-10-04,09:00", 2),
        ],
    )
    def test_all_or_nothing(self, world: World, helper: UUID, line: str, number: int) -> None:
        with pytest.raises(RosterUnreadable) as refusal:
            loads(world, f"{PHONE},2026-10-04,09:00,12:00\n{line}\n")

        assert refusal.value.facts["line"] == number
        assert (PaidRoster.objects.count(), PaidHours.objects.count()) == (0, 0)

    def test_the_same_key_loads_once(self, world: World, helper: UUID) -> None:
        key, text = a_key(), f"{PHONE},2026-10-04,09:00,12:00"

        assert loads(world, text, key) == loads(world, text, key)
        assert PaidHours.objects.count() == 1

    def test_only_the_issuer_and_only_with_a_source(self, world: World, helper: UUID) -> None:
        with pytest.raises(NotAllowed):
            operations.load_roster(acts(world.resident), source="x", text="x", key=a_key())
        with pytest.raises(ReasonMissing):
            operations.load_roster(acts(world.issuer), source=" ", text="x", key=a_key())

        assert PaidRoster.objects.count() == 0


class TestOverlap:
    @pytest.mark.parametrize(
        ("ends_at", "minutes", "is_paid"),
        [
            (seoul(4, 9), 60, False),  # until the first paid minute
            (seoul(4, 9, 1), 61, True),  # one minute inside
            (seoul(4, 11), 60, True),
            (seoul(4, 13), 61, True),  # one minute inside at the end
            (seoul(4, 13), 60, False),  # from the minute after
            (seoul(4, 18), 600, True),  # around it
            (seoul(3, 11), 60, False),  # another day
        ],
    )
    def test_to_the_minute(self, world: World, helper: UUID, ends_at: datetime, minutes: int, is_paid: bool) -> None:
        loads(world, f"{PHONE},2026-10-04,09:00,12:00")
        before = books()

        if is_paid:
            with pytest.raises(PaidElsewhere) as refusal:
                volunteers(world, helper, ends_at, minutes)
            assert (refusal.value.facts["starts"], refusal.value.facts["ends"]) == ("09:00", "12:00")
            assert books() == before
        else:
            assert volunteers(world, helper, ends_at, minutes).rank is None

    def test_somebody_else_and_things_are_not_touched(self, world: World, helper: UUID) -> None:
        loads(world, f"{PHONE},2026-10-05,00:00,24:00")

        volunteers(world, world.neighbour, seoul(5, 9))
        world.earns(helper, 2)

    def test_a_withdrawn_roster_counts_no_more(self, world: World, helper: UUID) -> None:
        loaded = loads(world, f"{PHONE},2026-10-04,09:00,12:00")

        operations.withdraw_roster(acts(world.issuer), key=loaded.key, reason="다른 달의 명단")
        operations.withdraw_roster(acts(world.issuer), key=loaded.key, reason="다른 달의 명단")

        assert volunteers(world, helper, seoul(4, 11)).rank is None

    def test_a_span_over_midnight_is_two_days(self) -> None:
        assert list(minutes_of(seoul(4, 23, 30), seoul(5, 0, 20))) == [
            (SUNDAY, 1410, 1440),
            (date(2026, 10, 5), 0, 20),
        ]
        assert list(minutes_of(seoul(4, 22), seoul(5, 0))) == [(SUNDAY, 1320, 1440)]


class TestQuestion:
    def test_no_is_kept_and_yes_is_refused(self, world: World) -> None:
        key = a_key()

        operations.answer_paid(acts(world.resident), person_id=world.resident, key=key, is_paid=False)
        operations.answer_paid(acts(world.resident), person_id=world.resident, key=key, is_paid=False)
        with pytest.raises(SaidPaid):
            operations.answer_paid(acts(world.resident), person_id=world.resident, key=a_key(), is_paid=True)

        assert list(UnpaidAnswer.objects.values_list("key", "person_id")) == [(key, world.resident)]
