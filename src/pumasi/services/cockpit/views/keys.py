"""The register of officers' signing keys: the issuer enters their public halves and ends them."""

from datetime import date

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from pumasi.civic.shell import roles
from pumasi.civic.shell.access import for_roles
from pumasi.civic.shell.acting import ShellRequest, acting_for
from pumasi.civic.shell.refusals import refused, unfinished
from pumasi.coin import operations as coin
from pumasi.kernel.clock import seoul_date
from pumasi.kernel.result import Refusal
from pumasi.services.cockpit.forms import KeyForm
from pumasi.services.cockpit.queries.keys import key_lines, known_key, officers


@for_roles(roles.ISSUER)
@require_http_methods(["GET", "HEAD", "POST"])
def keys(request: ShellRequest) -> HttpResponse:
    """Who may sign budget orders with which key, and the form for a new one."""
    today = seoul_date(request.acting.at)
    known = officers(acting_for(request, "OFFICER_KEYS"))
    context: dict[str, object] = {"officers": known, "lines": key_lines(known, today)}
    if request.method != "POST":
        return render(request, "cockpit/keys.html", {**context, "form": KeyForm(initial={"ends": _year_end(today)})})
    form = KeyForm(request.POST, officers=[each.id for each in known])
    if not form.is_valid():
        return unfinished(request, "cockpit/keys.html", context, form)
    data = form.cleaned_data
    try:
        coin.register_officer_key(
            acting_for(request, "OFFICER_KEYS"),
            person_id=next(each.person_id for each in known if each.id == data["officer"]),
            public_key=data["public_key"],
            starts=today,
            ends=data["ends"],
        )
    except Refusal as refusal:
        return refused(request, "cockpit/keys.html", {**context, "form": form}, refusal)
    return redirect("cockpit:keys")


@for_roles(roles.ISSUER)
@require_POST
def end_key(request: ShellRequest, key_id: int) -> HttpResponse:
    """A key is lost, or its officer moves on."""
    if not known_key(key_id):
        raise Http404
    coin.end_officer_key(acting_for(request, "OFFICER_KEYS"), key_id=key_id)
    return redirect("cockpit:keys")


def _year_end(today: date) -> date:
    return today.replace(month=12, day=31)
