"""The dated rules of life events, from a TOML file: how long who may still do what, and when letters are written.

Not here: what then happens (`operations`), the limits of an unchecked identity (caps of the tariff).
"""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from pumasi.coin.tariff import on_day
from pumasi.coin.tariff_file import DATA
from pumasi.coin.tariff_table import Table, TariffError
from pumasi.kernel.clock import month_end


@dataclass(frozen=True)
class LifeRule:
    """What holds from a day until a day, both included."""

    starts: date
    until: date | None
    grace_months: int
    estate_months: int
    reminder_days: tuple[int, ...]
    letter_days: int
    custody_days: int
    write_off_years: int
    rate_notice_days: int
    clause: str
    document: str

    def grace_until(self, left: date) -> date:
        """The last day on which somebody who left on that day spends and gives."""
        return months_later(left, self.grace_months)

    def estate_until(self, reported: date) -> date:
        """The last day on which the family may decide about coins of a death that was reported on that day."""
        return months_later(reported, self.estate_months)

    def stage(self, days_left: int) -> int:
        """The reminder that is due so many days before an end; 0: none yet."""
        return min((days for days in self.reminder_days if 0 <= days_left <= days), default=0)


def life_rule(day: date) -> LifeRule:
    """The rule on `day`; raises TariffError when the file is wrong or says nothing about that day."""
    path = Path(str(getattr(settings, "PUMASI_LIFE", "") or DATA / "life.toml"))
    found = on_day(_loaded(path), day)
    if found is None:
        raise TariffError(f"{path.name}: no rule for {day.isoformat()}")
    return found


def months_later(day: date, months: int) -> date:
    """The same day so many months later; the month's last day where it has none."""
    count = day.year * 12 + day.month - 1 + months
    last = month_end(date(count // 12, count % 12 + 1, 1))
    return last.replace(day=min(day.day, last.day))


@lru_cache(maxsize=8)
def _loaded(path: Path) -> tuple[LifeRule, ...]:
    try:
        top = Table(tomllib.loads(path.read_text(encoding="utf-8")), "life")
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise TariffError(f"{path.name}: not TOML: {error}") from error
    rules = tuple(_rule(table) for table in top.tables("rule"))
    top.close()
    return rules


def _rule(table: Table) -> LifeRule:
    found = LifeRule(
        starts=table.day("from"),
        until=table.day_or_none("until"),
        grace_months=table.whole("grace_months", 0, 60),
        estate_months=table.whole("estate_months", 1, 60),
        reminder_days=table.numbers("reminder_days"),
        letter_days=table.whole("letter_days", 1, 365),
        custody_days=table.whole("custody_days", 1, 3650),
        write_off_years=table.whole("write_off_years", 1, 30),
        rate_notice_days=table.whole("rate_notice_days", 1, 365),
        clause=table.text("clause"),
        document=table.text("document"),
    )
    table.close()
    return found
