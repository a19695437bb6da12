"""Letters before coins lapse: exact words, each once, at months' ends, on leap days, and after missed days."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from pumasi.civic.notices.models import Notice
from pumasi.civic.people.operations import close_person
from pumasi.coin.accounts import open_wallet
from pumasi.coin.operations import write_expiry_notices
from pumasi.coin.operations.expiry_notices import STAGES, stage_on
from pumasi.coin.parties import holder
from pumasi.coin.tests.world import DATABASES, FUND, MORNING, World, a_key, acts
from pumasi.kernel.clock import KST
from pumasi.ledger import kinds
from pumasi.ledger.commands import Terms
from pumasi.ledger.posting import post_one

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(databases=DATABASES)]
LAST_DAY = date(2026, 12, 31)


def on(day: date) -> datetime:
    """Nine in the morning in Seoul."""
    return datetime.combine(day, time(9), KST).astimezone(UTC)


def holds(person: UUID, coins: int, last_day: date | None = LAST_DAY) -> None:
    """Coins with this last day in a person's wallet."""
    wallet = open_wallet(holder(person), "SC", MORNING)
    terms = Terms(FUND, last_day, 1)
    post_one(kinds.earn(key=a_key(), at=MORNING, wallet=wallet, amount=coins * 100, terms=terms))


def runs(days: Sequence[date]) -> list[int]:
    """How many letters the job writes on each of these days."""
    return [write_expiry_notices(acts(None, on(day))) for day in days]


def titles() -> list[str]:
    return list(Notice.objects.order_by("made_at").values_list("title_ko", flat=True))


class TestStages:
    @pytest.mark.parametrize(
        ("left", "stage"), [(61, 0), (60, 60), (31, 60), (30, 30), (8, 30), (7, 7), (1, 7), (0, 7)]
    )
    def test_is_due_from_so_many_days_before_the_last_day(self, left: int, stage: int) -> None:
        assert stage_on(LAST_DAY - timedelta(days=left), LAST_DAY) == stage

    @pytest.mark.parametrize(
        ("last_day", "first"),
        [
            (date(2027, 3, 31), date(2027, 1, 30)),
            (date(2028, 2, 29), date(2027, 12, 31)),
            (date(2028, 3, 31), date(2028, 1, 31)),
            (date(2027, 1, 1), date(2026, 11, 2)),
        ],
    )
    def test_counts_days_over_months_ends_and_leap_days(self, last_day: date, first: date) -> None:
        assert (stage_on(first - timedelta(days=1), last_day), stage_on(first, last_day)) == (0, 60)


class TestLetters:
    def test_three_letters_each_once_on_its_first_day(self, world: World) -> None:
        holds(world.resident, 20)
        days = [LAST_DAY - timedelta(days=left) for left in (61, 60, 60, 59, 31, 30, 30, 29, 8, 7, 7, 6, 0)]

        written = runs(days)

        assert written == [0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0]

    def test_says_how_many_coins_by_which_day_and_what_to_do(self, world: World) -> None:
        holds(world.resident, 20)
        runs([LAST_DAY - timedelta(days=30)])

        letter = Notice.objects.get()

        assert letter.person_id == world.resident
        assert letter.title_ko == "20코인을 2026년 12월 31일까지 쓸 수 있어요"
        assert letter.title_en == "Use 20 coins by 2026-12-31"
        assert "30일 남았어요" in letter.text_ko
        assert "모금에 기부하거나" in letter.text_ko
        assert "(30 days left)" in letter.text_en

    def test_late_days_are_made_up_for_with_one_letter_in_the_right_order(self, world: World) -> None:
        holds(world.resident, 20)

        written = runs([LAST_DAY - timedelta(days=left) for left in (45, 20, 3)])

        assert written == [1, 1, 1]
        said = Notice.objects.order_by("made_at").values_list("text_ko", flat=True)
        assert [text.partition("(")[2].partition("일")[0] for text in said] == ["45", "20", "3"]

    def test_a_job_that_stood_still_for_all_of_it_writes_the_last_one_alone(self, world: World) -> None:
        holds(world.resident, 20)

        assert runs([LAST_DAY, LAST_DAY]) == [1, 0]
        assert "오늘까지" in Notice.objects.get().text_ko

    def test_after_the_last_day_nothing_is_written(self, world: World) -> None:
        holds(world.resident, 20)

        assert runs([LAST_DAY + timedelta(days=1)]) == [0]

    def test_lots_of_one_last_day_are_one_letter_and_those_of_two_are_two(self, world: World) -> None:
        holds(world.resident, 20)
        holds(world.resident, 4)
        holds(world.resident, 10, LAST_DAY - timedelta(days=1))
        holds(world.neighbour, 6)
        holds(world.neighbour, 8, None)

        assert runs([LAST_DAY - timedelta(days=30)]) == [3]
        assert sorted(title.split("코인")[0] for title in titles()) == ["10", "24", "6"]

    def test_coins_that_were_spent_or_whose_owner_has_left_are_not_written_about(self, world: World) -> None:
        holds(world.resident, 10)
        world.pays(10)
        holds(world.neighbour, 6)
        close_person(acts(world.neighbour), world.neighbour)

        assert runs([LAST_DAY - timedelta(days=30)]) == [0]

    def test_whatever_days_the_job_runs_each_stage_comes_once_and_in_order(self, world: World) -> None:
        holds(world.resident, 20)

        @given(st.lists(st.integers(0, 70), min_size=1, max_size=8))
        def run(lefts: list[int]) -> None:
            with transaction.atomic():
                days = sorted(LAST_DAY - timedelta(days=left) for left in lefts)
                due = [stage_on(day, LAST_DAY) for day in days]

                written = runs(days)

                firsts = [n for n, stage in enumerate(due) if stage and due.index(stage) == n]
                assert [n for n, count in enumerate(written) if count] == firsts
                assert [stage for stage in STAGES if stage in due] == [due[n] for n in firsts]
                assert max(written) <= 1
                transaction.set_rollback(True)

        run()
