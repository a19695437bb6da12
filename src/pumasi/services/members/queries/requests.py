"""Requests for a second officer, and estates, in words. Names are not shown in lists."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from pumasi.civic.people.models import Person, Role
from pumasi.civic.people.queries import person, roles_of
from pumasi.coin.district import district_tariff
from pumasi.coin.life_rules import life_rule
from pumasi.coin.models import ClaimShare, Death, DeathStep, Gift, Payment, Proposal, ProposalStep
from pumasi.coin.queries import wallet_view
from pumasi.kernel.amount import Amount
from pumasi.kernel.clock import seoul_date
from pumasi.ledger.reads import accounts_of
from pumasi.services.members.errors import NobodyFound

SHOWN = 60
KINDS = ("MERGE", "UNDO_DEATH", "ESTATE_BACK")


@dataclass(frozen=True)
class RequestLine:
    """`is_mine`: this viewer asked for it, so somebody else decides."""

    id: UUID
    kind: str
    what: str
    reason: str
    document: str
    asked_at: datetime
    state: str
    tone: str
    is_open: bool
    is_mine: bool
    said: str


@dataclass(frozen=True)
class Half:
    """One membership of a merge, in numbers."""

    joined_on: date
    level: str
    balance: Amount
    vesting: Amount
    deeds: int
    payments: int
    gifts: int
    roles: tuple[str, ...]


@dataclass(frozen=True)
class RequestPage:
    """One request; `kept`, `gone` and `after` (coins) for a merge, `estate` for the coins of a deceased."""

    line: RequestLine
    kept: Half | None
    gone: Half | None
    after: str
    estate: "EstateLine | None"


@dataclass(frozen=True)
class EstateLine:
    """One report of a death by its number: what waits, until when the family decides, what became of it."""

    number: int
    reported_on: date
    died_on: date
    document: str
    first: str
    coins: str
    is_waiting: bool
    until: date
    is_over: bool
    steps: tuple[tuple[str, str, datetime], ...]


def request_lines(viewer: UUID) -> list[RequestLine]:
    """What waits first, then the newest decided ones."""
    rows = list(Proposal.objects.filter(kind__in=KINDS).order_by("-asked_at")[: SHOWN * 2])
    steps = {row.proposal_id: row for row in ProposalStep.objects.filter(proposal__in=rows)}
    lines = [_line(row, steps.get(row.id), viewer) for row in rows]
    return sorted(lines, key=lambda line: not line.is_open)[:SHOWN]


def waiting_requests() -> int:
    """How many requests wait for a second officer."""
    decided = ProposalStep.objects.values("proposal_id")
    return Proposal.objects.filter(kind__in=KINDS).exclude(id__in=decided).count()


def request_page(request_id: UUID, viewer: UUID, at: datetime) -> RequestPage:
    """One request with what it would change; raises NobodyFound."""
    row = Proposal.objects.filter(id=request_id, kind__in=KINDS).first()
    if row is None:
        raise NobodyFound()
    line = _line(row, ProposalStep.objects.filter(proposal=row).first(), viewer)
    if row.kind == "MERGE" and line.is_open and row.person_id and row.other_id:
        kept, gone = _half(row.person_id, at), _half(row.other_id, at)
        return RequestPage(line, kept, gone, (kept.balance + gone.balance).text(), None)
    death = Death.objects.filter(person=row.person_id).order_by("number").last()
    return RequestPage(line, None, None, "", _estate(death, at) if death and row.kind != "MERGE" else None)


def estate_lines(at: datetime) -> list[EstateLine]:
    """Reports whose coins still wait, those first whose time is over; then the newest others."""
    lines = _estates(list(Death.objects.order_by("-number")[:SHOWN]), at)
    return sorted(lines, key=lambda line: (not line.is_waiting, not line.is_over, line.until))


def estate_page(number: int, at: datetime) -> tuple[UUID, EstateLine]:
    """One report with the person it is about, for operations; raises NobodyFound."""
    row = Death.objects.filter(number=number).first()
    if row is None:
        raise NobodyFound()
    return row.person_id, _estate(row, at)


def _line(row: Proposal, step: ProposalStep | None, viewer: UUID) -> RequestLine:
    what = {
        "MERGE": _("Merge two memberships of one person"),
        "UNDO_DEATH": _("Undo a report of a death"),
        "ESTATE_BACK": _("Send an estate back to the programme"),
    }[row.kind]
    state, tone = _("waits for a second officer"), "warn"
    if step is not None:
        state, tone = (_("approved"), "good") if step.step == "APPROVED" else (_("refused"), "bad")
    return RequestLine(
        id=row.id,
        kind=row.kind,
        what=what,
        reason=row.reason,
        document=row.document,
        asked_at=row.asked_at,
        state=state,
        tone=tone,
        is_open=step is None,
        is_mine=row.asked_by == viewer,
        said=step.reason if step else "",
    )


def _half(person_id: UUID, at: datetime) -> Half:
    facts = person(person_id)
    unit = district_tariff().unit
    view = wallet_view(person_id, at, limit=1) if facts.closed_at is None else None
    held = roles_of(person_id, seoul_date(at))
    return Half(
        joined_on=facts.joined_on,
        level=facts.level.value,
        balance=view.balance if view else Amount(unit, 0),
        vesting=view.vesting if view else Amount(unit, 0),
        deeds=ClaimShare.objects.filter(person=person_id).count(),
        payments=Payment.objects.filter(person=person_id).count(),
        gifts=Gift.objects.filter(giver=person_id).count() + Gift.objects.filter(receiver=person_id).count(),
        roles=tuple(str(Role(role=each.role).get_role_display()) for each in held if each.role.value != "RESIDENT"),
    )


def _estate(row: Death, at: datetime) -> EstateLine:
    return _estates([row], at)[0]


def _estates(rows: Sequence[Death], at: datetime) -> list[EstateLine]:
    """Lines for many reports, in three look-ups."""
    wallets = dict(Person.objects.filter(id__in=[row.person_id for row in rows]).values_list("id", "wallet"))
    unit = district_tariff().unit
    waiting = {owner: coins for _, code, owner, _, coins in accounts_of("2140") if code == unit.code}
    steps: dict[UUID, list[DeathStep]] = {row.id: [] for row in rows}
    for step in DeathStep.objects.filter(death__in=list(steps)).order_by("at", "id"):
        steps[step.death_id].append(step)
    return [_told(row, waiting.get(wallets[row.person_id].hex, 0), steps[row.id], at) for row in rows]


def _told(row: Death, coins: int, steps: Sequence[DeathStep], at: datetime) -> EstateLine:
    unit, today = district_tariff().unit, seoul_date(at)
    until = life_rule(today).estate_until(seoul_date(row.at))
    names = {
        "PASSED_ON": _("passed on to a member of the family"),
        "GIVEN": _("given to a campaign"),
        "RETURNED": _("sent back to the programme"),
        "UNDONE": _("the report was wrong and was undone"),
    }
    is_undone = any(step.how == "UNDONE" for step in steps)
    return EstateLine(
        number=row.number,
        reported_on=seoul_date(row.at),
        died_on=row.died_on,
        document=row.document,
        first=Amount(unit, row.coins).text(),
        coins=Amount(unit, coins).text(),
        is_waiting=bool(coins) and not is_undone,
        until=until,
        is_over=today > until,
        steps=tuple((names[step.how], Amount(unit, step.coins).text(), step.at) for step in steps),
    )
