"""Households in need: a resident's report, the officials' list, the issuer's quarter."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from pumasi.civic.places.models import PlaceKind
from pumasi.civic.places.queries import open_places
from pumasi.civic.shell import roles
from pumasi.civic.shell.access import for_roles
from pumasi.civic.shell.acting import ShellRequest, acting_for, person_of
from pumasi.civic.shell.language import page_language
from pumasi.civic.shell.refusals import refused, unfinished
from pumasi.kernel.clock import seoul_date
from pumasi.kernel.ids import new_id
from pumasi.kernel.result import Refusal
from pumasi.services.deeds import operations
from pumasi.services.deeds.forms import FindForm
from pumasi.services.deeds.queries.kinds import place_card
from pumasi.services.deeds.queries.outcomes import finds, last_quarter, pool_view


@for_roles(roles.RESIDENT)
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: ShellRequest) -> HttpResponse:
    """I have told a centre of a household in need. Nothing about the household is typed here."""
    centres = open_places(PlaceKind.CENTRE, seoul_date(request.acting.at))
    form = FindForm(request.POST or None, initial={"key": new_id(request.acting.at)})
    context = {"places": [place_card(each, "") for each in centres], "form": form}
    if request.method != "POST":
        return render(request, "deeds/find.html", context)
    if not form.is_valid():
        return unfinished(request, "deeds/find.html", context, form)
    key = form.the_key()
    try:
        operations.report_find(
            acting_for(request, "DEED_FIND"),
            person_id=person_of(request),
            place_id=form.cleaned_data["place"],
            key=key,
        )
    except Refusal as refusal:
        return refused(request, "deeds/find.html", context, refusal)
    return redirect("deeds:result", claim_id=key)


@for_roles(roles.DONG_OFFICIAL)
@require_http_methods(["GET", "HEAD"])
def outcomes(request: ShellRequest) -> HttpResponse:
    """Reports that wait for the centre, by deadline, and the linked ones."""
    return render(request, "deeds/outcomes.html", _context(request))


@for_roles(roles.DONG_OFFICIAL)
@require_POST
def decide(request: ShellRequest, claim_id: UUID) -> HttpResponse:
    """Linked to a service, benefit granted, or nothing found."""
    acting, wanted = acting_for(request, "DEED_OUTCOME"), request.POST.get("decision", "")
    try:
        if wanted == "linked":
            operations.link(acting, claim_id=claim_id)
        elif wanted == "granted":
            operations.record_grant(acting, claim_id=claim_id)
        else:
            operations.decide(acting, claim_id=claim_id, is_right=False, reason="NOT_FOUND")
    except Refusal as refusal:
        return refused(request, "deeds/outcomes.html", _context(request), refusal)
    return redirect(reverse("deeds:outcomes"))


@for_roles(roles.ISSUER)
@require_http_methods(["GET", "HEAD", "POST"])
def pool(request: ShellRequest) -> HttpResponse:
    """Share what the grants of the last quarter add, evenly."""
    year, quarter = last_quarter(seoul_date(request.acting.at))
    if request.method == "POST":
        try:
            operations.share_quarter(acting_for(request, "DEED_POOL"), year=year, quarter=quarter)
        except Refusal as refusal:
            return refused(request, "deeds/pool.html", {"pool": pool_view(year, quarter)}, refusal)
        return redirect("deeds:pool")
    return render(request, "deeds/pool.html", {"pool": pool_view(year, quarter)})


def _context(request: ShellRequest) -> dict[str, object]:
    return {"finds": finds(page_language()), "today": seoul_date(request.acting.at)}
