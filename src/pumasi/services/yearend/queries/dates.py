"""The days of a fiscal year's end, from dated data (`data/yearend.toml`)."""

import tomllib
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from pathlib import Path

from pumasi.coin.tariff import on_day
from pumasi.coin.tariff_table import Table, TariffError
from pumasi.coin.working_days import working_day
from pumasi.kernel.clock import KST

FILE = Path(__file__).parents[1] / "data" / "yearend.toml"
FIRST_YEAR, LAST_YEAR = 2022, 2100


@dataclass(frozen=True)
class Rule:
    """What holds for fiscal years that begin from a day until a day; days are (month, day)."""

    starts: date
    until: date | None
    last_deed_on: tuple[int, int]
    hand_over_on: tuple[int, int]
    settle_by: tuple[int, int]
    approve_by: tuple[int, int]
    shown_from: tuple[int, int]
    clause: str
    document: str


@dataclass(frozen=True)
class Dates:
    """The days of one year end; `closes` is the first moment of the next year in Seoul."""

    year: int
    last_deed: date
    hand_over: date
    settle_by: date
    approve_by: date
    clause: str
    document: str

    @property
    def last_day(self) -> date:
        return date(self.year, 12, 31)

    @property
    def closes(self) -> datetime:
        return datetime.combine(self.last_day + timedelta(days=1), time(), KST).astimezone(UTC)

    def is_over(self, today: date) -> bool:
        return today > self.last_day


def dates_of(year: int) -> Dates:
    """The days of this year's end; raises TariffError when the file is wrong or says nothing about the year."""
    rule = _rule_of(year)
    return Dates(
        year=year,
        last_deed=date(year, *rule.last_deed_on),
        hand_over=working_day(date(year + 1, *rule.hand_over_on), 0),
        settle_by=working_day(date(year + 1, *rule.settle_by), 0),
        approve_by=working_day(date(year + 1, *rule.approve_by), 0),
        clause=rule.clause,
        document=rule.document,
    )


def year_shown(today: date) -> int:
    """The year whose end is at hand: this year from `shown_from` on, until then the year before."""
    return today.year if today >= date(today.year, *_rule_of(today.year).shown_from) else today.year - 1


def year_to_keep(today: date) -> int:
    """The year that residents and owners look for: in January the one that ended, else the one that runs."""
    return today.year - (today.month == 1)


def known_year(year: int, today: date) -> bool:
    """Whether there is a page for this year."""
    return FIRST_YEAR <= year <= min(today.year, LAST_YEAR)


def parse(text: str) -> tuple[Rule, ...]:
    """The rules in a TOML text; raises TariffError."""
    try:
        top = Table(tomllib.loads(text), "yearend")
    except tomllib.TOMLDecodeError as error:
        raise TariffError(f"{FILE.name}: not TOML: {error}") from error
    rules = tuple(_rule(each) for each in top.tables("rule"))
    top.close()
    return rules


def _rule_of(year: int) -> Rule:
    found = on_day(_loaded(), date(year, 1, 1))
    if found is None:
        raise TariffError(f"{FILE.name}: no rule for {year}")
    return found


@lru_cache(maxsize=1)
def _loaded() -> tuple[Rule, ...]:
    return parse(FILE.read_text(encoding="utf-8"))


def _rule(table: Table) -> Rule:
    found = Rule(
        starts=table.day("from"),
        until=table.day_or_none("until"),
        last_deed_on=_month_day(table, "last_deed_on", 12),
        hand_over_on=_month_day(table, "hand_over_on", 1),
        settle_by=_month_day(table, "settle_by", 1),
        approve_by=_month_day(table, "approve_by", 1),
        shown_from=_month_day(table, "shown_from", 12),
        clause=table.text("clause"),
        document=table.text("document"),
    )
    table.close()
    return found


def _month_day(table: Table, name: str, month: int) -> tuple[int, int]:
    said = table.text(name)
    try:
        day = date.fromisoformat(f"2023-{said}")
    except ValueError as error:
        raise TariffError(f"{table.path}.{name}: not month and day: {said}") from error
    if day.month != month:
        raise TariffError(f"{table.path}.{name}: must lie in month {month}")
    return day.month, day.day
