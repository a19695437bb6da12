"""What a place takes: items with today's need and what they save, and the deeds that earn there.

Not here: places on a map or a list (`services.guide`), and the shop's own board (`services.shops`).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from pumasi.civic.places.models import Need
from pumasi.civic.places.queries import PlaceFacts
from pumasi.coin.caps import taken_of
from pumasi.coin.district import district_tariff
from pumasi.coin.errors import CoinRefusal
from pumasi.coin.items import Item, items
from pumasi.coin.queries.rule_words import row_text
from pumasi.coin.tariff import Kind, Row, on_day

type Taken = Mapping[tuple[UUID, str], int]


@dataclass(frozen=True)
class ItemNeed:
    """One item at one place today; `left` and `limit` are None without a limit of pieces."""

    item: Item
    need: Need
    left: int | None
    limit: int | None


def item_codes(facts: PlaceFacts) -> Sequence[str]:
    """The items that a place takes; a place that names nothing takes what its tariff kinds are, which are items too."""
    tariff = district_tariff().kinds
    if facts.accepts:
        return [code for code in items().items if code in facts.accepts]
    return [code for code in items().items if code in tariff and facts.kind.value in tariff[code].places]


def taken_at(places: Iterable[PlaceFacts], day: date) -> Taken:
    """Pieces counted today against the limits of these places; one look-up, none where no place has a limit."""
    return taken_of([(each.id, code) for each in places for code in each.item_limits], day)


def item_need(facts: PlaceFacts, code: str, taken: int, day: date) -> ItemNeed:
    """How much the place wants more of an item; with its limit reached it is full."""
    limit = facts.item_limits.get(code)
    need = Need.FULL if limit is not None and taken >= limit else facts.need(code, day)
    return ItemNeed(items().items[code], need, None if limit is None else max(0, limit - taken), limit)


def deeds_at(facts: PlaceFacts, day: date) -> list[tuple[Kind, Row]]:
    """The kinds that earn at this place on that day, with their price; a place that names items takes only those."""
    tariff, found = district_tariff(), []
    for kind in tariff.kinds.values():
        if facts.kind.value in kind.places and facts.accepts_item(kind.code):
            try:
                found.append((kind, tariff.row_in_force(kind.code, day)))
            except CoinRefusal:
                continue
    return found


def item_price(code: str, day: date, language: str) -> str:
    """What the item earns on that day, in words; empty where it can be handed over but earns nothing."""
    tariff = district_tariff()
    try:
        return row_text(tariff.kind(code), tariff.row_in_force(code, day), language)
    except CoinRefusal:
        return ""


def factor_text(item: Item, day: date, language: str) -> str:
    """The CO2 that one piece saves, with its range, basis and version; empty without a factor on that day."""
    factor = on_day(item.factors, day)
    if factor is None:
        return ""
    reported = factor.basis == "REPORTED"
    if language == "ko":
        basis = "보고된 값" if reported else "추정값"
        return f"한 개에 이산화탄소 약 {factor.grams}g ({factor.low}~{factor.high}g, {basis}, {factor.version}판)"
    basis = "reported" if reported else "assumed"
    return f"about {factor.grams} g of CO2 a piece ({factor.low} to {factor.high} g, {basis}, version {factor.version})"
