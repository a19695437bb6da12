"""Codes of the year end as people read them."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from pumasi.civic.people.models import RoleName
from pumasi.ledger.chart import Pool
from pumasi.services.yearend.models import Decision

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise

_ROLES: Mapping[str, "_StrOrPromise"] = {
    RoleName.RESIDENT: _("resident"),
    RoleName.SHOP_KEEPER: _("shop owner"),
    RoleName.FACILITY_CASHIER: _("staff of a facility"),
    RoleName.DONG_OFFICIAL: _("dong official"),
    RoleName.ISSUER: _("issuer"),
    RoleName.BUDGET_OFFICER: _("budget officer"),
    RoleName.AUDITOR: _("auditor"),
    RoleName.REVIEWER: _("reviewer"),
    RoleName.TREASURY: _("treasury"),
    RoleName.CHARITY_MANAGER: _("manager of a charity"),
    RoleName.ORGANISATION_ADMIN: _("admin of an organisation"),
    "STAFF": _("staff of the place"),
    "": _("who did it"),
}
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


def role_name(role: str) -> str:
    """A role, or who else has to act."""
    return str(_ROLES.get(role, role))


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
