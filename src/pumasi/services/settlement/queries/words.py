"""Codes of settlement as people read them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pumasi.coin.settlement.models import LineState, Reason, State

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise


@dataclass(frozen=True)
class Tag:
    """A state as a small coloured word; `tone` is good, warn, bad or empty."""

    text: str
    tone: str


_STATES: Mapping[str, tuple["_StrOrPromise", str]] = {
    State.DRAFT: (gettext_lazy("Draft, waits for the check"), "warn"),
    State.CHECKED: (gettext_lazy("Checked, waits for export"), "warn"),
    State.EXPORTED: (gettext_lazy("With the treasury"), "warn"),
    State.DONE: (gettext_lazy("Finished"), "good"),
    State.VOID: (gettext_lazy("Given up"), ""),
}
_LINES: Mapping[str, tuple["_StrOrPromise", str]] = {
    LineState.OPEN: (gettext_lazy("Under way"), "warn"),
    LineState.PAID: (gettext_lazy("Paid"), "good"),
    LineState.BOUNCED: (gettext_lazy("Sent back by the bank"), "bad"),
    LineState.VOID: (gettext_lazy("Given up"), ""),
}
_REASONS: Mapping[str, "_StrOrPromise"] = {
    Reason.TOO_YOUNG: gettext_lazy("Not old enough: can still be refunded"),
    Reason.NOT_SEALED: gettext_lazy("Not in the public record yet"),
    Reason.DISPUTED: gettext_lazy("Disputed: waits for an answer"),
    Reason.ON_HOLD: gettext_lazy("Payouts of this shop are on hold"),
    Reason.NO_ACCOUNT: gettext_lazy("No confirmed bank account"),
    Reason.BELOW_MINIMUM: gettext_lazy("Below the smallest payout: waits for more"),
    Reason.DRAFTED: gettext_lazy("In another draft"),
}
_STEPS: Mapping[str, "_StrOrPromise"] = {
    "DRAFT": gettext_lazy("Made"),
    "CHECKED": gettext_lazy("Checked by another person"),
    "VOID": gettext_lazy("Given up"),
    "EXPORTED": gettext_lazy("Files exported"),
    "NUMBERS": gettext_lazy("Numbers entered"),
    "PAID": gettext_lazy("Paid"),
    "BOUNCED": gettext_lazy("Sent back by the bank"),
    "DONE": gettext_lazy("Finished"),
}


def state_tag(state: str) -> Tag:
    """The state of a batch."""
    text, tone = _STATES[state]
    return Tag(str(text), tone)


def line_tag(state: str) -> Tag:
    """The state of a shop's line."""
    text, tone = _LINES[state]
    return Tag(str(text), tone)


def reason_words(reason: str) -> str:
    """Why coins wait."""
    return str(_REASONS[reason])


def step_words(what: str) -> str:
    """What was done."""
    return str(_STEPS[what])


def won(amount: int) -> str:
    """Won with the unit."""
    return _("%(won)s won") % {"won": f"{amount:,}"}
