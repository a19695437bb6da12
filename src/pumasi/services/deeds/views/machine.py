"""Receipts of collecting machines: the page that a scanned QR opens, and the address to which machines send."""

from http import HTTPStatus

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from pumasi.civic.shell import roles
from pumasi.civic.shell.access import for_roles
from pumasi.civic.shell.acting import ShellRequest, acting_for, person_of
from pumasi.civic.shell.refusals import refused
from pumasi.kernel.acting import Acting, Channel
from pumasi.kernel.result import Refusal
from pumasi.services.deeds import operations
from pumasi.services.deeds.queries.machines import shown_receipt


@for_roles(roles.RESIDENT)
@require_http_methods(["GET", "HEAD", "POST"])
def receipt(request: ShellRequest, text: str) -> HttpResponse:
    """What the machine counted; one press makes coins of it."""
    try:
        shown = shown_receipt(text)
    except Refusal as refusal:
        return refused(request, "deeds/machine.html", {"receipt": None}, refusal)
    if request.method != "POST":
        return render(request, "deeds/machine.html", {"receipt": shown})
    try:
        operations.claim_by_receipt(acting_for(request, "DEED_MACHINE"), person_id=person_of(request), text=text)
    except Refusal as refusal:
        return refused(request, "deeds/machine.html", {"receipt": shown}, refusal)
    return redirect("deeds:result", claim_id=operations.claim_id_of(text))


@csrf_exempt
@require_POST
def post(request: ShellRequest) -> HttpResponse:
    """A machine sends `receipt` and the personal `code` that it was shown; the signature says who it is."""
    acting = Acting(None, None, Channel.MACHINE, "DEED_MACHINE", request.acting.at)
    try:
        state = operations.post_receipt(acting, text=request.POST.get("receipt", ""), code=request.POST.get("code", ""))
    except Refusal as refusal:
        words = {"code": refusal.code, "ko": refusal.text("ko"), "en": refusal.text("en")}
        return JsonResponse({"refused": words}, status=HTTPStatus.CONFLICT)
    return JsonResponse({"state": state.value})
