"""Disputes in words, the same steps for payer, shop and officer; nobody reads who the other is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from pumasi.civic.shell.language import page_language
from pumasi.coin.models import DisputeReason
from pumasi.coin.queries import DisputeView, dispute_of, dispute_view, disputes_to_answer, disputes_to_decide


@dataclass(frozen=True)
class DisputeStepLine:
    """One step: what happened, when, and the words that the other side reads."""

    name: str
    at: datetime
    why: str


@dataclass(frozen=True)
class DisputeCard:
    """A dispute for a page; `say` is what comes next, `answer_by` the shop's last day."""

    id: UUID
    payment_id: UUID
    place_id: UUID
    place: str
    paid_at: datetime
    coins: str
    reason: str
    tone: str
    headline: str
    say: str
    answer_by: date
    waits_for_shop: bool
    is_open: bool
    steps: tuple[DisputeStepLine, ...]


def reasons() -> list[tuple[str, str]]:
    """The reasons to choose from."""
    return [
        (DisputeReason.TOO_MUCH.value, _("More was taken than was said")),
        (DisputeReason.TWICE.value, _("It was taken twice")),
        (DisputeReason.NOT_GIVEN.value, _("I did not get what I paid for")),
        (DisputeReason.NOT_ME.value, _("I did not pay this")),
        (DisputeReason.OTHER.value, _("Something else")),
    ]


def dispute_about(payment_id: UUID) -> DisputeCard | None:
    """The dispute about a payment, or None."""
    found = dispute_of(payment_id)
    return _card(found) if found else None


def one_dispute(dispute_id: UUID) -> DisputeCard | None:
    """One dispute, or None."""
    found = dispute_view(dispute_id)
    return _card(found) if found else None


def to_answer(places: Sequence[UUID]) -> list[DisputeCard]:
    """What waits for an answer of these places."""
    return [_card(each) for each in disputes_to_answer(places)]


def to_decide() -> list[DisputeCard]:
    """What waits for an officer."""
    return [_card(each) for each in disputes_to_decide()]


def _card(view: DisputeView) -> DisputeCard:
    korean = page_language() == "ko"
    headline, say, tone = _state(view)
    return DisputeCard(
        id=view.key,
        payment_id=view.payment_id,
        place_id=view.place_id,
        place=view.place_ko if korean else view.place_en,
        paid_at=view.paid_at,
        coins=view.coins.text(),
        reason=dict(reasons())[view.reason],
        tone=tone,
        headline=headline,
        say=say,
        answer_by=view.answer_by,
        waits_for_shop=view.waits_for_shop,
        is_open=view.is_open,
        steps=tuple(
            DisputeStepLine(_step(each.state, view, by_node=each.by_node), each.at, each.why) for each in view.steps
        ),
    )


def _state(view: DisputeView) -> tuple[str, str, str]:
    coins = {"coins": view.coins.text(), "day": view.answer_by.isoformat()}
    if view.state == "RETURNED":
        return _("%(coins)s coins went back to the payer") % coins, _("Nothing else has to be done."), "good"
    if view.state == "UPHELD":
        return _("The amount was right") % coins, _("The coins are with the shop again."), ""
    if view.state == "OPEN" and view.waits_for_shop:
        say = _("The shop answers until %(day)s. If it says nothing, the coins go back by themselves.") % coins
        return _("%(coins)s coins are set aside") % coins, say, "warn"
    return _("%(coins)s coins are set aside") % coins, _("An officer looks at both sides and decides."), "warn"


def _step(state: str, view: DisputeView, *, by_node: bool) -> str:
    if state == "OPEN":
        return _("The payer says: the amount is wrong") if view.side == "PAYER" else _("The shop reported it")
    if state == "EXPLAINED":
        return _("The shop explained")
    if state == "UPHELD":
        return _("The officer decided: the amount was right")
    if by_node:
        return _("The shop was silent: given back")
    decided = view.side == "SHOP" or any(each.state == "EXPLAINED" for each in view.steps)
    return _("The officer decided: given back") if decided else _("The shop agreed: given back")
