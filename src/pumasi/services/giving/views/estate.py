"""A family gives the coins of a deceased to a campaign, at a desk."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from pumasi.civic.shell import roles
from pumasi.civic.shell.access import for_roles
from pumasi.civic.shell.acting import ShellRequest, acting_for
from pumasi.civic.shell.refusals import refused, unfinished
from pumasi.kernel.ids import new_id
from pumasi.kernel.result import Refusal
from pumasi.services.giving import operations
from pumasi.services.giving.forms import EstateForm
from pumasi.services.giving.queries.campaigns import campaign_list


@for_roles(roles.DONG_OFFICIAL, roles.ISSUER)
@require_http_methods(["GET", "HEAD", "POST"])
def estate(request: ShellRequest) -> HttpResponse:
    """The number of the report, and one of the open campaigns."""
    context: dict[str, object] = {"campaigns": [each for each in campaign_list(request.acting.at) if each.is_open]}
    if request.method != "POST":
        form = EstateForm(initial={"key": new_id(request.acting.at)})
        return render(request, "giving/estate.html", {**context, "form": form})
    form = EstateForm(request.POST)
    if not form.is_valid():
        return unfinished(request, "giving/estate.html", context, form)
    data = form.cleaned_data
    try:
        operations.give_estate(
            acting_for(request, "ESTATE_GIFT"), campaign_id=data["campaign"], number=data["number"], key=form.the_key()
        )
    except Refusal as refusal:
        return refused(request, "giving/estate.html", {**context, "form": form}, refusal)
    return redirect("giving:campaign", campaign_id=data["campaign"])
