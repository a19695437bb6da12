"""A person's webhooks: list and make, look at one, end it, a new secret, send again."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pumasi.civic.api.apps import WORKERS
from pumasi.civic.hooks import operations
from pumasi.civic.hooks.forms import LABELS, EndpointForm
from pumasi.civic.hooks.models import Problem, State
from pumasi.civic.hooks.queries import EndpointLine, deliveries_to, endpoint_of, endpoints_of, places_of
from pumasi.civic.places.queries import names_of
from pumasi.civic.shell.access import for_roles, or_404
from pumasi.civic.shell.acting import ShellRequest, acting_for, person_of
from pumasi.civic.shell.language import page_language
from pumasi.civic.shell.refusals import refused, unfinished
from pumasi.kernel.clock import seoul_date
from pumasi.kernel.result import Refusal

PURPOSE = "WEBHOOK"


@for_roles(*WORKERS)
@require_http_methods(["GET", "HEAD", "POST"])
def mine(request: ShellRequest) -> HttpResponse:
    """My webhooks; POST makes one and shows its secret, this once."""
    form = EndpointForm(request.POST if request.method == "POST" else None, places=_places(request))
    context = _mine(request, form)
    if request.method != "POST":
        return render(request, "hooks/mine.html", context)
    if not form.is_valid():
        return unfinished(request, "hooks/mine.html", context, form)
    values = {**form.cleaned_data, "place_id": UUID(form.cleaned_data["place_id"])}
    try:
        secret = operations.add_endpoint(acting_for(request, PURPOSE), **values)
    except Refusal as refusal:
        return refused(request, "hooks/mine.html", context, refusal)
    return render(
        request, "hooks/mine.html", {**_mine(request, EndpointForm(places=_places(request))), "secret": secret}
    )


@for_roles(*WORKERS)
@require_safe
def one(request: ShellRequest, endpoint_id: UUID) -> HttpResponse:
    """One of my webhooks, and what was sent to it."""
    return render(request, "hooks/one.html", _one(request, endpoint_id))


@for_roles(*WORKERS)
@require_POST
def end(request: ShellRequest, endpoint_id: UUID) -> HttpResponse:
    """Send nothing more."""
    operations.end_endpoint(acting_for(request, PURPOSE), endpoint_id=endpoint_id)
    return redirect("hooks:mine")


@for_roles(*WORKERS)
@require_POST
def renew(request: ShellRequest, endpoint_id: UUID) -> HttpResponse:
    """Make the secret anew and show it, this once."""
    secret = operations.renew_secret(acting_for(request, PURPOSE), endpoint_id=endpoint_id)
    return render(request, "hooks/one.html", {**_one(request, endpoint_id), "secret": secret})


@for_roles(*WORKERS)
@require_POST
def again(request: ShellRequest, endpoint_id: UUID, delivery_id: UUID) -> HttpResponse:
    """Send a message once more."""
    operations.send_again(acting_for(request, PURPOSE), delivery_id=delivery_id)
    return redirect("hooks:one", endpoint_id)


def _mine(request: ShellRequest, form: EndpointForm) -> dict[str, object]:
    found = endpoints_of(person_of(request))
    names = names_of({each.place_id for each in found}, page_language())
    return {"form": form, "lines": [_said(each, names) for each in found], "can_add": bool(_places(request))}


def _one(request: ShellRequest, endpoint_id: UUID) -> dict[str, object]:
    found = or_404(endpoint_of(person_of(request), endpoint_id))
    states, problems = _states(), _problems()
    sent = [
        {"line": each, "what": LABELS.get(each.type, each.type), "state": states[each.state],
         "problem": problems.get(each.problem, ""), "is_over": each.state in (State.DONE, State.GIVEN_UP)}
        for each in deliveries_to(endpoint_id)
    ]  # fmt: skip
    return {**_said(found, names_of([found.place_id], page_language())), "sent": sent}


def _said(found: EndpointLine, names: dict[UUID, str]) -> dict[str, object]:
    return {"hook": found, "place": names[found.place_id], "hears": [str(LABELS[each]) for each in found.events]}


def _places(request: ShellRequest) -> list[tuple[str, str]]:
    found = places_of(person_of(request), seoul_date(request.acting.at))
    return [(str(place_id), name) for place_id, name in names_of(found, page_language()).items()]


def _states() -> dict[str, str]:
    words = (_("waiting"), _("arrived"), _("given up"), _("not sent"))
    return dict(zip(State.values, words, strict=True))


def _problems() -> dict[str, str]:
    return {
        Problem.STATUS: _("the server answered with an error"),
        Problem.TIMEOUT: _("no answer in time"),
        Problem.ADDRESS: _("the address is not on the internet"),
        Problem.TLS: _("the certificate cannot be trusted"),
        Problem.CONNECTION: _("no connection"),
    }
