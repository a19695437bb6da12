"""The yearly letter: in January everybody with coins gets one letter about the year that ended, once."""

from datetime import date
from uuid import UUID

from pumasi.civic.notices.models import Notice
from pumasi.civic.notices.operations import Words, write_notice
from pumasi.civic.people.queries import open_people_by_wallet
from pumasi.kernel.acting import Acting
from pumasi.kernel.clock import seoul_date
from pumasi.kernel.ids import derived_id
from pumasi.services.yearend.queries.dates import dates_of, known_year
from pumasi.services.yearend.queries.yearly import Year, years_of_all

KIND = "YEAR"
JANUARY = 1


def write_yearly_letters(acting: Acting) -> int:
    """The job of every night; it writes in January alone. Returns how many letters are new.

    Safe to run again, to kill, and to run twice at once: a letter of a person and a year is written once.
    """
    today = seoul_date(acting.at)
    if today.month != JANUARY or not known_year(today.year - 1, today):
        return 0
    dates = dates_of(today.year - 1)
    years = {wallet: year for wallet, year in years_of_all(dates).items() if _is_worth_a_letter(year)}
    have = _have(today)
    written = 0
    for wallet, person in open_people_by_wallet(years).items():
        if person not in have:
            key = derived_id("yearend.letter", person.hex, dates.year)
            written += write_notice(acting, person_id=person, kind=KIND, words=_words(years[wallet]), key=key)
    return written


def _have(today: date) -> set[UUID]:
    """Who has this January's letter already."""
    rows = Notice.objects.filter(kind=KIND, made_at__year=today.year)
    return set(rows.values_list("person_id", flat=True))


def _is_worth_a_letter(year: Year) -> bool:
    figures = (year.opening, year.earned, year.received, year.spent, year.given, year.donated, year.closing)
    return any(each.minor for each in figures)


def _words(year: Year) -> Words:
    lapsed = year.lapsed.text()
    return Words(
        title_ko=f"{year.year}년 한 해 동안의 코인",
        title_en=f"Your coins in {year.year}",
        text_ko=(
            f"{year.year}년에 {year.earned.text()}코인을 받고 {year.spent.text()}코인을 썼어요."
            f" 이웃에게 받은 선물은 {year.received.text()}코인, 준 선물은 {year.given.text()}코인이에요."
            f" 기부한 코인은 {year.donated.text()}코인, 기한이 지나 사라진 코인은 {lapsed}코인이에요."
            f" 12월 31일에 {year.closing.text()}코인이 남아 있었어요."
            " 자세한 내용은 ‘나의 한 해’에서 보고 종이로 받을 수 있어요."
        ),
        text_en=(
            f"In {year.year} you earned {year.earned.text()} coins and spent {year.spent.text()}."
            f" Neighbours gave you {year.received.text()}, and you gave them {year.given.text()}."
            f" You gave {year.donated.text()} to campaigns, and {lapsed} lapsed."
            f" On 31 December you had {year.closing.text()} coins."
            " See the details under 'My year', also on paper."
        ),
    )
