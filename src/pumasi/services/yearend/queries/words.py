"""Codes of the year end as people read them."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from pumasi.civic.people.words import role_name as role_word
from pumasi.ledger.chart import Pool
from pumasi.services.yearend.models import Decision

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise

_ACTORS: Mapping[str, "_StrOrPromise"] = {"STAFF": _("staff of the place"), "": _("who did it")}
_POOLS: Mapping[Pool, "_StrOrPromise"] = {
    Pool.ISSUED: _("Issued"),
    Pool.WALLETS: _("In wallets"),
    Pool.TAKINGS: _("With shops and facilities"),
    Pool.CAMPAIGNS: _("In campaigns"),
    Pool.SUSPENSE: _("In dispute"),
    Pool.DUE: _("Due to other districts"),
    Pool.GUARANTEE: _("Guarantee for offline payments"),
    Pool.EXPIRED: _("Lapsed"),
    Pool.CLAWED_BACK: _("Taken back"),
    Pool.REDEEMED: _("Redeemed"),
    Pool.DONATED: _("Donated out"),
    Pool.WRITTEN_OFF: _("Written off"),
    Pool.CONVERSION: _("Conversion"),
    Pool.ROUNDING: _("Rounding"),
}


_EVIDENCE: Mapping[str, "_StrOrPromise"] = {
    "CODE": _("code of the place"),
    "STAFF": _("confirmed by staff"),
    "ATTENDANCE": _("attendance"),
    "MACHINE": _("receipt of a machine"),
    "PHOTO": _("photo"),
    "OUTCOME": _("outcome told by the centre"),
}


def evidence_name(kind: str) -> str:
    """What proved a deed."""
    return str(_EVIDENCE.get(kind, kind))


def role_name(code: str) -> str:
    """The word for a role, or for who acts without one."""
    return str(_ACTORS[code]) if code in _ACTORS else role_word(code)


def pool_name(pool: Pool) -> str:
    """A class of the supply identity."""
    return str(_POOLS[pool])


def won(amount: int) -> str:
    """Won for people; a minus is a real one."""
    return f"{amount:,}".replace("-", "−")


def decision_name(decision: str) -> str:
    """What was decided about a role."""
    words: Mapping[str, _StrOrPromise] = {Decision.KEEP: _("given again"), Decision.END: _("ends")}
    return str(words.get(decision, _("open")))
