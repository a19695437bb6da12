"""The liability note, own facilities, the rehearsal of an expiry and takings of a year: exact figures."""

import io
import zipfile
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pumasi.civic.shell.tests.visiting import visitor
from pumasi.coin import operations as coin
from pumasi.coin.accounts import open_wallet
from pumasi.coin.parties import holder
from pumasi.coin.settlement import operations as settlement
from pumasi.coin.settlement.tests.street import publish
from pumasi.coin.tests.world import DATABASES, a_key, acts
from pumasi.ledger import kinds
from pumasi.ledger.chart import Pool
from pumasi.ledger.commands import Terms
from pumasi.ledger.posting import post_one
from pumasi.ledger.reads import lots, supply, trial_balance
from pumasi.services.yearend.queries.dates import dates_of
from pumasi.services.yearend.queries.lapsing import few, rehearse
from pumasi.services.yearend.queries.note import note
from pumasi.services.yearend.queries.takings import takings, takings_by_month
from pumasi.services.yearend.tests.turn import AFTER, BEFORE, DECEMBER, JANUARY, Turn

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(databases=DATABASES)]


@pytest.fixture
def year(turn: Turn) -> Turn:
    """100 earned; 30 spent and settled in December, 10 closed at the gym, 20 spent at the last second, 10 after it."""
    turn.pays(30, at=DECEMBER)
    turn.pays(10, turn.gym, at=DECEMBER)
    publish()
    turn.settles(DECEMBER + timedelta(days=9))
    settlement.close_facility(acts(turn.checker, BEFORE), place_id=turn.gym, document="결재-9", key=a_key())
    turn.pays(20, at=BEFORE)
    turn.pays(10, at=AFTER)
    return turn


class TestNote:
    def test_coins_by_class_and_year_of_birth_as_of_the_last_day(self, year: Turn) -> None:
        found = note(dates_of(2026))

        lines = [(each.pool, each.year, each.coins.text(), each.won) for each in found.outstanding + found.ended]
        assert lines == [
            (Pool.WALLETS, 2026, "40", 4000),
            (Pool.TAKINGS, 2026, "20", 2000),
            (Pool.REDEEMED, 2026, "40", 4000),
        ]
        assert (found.issued.text(), found.coins.text(), found.won) == ("100", "60", 6000)
        assert found.matches

    def test_the_budget_of_the_day_by_fund(self, year: Turn) -> None:
        found = {each.fund: each for each in note(dates_of(2026)).funds}

        old = found["good-deed/2026"]
        assert (old.appropriated, old.free, old.encumbered, old.executed) == (5_000_000, 4_990_000, 6000, 4000)
        assert (old.carried_over, old.returned) == (0, 0)
        new = found["good-deed/2027"]
        assert (new.appropriated, new.free, new.encumbered) == (5_000_000, 5_000_000, 0)

    def test_it_says_the_same_later(self, year: Turn) -> None:
        before = note(dates_of(2026))

        year.is_approved(BEFORE, JANUARY)
        publish()
        year.settles(JANUARY + timedelta(days=20))

        assert note(dates_of(2026)) == before
        assert note(dates_of(2027)).matches

    def test_the_sums_are_those_of_the_trial_balance(self, year: Turn) -> None:
        found = note(dates_of(2027))  # nothing was posted after that day: the books of now

        pools = {pool: amount for pool, amount in supply("SC").items() if amount}
        said: dict[Pool, int] = {Pool.ISSUED: found.issued.minor}
        for each in found.outstanding + found.ended:
            said[each.pool] = said.get(each.pool, 0) + each.coins.minor
        assert said == pools
        encumbered = sum(line.balance for line in trial_balance() if line.row.code in ("B200", "B110"))
        assert encumbered == found.won

    def test_it_matches_after_a_change_of_the_rate(self, year: Turn) -> None:
        wallet = open_wallet(holder(year.neighbour), "SC", DECEMBER)
        terms = Terms("good-deed/2026", None, 2)
        post_one(kinds.earn(key=a_key(), at=DECEMBER, wallet=wallet, amount=1_000, terms=terms))
        (lot,) = lots(wallet)
        change = kinds.rate_change(
            key=a_key(),
            at=BEFORE,
            wallet=wallet,
            lot=lot.lot,
            amount=1_000,
            new_amount=2_000,
            terms=Terms("good-deed/2026", None, 1),
        )
        post_one(change)

        found = note(dates_of(2026))

        assert found.matches
        assert (Pool.CONVERSION, "-10", 0) in [(each.pool, each.coins.text(), each.won) for each in found.ended]

    def test_a_payable_of_the_last_day_stands_in_won(self, turn: Turn) -> None:
        turn.pays(30, at=DECEMBER)
        publish()
        batch = turn.drafts(DECEMBER + timedelta(days=9))
        turn.checks(batch, DECEMBER + timedelta(days=9))

        found = note(dates_of(2026))

        assert [(name[:4], amount) for name, amount in found.owed] == [("K200", 3000)]

    def test_own_facilities_gross(self, year: Turn) -> None:
        (line,) = note(dates_of(2026)).facilities

        assert (line.name, line.closes, line.coins.text(), line.won) == ("표본 체육관", 1, "10", 1000)
        assert note(dates_of(2027)).facilities == ()

    def test_page_spreadsheet_and_paper(self, year: Turn) -> None:
        client = visitor(year.auditor, "en")

        page = client.get("/year-end/2026/note/").content.decode()
        sheets = client.get("/year-end/2026/note.xlsx")
        paper = client.get("/year-end/2026/note.pdf")

        assert "All sums are those of the trial balance" in page
        assert "6,000 won" in page
        with zipfile.ZipFile(io.BytesIO(sheets.content)) as bundle:
            coins = bundle.read("xl/worksheets/sheet1.xml").decode()
        assert "<v>4000</v>" in coins
        assert paper.content.startswith(b"%PDF")
        assert b"pdfuaid" in paper.content or b"/MarkInfo" in paper.content
        assert paper.content == client.get("/year-end/2026/note.pdf").content

    def test_the_number_of_queries_does_not_grow(self, year: Turn) -> None:
        counts = []
        for _ in range(2):
            year.pays(10, at=BEFORE)
            client = visitor(year.auditor)
            client.get("/year-end/2026/note/")
            with CaptureQueriesContext(connection) as seen:
                client.get("/year-end/2026/note/")
            counts.append(len(seen))

        assert counts == [14, 14]


class TestRehearsal:
    def test_what_is_rehearsed_is_what_lapses(self, turn: Turn) -> None:
        last = date(2027, 6, 30)
        for person, coins in ((turn.resident, 40), (turn.neighbour, 20), (turn.resident, 10)):
            wallet = open_wallet(holder(person), "SC", JANUARY)
            terms = Terms("good-deed/2027", last, 1)
            post_one(kinds.earn(key=a_key(), at=JANUARY, wallet=wallet, amount=coins * 100, terms=terms))

        found = rehearse(date(2027, 1, 4), last)
        coin.sweep(acts(None, datetime(2027, 6, 30, 15, tzinfo=UTC)))

        assert [(each.last_day, each.wallets, each.coins, each.won) for each in found.days] == [
            (last, "<5", "70", "7,000")
        ]
        assert supply("SC")[Pool.EXPIRED] == 7_000
        assert rehearse(date(2027, 7, 1), date(2028, 7, 1)).days == ()

    def test_fewer_than_five_are_not_told(self) -> None:
        assert [few(n) for n in (1, 4, 5, 1234)] == ["<5", "<5", "5", "1,234"]

    def test_nothing_lapses_where_coins_do_not(self, turn: Turn) -> None:
        page = visitor(turn.auditor, "en").get("/year-end/2026/lapsing/?on=2027-12-31").content.decode()

        assert "Nothing lapses in this time." in page

    def test_what_is_no_day_is_asked_for_again(self, turn: Turn) -> None:
        assert visitor(turn.auditor).get("/year-end/2026/lapsing/?on=never").status_code == 422


class TestTakings:
    def test_every_place_with_its_sum(self, year: Turn) -> None:
        year.refunds(year.pays(10, at=BEFORE).key, coins=10, at=AFTER)

        found = takings(2026)

        assert [line.row for line in found.lines] == [
            ("표본 세탁소", 3, "60", "0", "60", 6000, 0),
            ("표본 체육관", 1, "10", "0", "10", 1000, 0),
        ]
        assert found.total.row[1:] == (4, "70", "0", "70", 7000, 0)
        assert takings(2027).total.row[1:] == (1, "10", "10", "0", 0, 0)

    def test_the_owner_sees_the_shop_by_month_and_nobody_elses(self, year: Turn) -> None:
        assert takings_by_month(year.laundry, 2026).lines[11].row == ("2026-12", 2, "50", "0", "50", 5000, 0)
        mine, others = f"/shop-year/2026/{year.laundry}", f"/shop-year/2026/{year.bakery}"
        client = visitor(year.keeper, "en")

        assert client.get("/shop-year/")["Location"] == f"{mine}/"
        assert client.get(f"{mine}/").status_code == 200
        assert "2026-12,2,50,0,50,5000,0" in client.get(f"{mine}.csv").content.decode()
        assert client.get(f"{mine}.pdf").content.startswith(b"%PDF")
        assert [client.get(f"{others}{end}").status_code for end in ("/", ".csv", ".pdf")] == [404] * 3
