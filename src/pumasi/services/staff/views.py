"""The pages of roles: the list, a request and its decision, a deputy, an end, the hand-over sheet."""

from collections.abc import Callable
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pumasi.civic.api.queries import tokens_of
from pumasi.civic.people.models import Role, RoleName
from pumasi.civic.people.operations import half_year_end
from pumasi.civic.people.words import role_name
from pumasi.civic.places.models import PlaceKind
from pumasi.civic.places.queries import names_of, open_places
from pumasi.civic.shell.access import for_roles, or_404
from pumasi.civic.shell.acting import ShellRequest, acting_for, person_of
from pumasi.civic.shell.inbox import lines_for
from pumasi.civic.shell.language import page_language
from pumasi.civic.shell.refusals import refused, unfinished
from pumasi.kernel.clock import seoul_date
from pumasi.kernel.ids import new_id
from pumasi.kernel.result import Refusal
from pumasi.services.staff import operations
from pumasi.services.staff.apps import WORKERS
from pumasi.services.staff.forms import AppointForm, DecisionForm, DeputyForm, ReasonForm
from pumasi.services.staff.operations import Post
from pumasi.services.staff.queries import APPOINTED, MANAGERS, asked, role_row, roles_held, waiting

PURPOSE = "ROLES"


@for_roles(*WORKERS)
@require_safe
def home(request: ShellRequest) -> HttpResponse:
    """My roles; for an issuer or budget officer also everybody's, and what waits."""
    return render(request, "staff/home.html", _home(request))


@for_roles(*MANAGERS)
@require_POST
def names(request: ShellRequest) -> HttpResponse:
    """The list with names; everybody on it can see that they were looked at."""
    said = operations.names_of_holders(acting_for(request, PURPOSE))
    return render(request, "staff/home.html", {**_home(request), "names": said})


@for_roles(*MANAGERS)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: ShellRequest) -> HttpResponse:
    """Ask for an appointment."""
    today, roles = seoul_date(request.acting.at), [(each.value, role_name(each)) for each in APPOINTED]
    facilities = [(each.id, each.name(page_language())) for each in open_places(PlaceKind.FACILITY, today)]
    start = {"key": new_id(request.acting.at), "starts": today, "ends": half_year_end(today)}
    form = AppointForm(request.POST if request.method == "POST" else None, roles=roles, initial=start)
    return _asking(request, "staff/new.html", {"facilities": facilities}, form, _appoint)


@for_roles(*WORKERS)
@require_http_methods(["GET", "HEAD", "POST"])
def deputy(request: ShellRequest, role_id: UUID) -> HttpResponse:
    """Name who stands in for a role's holder."""
    row, today = _row(request, role_id), seoul_date(request.acting.at)
    start = {"key": new_id(request.acting.at), "starts": today}
    form = DeputyForm(request.POST if request.method == "POST" else None, initial=start)
    days = operations.DEPUTY_DAYS
    context: dict[str, object] = {"role": role_name(row.role), "until": row.ends, "days": days}

    def ask(request: ShellRequest, data: dict[str, object]) -> None:
        operations.name_deputy(acting_for(request, PURPOSE), role_id=role_id, **data)  # type: ignore[arg-type]  # a form

    return _asking(request, "staff/deputy.html", context, form, ask)


@for_roles(*MANAGERS)
@require_http_methods(["GET", "HEAD", "POST"])
def on(request: ShellRequest, role_id: UUID) -> HttpResponse:
    """Ask that a role goes on."""
    return _with_reason(request, role_id, "staff/on.html", operations.go_on)


@for_roles(*WORKERS)
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: ShellRequest, role_id: UUID) -> HttpResponse:
    """Lay a role down, or end somebody's."""

    def stop(acting: object, *, role_id: UUID, reason: str, key: UUID) -> None:
        operations.end(acting_for(request, PURPOSE), role_id=role_id, reason=reason)

    return _with_reason(request, role_id, "staff/end.html", stop)


@for_roles(*WORKERS)
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: ShellRequest, appointment_id: UUID) -> HttpResponse:
    """A request that waits: who asked takes it back, another officer decides, and nobody else sees it."""
    found, person_id = or_404(asked(appointment_id, person_of(request)))
    manages = bool(request.viewer.roles & set(MANAGERS))
    if not manages and not found.mine:
        raise Http404
    form = DecisionForm(request.POST if request.method == "POST" else None)
    name = operations.name_of(acting_for(request, PURPOSE), person_id) if manages else ""
    context: dict[str, object] = {"asked": found, "name": name, "form": form}
    if request.method != "POST":
        return render(request, "staff/one.html", context)
    if not form.is_valid():
        return unfinished(request, "staff/one.html", context, form)
    is_right, reason = form.cleaned_data["decision"] == "give", form.cleaned_data["reason"]
    acting = acting_for(request, PURPOSE)
    try:
        operations.decide(acting, appointment_id=appointment_id, is_right=is_right, reason=reason)
    except Refusal as refusal:
        return refused(request, "staff/one.html", context, refusal)
    return redirect("staff:home")


@for_roles(*WORKERS)
@require_safe
def hand_over(request: ShellRequest) -> HttpResponse:
    """What a successor takes over, to print."""
    person, today = person_of(request), seoul_date(request.acting.at)
    context = {
        "today": today,
        "roles": roles_held(person, today, request.acting.at, own=True),
        "lines": lines_for(request),
        "asked": [each for each in waiting(person) if each.mine],
        "tokens": [each for each in tokens_of(person, request.acting.at) if each.is_good],
        "blank": range(6),
    }
    return render(request, "staff/hand_over.html", context)


def _row(request: ShellRequest, role_id: UUID) -> Role:
    """A role that is the visitor's, or that an issuer or budget officer looks after."""
    row = or_404(role_row(role_id, seoul_date(request.acting.at)))
    if row.person_id != request.viewer.person_id and not request.viewer.roles & set(MANAGERS):
        raise Http404
    return row


def _home(request: ShellRequest) -> dict[str, object]:
    person, today, at = person_of(request), seoul_date(request.acting.at), request.acting.at
    manages = bool(request.viewer.roles & set(MANAGERS))
    mine = roles_held(person, today, at, own=True)
    everybody = roles_held(person, today, at) if manages else []
    return {"mine": mine, "lines": everybody, "waiting": waiting(person) if manages else [], "manages": manages}


def _appoint(request: ShellRequest, data: dict[str, object]) -> None:
    post = Post(RoleName(str(data["role"])), data["place"], data["starts"], data["ends"])  # type: ignore[arg-type]  # a form
    acting = acting_for(request, PURPOSE)
    operations.appoint(acting, phone=str(data["phone"]), post=post, reason=str(data["reason"]), key=data["key"])  # type: ignore[arg-type]  # a form


def _asking(
    request: ShellRequest,
    template: str,
    context: dict[str, object],
    form: forms.Form,
    ask: Callable[[ShellRequest, dict[str, object]], None],
) -> HttpResponse:
    context = {**context, "form": form}
    if request.method != "POST":
        return render(request, template, context)
    if not form.is_valid():
        return unfinished(request, template, context, form)
    try:
        ask(request, form.cleaned_data)
    except Refusal as refusal:
        return refused(request, template, context, refusal)
    return redirect("staff:home")


def _with_reason(request: ShellRequest, role_id: UUID, template: str, act: Callable[..., object]) -> HttpResponse:
    row = _row(request, role_id)
    places = names_of({row.place_id} if row.place_id else set(), page_language())
    form = ReasonForm(request.POST if request.method == "POST" else None, initial={"key": new_id(request.acting.at)})
    context: dict[str, object] = {
        "role": role_name(row.role),
        "place": places.get(row.place_id, "") if row.place_id else "",
        "until": row.ends,
        "mine": row.person_id == request.viewer.person_id,
    }

    def ask(request: ShellRequest, data: dict[str, object]) -> None:
        act(acting_for(request, PURPOSE), role_id=role_id, reason=data["reason"], key=data["key"])

    return _asking(request, template, context, form, ask)
