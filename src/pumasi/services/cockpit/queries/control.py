"""What the desk of tariff, freezes, simulation and the Monday list prints: plain lines with words for every code."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from pumasi.civic.places.models import Place
from pumasi.civic.shell.language import page_language
from pumasi.coin.district import district_tariff
from pumasi.coin.freezes import FreezeFacts, FreezeState, all_freezes
from pumasi.coin.models import PaidRoster, RosterWithdrawn
from pumasi.coin.queries.rule_words import kind_name
from pumasi.coin.queries.rulebook import ChangeView, change, changes
from pumasi.coin.queries.simulation import Compared, Simulation, simulation
from pumasi.kernel.clock import seoul_date
from pumasi.services.cockpit.queries.words import causes, change_state, freeze_state, freeze_whats, lasts_text


@dataclass(frozen=True)
class ChangeLine:
    """A change of the register with the word for its state; `may_*` are the steps that are open to a second person."""

    view: ChangeView
    state: str
    tone: str
    is_draft: bool
    may_ask: bool
    may_withdraw: bool


@dataclass(frozen=True)
class FreezeLine:
    """A freeze in words."""

    facts: FreezeFacts
    what: str
    cause: str
    state: str
    tone: str
    may_confirm: bool
    may_ask: bool


@dataclass(frozen=True)
class Bar:
    """One line of the simulator's table with its two bars in percent of the longest."""

    name: str
    deeds: str
    actual: str
    simulated: str
    difference: str
    actual_won: str
    simulated_won: str
    was: int
    then: int


@dataclass(frozen=True)
class SimulationPage:
    """The answer of the simulator in words and bars."""

    seen: Simulation
    total: Bar
    lasts_before: str
    lasts_after: str
    tables: tuple[tuple[str, tuple[Bar, ...]], ...]


@dataclass(frozen=True)
class RosterLine:
    """One uploaded roster."""

    key: UUID
    source: str
    at: datetime
    lines: int
    matched: int
    withdrawn: str


@dataclass(frozen=True)
class Choice:
    """A place to choose, with its dong."""

    id: str
    name: str


def change_lines(at: datetime) -> list[ChangeLine]:
    """The register, newest first."""
    return [_change(each) for each in changes(at, page_language())]


def change_line(change_id: UUID, at: datetime) -> ChangeLine:
    """One change; raises ChangeUnknown."""
    return _change(change(change_id, at, page_language()))


def freeze_lines(at: datetime) -> list[FreezeLine]:
    """All freezes, newest first."""
    found = all_freezes(at)
    names = _place_names([each.place_id for each in found if each.place_id])
    return [_freeze(each, names) for each in found]


def simulation_page(change_id: UUID, first: date, last: date, at: datetime) -> SimulationPage:
    """The replay of these days under a change; raises what `simulation` raises."""
    seen = simulation(change_id, first, last, at, page_language())
    tables = (("kinds", seen.kinds), ("groups", seen.groups), ("months", seen.months))
    return SimulationPage(
        seen=seen,
        total=_bars([seen.total])[0],
        lasts_before=lasts_text(seen.lasts_before, seoul_date(at)),
        lasts_after=lasts_text(seen.lasts_after, seoul_date(at)),
        tables=tuple((name, _bars(lines)) for name, lines in tables),
    )


def roster_lines() -> list[RosterLine]:
    """The rosters, newest first, at most 50."""
    rows = list(PaidRoster.objects.order_by("-at")[:50])
    gone = dict(RosterWithdrawn.objects.filter(roster__in=rows).values_list("roster_id", "reason"))
    return [RosterLine(row.key, row.source, row.at, row.lines, row.matched, gone.get(row.key, "")) for row in rows]


def place_choices(day: date) -> list[Choice]:
    """Places that take part, by dong and name."""
    column = "name_ko" if page_language() == "ko" else "name_en"
    rows = Place.objects.filter(opened_on__lte=day, closed_on=None).order_by("dong", column)
    return [Choice(str(key), f"{dong} · {name}") for key, dong, name in rows.values_list("id", "dong", column)]


def kind_choices() -> list[tuple[str, str]]:
    """Kinds by name."""
    tariff = district_tariff()
    return [(code, kind_name(tariff, code, page_language())) for code in tariff.kinds]


def _change(view: ChangeView) -> ChangeLine:
    word, tone = change_state(view.state)
    return ChangeLine(view, word, tone, view.state == "DRAFT", view.state == "COMING", view.state == "RECALL")


def _freeze(facts: FreezeFacts, names: dict[UUID, str]) -> FreezeLine:
    word, tone = freeze_state(facts.state)
    what = dict(freeze_whats())[facts.what]
    if facts.kind:
        what = kind_name(district_tariff(), facts.kind, page_language())
    if facts.place_id:
        what = names.get(facts.place_id, what)
    return FreezeLine(
        facts=facts,
        what=what,
        cause=dict(causes())[facts.cause],
        state=word,
        tone=tone,
        may_confirm=facts.state in {FreezeState.ASKED, FreezeState.URGENT},
        may_ask=facts.state in {FreezeState.ACTIVE, FreezeState.URGENT, FreezeState.PLANNED},
    )


def _place_names(ids: Iterable[UUID]) -> dict[UUID, str]:
    column = "name_ko" if page_language() == "ko" else "name_en"
    return dict(Place.objects.filter(id__in=list(ids)).values_list("id", column))


def _bars(lines: Sequence[Compared]) -> tuple[Bar, ...]:
    longest = max((max(each.actual.minor, each.simulated.minor) for each in lines), default=0) or 1
    return tuple(
        Bar(
            name=each.name,
            deeds=f"{each.deeds:,}",
            actual=each.actual.text(),
            simulated=each.simulated.text(),
            difference=each.difference.signed(),
            actual_won=f"{each.actual_won:,}",
            simulated_won=f"{each.simulated_won:,}",
            was=each.actual.minor * 100 // longest,
            then=each.simulated.minor * 100 // longest,
        )
        for each in lines
    )
