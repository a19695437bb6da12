"""Needs: what a place wants today, for its own board and for residents before they walk; hours and days off."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from pumasi.civic.places.models import Need, PlaceKind
from pumasi.civic.places.queries import (
    ClosureFacts,
    DayHours,
    PlaceFacts,
    closures_of,
    closures_on,
    hours_of,
    hours_on,
    open_places,
    place,
)
from pumasi.civic.places.words import day_names, need_words
from pumasi.civic.shell.language import page_language
from pumasi.civic.shell.manifest import place_url
from pumasi.coin.caps import taken_today
from pumasi.coin.district import district_tariff
from pumasi.coin.errors import CoinRefusal
from pumasi.coin.items import Item, Saved, items
from pumasi.coin.queries import saved_at, saved_by
from pumasi.coin.queries.takes import factor_text, item_codes, item_need, taken_at

GRAMS_PER_KG = 1000


@dataclass(frozen=True)
class NeedLine:
    """One item at one place today. `left` in words, empty without a limit; `tone` for the tag."""

    code: str
    name: str
    need: str
    need_name: str
    tone: str
    left: str
    limit: int | None
    co2: str


@dataclass(frozen=True)
class Board:
    """All items of a place, its limit of deeds, and the CO2 saved there."""

    lines: tuple[NeedLine, ...]
    deeds_left: str
    saved: str
    version: str


@dataclass(frozen=True)
class ItemTile:
    """One item in the residents' guide."""

    code: str
    name: str
    url: str
    rule: str
    co2: str
    places: int
    wanted: int


@dataclass(frozen=True)
class WhereLine:
    """A place that takes the item: how much it wants it, whether it is closed today, its hours today."""

    id: UUID
    name: str
    url: str
    dong: str
    need: NeedLine
    hours: str
    closed: str


@dataclass(frozen=True)
class Week:
    """Opening hours in words, and days off to come."""

    days: tuple[tuple[str, str, str], ...]
    closures: tuple[ClosureFacts, ...]


def board(place_id: UUID, day: date) -> Board:
    """The board of a place on a day."""
    facts, table = place(place_id), items()
    codes = item_codes(facts)
    deeds, taken = taken_today(facts.id, codes, day)
    limit = facts.daily_limit
    return Board(
        lines=tuple(_line(code, facts, taken[code], day) for code in codes),
        deeds_left=""
        if limit is None
        else _("%(left)s of %(limit)s left today") % {"left": max(0, limit - deeds), "limit": limit},
        saved=saved_text(saved_at(facts.id)),
        version=table.version,
    )


def item_tiles(day: date) -> list[ItemTile]:
    """The items, with how many open places take and want them; what is wanted most comes first."""
    shops = open_places(PlaceKind.SHOP, day)
    tiles = [_tile(item, shops, day) for item in items().items.values()]
    return sorted(tiles, key=lambda each: (-each.wanted, -each.places))


def places_taking(code: str, day: date, wanted: str = "") -> list[WhereLine]:
    """The open places that take the item and whose name or dong holds `wanted`; those that want it most come first.

    A fixed number of queries, however many places there are.
    """
    item = items().items.get(code)
    if item is None:
        return []
    shops = [each for each in open_places(PlaceKind.SHOP, day) if code in item_codes(each) and _fits(each, wanted)]
    ids = [each.id for each in shops]
    hours, off, taken = hours_on(ids, day), closures_on(ids, day), taken_at(shops, day)
    found = [
        WhereLine(
            id=each.id,
            name=each.name(page_language()),
            url=place_url(each.number),
            dong=each.dong,
            need=_line(code, each, taken.get((each.id, code), 0), day),
            hours="-".join(_span(hours.get(each.id))) if each.id in hours else "",
            closed=_("Closed today: %(why)s") % {"why": off[each.id] or _("day off")} if each.id in off else "",
        )
        for each in shops
    ]
    order = {Need.NEEDED: 0, Need.ENOUGH: 1, Need.FULL: 2}
    return sorted(found, key=lambda each: (bool(each.closed), order[Need(each.need.need)]))


def item_of(code: str, day: date) -> ItemTile | None:
    """One item of the guide, or None."""
    item = items().items.get(code)
    return _tile(item, open_places(PlaceKind.SHOP, day), day) if item else None


def saved_text(saved: Saved) -> str:
    """A sum of CO2 in words, with its range and the factors' versions; empty when there is none."""
    if not saved.pieces:
        return ""
    return _("%(pieces)s pieces, about %(kg)s kg of CO2 (%(low)s to %(high)s kg; factors version %(version)s)") % {
        "pieces": f"{saved.pieces:,}",
        "kg": _kg(saved.grams),
        "low": _kg(saved.low),
        "high": _kg(saved.high),
        "version": ", ".join(saved.versions),
    }


def my_saved(person_id: UUID) -> str:
    """What a person's own items have saved, in words."""
    return saved_text(saved_by(person_id))


def week(place_id: UUID, day: date) -> Week:
    """The hours as a form shows them: name of the day, opens, closes."""
    known = {each.weekday: each for each in hours_of(place_id)}
    rows = [(name, *_span(known.get(number))) for number, name in enumerate(day_names())]
    return Week(tuple(rows), tuple(closures_of(place_id, day)))


def _line(code: str, facts: PlaceFacts, taken: int, day: date) -> NeedLine:
    found = item_need(facts, code, taken, day)
    name, tone = need_words()[found.need]
    left = "" if found.limit is None else _("%(left)s of %(limit)s left today")
    return NeedLine(
        code=code,
        name=found.item.name(page_language()),
        need=found.need.value,
        need_name=name,
        tone=tone,
        left=left % {"left": found.left, "limit": found.limit} if left else "",
        limit=found.limit,
        co2=factor_text(found.item, day, page_language()),
    )


def _tile(item: Item, shops: Sequence[PlaceFacts], day: date) -> ItemTile:
    taking = [each for each in shops if item.code in item_codes(each)]
    return ItemTile(
        code=item.code,
        name=item.name(page_language()),
        url=reverse("shops:bring_item", args=[item.code]),
        rule=_rule(item.code, day),
        co2=factor_text(item, day, page_language()),
        places=len(taking),
        wanted=sum(each.need(item.code, day) is Need.NEEDED for each in taking),
    )


def _rule(code: str, day: date) -> str:
    tariff = district_tariff()
    try:
        row = tariff.row_in_force(code, day)
    except CoinRefusal:
        return _("No coins yet, but the shops reuse it.")
    per = tariff.kind(code).per
    return _("%(coins)s coins for every %(per)s") % {"coins": row.coins, "per": per}


def _fits(facts: PlaceFacts, wanted: str) -> bool:
    text = wanted.strip().casefold()
    return not text or any(text in each.casefold() for each in (facts.name_ko, facts.name_en, facts.dong))


def _span(hours: DayHours | None) -> tuple[str, str]:
    return (hours.opens, hours.closes) if hours else ("", "")


def _kg(grams: int) -> str:
    return f"{grams / GRAMS_PER_KG:,.1f}"
