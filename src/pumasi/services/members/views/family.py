"""My family: whom I look after, and who looks after me."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from pumasi.civic.shell import roles
from pumasi.civic.shell.access import for_roles
from pumasi.civic.shell.acting import ShellRequest, acting_for, person_of
from pumasi.civic.shell.refusals import refused
from pumasi.kernel.result import Refusal
from pumasi.services.members.operations import guarding
from pumasi.services.members.queries.family import family, guardian_views


@for_roles(roles.RESIDENT)
@require_safe
def mine(request: ShellRequest) -> HttpResponse:
    """Coins and last things of everybody whom I look after."""
    return render(request, "members/family.html", _page(request))


@for_roles(roles.RESIDENT)
@require_POST
def act(request: ShellRequest, guardianship_id: UUID, what: str) -> HttpResponse:
    """card: stop a ward's card; give_up: look after them no more; take_back: have no guardian any more."""
    me, acting = person_of(request), acting_for(request, f"FAMILY_{what.upper()}"[:40])
    try:
        match what:
            case "card":
                guarding.stop_card_of_ward(acting, guardian_id=me, guardianship_id=guardianship_id)
            case "give_up":
                guarding.give_up(acting, guardian_id=me, guardianship_id=guardianship_id)
            case "take_back":
                guarding.take_back(acting, ward_id=me, guardianship_id=guardianship_id)
            case _:
                raise Http404
    except Refusal as refusal:
        return refused(request, "members/family.html", _page(request), refusal)
    return redirect("members:family")


def _page(request: ShellRequest) -> dict[str, object]:
    acting, me = acting_for(request, "FAMILY"), person_of(request)
    return {"wards": family(acting, me), "guardians": guardian_views(acting, me)}
