"""The list of a year end, deeds that the next year pays, and what happens around midnight."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pumasi.civic.people.models import RoleName
from pumasi.civic.people.operations import end_role
from pumasi.civic.shell.tests.visiting import visitor
from pumasi.coin.models import Award, Claim, Payment
from pumasi.coin.settlement.tests.street import publish
from pumasi.coin.tariff_table import TariffError
from pumasi.coin.tests.world import DATABASES, acts
from pumasi.kernel.clock import FixedClock
from pumasi.ledger.reads import lots_of
from pumasi.seal.models import Block
from pumasi.services.yearend.queries.accruals import accruals
from pumasi.services.yearend.queries.checklist import Item, checklist, missing_hands
from pumasi.services.yearend.queries.dates import FILE, dates_of, parse, year_shown, year_to_keep
from pumasi.services.yearend.tests.turn import AFTER, BEFORE, DECEMBER, JANUARY, Turn

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(databases=DATABASES)]
TREASURY = frozenset({"TREASURY"})


def items(at: object = JANUARY) -> dict[str, Item]:
    """The list of 2026 for somebody of the treasury, by the day and the place in the list."""
    dates = dates_of(2026)
    lines = checklist(dates, accruals(dates, JANUARY), TREASURY, JANUARY if at is JANUARY else DECEMBER)
    names = ("deeds", "hands", "access", "order", "settle", "facilities", "disputes", "approve")
    return dict(zip(names, lines, strict=True))


class TestDates:
    def test_days_on_which_somebody_works_move_to_the_next_working_day(self) -> None:
        dates = dates_of(2026)

        assert dates.last_deed == date(2026, 12, 31)
        assert dates.hand_over == date(2027, 1, 4)  # the 2nd is a Saturday
        assert dates.settle_by == date(2027, 1, 11)  # the 10th is a Sunday
        assert dates.approve_by == date(2027, 1, 15)

    def test_the_year_at_hand_changes_on_the_first_of_december(self) -> None:
        assert year_shown(date(2026, 11, 30)) == 2025
        assert year_shown(date(2026, 12, 1)) == 2026
        assert year_shown(date(2027, 1, 4)) == 2026

    def test_residents_and_owners_see_the_year_that_runs_and_in_january_the_one_that_ended(self) -> None:
        assert [year_to_keep(day) for day in (date(2026, 12, 31), date(2027, 1, 31), date(2027, 2, 1))] == [
            2026, 2026, 2027,
        ]  # fmt: skip

    @pytest.mark.parametrize(
        ("old", "new"),
        [('"01-15"', '"02-15"'), ('"01-15"', '"01-32"'), ('"12-31"', '"12-31"\nmore = 1'), ("[[rule]]", "[[rule")],
    )
    def test_a_file_that_says_something_else_is_refused(self, old: str, new: str) -> None:
        with pytest.raises(TariffError):
            parse(FILE.read_text(encoding="utf-8").replace(old, new, 1))


class TestMidnight:
    def test_a_payment_belongs_to_the_day_on_seouls_clock(self, turn: Turn) -> None:
        before, after = turn.pays(10, at=BEFORE), turn.pays(10, at=AFTER)

        days = dict(Payment.objects.values_list("key", "day"))
        assert (days[before.key], days[after.key]) == (date(2026, 12, 31), date(2027, 1, 1))

    def test_a_deed_belongs_to_its_day_and_its_coins_to_the_year_of_issue(self, turn: Turn) -> None:
        done = turn.is_approved(BEFORE, AFTER)

        assert Claim.objects.get(key=done.key).day == date(2026, 12, 31)
        award = Award.objects.get(share__claim_id=done.key)
        assert award.fund == "good-deed/2027"
        (lot,) = lots_of(award.transfer)
        assert (lot.fiscal_year, lot.fund) == (2027, "good-deed/2027")


class TestAccruals:
    def test_decembers_deeds_approved_in_january_are_listed_with_their_sums(self, turn: Turn) -> None:
        turn.is_approved(BEFORE, AFTER)
        turn.is_approved(AFTER, JANUARY)

        found = accruals(dates_of(2026), JANUARY)

        assert [(each.deeds, each.coins.text(), each.won) for each in found.paid] == [(1, "20", 2000)]
        assert (found.deeds, found.coins.text(), found.won) == (1, "20", 2000)
        assert accruals(dates_of(2025), JANUARY).deeds == 0

    def test_who_waits_for_budget_is_an_accrual_too(self, db: None, clock: FixedClock) -> None:
        turn = Turn()
        turn.funds()
        turn.is_approved(BEFORE, AFTER)  # nothing is authorised for 2027

        found = accruals(dates_of(2026), JANUARY)

        assert found.paid == ()
        assert [(each.deeds, each.coins.text(), each.won) for each in found.queued] == [(1, "20", 2000)]


class TestList:
    def test_what_is_open_is_counted_for_who_has_to_act(self, turn: Turn) -> None:
        turn.pays(20, at=BEFORE)
        turn.pays(10, turn.gym, at=BEFORE)
        turn.pays(10, at=AFTER)

        found = items()

        assert {name: item.open for name, item in found.items()} == {
            "deeds": 0, "hands": 2, "access": 11, "order": 0, "settle": 1, "facilities": 1, "disputes": 0, "approve": 0,
        }  # fmt: skip
        assert found["settle"].link == "/settlement/"
        assert found["approve"].link == ""  # no door of the treasury
        assert found["settle"].say == "아직 정산에 들어가지 않은 결제 1건"

    def test_what_is_settled_is_open_no_more(self, turn: Turn) -> None:
        turn.pays(20, at=DECEMBER)
        publish()
        turn.settles(JANUARY)

        assert items()["settle"].open == 0

    def test_before_the_year_is_over_only_hand_over_and_order_can_be_open(self, turn: Turn) -> None:
        turn.pays(20, at=DECEMBER)

        assert {name for name, item in items(DECEMBER).items() if item.early} == {
            "deeds", "settle", "facilities", "disputes", "approve",
        }  # fmt: skip

    def test_a_role_that_one_hand_too_few_holds_on_the_morning_is_named(self, turn: Turn) -> None:
        day = dates_of(2026).hand_over
        before = len(missing_hands(day))

        end_role(acts(None, JANUARY), turn.maker, RoleName.TREASURY)

        assert len(missing_hands(day)) == before + 1


class TestPage:
    def test_home_leads_to_the_year_at_hand(self, turn: Turn) -> None:
        assert visitor(turn.maker).get("/year-end/")["Location"] == "/year-end/2026/"

    def test_the_page_shows_the_accruals(self, turn: Turn) -> None:
        turn.is_approved(BEFORE, AFTER)

        page = visitor(turn.auditor, "en").get("/year-end/2026/").content.decode()

        assert "Year end 2026" in page
        assert "2,000" in page
        assert "paid in the new year" in page
        assert "No block was published in this year." in page

    def test_the_last_block_of_the_year_is_told(self, turn: Turn) -> None:
        publish()
        newest = Block.objects.get()

        page = visitor(turn.auditor, "en").get("/year-end/2026/").content.decode()

        assert f"is number {newest.number}; the record then has {newest.size} entries" in page
        assert bytes(newest.root).hex() in page

    @pytest.mark.parametrize("year", [2021, 2028, 9999])
    def test_years_that_were_not_are_not_found(self, turn: Turn, year: int) -> None:
        assert visitor(turn.auditor).get(f"/year-end/{year}/").status_code == 404

    def test_the_number_of_queries_does_not_grow(self, turn: Turn) -> None:
        counts = []
        for _ in range(2):
            for _ in range(3):
                turn.pays(10, at=BEFORE)
            client = visitor(turn.maker)
            client.get("/year-end/2026/")
            with CaptureQueriesContext(connection) as seen:
                client.get("/year-end/2026/")
            counts.append(len(seen))

        assert counts == [counts[0]] * 2
        assert counts[0] == 19
