"""The council's audit pack: from a payment number to the deeds, and samples that anybody can draw again. No names."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from pumasi.civic.shell import roles
from pumasi.civic.shell.access import for_roles, or_404
from pumasi.civic.shell.acting import ShellRequest, acting_for
from pumasi.civic.shell.refusals import refused, unfinished
from pumasi.kernel.clock import seoul_date
from pumasi.kernel.ids import new_id
from pumasi.kernel.result import Refusal
from pumasi.services.yearend import operations
from pumasi.services.yearend.forms import NamesForm, SampleForm
from pumasi.services.yearend.queries.dates import year_shown
from pumasi.services.yearend.queries.samples import sample_sheets, sample_view, samples
from pumasi.services.yearend.queries.trail import batch_trail, line_trail, payment_trail, search
from pumasi.services.yearend.views.rights import READERS, sheets_answer


@for_roles(*READERS)
@require_safe
def pack(request: ShellRequest) -> HttpResponse:
    """Type a payment number; draw a sample; open one."""
    text = request.GET.get("q", "")[:80]
    return render(request, "yearend/audit.html", {**_context(request), "text": text, "found": search(text)})


@for_roles(roles.AUDITOR)
@require_POST
def draw(request: ShellRequest) -> HttpResponse:
    """Draw a sample with the seed that was typed in."""
    form = SampleForm(request.POST)
    if not form.is_valid():
        return unfinished(request, "yearend/audit.html", _context(request), form)
    try:
        data = form.cleaned_data
        made = operations.draw_sample(
            acting_for(request, "AUDIT"), year=data["year"], seed=data["seed"], count=data["count"], key=form.the_key()
        )
    except Refusal as refusal:
        return refused(request, "yearend/audit.html", {**_context(request), "form": form}, refusal)
    return redirect("yearend:sample", sample_id=made)


@for_roles(*READERS)
@require_safe
def sample(request: ShellRequest, sample_id: UUID) -> HttpResponse:
    """One sample with its rows."""
    found = or_404(sample_view(sample_id))
    return render(request, "yearend/sample.html", {"sample": found})


@for_roles(*READERS)
@require_safe
def sample_xlsx(request: ShellRequest, sample_id: UUID) -> HttpResponse:
    """The same as a spreadsheet."""
    found = or_404(sample_view(sample_id))
    return sheets_answer(sample_sheets(found), f"audit-sample-{found.line.year}")


@for_roles(*READERS)
@require_safe
def batch(request: ShellRequest, batch_id: UUID) -> HttpResponse:
    """A settlement: its shops."""
    found = or_404(batch_trail(batch_id))
    return render(request, "yearend/audit_batch.html", {"batch": found})


@for_roles(*READERS)
@require_safe
def line(request: ShellRequest, line_id: UUID) -> HttpResponse:
    """A shop's sum: its receipts."""
    found = or_404(line_trail(line_id))
    return render(request, "yearend/audit_line.html", {"line": found})


@for_roles(*READERS)
@require_safe
def payment(request: ShellRequest, transfer: int) -> HttpResponse:
    """A payment: the deeds that its coins came from."""
    found = or_404(payment_trail(transfer))
    context = {
        "payment": found,
        "may_ask": roles.AUDITOR in request.viewer.roles,
        "form": NamesForm(initial={"key": new_id(request.acting.at)}),
    }
    return render(request, "yearend/audit_payment.html", context)


def _context(request: ShellRequest) -> dict[str, object]:
    year = year_shown(seoul_date(request.acting.at))
    return {
        "year": year,
        "samples": samples(year),
        "may_draw": roles.AUDITOR in request.viewer.roles,
        "form": SampleForm(initial={"key": new_id(request.acting.at), "year": year, "count": 20}),
    }
