"""Items of carbon-zero shops with their dated CO2 factors: read from the sample file, asked for sums with a range.

A sum always says its lowest and highest value and the versions of the factors behind it. Grams are whole numbers.
Not here: what an item earns (`tariff`) and which shop wants it today (`civic.places`).
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType

from pumasi.coin.tariff import Basis, on_day
from pumasi.coin.tariff_file import DATA
from pumasi.coin.tariff_table import Table, TariffError

MAX_GRAMS = 1_000_000
FILE = DATA / "items.toml"


@dataclass(frozen=True)
class Factor:
    """Grams of CO2 that one piece saves, from `starts` until `until`; the truth is taken to lie in `low`..`high`."""

    starts: date
    until: date | None
    grams: int
    low: int
    high: int
    version: str
    basis: Basis
    sources: tuple[int, ...]


@dataclass(frozen=True)
class Item:
    """One item with all its factors, oldest first; `is_named`: a source names it as taken by the shops."""

    code: str
    name_ko: str
    name_en: str
    is_named: bool
    factors: tuple[Factor, ...]

    def name(self, language: str) -> str:
        return self.name_ko if language.startswith("ko") else self.name_en


@dataclass(frozen=True)
class Items:
    """The whole table; `version` names the file."""

    version: str
    items: Mapping[str, Item]
    sources: Mapping[int, str]

    def saved(self, handed: Iterable[tuple[str, int, date]]) -> "Saved":
        """What (code, pieces, day) have saved; codes without a factor on their day count as nothing."""
        total = Saved(0, 0, 0, 0, ())
        for code, pieces, day in handed:
            item = self.items.get(code)
            factor = on_day(item.factors, day) if item else None
            if factor is not None:
                total = total.plus(factor, pieces)
        return total


@dataclass(frozen=True)
class Saved:
    """Grams of CO2 saved by `pieces`, with the range and the versions of the factors, e.g. ("1", "2")."""

    pieces: int
    grams: int
    low: int
    high: int
    versions: tuple[str, ...]

    def plus(self, factor: Factor, pieces: int) -> "Saved":
        """This and `pieces` more at a factor."""
        return Saved(
            self.pieces + pieces,
            self.grams + factor.grams * pieces,
            self.low + factor.low * pieces,
            self.high + factor.high * pieces,
            tuple(sorted({*self.versions, factor.version})),
        )


def items() -> Items:
    """The items of this district, read once per process; raises TariffError when the file is wrong."""
    return _loaded(FILE)


def parse(content: Mapping[str, object]) -> Items:
    """The items described by parsed TOML; raises TariffError."""
    top = Table(content, "items")
    cited = top.table("sources")
    sources = {int(name): cited.text(name) for name in cited.names()}
    found: dict[str, Item] = {}
    for item in (_item(each, sources) for each in top.tables("item")):
        if item.code in found:
            raise TariffError(f"item {item.code}: defined twice")
        found[item.code] = item
    table = Items(top.text("version"), MappingProxyType(found), MappingProxyType(sources))
    top.close()
    return table


def _item(table: Table, sources: Mapping[int, str]) -> Item:
    factors = tuple(_factor(each, sources) for each in table.tables("factors"))
    item = Item(
        code=table.code("code"),
        name_ko=table.text("name_ko"),
        name_en=table.text("name_en"),
        is_named=table.flag("named"),
        factors=factors,
    )
    for earlier, later in pairwise(factors):
        if earlier.until is None or later.starts != earlier.until + timedelta(days=1):
            raise TariffError(f"item {item.code}: the factor from {later.starts} does not follow the one before")
    table.close()
    return item


def _factor(table: Table, sources: Mapping[int, str]) -> Factor:
    low, grams, high = (table.whole(name, 0, MAX_GRAMS) for name in ("low", "grams", "high"))
    if not low <= grams <= high:
        raise TariffError(f"{table.path}: {grams} does not lie between {low} and {high}")
    factor = Factor(
        starts=table.day("from"),
        until=table.day_or_none("until"),
        grams=grams,
        low=low,
        high=high,
        version=table.text("version"),
        basis=Basis(table.choice("basis", Basis)),
        sources=table.numbers("sources"),
    )
    if not set(factor.sources) <= set(sources):
        raise TariffError(f"{table.path}.sources: not all of {factor.sources} are sources")
    table.close()
    return factor


@lru_cache(maxsize=2)
def _loaded(path: Path) -> Items:
    try:
        return parse(tomllib.loads(path.read_text(encoding="utf-8")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise TariffError(f"{path.name}: not TOML: {error}") from error
