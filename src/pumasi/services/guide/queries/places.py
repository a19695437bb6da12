"""The list of places: what can be done where, open or not, needed or full today. The map is drawn from this list.

Not here: who is near; that is computed in the browser alone (decision 38).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from pumasi.civic.places.models import Need, PlaceKind
from pumasi.civic.places.positions import Position
from pumasi.civic.places.queries import DayHours, PlaceFacts, closures_on, hours_on, known_places, with_hours
from pumasi.civic.places.words import kind_names, need_words
from pumasi.civic.shell.language import page_language
from pumasi.coin.district import district_tariff
from pumasi.coin.items import items
from pumasi.coin.queries.rule_words import kind_name
from pumasi.coin.queries.takes import ItemNeed, Taken, deeds_at, item_codes, item_need, taken_at
from pumasi.kernel.clock import KST, seoul_date

PAY = "pay"  # beside the codes of items and deeds, which are in capitals
ZERO = "ZERO"  # a shop that takes an item, on the map and in the filter
PAYABLE = (PlaceKind.SHOP, PlaceKind.FACILITY, PlaceKind.CENTRE)


@dataclass(frozen=True)
class Wish:
    """What a visitor looks for; empty words look for everything."""

    kind: str = ""
    do: str = ""
    dong: str = ""
    q: str = ""
    open_only: bool = False


@dataclass(frozen=True)
class Group:
    """A group of things to do: (code, name)."""

    name: str
    choices: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Choices:
    """What can be chosen in the filter."""

    kinds: tuple[tuple[str, str], ...]
    does: tuple[Group, ...]
    dongs: tuple[str, ...]


@dataclass(frozen=True)
class State:
    """Whether a place is open at a moment, in words; `closed`: known to be closed. No hours known: no words."""

    words: str
    tone: str
    closed: bool


@dataclass(frozen=True)
class Today:
    """Hours of today, whether any day has hours, and why today is off (None: it is not)."""

    hours: DayHours | None
    has_week: bool
    off: str | None


@dataclass(frozen=True)
class Ability:
    """What can be done at a place on a day: codes of items to bring and of deeds that earn beside them, paying.

    `mark` and `kind` are how such a place is drawn and called; a shop that takes an item is one of its own.
    """

    items: tuple[str, ...]
    deeds: tuple[str, ...]
    pays: bool
    mark: str
    kind: str
    words: str

    def does(self, what: str) -> bool:
        """Whether this can be done there: `PAY`, an item or a deed."""
        return self.pays if what == PAY else what in self.items or what in self.deeds


@dataclass(frozen=True)
class PlaceLine:
    """One place. `mark` is its kind on the map, `tags` (words, tone) what it needs, `does` what can be done there."""

    number: int
    url: str
    name: str
    dong: str
    mark: str
    kind: str
    state: State
    does: str
    tags: tuple[tuple[str, str], ...]
    position: Position | None


def choices(known: Sequence[PlaceFacts], day: date) -> Choices:
    """What there is to choose among these places on a day."""
    language, tariff = page_language(), district_tariff()
    can = abilities(known, day).values()
    brought, earned = {code for each in can for code in each.items}, {code for each in can for code in each.deeds}
    bring = ((code, item.name(language)) for code, item in items().items.items() if code in brought)
    earn = ((code, kind_name(tariff, code, language)) for code in tariff.kinds if code in earned)
    groups = (
        Group(_("Pay"), ((PAY, _("Pay with coins")),)),
        Group(_("Bring"), tuple(bring)),
        Group(_("Earn by a deed"), tuple(earn)),
    )
    return Choices(
        kinds=((ZERO, mark_names()[ZERO]), *((kind.value, name) for kind, name in kind_names().items())),
        does=tuple(each for each in groups if each.choices),
        dongs=tuple(dict.fromkeys(facts.dong for facts in known)),
    )


def guide(known: Sequence[PlaceFacts], wish: Wish, at: datetime) -> list[PlaceLine]:
    """The places that fit, by dong and name. Three look-ups, one more where a place has a limit of pieces."""
    day = seoul_date(at)
    can = abilities(known, day)
    found = [facts for facts in known if _fits(facts, wish, can[_sort(facts)])]
    ids = [facts.id for facts in found]
    hours, known_hours, off = hours_on(ids, day), with_hours(ids), closures_on(ids, day)
    taken = taken_at(found, day)
    lines = []
    for facts in found:
        today = Today(hours.get(facts.id), facts.id in known_hours, off.get(facts.id))
        now = state(facts, today, at)
        if not (wish.open_only and now.closed):
            lines.append(_line(facts, now, can[_sort(facts)], _tags(needs(facts, taken, day), wish)))
    return sorted(lines, key=lambda line: (line.dong, line.name, line.number))


def abilities(known: Iterable[PlaceFacts], day: date) -> Mapping[tuple[PlaceKind, tuple[str, ...]], Ability]:
    """What can be done, once for each kind of place with what it accepts: places are many, these are few."""
    found: dict[tuple[PlaceKind, tuple[str, ...]], Ability] = {}
    for facts in known:
        if _sort(facts) not in found:
            taken = tuple(item_codes(facts))
            deeds = tuple(kind.code for kind, _row in deeds_at(facts, day) if kind.code not in taken)
            pays, mark = facts.kind in PAYABLE, mark_of(facts)
            found[_sort(facts)] = Ability(taken, deeds, pays, mark, mark_names()[mark], _words(taken, len(deeds), pays))
    return found


def places_of_today(at: datetime) -> list[PlaceFacts]:
    """All places that the guide knows: suspended ones too, so that nobody walks there in vain."""
    return known_places(seoul_date(at))


def state(facts: PlaceFacts, today: Today, at: datetime) -> State:
    """The first that holds: ended, not begun, suspended, a day off, the hours of today."""
    day, now = seoul_date(at), at.astimezone(KST)
    if facts.closed_on is not None and facts.closed_on <= day:
        return State(_("Closed for good since %(day)s") % {"day": facts.closed_on.isoformat()}, "bad", closed=True)
    if day < facts.opened_on:
        return State(_("Opens on %(day)s") % {"day": facts.opened_on.isoformat()}, "warn", closed=True)
    if facts.is_suspended(day):
        until = facts.suspended_until
        words = _("Suspended until %(day)s") % {"day": until.isoformat()} if until else _("Suspended for now")
        return State(words, "bad", closed=True)
    if today.off is not None:
        return State(_("Closed today: %(why)s") % {"why": today.off or _("day off")}, "bad", closed=True)
    if not today.has_week:
        return State("", "", closed=False)
    return _by_hours(today.hours, f"{now:%H:%M}")


def needs(facts: PlaceFacts, taken: Taken, day: date) -> list[ItemNeed]:
    """The items that the place takes, with today's need."""
    return [item_need(facts, code, taken.get((facts.id, code), 0), day) for code in item_codes(facts)]


def mark_of(facts: PlaceFacts) -> str:
    """How the place is drawn: by its kind, and a shop that takes an item apart from the others."""
    return ZERO if facts.kind is PlaceKind.SHOP and item_codes(facts) else facts.kind.value


def mark_names() -> dict[str, str]:
    """The legend."""
    return {ZERO: _("carbon-zero shop"), **{kind.value: name for kind, name in kind_names().items()}}


def _by_hours(hours: DayHours | None, now: str) -> State:
    if hours is None:
        return State(_("Closed today"), "bad", closed=True)
    span = {"opens": hours.opens, "closes": hours.closes}
    if now < hours.opens:
        return State(_("Opens today at %(opens)s") % span, "warn", closed=True)
    if now >= hours.closes:
        return State(_("Closed since %(closes)s today") % span, "bad", closed=True)
    return State(_("Open now, until %(closes)s") % span, "good", closed=False)


def _sort(facts: PlaceFacts) -> tuple[PlaceKind, tuple[str, ...]]:
    return facts.kind, facts.accepts


def _fits(facts: PlaceFacts, wish: Wish, can: Ability) -> bool:
    text = wish.q.strip().casefold()
    return (
        wish.kind in ("", facts.kind.value, can.mark)
        and wish.dong in ("", facts.dong)
        and any(text in each.casefold() for each in (facts.name_ko, facts.name_en))
        and (not wish.do or can.does(wish.do))
    )


def _line(facts: PlaceFacts, now: State, can: Ability, tags: Iterable[tuple[str, str]]) -> PlaceLine:
    return PlaceLine(
        number=facts.number,
        url=reverse("guide:place", args=[facts.number]),
        name=facts.name(page_language()),
        dong=facts.dong,
        mark=can.mark,
        kind=can.kind,
        state=now,
        does=can.words,
        tags=tuple(tags),
        position=facts.position,
    )


def _words(codes: Sequence[str], deeds: int, pays: bool) -> str:
    parts = [_("pay with coins")] if pays else []
    if codes:
        names = ", ".join(items().items[code].name(page_language()) for code in codes)
        parts.append(_("bring: %(items)s") % {"items": names})
    if deeds:
        parts.append(_("%(n)s deeds earn here") % {"n": deeds})
    return " · ".join(parts)


def _tags(found: Iterable[ItemNeed], wish: Wish) -> Iterable[tuple[str, str]]:
    """Of the item that is looked for, whatever it is; else those that are full and those that are needed."""
    words = need_words()
    if wish.do in items().items:
        return [words[each.need] for each in found if each.item.code == wish.do]
    shown: dict[Need, list[str]] = {Need.FULL: [], Need.NEEDED: []}
    for each in found:
        shown.get(each.need, []).append(each.item.name(page_language()))
    return [(f"{words[need][0]}: {', '.join(names)}", words[need][1]) for need, names in shown.items() if names]
