"""The Monday list: what the rules noticed in the week before, under pseudonyms, and what became of it.

It is computed from what was accepted, so the same Monday gives the same list; only closings are stored.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from pumasi.civic.people.models import Role, RoleName
from pumasi.civic.places.models import Place
from pumasi.coin.fraud.deeds import WEEK_DAYS, WINDOW_DAYS, Attempt, Finding, HandOver, Window
from pumasi.coin.fraud.rules import RULES, findings
from pumasi.coin.models import ClaimShare, FindingClosed, SelfDeal
from pumasi.coin.registers.errors import FindingUnknown
from pumasi.coin.tariff import Part
from pumasi.kernel.acting import Channel
from pumasi.kernel.clock import KST, seoul_date
from pumasi.kernel.ids import derived_id

WEEKS_BACK = 4
_MACHINES = frozenset({Channel.MACHINE.value, Channel.KIOSK.value})


@dataclass(frozen=True)
class FindingView:
    """One finding in words. `who` is a pseudonym or ""; `outcome` and `note` are "" while it is open."""

    id: UUID
    rule: str
    name: str
    says: str
    honest: str
    who: str
    where: str
    outcome: str
    note: str
    closed_at: datetime | None


@dataclass(frozen=True)
class WeekOpen:
    """How many findings of an earlier list are still open."""

    monday: date
    open: int


@dataclass(frozen=True)
class MondayList:
    """The list of one Monday, and the four before it."""

    monday: date
    first: date
    last: date
    findings: tuple[FindingView, ...]
    earlier: tuple[WeekOpen, ...]


@dataclass(frozen=True)
class RuleView:
    """One rule as everybody may read it."""

    name: str
    when: str
    honest: str


def monday_of(at: datetime) -> date:
    """The Monday of the week of `at` in Seoul: its list covers the week that has ended."""
    day = seoul_date(at)
    return day - timedelta(days=day.weekday())


def monday_list(monday: date, language: str) -> MondayList:
    """The list made on that Monday."""
    mondays = [monday - timedelta(days=WEEK_DAYS * back) for back in range(WEEKS_BACK + 1)]
    deeds, attempts, keepers = _deeds(mondays[-1], monday), _attempts(mondays[-1], monday), _keepers(monday)
    found = {each: findings(_window(each, deeds, attempts, keepers)) for each in mondays}
    closed = {row.finding: row for row in FindingClosed.objects.filter(monday__in=mondays)}
    names = _names([each.place for each in found[monday] if each.place], language)
    return MondayList(
        monday=monday,
        first=monday - timedelta(days=WEEK_DAYS),
        last=monday - timedelta(days=1),
        findings=tuple(_view(each, closed.get(each.id), names, language) for each in found[monday]),
        earlier=tuple(WeekOpen(each, sum(f.id not in closed for f in found[each])) for each in mondays[1:]),
    )


def finding_of(monday: date, finding_id: UUID) -> Finding:
    """One finding of that list; raises FindingUnknown."""
    window = _window(monday, _deeds(monday, monday), _attempts(monday, monday), _keepers(monday))
    for each in findings(window):
        if each.id == finding_id:
            return each
    raise FindingUnknown()


def finding_view(monday: date, finding_id: UUID, language: str) -> FindingView:
    """One finding in words; raises FindingUnknown."""
    found = finding_of(monday, finding_id)
    closed = FindingClosed.objects.filter(finding=finding_id).first()
    return _view(found, closed, _names([found.place] if found.place else [], language), language)


def rules_in_words(language: str) -> list[RuleView]:
    """All rules with their thresholds, for the page that everybody may read."""
    if language == "ko":
        return [RuleView(rule.name_ko, rule.when_ko, rule.honest_ko) for rule in RULES.values()]
    return [RuleView(rule.name_en, rule.when_en, rule.honest_en) for rule in RULES.values()]


def pseudonym(person: UUID, language: str) -> str:
    """The same five characters for the same person on every list, and no way back to a name."""
    mark = derived_id("coin.pseudonym", str(person)).hex[:5].upper()
    return f"주민 {mark}" if language == "ko" else f"Resident {mark}"


def _window(
    monday: date,
    deeds: Sequence[HandOver],
    attempts: Sequence[Attempt],
    keepers: Mapping[UUID, frozenset[UUID]],
) -> Window:
    since = monday - timedelta(days=WINDOW_DAYS)
    return Window(monday, [deed for deed in deeds if since <= deed.day < monday], attempts, keepers)


def _deeds(first: date, last: date) -> list[HandOver]:
    """Every resident's part in deeds of the windows of the lists from `first` to `last`."""
    rows = ClaimShare.objects.filter(
        part=Part.RESIDENT.value, claim__day__gte=first - timedelta(days=WINDOW_DAYS), claim__day__lt=last
    ).values_list("person_id", "claim__place_id", "claim__place__kind", "claim__channel", "claim__day", "claim__at")
    return [
        HandOver(person, place, kind == "SHOP", channel in _MACHINES, day, _minute(at))
        for person, place, kind, channel, day, at in rows.order_by("id")
    ]


def _attempts(first: date, last: date) -> list[Attempt]:
    since = datetime(first.year, first.month, first.day, tzinfo=KST) - timedelta(days=WEEK_DAYS)
    until = datetime(last.year, last.month, last.day, tzinfo=KST)
    rows = SelfDeal.objects.filter(at__gte=since, at__lt=until).values_list("person_id", "place_id", "at")
    return [Attempt(person, place, seoul_date(at)) for person, place, at in rows]


def _keepers(day: date) -> dict[UUID, frozenset[UUID]]:
    held = Role.objects.filter(role=RoleName.SHOP_KEEPER, starts__lt=day, ends__gte=day - timedelta(days=WINDOW_DAYS))
    found: dict[UUID, frozenset[UUID]] = {}
    for person, place in held.exclude(place=None).values_list("person_id", "place_id"):
        found[place] = found.get(place, frozenset()) | {person}
    return found


def _names(places: Sequence[UUID], language: str) -> dict[UUID, str]:
    column = "name_ko" if language == "ko" else "name_en"
    return dict(Place.objects.filter(id__in=places).values_list("id", column))


def _view(found: Finding, closed: FindingClosed | None, names: Mapping[UUID, str], language: str) -> FindingView:
    rule = RULES[found.rule]
    korean = language == "ko"
    return FindingView(
        id=found.id,
        rule=rule.code,
        name=rule.name_ko if korean else rule.name_en,
        says=(rule.says_ko if korean else rule.says_en).format(**found.numbers),
        honest=rule.honest_ko if korean else rule.honest_en,
        who=pseudonym(found.person, language) if found.person else "",
        where=names.get(found.place, "") if found.place else "",
        outcome=closed.outcome if closed else "",
        note=closed.note if closed else "",
        closed_at=closed.at if closed else None,
    )


def _minute(at: datetime) -> int:
    seoul = at.astimezone(KST)
    return seoul.hour * 60 + seoul.minute
