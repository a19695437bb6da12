"""Imports and exports as their pages show them: amounts in words, states as tags, what the viewer may do."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pumasi.coin.district import district_tariff
from pumasi.coin.moving import queries as moving
from pumasi.coin.moving.queries import SHOWN, ExportView, ProposalView
from pumasi.coin.moving.states import State
from pumasi.kernel.amount import Amount

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise

# So many members or shops that differ are listed; the CSV has all.
LISTED = 50
_STATES: Mapping[str, tuple["_StrOrPromise", str]] = {
    State.PROPOSED: (gettext_lazy("Waits for two officers to approve"), "warn"),
    State.FIRST: (gettext_lazy("Waits for the second officer"), "warn"),
    State.APPROVED: (gettext_lazy("Approved, waits for loading"), "warn"),
    State.REJECTED: (gettext_lazy("Rejected"), "bad"),
    State.LOADING: (gettext_lazy("Being loaded"), "warn"),
    State.DONE: (gettext_lazy("Moved in"), "good"),
    State.BACK_ASKED: (gettext_lazy("Way back asked for"), "warn"),
    State.UNDOING: (gettext_lazy("Waits to be undone"), "warn"),
    State.UNDONE: (gettext_lazy("Undone"), "bad"),
}
_STEPS: Mapping[str, "_StrOrPromise"] = {
    "FIRST": gettext_lazy("First officer approved"),
    "SECOND": gettext_lazy("Second officer approved"),
    "REJECTED": gettext_lazy("Rejected"),
    "STARTED": gettext_lazy("Loading began"),
    "DONE": gettext_lazy("Everything is loaded and reconciled"),
    "BACK_ASKED": gettext_lazy("The way back was asked for"),
    "BACK_AGREED": gettext_lazy("A second officer agreed to the way back"),
    "BACK_CLOSED": gettext_lazy("The way back was closed: something had been used"),
    "UNDONE": gettext_lazy("Everything was undone"),
}
_COMMANDS: Mapping[str, str] = {
    State.APPROVED: "./pumasi import run FOLDER",
    State.LOADING: "./pumasi import run FOLDER",
    State.UNDOING: "./pumasi import undo",
}


@dataclass(frozen=True)
class Tag:
    """A state as a small coloured word."""

    text: str
    tone: str


@dataclass(frozen=True)
class Line:
    """A proposal in the list."""

    id: UUID
    origin: str
    at: datetime
    members: str
    coins: str
    tag: Tag


@dataclass(frozen=True)
class SumRow:
    """One kind of coin: as proposed, and as the ledger has it (empty before loading)."""

    where: str
    year: str
    expires: str
    won: str
    old: str
    new: str
    tag: Tag | None


@dataclass(frozen=True)
class OwnerRow:
    """A member or shop that differs."""

    pseudonym: str
    old: str
    new: str


@dataclass(frozen=True)
class Page:
    """A proposal with everything on its page. `may` are the steps that this viewer may take now."""

    id: UUID
    digest: str
    shown: int
    origin: str
    extract_on: date
    members: str
    without_phone: str
    shops: str
    coins: str
    won: str
    tag: Tag
    steps: tuple[tuple[str, datetime, str], ...]
    sums: tuple[SumRow, ...]
    is_loaded: bool
    is_equal: bool
    differing: tuple[OwnerRow, ...]
    command: str
    may: frozenset[str]


@dataclass(frozen=True)
class Order:
    """An order of an exit export; `may_agree` for another officer than the one who asked."""

    id: UUID
    purpose: str
    at: datetime
    tag: Tag
    may_agree: bool
    command: str


def lines() -> list[Line]:
    """All proposals, newest first."""
    return [
        Line(each.id, each.origin, each.at, f"{each.members:,}", _coins(each.coins), _tag(each.state))
        for each in moving.proposals()
    ]


def page(proposal_id: UUID, viewer: UUID | None, *, may_decide: bool) -> Page | None:
    """One proposal, or None."""
    view = moving.proposal(proposal_id)
    if view is None:
        return None
    found = moving.reconciliation(proposal_id)
    is_loaded = view.state in (State.DONE, State.BACK_ASKED, State.UNDOING, State.UNDONE)
    return Page(
        id=view.id,
        digest=view.digest,
        shown=SHOWN,
        origin=view.origin,
        extract_on=view.extract_on,
        members=f"{view.members:,}",
        without_phone=f"{view.without_phone:,}",
        shops=f"{view.shops:,}",
        coins=_coins(view.coins),
        won=f"{view.won:,}",
        tag=_tag(view.state),
        steps=tuple((str(_STEPS[step]), at, reason) for step, at, reason in view.steps),
        sums=tuple(_sum_row(each, is_loaded=is_loaded) for each in found.sums),
        is_loaded=is_loaded,
        is_equal=found.is_equal,
        differing=tuple(
            OwnerRow(each.pseudonym, _coins(each.old_coins), _coins(each.new_coins))
            for each in found.owners
            if not each.is_equal
        )[:LISTED],
        command=_COMMANDS.get(view.state, ""),
        may=_may(view, viewer) if may_decide else frozenset(),
    )


def orders(viewer: UUID | None, *, may_decide: bool) -> list[Order]:
    """Orders of exit exports, newest first."""
    return [_order(each, viewer, may_decide=may_decide) for each in moving.exports()]


def _order(each: ExportView, viewer: UUID | None, *, may_decide: bool) -> Order:
    if each.written_at is not None:
        tag = Tag(_("Written %(at)s") % {"at": f"{each.written_at:%Y-%m-%d}"}, "good")
    elif each.is_agreed:
        tag = Tag(_("Agreed, waits for the box"), "warn")
    else:
        tag = Tag(_("Waits for the second officer"), "warn")
    command = f"./pumasi export FOLDER --order {each.id}" if each.is_agreed else ""
    may_agree = may_decide and not each.is_agreed and each.asked_by != viewer
    return Order(each.id, each.purpose, each.asked_at, tag, may_agree, command)


def _may(view: ProposalView, viewer: UUID | None) -> frozenset[str]:
    """What an officer may do now; the rules are asked again when it is done."""
    is_other = view.latest_by != viewer
    if any(step == "BACK_CLOSED" for step, _, _ in view.steps):
        return frozenset()
    steps = {
        State.PROPOSED: {"approve", "reject"},
        State.FIRST: {"approve", "reject"} if is_other else {"reject"},
        State.APPROVED: {"reject"},
        State.LOADING: {"ask_back"},
        State.DONE: {"ask_back"},
        State.BACK_ASKED: {"agree_back"} if is_other else set(),
    }
    return frozenset(steps.get(view.state, set()))


def _sum_row(each: moving.SumLine, *, is_loaded: bool) -> SumRow:
    unit = district_tariff().unit
    tag = None
    if is_loaded:
        tag = Tag(_("equal"), "good") if each.is_equal else Tag(_("differs"), "bad")
    return SumRow(
        where=_("Shops") if each.where == "takings" else _("Wallets"),
        year=each.fund.rpartition("/")[2],
        expires=each.expires or _("never lapses"),
        won=f"{each.rate * unit.minor_per_whole:,}",
        old=_coins(each.old_coins),
        new=_coins(each.new_coins) if is_loaded or each.new_coins else "",
        tag=tag,
    )


def _tag(state: State) -> Tag:
    text, tone = _STATES[state]
    return Tag(str(text), tone)


def _coins(minor: int) -> str:
    return Amount(district_tariff().unit, minor).text()
