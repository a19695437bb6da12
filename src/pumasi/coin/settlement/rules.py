"""The dated rules of settlement, from a TOML file: fixed days, threshold, age of a receipt, minimum, override.

Not here: which receipts are ready (`candidates`).
"""

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from pumasi.coin.tariff import on_day
from pumasi.coin.tariff_file import DATA
from pumasi.coin.tariff_table import Table, TariffError
from pumasi.kernel.clock import month_end


@dataclass(frozen=True)
class Rule:
    """What holds from a day until a day, both included."""

    starts: date
    until: date | None
    days_of_month: tuple[int, ...]
    threshold_won: int
    hold_days: int
    minimum_won: int
    override_hours: int
    clause: str
    document: str

    def cutoff(self, today: date) -> date:
        """The last day whose payments are old enough."""
        return today - timedelta(days=self.hold_days)

    def next_day(self, after: date) -> date:
        """The first fixed day later than `after`; a day that a month lacks is its last one."""
        day = after + timedelta(days=1)
        while day.day not in {min(wanted, month_end(day).day) for wanted in self.days_of_month}:
            day += timedelta(days=1)
        return day


def rule(day: date) -> Rule:
    """The rule on `day`; raises TariffError when the file is wrong or says nothing about that day."""
    path = Path(str(getattr(settings, "PUMASI_SETTLEMENT", "") or DATA / "settlement.toml"))
    found = on_day(_loaded(path), day)
    if found is None:
        raise TariffError(f"{path.name}: no rule for {day.isoformat()}")
    return found


@lru_cache(maxsize=8)
def _loaded(path: Path) -> tuple[Rule, ...]:
    try:
        top = Table(tomllib.loads(path.read_text(encoding="utf-8")), "settlement")
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise TariffError(f"{path.name}: not TOML: {error}") from error
    rules = tuple(_rule(each) for each in top.tables("rule"))
    top.close()
    return rules


def _rule(table: Table) -> Rule:
    days = table.numbers("days_of_month")
    if not days or any(not 1 <= day <= 31 for day in days):
        raise TariffError(f"{table.path}.days_of_month: days are 1 to 31")
    found = Rule(
        starts=table.day("from"),
        until=table.day_or_none("until"),
        days_of_month=days,
        threshold_won=table.whole("threshold_won", 1, 10**12),
        hold_days=table.whole("hold_days", 0, 365),
        minimum_won=table.whole("minimum_won", 0, 10**9),
        override_hours=table.whole("override_hours", 24, 24 * 90),
        clause=table.text("clause"),
        document=table.text("document"),
    )
    table.close()
    return found
