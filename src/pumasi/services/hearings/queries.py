"""Cases in words, and deeds that were paid at a place on a day, without names."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from pumasi.civic.places.queries import names_of, place
from pumasi.civic.shell import roles
from pumasi.civic.shell.help import HelpLine
from pumasi.civic.shell.inbox import Task, Worker
from pumasi.civic.shell.language import page_language
from pumasi.civic.shell.weekly import Ahead, Week, Weekly, compared
from pumasi.coin.district import district_tariff
from pumasi.coin.hearings.models import Case, Kind, State
from pumasi.coin.hearings.queries import CaseLine, CaseView, InboxLine, case_of, cases_of, inbox
from pumasi.coin.queries.paid import PaidClaim, paid_claim, paid_claims_at
from pumasi.kernel.amount import Amount
from pumasi.kernel.clock import seoul_date

OFFICERS = (roles.REVIEWER, roles.DONG_OFFICIAL, roles.ISSUER)


@dataclass(frozen=True)
class StepLine:
    """One step in words."""

    name: str
    at: datetime
    why: str
    note: str


@dataclass(frozen=True)
class CasePage:
    """A case in words. `deed`, `place`: what it is about, where coins shall go back."""

    id: UUID
    title: str
    say: str
    tone: str
    why: str
    clause: str
    opened_on: date
    due: date | None
    deed: str
    place: str
    steps: tuple[StepLine, ...]
    may_answer: bool
    may_object: bool
    state: str


@dataclass(frozen=True)
class DeskLine:
    """One open case for the officers."""

    id: UUID
    title: str
    state: str
    tone: str
    due: date | None
    is_late: bool
    mine: bool


@dataclass(frozen=True)
class DeedLine:
    """A deed that was paid. `count` is what counted, in the tariff's measure; nobody's name."""

    key: UUID
    at: datetime
    what: str
    count: int
    coins: str
    place: str


def my_cases(person_id: UUID, at: datetime) -> list[CasePage]:
    """A person's cases, newest first."""
    return [_page(each) for each in cases_of(person_id, at)]


def case_page(case_id: UUID, at: datetime, person_id: UUID | None = None) -> CasePage | None:
    """One case, of this person when one is named, or None."""
    found = case_of(case_id, at, person_id)
    return _page(found) if found else None


def desk_lines(officer: UUID, day: date) -> list[DeskLine]:
    """Open clawbacks by the day on which somebody has to act."""
    return [_desk_line(each) for each in inbox([Kind.CLAWBACK], officer, day)]


def deeds_at(place_id: UUID, day: date) -> list[DeedLine]:
    """The deeds that were paid at a place on a day."""
    return _deeds(paid_claims_at(place_id, day))


def deed(claim_id: UUID) -> DeedLine | None:
    """One deed that was paid, or None."""
    found = paid_claim(claim_id)
    return _deeds([found])[0] if found else None


def state_words() -> dict[str, tuple[str, str]]:
    """State -> its name and tone."""
    return {
        State.NOTIFIED: (_("Notice given: your opinion is asked for"), "warn"),
        State.ANSWERED: (_("Opinion given: an officer decides"), "warn"),
        State.DECIDED: (_("Decided"), "bad"),
        State.DROPPED: (_("Dropped"), "good"),
        State.OBJECTED: (_("Objection: another officer decides"), "warn"),
        State.UPHELD: (_("Objection not granted"), "bad"),
        State.GRANTED: (_("Objection granted"), "good"),
        State.FINAL: (_("Final"), "bad"),
    }


def _page(view: CaseView) -> CasePage:
    words, about = state_words(), _deed_of(view)
    (line,) = _deeds([about]) if about else (None,)
    return CasePage(
        id=view.id,
        title=_title(view.kind, view.coins),
        say=words[view.state][0],
        tone=words[view.state][1],
        why=view.why,
        clause=view.clause,
        opened_on=view.opened_on,
        due=view.due,
        deed=line.what if line else "",
        place=line.place if line else "",
        steps=tuple(_step(each, words) for each in view.steps),
        may_answer=view.may_answer,
        may_object=view.may_object,
        state=view.state,
    )


def _deed_of(view: CaseView) -> PaidClaim | None:
    """The deed that a clawback is about."""
    return paid_claim(view.subject, by_award=True) if view.kind == Kind.CLAWBACK else None


def _step(line: CaseLine, words: dict[str, tuple[str, str]]) -> StepLine:
    return StepLine(words[line.state][0], line.at, line.why, line.note)


def _desk_line(line: InboxLine) -> DeskLine:
    name, tone = state_words()[line.state]
    return DeskLine(line.id, _title(line.kind, line.coins), name, tone, line.due, line.is_late, line.mine)


def _title(kind: str, coins: Amount) -> str:
    if kind == Kind.SUSPENSION:
        return _("Suspension of the shop")
    return _("Taking back %(coins)s coins") % {"coins": coins.text(page_language())}


def _deeds(claims: Sequence[PaidClaim]) -> list[DeedLine]:
    names = names_of({each.place_id for each in claims}, page_language())
    return [
        DeedLine(
            key=each.key,
            at=each.at,
            what=district_tariff().kind(each.kind).printed_name(page_language()),
            count=each.counted,
            coins=each.coins.text(page_language()),
            place=names.get(each.place_id) or place(each.place_id).name(page_language()),
        )
        for each in claims
    ]


def tasks(worker: Worker) -> Iterator[Task]:
    """For the inbox: clawbacks on which this officer may act."""
    for line in inbox([Kind.CLAWBACK], worker.person_id, seoul_date(worker.at)):
        if worker.has(*OFFICERS) and not line.mine and line.state != State.DECIDED:
            name, _tone = state_words()[line.state]
            url = reverse("hearings:case", args=[line.id])
            yield Task(_title(line.kind, line.coins), name, url, line.opened_at, line.due)


def help_lines(person_id: UUID, at: datetime) -> Iterator[HelpLine]:
    """For a desk: what the district means to take back from a person, or has."""
    for view in cases_of(person_id, at):
        page = _page(view)
        words_until = page.due if page.may_answer or page.may_object else None
        yield HelpLine(view.id, page.title, view.steps[0].at, page.say, page.tone, page.why, words_until)


def weekly(week: Week) -> Weekly:
    """Three queries."""
    names = {Kind.CLAWBACK: _("Hearing about coins"), Kind.SUSPENSION: _("Hearing about a shop")}
    ahead = tuple(
        Ahead(each.hear_until, _("%(what)s: last day for an answer") % {"what": names[Kind(each.kind)]})
        for each in Case.objects.filter(ended_at=None, hear_until__range=week.ahead)
    )
    return Weekly(compared(week, _opened, _("Hearings opened")), ahead=ahead)


def _opened(week: Week) -> tuple[str]:
    return (f"{Case.objects.filter(opened_at__range=week.span).count():,}",)
