"""Kinds of deeds as a page shows them: name, what it earns, where, and how to ask for the quantity."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pumasi.civic.places.models import PlaceKind
from pumasi.civic.places.queries import PlaceFacts, open_places
from pumasi.civic.shell.language import page_language
from pumasi.civic.shell.manifest import place_url
from pumasi.coin.district import district_tariff
from pumasi.coin.errors import CoinRefusal
from pumasi.coin.tariff import GROUP_NAMES, EvidenceKind, Kind, Measure, Row

_UNIT_SIZE = {Measure.MINUTE: 60, Measure.GRAM: 1000}
MOST = 10_000


@dataclass(frozen=True)
class KindCard:
    """One kind in words. `step` and `most` are in people's units (hours, kilograms, pieces)."""

    code: str
    name: str
    rule: str
    where: str
    url: str
    ask: str
    step: int
    most: int
    by_code: bool
    by_photo: bool
    by_visit: bool
    needs_review: bool


@dataclass(frozen=True)
class KindGroup:
    """환경, 복지 or 교육 with its kinds."""

    name: str
    kinds: tuple[KindCard, ...]


@dataclass(frozen=True)
class PlaceCard:
    """A place as a link or a choice."""

    id: str
    name: str
    dong: str
    url: str


def unit_size(kind: Kind) -> int:
    """How many of the tariff's measure people count as one: minutes by the hour, grams by the kilogram.

    Where steps are shorter than an hour, people count minutes.
    """
    return 1 if _by_minutes(kind) else _UNIT_SIZE.get(kind.measure, 1)


def kind_groups(day: date, accepts: Callable[[Kind], bool] | None = None) -> list[KindGroup]:
    """The kinds that earn on `day`, grouped as the district prints them; only those that `accepts` lets through."""
    language = page_language()
    cards: dict[str, list[KindCard]] = {names[0 if language == "ko" else 1]: [] for names in GROUP_NAMES.values()}
    for kind, row in _in_force(day):
        if accepts is None or accepts(kind):
            cards[GROUP_NAMES[kind.group][0 if language == "ko" else 1]].append(_card(kind, row))
    return [KindGroup(name, tuple(found)) for name, found in cards.items() if found]


def kinds_by_code(place: PlaceFacts, day: date) -> list[KindGroup]:
    """The kinds that earn at this place by its rotating code."""
    return _kinds_at([place], day, EvidenceKind.CODE)


def kinds_by_staff(places: Sequence[PlaceFacts], day: date) -> list[KindGroup]:
    """The kinds that staff of one of these places may confirm."""
    return _kinds_at(places, day, EvidenceKind.STAFF)


def kinds_by_visit(places: Sequence[PlaceFacts], day: date) -> list[KindGroup]:
    """The kinds whose hours are proven by having been at one of these places."""

    def accepts(kind: Kind) -> bool:
        return (
            kind.measure is Measure.MINUTE
            and EvidenceKind.ATTENDANCE in kind.evidence
            and any(
                each.kind.value in kind.places and (not each.accepts or kind.code in each.accepts) for each in places
            )
        )

    return kind_groups(day, accepts)


def _kinds_at(places: Sequence[PlaceFacts], day: date, evidence: EvidenceKind) -> list[KindGroup]:
    """A place that names what it accepts takes only that."""

    def accepts(kind: Kind) -> bool:
        here = (each for each in places if each.kind.value in kind.places)
        named = any(not each.accepts or kind.code in each.accepts for each in here)
        return named and evidence in kind.evidence

    return kind_groups(day, accepts)


def kind_card(code: str, day: date) -> KindCard:
    """One kind; raises UnknownDeed and what `row_in_force` raises when it earns nothing today."""
    tariff = district_tariff()
    return _card(tariff.kind(code), tariff.row_in_force(code, day))


def places_for(code: str, day: date) -> list[PlaceCard]:
    """Open places of the kinds where this deed earns, at most 12."""
    kind = district_tariff().kind(code)
    found = [place for word in kind.places for place in open_places(PlaceKind(word), day)]
    return [
        place_card(place, place_url(place.number)) for place in found if not place.accepts or code in place.accepts
    ][:12]


def place_card(place: PlaceFacts, url: str) -> PlaceCard:
    """A place for a page."""
    return PlaceCard(str(place.id), place.name(page_language()), place.dong, url)


def measured(code: str, count: int) -> int:
    """People's count (hours, kilograms, pieces) as the tariff's measure (minutes, grams, pieces)."""
    return count * unit_size(district_tariff().kind(code))


def quantity_text(code: str, quantity: int) -> str:
    """A quantity of the tariff's measure in people's words."""
    kind = district_tariff().kind(code)
    count = quantity / unit_size(kind)
    shown = f"{count:,.1f}".rstrip("0").rstrip(".")
    words = {
        Measure.ITEM: _("%(n)s pieces"),
        Measure.MINUTE: _("%(n)s minutes") if _by_minutes(kind) else _("%(n)s hours"),
        Measure.GRAM: _("%(n)s kg"),
        Measure.FILING: _("%(n)s filings"),
    }
    return words.get(kind.measure, _("%(n)s times")) % {"n": shown}


def printed_name(code: str) -> str:
    """The name on slips and lists; a discreet kind shows its group only (decision 38)."""
    return district_tariff().kind(code).printed_name(page_language())


def _in_force(day: date) -> Iterable[tuple[Kind, Row]]:
    tariff = district_tariff()
    for kind in tariff.kinds.values():
        try:
            yield kind, tariff.row_in_force(kind.code, day)
        except CoinRefusal:
            continue


def _card(kind: Kind, row: Row) -> KindCard:
    size = unit_size(kind)
    by_code = EvidenceKind.CODE in kind.evidence
    return KindCard(
        code=kind.code,
        name=kind.name_ko if page_language() == "ko" else kind.name_en,
        rule=_rule(kind, row.coins),
        where=_where(kind),
        url=reverse("deeds:kind", args=[kind.code]),
        ask=_ask(kind),
        step=max(1, kind.per // size),
        most=MOST,
        by_code=by_code,
        by_photo=EvidenceKind.PHOTO in kind.evidence,
        by_visit=EvidenceKind.ATTENDANCE in kind.evidence and kind.measure is Measure.MINUTE,
        needs_review=by_code and kind.measure is Measure.MINUTE,
    )


def _rule(kind: Kind, coins: int) -> str:
    facts = {"coins": coins, "per": kind.per}
    match kind.measure:
        case Measure.ITEM if kind.per > 1:
            text = ngettext(
                "%(coins)s coin for every %(per)s pieces", "%(coins)s coins for every %(per)s pieces", coins
            )
        case Measure.ITEM:
            text = ngettext("%(coins)s coin a piece", "%(coins)s coins a piece", coins)
        case Measure.MINUTE if _by_minutes(kind):
            text = ngettext(
                "%(coins)s coin for every %(per)s minutes", "%(coins)s coins for every %(per)s minutes", coins
            )
        case Measure.MINUTE:
            text = ngettext("%(coins)s coin an hour", "%(coins)s coins an hour", coins)
        case Measure.GRAM:
            text = ngettext("%(coins)s coin a kilogram", "%(coins)s coins a kilogram", coins)
        case Measure.FILING:
            text = ngettext("%(coins)s coin a filing", "%(coins)s coins a filing", coins)
        case _:
            text = ngettext("%(coins)s coin each time", "%(coins)s coins each time", coins)
    return text % facts


def _where(kind: Kind) -> str:
    words = {
        "SHOP": _("zero shop or shop"),
        "FACILITY": _("public facility"),
        "CENTRE": _("community centre"),
        "MACHINE": _("collecting machine"),
    }
    return ", ".join(words[each] for each in kind.places)


def _by_minutes(kind: Kind) -> bool:
    return kind.measure is Measure.MINUTE and kind.per < 60


def _ask(kind: Kind) -> str:
    words = {
        Measure.ITEM: _("How many pieces?"),
        Measure.MINUTE: _("How many minutes?") if _by_minutes(kind) else _("How many hours?"),
        Measure.GRAM: _("How many kilograms?"),
        Measure.FILING: _("How many filings?"),
    }
    return words.get(kind.measure, _("How many times?"))
