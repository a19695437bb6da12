"""A resident's year: beginning and end meet, the letter comes once in January, and the page is the person's own."""

from datetime import UTC, datetime, timedelta

import pytest

from pumasi.civic.notices.models import Notice
from pumasi.civic.people.operations import close_person
from pumasi.civic.shell.tests.visiting import visitor
from pumasi.coin import operations as coin
from pumasi.coin.tests.world import DATABASES, a_key, acts
from pumasi.services.yearend.operations import write_yearly_letters
from pumasi.services.yearend.queries.dates import dates_of
from pumasi.services.yearend.queries.yearly import Year, year_of, years_of_all
from pumasi.services.yearend.tests.turn import AFTER, BEFORE, DECEMBER, JANUARY, Turn

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(databases=DATABASES)]


@pytest.fixture
def year(turn: Turn) -> Turn:
    """The resident earned 100, spent 30 of which 10 came back, gave 20; in January 10 more were spent."""
    paid = turn.pays(30, at=DECEMBER)
    turn.refunds(paid.key, coins=10, at=DECEMBER)
    coin.give(acts(turn.resident, BEFORE), to_id=turn.neighbour, coins=20, key=a_key())
    turn.pays(10, at=AFTER)
    return turn


def texts(found: Year) -> dict[str, str]:
    names = ("opening", "earned", "received", "spent", "given", "donated", "lapsed", "taken_back", "other", "closing")
    return {name: getattr(found, name).text() for name in names if getattr(found, name).minor}


class TestYear:
    def test_the_giver(self, year: Turn) -> None:
        found = year_of(year.resident, dates_of(2026))

        assert texts(found) == {"earned": "100", "spent": "20", "given": "20", "closing": "60"}

    def test_the_receiver(self, year: Turn) -> None:
        assert texts(year_of(year.neighbour, dates_of(2026))) == {"received": "20", "closing": "20"}

    def test_the_next_year_begins_where_this_one_ended(self, year: Turn) -> None:
        assert texts(year_of(year.resident, dates_of(2027))) == {"opening": "60", "spent": "10", "closing": "50"}

    def test_all_at_once_say_the_same(self, year: Turn) -> None:
        for each in (2026, 2027):
            closings = sorted(found.closing.text() for found in years_of_all(dates_of(each)).values())
            mine = [year_of(person, dates_of(each)).closing.text() for person in (year.resident, year.neighbour)]
            assert closings == sorted(mine)


class TestLetter:
    def test_once_in_january_with_exact_words(self, year: Turn) -> None:
        assert write_yearly_letters(acts(None, JANUARY)) == 2
        assert write_yearly_letters(acts(None, JANUARY + timedelta(days=1))) == 0

        letter = Notice.objects.get(person_id=year.resident)
        assert letter.title_ko == "2026년 한 해 동안의 코인"
        assert letter.text_ko == (
            "2026년에 100코인을 받고 20코인을 썼어요. 이웃에게 받은 선물은 0코인, 준 선물은 20코인이에요."
            " 기부한 코인은 0코인, 기한이 지나 사라진 코인은 0코인이에요. 12월 31일에 60코인이 남아 있었어요."
            " 자세한 내용은 ‘나의 한 해’에서 보고 종이로 받을 수 있어요."
        )
        assert letter.text_en.startswith("In 2026 you earned 100 coins and spent 20. Neighbours gave you 0,")

    @pytest.mark.parametrize("at", [BEFORE, datetime(2027, 1, 31, 15, tzinfo=UTC)])
    def test_in_no_other_month(self, year: Turn, at: datetime) -> None:
        assert write_yearly_letters(acts(None, at)) == 0

    def test_not_to_who_has_left_and_not_about_nothing(self, year: Turn) -> None:
        close_person(acts(None, JANUARY), year.neighbour)

        write_yearly_letters(acts(None, JANUARY))

        assert list(Notice.objects.values_list("person_id", flat=True)) == [year.resident]


class TestPage:
    def test_page_and_paper_are_the_viewer_s_own(self, year: Turn) -> None:
        mine, others = visitor(year.resident, "en"), visitor(year.neighbour, "en")

        assert mine.get("/my-year/")["Location"] == "/my-year/2026/"
        assert "60 coins" in mine.get("/my-year/2026/").content.decode()
        assert "60 coins" not in others.get("/my-year/2026/").content.decode()
        assert mine.get("/my-year/2026.pdf").content.startswith(b"%PDF")
        assert mine.get("/my-year/2028/").status_code == 404
