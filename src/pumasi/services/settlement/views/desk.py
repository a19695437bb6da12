"""The treasury's desk: what can be paid, and a batch from draft to paid."""

from collections.abc import Callable
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from pumasi.civic.shell import roles
from pumasi.civic.shell.access import for_roles
from pumasi.civic.shell.acting import ShellRequest, acting_for, person_of
from pumasi.civic.shell.forms import KeyedForm
from pumasi.civic.shell.refusals import refused
from pumasi.coin.settlement import operations as settlement
from pumasi.kernel.ids import new_id
from pumasi.kernel.result import Refusal
from pumasi.services.settlement.forms import BounceForm, CheckForm, LinesForm, NumbersForm, ReasonForm
from pumasi.services.settlement.queries.desk import batch_page, desk_page

READERS = (roles.TREASURY, roles.AUDITOR, roles.ISSUER, roles.BUDGET_OFFICER)


@for_roles(*READERS)
@require_safe
def desk(request: ShellRequest) -> HttpResponse:
    """What can be paid now, what waits, and all batches."""
    return render(request, "settlement/desk.html", _desk(request))


@for_roles(roles.TREASURY)
@require_POST
def draft(request: ShellRequest) -> HttpResponse:
    """Make a batch of all that can be paid now."""
    form = KeyedForm(request.POST)
    if not form.is_valid():
        return redirect("settlement:desk")
    try:
        made = settlement.draft_batch(acting_for(request, "SETTLE"), key=form.the_key())
    except Refusal as refusal:
        return refused(request, "settlement/desk.html", _desk(request), refusal)
    return redirect("settlement:batch", batch_id=made)


@for_roles(*READERS)
@require_safe
def batch(request: ShellRequest, batch_id: UUID) -> HttpResponse:
    """One batch: its sheet, what was left out, its history, and the next thing to do."""
    return render(request, "settlement/batch.html", _batch(request, batch_id))


@for_roles(roles.TREASURY)
@require_POST
def check(request: ShellRequest, batch_id: UUID) -> HttpResponse:
    """Another person has added it up."""
    form = CheckForm(request.POST)
    seen = form.cleaned_data["sheet"] if form.is_valid() else ""
    return _done(
        request,
        batch_id,
        lambda: settlement.check_batch(acting_for(request, "SETTLE"), batch_id=batch_id, sheet_hash=seen),
    )


@for_roles(roles.TREASURY)
@require_POST
def give_up(request: ShellRequest, batch_id: UUID) -> HttpResponse:
    """Give a batch up, with the reason."""
    form = ReasonForm(request.POST)
    said = form.cleaned_data["reason"] if form.is_valid() else ""
    return _done(
        request,
        batch_id,
        lambda: settlement.give_up_batch(acting_for(request, "SETTLE"), batch_id=batch_id, reason=said),
    )


@for_roles(roles.TREASURY)
@require_POST
def export(request: ShellRequest, batch_id: UUID) -> HttpResponse:
    """The archive for 지출결의; each export is noted, because bank accounts are in it."""
    try:
        made = settlement.export_batch(acting_for(request, "EXPENDITURE"), batch_id=batch_id)
    except Refusal as refusal:
        return refused(request, "settlement/batch.html", _batch(request, batch_id), refusal)
    answer = HttpResponse(made.archive, content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="settlement-{batch_id}.zip"'
    answer["X-Content-SHA256"] = made.archive_hash
    return answer


@for_roles(roles.TREASURY)
@require_POST
def numbers(request: ShellRequest, batch_id: UUID) -> HttpResponse:
    """Document number and payment number come back."""
    form = NumbersForm(request.POST)
    form.is_valid()
    document, number = (str(form.cleaned_data.get(name, "")) for name in ("document", "payment_number"))
    return _done(
        request,
        batch_id,
        lambda: settlement.enter_numbers(
            acting_for(request, "SETTLE"), batch_id=batch_id, document=document, payment_number=number
        ),
    )


@for_roles(roles.TREASURY)
@require_POST
def paid(request: ShellRequest, batch_id: UUID) -> HttpResponse:
    """One line, or all that are open, were paid."""
    form = LinesForm(request.POST)
    line = form.cleaned_data["line"] if form.is_valid() else None
    acting = acting_for(request, "SETTLE")
    if line is not None:
        return _done(request, batch_id, lambda: settlement.pay_line(acting, line_id=line))
    return _done(request, batch_id, lambda: settlement.pay_open_lines(acting, batch_id=batch_id))


@for_roles(roles.TREASURY)
@require_POST
def bounced(request: ShellRequest, batch_id: UUID) -> HttpResponse:
    """One line came back, with the bank's reason."""
    form = BounceForm(request.POST)
    form.is_valid()
    line, said = form.cleaned_data.get("line") or batch_id, str(form.cleaned_data.get("reason", ""))
    return _done(
        request,
        batch_id,
        lambda: settlement.bounce_line(acting_for(request, "SETTLE"), line_id=line, reason=said),
    )


def _done(request: ShellRequest, batch_id: UUID, act: Callable[[], object]) -> HttpResponse:
    try:
        act()
    except Refusal as refusal:
        return refused(request, "settlement/batch.html", _batch(request, batch_id), refusal)
    return redirect("settlement:batch", batch_id=batch_id)


def _desk(request: ShellRequest) -> dict[str, object]:
    form = KeyedForm(initial={"key": new_id(request.acting.at)})
    return {"desk": desk_page(person_of(request), request.acting.at), "form": form}


def _batch(request: ShellRequest, batch_id: UUID) -> dict[str, object]:
    return {"batch": batch_page(batch_id, person_of(request), request.acting.at)}
