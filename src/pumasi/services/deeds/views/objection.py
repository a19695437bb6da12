"""What a person says about their own claim: an objection to a refusal, the answer to a question, thanks to a helper."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from pumasi.civic.codes.grammar import Kind as CodeKind
from pumasi.civic.shell import roles
from pumasi.civic.shell.access import for_roles
from pumasi.civic.shell.acting import ShellRequest, acting_for, person_of
from pumasi.civic.shell.refusals import refused, unfinished
from pumasi.civic.shell.scanning import take
from pumasi.kernel.ids import derived_id
from pumasi.kernel.result import Refusal
from pumasi.services.deeds import operations
from pumasi.services.deeds.forms import CodeForm, NoteForm
from pumasi.services.deeds.queries.slips import result_for


@for_roles(roles.RESIDENT)
@require_POST
def object_to(request: ShellRequest, claim_id: UUID) -> HttpResponse:
    """Object to the refusal of my claim."""
    return _say(request, claim_id, is_objection=True)


@for_roles(roles.RESIDENT)
@require_POST
def answer(request: ShellRequest, claim_id: UUID) -> HttpResponse:
    """Answer the question about my claim."""
    return _say(request, claim_id, is_objection=False)


@for_roles(roles.RESIDENT)
@require_http_methods(["GET", "HEAD", "POST"])
def thanks(request: ShellRequest) -> HttpResponse:
    """Say thank you to whoever shows me their code: one tap."""
    form = CodeForm(request.POST or None)
    context: dict[str, object] = {"form": form, "done": request.GET.get("done", "")}
    if request.method != "POST":
        return render(request, "deeds/thanks.html", context)
    if not form.is_valid():
        return unfinished(request, "deeds/thanks.html", context, form)
    acting, person = acting_for(request, "DEED_THANKS"), person_of(request)
    try:
        scan = take(acting, form.cleaned_data["code"], CodeKind.PERSON)
        is_new = operations.thank(
            acting, person_id=person, scan_id=scan.id, key=derived_id("deeds.thanks", scan.id.hex)
        )
    except Refusal as refusal:
        return refused(request, "deeds/thanks.html", context, refusal)
    return redirect(f"{reverse('deeds:thanks')}?done={'new' if is_new else 'again'}")


def _say(request: ShellRequest, claim_id: UUID, *, is_objection: bool) -> HttpResponse:
    person = person_of(request)
    found = result_for(claim_id, person, request.acting.at)
    if found is None:
        raise Http404
    form = NoteForm(request.POST)
    context = {"result": found, "form": form}
    if not form.is_valid():
        return unfinished(request, "deeds/result.html", context, form)
    note = form.cleaned_data["note"]
    try:
        if is_objection:
            operations.object_to(acting_for(request, "DEED_OBJECTION"), claim_id=claim_id, note=note)
        else:
            operations.answer(acting_for(request, "DEED_ANSWER"), claim_id=claim_id, note=note)
    except Refusal as refusal:
        return refused(request, "deeds/result.html", context, refusal)
    return redirect("deeds:result", claim_id=claim_id)
