"""The Monday list: findings of the week that ended, one finding with the look behind it, and hours paid elsewhere."""

from datetime import date, timedelta
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pumasi.civic.shell import roles
from pumasi.civic.shell.access import for_roles
from pumasi.civic.shell.acting import ShellRequest, acting_for
from pumasi.civic.shell.language import page_language
from pumasi.civic.shell.refusals import refused, unfinished
from pumasi.coin import operations as coin
from pumasi.coin.operations.monday import close_finding, look_behind
from pumasi.coin.queries.monday import finding_view, monday_list, monday_of, rules_in_words
from pumasi.kernel.ids import new_id
from pumasi.kernel.result import Refusal
from pumasi.services.cockpit.forms import CloseForm, LookForm, ReasonForm, RosterForm
from pumasi.services.cockpit.queries import words
from pumasi.services.cockpit.queries.control import roster_lines

LOOKERS = (roles.ISSUER, roles.AUDITOR)
MOST_BYTES = 1_000_000


@for_roles(*LOOKERS)
@require_safe
def monday(request: ShellRequest) -> HttpResponse:
    """The list of this Monday, or of the one asked for."""
    day = _monday(request, request.GET.get("week", "")) or monday_of(request.acting.at)
    page = monday_list(day, page_language())
    return render(request, "cockpit/monday.html", {"page": page, "rules": rules_in_words(page_language())})


@for_roles(*LOOKERS)
@require_http_methods(["GET", "HEAD", "POST"])
def finding(request: ShellRequest, week: str, finding_id: UUID) -> HttpResponse:
    """One finding: look at the person behind it with a purpose, or close it with a note."""
    day = _monday(request, week)
    if day is None:
        raise Http404
    context: dict[str, object] = {
        "finding": finding_view(day, finding_id, page_language()),
        "monday": day,
        "outcomes": words.outcomes(),
        "look": LookForm(),
        "form": CloseForm(),
    }
    if request.method != "POST":
        return render(request, "cockpit/finding.html", context)
    if request.POST.get("step") == "look":
        return _look(request, day, finding_id, context)
    form = CloseForm(request.POST)
    if not form.is_valid():
        return unfinished(request, "cockpit/finding.html", context, form)
    try:
        acting, data = acting_for(request, "FINDING"), form.cleaned_data
        close_finding(acting, monday=day, finding_id=finding_id, outcome=data["outcome"], note=data["note"])
    except Refusal as refusal:
        return refused(request, "cockpit/finding.html", {**context, "form": form}, refusal)
    return redirect("cockpit:finding", week=week, finding_id=finding_id)


@for_roles(roles.ISSUER)
@require_http_methods(["GET", "HEAD", "POST"])
def rosters(request: ShellRequest) -> HttpResponse:
    """Upload hours that were paid elsewhere, and the lists that are known."""
    context: dict[str, object] = {
        "lines": roster_lines(),
        "form": RosterForm(initial={"key": new_id(request.acting.at)}),
    }
    if request.method != "POST":
        return render(request, "cockpit/rosters.html", context)
    form = RosterForm(request.POST, request.FILES)
    if not form.is_valid():
        return unfinished(request, "cockpit/rosters.html", context, form)
    data = form.cleaned_data
    try:
        context["loaded"] = coin.load_roster(
            acting_for(request, "PAID_ROSTER"),
            source=data["source"],
            text=data["text"] or _text(data["file"]),
            key=form.the_key(),
        )
    except Refusal as refusal:
        return refused(request, "cockpit/rosters.html", {**context, "form": form}, refusal)
    return render(request, "cockpit/rosters.html", {**context, "lines": roster_lines()})


@for_roles(roles.ISSUER)
@require_POST
def roster(request: ShellRequest, key: UUID) -> HttpResponse:
    """Withdraw a roster that was wrong."""
    form = ReasonForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    try:
        coin.withdraw_roster(acting_for(request, "PAID_ROSTER"), key=key, reason=reason)
    except Refusal as refusal:
        context = {"lines": roster_lines(), "form": RosterForm(initial={"key": new_id(request.acting.at)})}
        return refused(request, "cockpit/rosters.html", context, refusal)
    return redirect("cockpit:rosters")


def _look(request: ShellRequest, day: date, finding_id: UUID, context: dict[str, object]) -> HttpResponse:
    form = LookForm(request.POST)
    if not form.is_valid():
        return unfinished(request, "cockpit/finding.html", {**context, "look": form}, CloseForm())
    try:
        acting = acting_for(request, form.cleaned_data["purpose"])
        context["card"] = look_behind(acting, monday=day, finding_id=finding_id)
    except Refusal as refusal:
        return refused(request, "cockpit/finding.html", {**context, "look": form}, refusal)
    return render(request, "cockpit/finding.html", context)


def _monday(request: ShellRequest, text: str) -> date | None:
    """The Monday of the week that holds this day, not after this week's; None for what is no day."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    latest = monday_of(request.acting.at)
    return min(day - timedelta(days=day.weekday()), latest) if day > date(2020, 1, 6) else None


def _text(upload: object) -> str:
    """The text of an uploaded file: UTF-8, or the code page that spreadsheets of Windows write in Korea."""
    read = getattr(upload, "read", None)
    if read is None:
        return ""
    content: bytes = read(MOST_BYTES)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("cp949", "replace")
