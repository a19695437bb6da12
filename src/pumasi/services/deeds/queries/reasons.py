"""Reasons of a no and of a question, as codes on a step and as words that the person reads."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise

NOT_SEEN, TWICE = "NOT_SEEN", "TWICE"
REFUSALS: "dict[str, _StrOrPromise]" = {
    NOT_SEEN: _("The staff could not confirm the deed."),
    "OTHER_QUANTITY": _("The quantity is not right."),
    "NOT_CLEAN": _("The things could not be used (not clean, not complete)."),
    "NOT_THE_DEED": _("What was shown is not this deed."),
    "NO_CODE": _("The code of the day cannot be seen in the photo."),
    "NOT_CLEAR": _("The photo does not show it clearly enough."),
    "NOT_FOUND": _("Nothing could be confirmed after the report."),
    TWICE: _("The same deed has been claimed before."),
    "PAID_ELSEWHERE": _("These hours are paid by another programme."),
}
QUESTIONS: "dict[str, _StrOrPromise]" = {
    "WHEN": _("When exactly was it?"),
    "WHAT": _("What exactly did you do?"),
    "HOW_MANY": _("How many were there?"),
}
RULE = "RULE"


def reason_text(code: str) -> str:
    """The words of a reason or question; "" for one without words of its own."""
    return str(REFUSALS.get(code) or QUESTIONS.get(code) or "")
