"""One place with everything that somebody wants to know before they walk there."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from pumasi.civic.codes.queries import place_address
from pumasi.civic.places.boundaries import district_boundaries
from pumasi.civic.places.models import PlaceKind
from pumasi.civic.places.positions import Position
from pumasi.civic.places.queries import (
    ClosureFacts,
    PlaceFacts,
    closures_of,
    closures_on,
    hours_of,
    place_by_number,
)
from pumasi.civic.places.words import day_names, need_words
from pumasi.civic.shell.language import page_language
from pumasi.civic.shell.manifest import scan_url
from pumasi.coin.district import district_tariff
from pumasi.coin.queries.notices import stop_notices
from pumasi.coin.queries.rule_words import kind_name, row_text
from pumasi.coin.queries.takes import ItemNeed, deeds_at, factor_text, item_codes, item_price, taken_at
from pumasi.coin.tariff import EvidenceKind, Kind
from pumasi.kernel.clock import seoul_date
from pumasi.services.guide.queries.places import PAYABLE, State, Today, mark_names, mark_of, needs, state


@dataclass(frozen=True)
class ItemLine:
    """An item that the place takes: today's need, how many more today, what it earns and saves."""

    name: str
    need: str
    tone: str
    left: str
    price: str
    co2: str


@dataclass(frozen=True)
class DeedLine:
    """A deed that earns at the place, and how it is proven there."""

    name: str
    price: str
    how: str


@dataclass(frozen=True)
class PlacePage:
    """Everything on the page; `other_name` is the name in the other language, `week` (day, hours or "")."""

    number: int
    name: str
    other_name: str
    other_language: str
    dong: str
    mark: str
    kind: str
    state: State
    week: tuple[tuple[str, str], ...]
    closures: tuple[ClosureFacts, ...]
    items: tuple[ItemLine, ...]
    deeds: tuple[DeedLine, ...]
    pay_url: str
    stopped: tuple[str, ...]
    position: Position | None


def place_page(number: int, at: datetime) -> PlacePage:
    """The page of the place with this public number; raises PlaceUnknown."""
    facts, day, language = place_by_number(number), seoul_date(at), page_language()
    week = {each.weekday: each for each in hours_of(facts.id)}
    today = Today(week.get(day.weekday()), bool(week), closures_on([facts.id], day).get(facts.id))
    other = "en" if language == "ko" else "ko"
    spans = {each: f"{hours.opens}~{hours.closes}" for each, hours in week.items()}
    return PlacePage(
        number=facts.number,
        name=facts.name(language),
        other_name=facts.name(other),
        other_language=other,
        dong=facts.dong,
        mark=mark_of(facts),
        kind=mark_names()[mark_of(facts)],
        state=state(facts, today, at),
        week=tuple((name, spans.get(each, "")) for each, name in enumerate(day_names())) if week else (),
        closures=tuple(closures_of(facts.id, day)),
        items=tuple(_item(each, day) for each in needs(facts, taken_at([facts], day), day)),
        deeds=tuple(_deeds(facts, day)),
        pay_url=_pay_url(facts, day),
        stopped=tuple(stop_notices(at, language, place_id=facts.id)),
        position=facts.position,
    )


def where_words(at: Position | None) -> str:
    """In which dong of the map a point lies, for whoever sets it."""
    known = district_boundaries()
    if at is None:
        return _("This place is not on the map yet. It stands in the list all the same.")
    dong = known.dong_at(at) if known else None
    if dong is None:
        return _("This point lies in none of the dongs on the map. Please see whether it is right.")
    name = dong.name_ko if page_language() == "ko" else dong.name_en
    return _("This point lies in %(dong)s.") % {"dong": name}


def _item(found: ItemNeed, day: date) -> ItemLine:
    words, tone = need_words()[found.need]
    left = _("%(left)s of %(limit)s left today") % {"left": found.left, "limit": found.limit} if found.limit else ""
    return ItemLine(
        name=found.item.name(page_language()),
        need=words,
        tone=tone,
        left=left,
        price=item_price(found.item.code, day, page_language()) or _("No coins yet, but the shops reuse it."),
        co2=factor_text(found.item, day, page_language()),
    )


def _deeds(facts: PlaceFacts, day: date) -> list[DeedLine]:
    language, tariff, brought = page_language(), district_tariff(), item_codes(facts)
    return [
        DeedLine(kind_name(tariff, kind.code, language), row_text(kind, row, language), _how(kind, facts.kind))
        for kind, row in deeds_at(facts, day)
        if kind.code not in brought
    ]


def _how(kind: Kind, where: PlaceKind) -> str:
    """How the deed is proven here: a machine by its receipt, any other place by all but that."""
    words = {
        EvidenceKind.CODE: _("scan the QR on the place's screen"),
        EvidenceKind.STAFF: _("show your code to the staff"),
        EvidenceKind.ATTENDANCE: _("scan when you come and when you go"),
        EvidenceKind.MACHINE: _("scan the receipt of the machine"),
        EvidenceKind.PHOTO: _("send a photo"),
        EvidenceKind.OUTCOME: _("paid once the outcome is known"),
    }
    by_machine = where is PlaceKind.MACHINE
    return " · ".join(words[each] for each in kind.evidence if (each is EvidenceKind.MACHINE) == by_machine)


def _pay_url(facts: PlaceFacts, day: date) -> str:
    if facts.kind not in PAYABLE or not facts.is_open(day):
        return ""
    return scan_url("A", place_address(facts.id).rpartition("/")[2]) or ""
