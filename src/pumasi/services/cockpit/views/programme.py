"""Drafts that change the whole programme, for a second person: a new won value of the coin, and the programme's end."""

import csv
from datetime import timedelta
from io import StringIO
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from pumasi.civic.shell import roles
from pumasi.civic.shell.access import for_roles
from pumasi.civic.shell.acting import ShellRequest, acting_for
from pumasi.civic.shell.refusals import refused, unfinished
from pumasi.coin import operations as coin
from pumasi.coin.district import district_tariff
from pumasi.coin.life_rules import life_rule
from pumasi.coin.operations.tariff import Draft
from pumasi.coin.tariff_edit import EndProgramme, SetRate
from pumasi.kernel.clock import seoul_date
from pumasi.kernel.ids import new_id
from pumasi.kernel.result import Refusal
from pumasi.services.cockpit.forms import EndingForm, ValueForm
from pumasi.services.cockpit.queries.control import change_line
from pumasi.services.cockpit.queries.programme import ending_page, preview_of

READERS = (roles.ISSUER, roles.BUDGET_OFFICER, roles.AUDITOR)
SHOWN = 50


@for_roles(roles.ISSUER)
@require_http_methods(["GET", "HEAD", "POST"])
def value(request: ShellRequest) -> HttpResponse:
    """Draft a new won value; what it does to every account is shown before the second person decides."""
    today = seoul_date(request.acting.at)
    days = life_rule(today).rate_notice_days
    context = {"now": district_tariff().unit.won_rate(today), "days": days, "earliest": today + timedelta(days=days)}
    if request.method != "POST":
        form = ValueForm(initial={"key": new_id(request.acting.at), "convert": "yes"})
        return render(request, "cockpit/value.html", {**context, "form": form})
    form = ValueForm(request.POST)
    if not form.is_valid():
        return unfinished(request, "cockpit/value.html", context, form)
    data = form.cleaned_data
    edit = SetRate(data["won"], data["convert"] == "yes")
    draft = Draft(
        "코인 값 변경", "New value of the coin", data["clause"], data["document"], data["effective_on"], (edit,)
    )
    try:
        made = coin.draft_change(acting_for(request, "TARIFF_DRAFT"), draft, key=form.the_key())
    except Refusal as refusal:
        return refused(request, "cockpit/value.html", {**context, "form": form}, refusal)
    return redirect("cockpit:preview", change_id=made)


@for_roles(*READERS)
@require_http_methods(["GET", "HEAD", "POST"])
def ending(request: ShellRequest) -> HttpResponse:
    """The plan of the end, what is still open, and a draft of a plan."""
    context = {"page": ending_page(request.acting.at), "may_draft": roles.ISSUER in request.viewer.roles}
    if request.method != "POST" or not context["may_draft"]:
        form = EndingForm(initial={"key": new_id(request.acting.at)})
        return render(request, "cockpit/ending.html", {**context, "form": form})
    form = EndingForm(request.POST)
    if not form.is_valid():
        return unfinished(request, "cockpit/ending.html", context, form)
    data = form.cleaned_data
    days = (data[name].isoformat() for name in ("last_earn", "last_spend", "last_settle", "archive"))
    tomorrow = seoul_date(request.acting.at) + timedelta(days=1)
    draft = Draft(
        "사업 종료", "End of the programme", data["clause"], data["document"], tomorrow, (EndProgramme(*days),)
    )
    try:
        made = coin.draft_change(acting_for(request, "TARIFF_DRAFT"), draft, key=form.the_key())
    except Refusal as refusal:
        return refused(request, "cockpit/ending.html", {**context, "form": form}, refusal)
    return redirect("cockpit:change", change_id=made)


@for_roles(*READERS)
@require_safe
def preview(request: ShellRequest, change_id: UUID) -> HttpResponse:
    """Before and after of a new value: sums for each kind of account, then account by account."""
    line, found = change_line(change_id, request.acting.at), preview_of(change_id)
    if found is None:
        raise Http404
    context = {"line": line, "found": found, "lines": found.lines[:SHOWN], "more": max(0, len(found.lines) - SHOWN)}
    return render(request, "cockpit/preview.html", context)


@for_roles(*READERS)
@require_safe
def preview_csv(request: ShellRequest, change_id: UUID) -> HttpResponse:
    """The same as a table, every account; no account is named by its person."""
    found = preview_of(change_id)
    if found is None:
        raise Http404
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow(["account", "name", "number", "coins_before", "won_before", "coins_after", "won_after"])
    for line in found.lines:
        row = [line.code, line.name_en, line.number, line.before.text(), line.won_before]
        writer.writerow([*row, line.after.text(), line.won_after])
    answer = HttpResponse(text.getvalue(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="before-after.csv"'
    return answer
