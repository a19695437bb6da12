"""Roles as people read them."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from pumasi.civic.people.models import RoleName

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
}


def role_name(code: str) -> str:
    """The word for a role; the code itself when it is none."""
    return str(_ROLES.get(code, code))
