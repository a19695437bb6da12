"""Who stands behind a counter, and the one question that each of its pages asks first."""

from uuid import UUID

from django.http import Http404

from pumasi.civic.shell import roles
from pumasi.civic.shell.acting import ShellRequest

STAFF = (roles.SHOP_KEEPER, roles.FACILITY_CASHIER)
OFFICERS = (roles.DONG_OFFICIAL, roles.ISSUER)


def must_be_mine(request: ShellRequest, place_id: UUID) -> None:
    """404 unless the visitor works at the place: another shop's pages do not exist."""
    if place_id not in request.viewer.places(*STAFF):
        raise Http404


def chosen_place(request: ShellRequest) -> UUID | None:
    """The place of mine that the address asks for, else my first, else None."""
    mine = request.viewer.places(*STAFF)
    wanted = request.GET.get("place", "")
    return next((each for each in mine if str(each) == wanted), mine[0] if mine else None)
