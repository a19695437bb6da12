"""What this district runs by: its tariff file (setting `PUMASI_TARIFF`: a sample's name or a path) and its programme.

Not here: reading and checking the file (`tariff_file`).
"""

from datetime import date
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from pumasi.coin.tariff import Tariff
from pumasi.coin.tariff_file import DATA, load
from pumasi.kernel.clock import fiscal_year

DEFAULT = "seocho"
PROGRAMME = "good-deed"
# Public holidays besides Saturdays and Sundays; working days are counted without them.
HOLIDAYS: frozenset[date] = frozenset()


def district_tariff() -> Tariff:
    """The tariff in use, read once per process; raises TariffError when the file is wrong."""
    name = str(getattr(settings, "PUMASI_TARIFF", DEFAULT))
    path = Path(name)
    return _loaded(path if path.suffix == ".toml" else DATA / f"{name}.toml")


def fund_of(day: date) -> str:
    """The fund that pays what is issued on `day`: the budget line of its fiscal year."""
    return f"{PROGRAMME}/{fiscal_year(day)}"


@lru_cache(maxsize=8)
def _loaded(path: Path) -> Tariff:
    return load(path)
