"""Giving coins to a person: their code, how many, once more large, done. Nobody's name is shown."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from pumasi.civic.codes.grammar import Kind
from pumasi.civic.codes.operations import open_scan
from pumasi.civic.shell import roles
from pumasi.civic.shell.access import for_roles
from pumasi.civic.shell.acting import ShellRequest, acting_for, person_of
from pumasi.civic.shell.refusals import refused, unfinished
from pumasi.civic.shell.scanning import take
from pumasi.kernel.ids import new_id
from pumasi.kernel.result import Refusal
from pumasi.services.giving import operations
from pumasi.services.giving.forms import CodeForm, GiftForm
from pumasi.services.giving.queries.gifts import my_gift, my_purse


@for_roles(roles.RESIDENT)
@require_http_methods(["GET", "HEAD", "POST"])
def person(request: ShellRequest) -> HttpResponse:
    """The code that the other person shows."""
    if request.method != "POST":
        return render(request, "giving/person.html", {"form": CodeForm()})
    form = CodeForm(request.POST)
    if not form.is_valid():
        return unfinished(request, "giving/person.html", {}, form)
    try:
        scan = take(acting_for(request, "GIFT"), form.cleaned_data["code"], Kind.PERSON)
    except Refusal as refusal:
        return refused(request, "giving/person.html", {"form": form}, refusal)
    return redirect("giving:gift", scan_id=scan.id)


@for_roles(roles.RESIDENT)
@require_http_methods(["GET", "HEAD", "POST"])
def gift(request: ShellRequest, scan_id: UUID) -> HttpResponse:
    """How many coins; then the amount large, once more; then give. A second press shows the first receipt."""
    giver, at = person_of(request), request.acting.at
    context: dict[str, object] = {"purse": my_purse(giver, at), "scan": scan_id}
    if request.method != "POST":
        open_scan(scan_id, giver, at)
        return render(request, "giving/gift.html", {**context, "form": GiftForm(initial={"key": new_id(at)})})
    form = GiftForm(request.POST)
    if not form.is_valid():
        return unfinished(request, "giving/gift.html", context, form)
    context["form"], coins = form, form.cleaned_data["coins"]
    try:
        if request.POST.get("step") != "give":
            open_scan(scan_id, giver, at)
            context["left"] = my_purse(giver, at).after(coins)
            return render(request, "giving/gift_confirm.html", context)
        given = operations.give_to_person(
            acting_for(request, "GIFT"), giver_id=giver, scan_id=scan_id, coins=coins, key=form.the_key()
        )
    except Refusal as refusal:
        return refused(request, "giving/gift.html", context, refusal)
    return redirect("giving:gift_receipt", key=given.key)


@for_roles(roles.RESIDENT)
@require_safe
def receipt(request: ShellRequest, key: UUID) -> HttpResponse:
    """One gift of mine, or to me."""
    found = my_gift(key, person_of(request), request.acting.at)
    if found is None:
        raise Http404
    return render(request, "giving/gift_receipt.html", {"gift": found})
