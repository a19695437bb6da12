"""Sign-in with a telephone number and the six digits that an officer has read out; the session then knows the person.

The demo's personas need none of this. Not here: the code itself, its life and its tries (`civic.people.signing_in`).
"""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from pumasi.civic.people.queries import find_by_phone
from pumasi.civic.people.reading import reading_of
from pumasi.civic.people.signing_in import issue_sign_in_code
from pumasi.civic.people.signing_in import sign_in as sign_in_person
from pumasi.civic.shell import roles
from pumasi.civic.shell.access import for_roles
from pumasi.civic.shell.acting import ShellRequest, acting_for, begin_session
from pumasi.civic.shell.display import show_choice
from pumasi.civic.shell.forms import PhoneForm, SignInForm
from pumasi.civic.shell.refusals import refused, unfinished
from pumasi.kernel.result import Refusal


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: ShellRequest) -> HttpResponse:
    """Telephone number and code on one page; a wrong pair is refused without saying which half was wrong."""
    wanted = request.POST.get("next", request.GET.get("next", ""))
    context = {"next": wanted, "form": SignInForm()}
    if request.method != "POST":
        return render(request, "shell/sign_in.html", context)
    form = SignInForm(request.POST)
    if not form.is_valid():
        return unfinished(request, "shell/sign_in.html", context, form)
    acting = acting_for(request, "SIGN_IN")
    try:
        person_id = sign_in_person(acting, form.cleaned_data["phone"], form.cleaned_data["code"])
    except Refusal as refusal:
        return refused(request, "shell/sign_in.html", {**context, "form": form}, refusal)
    begin_session(request, person_id)
    hosts = {request.get_host()}
    is_ours = url_has_allowed_host_and_scheme(wanted, allowed_hosts=hosts, require_https=request.is_secure())
    answer = redirect(wanted if is_ours else reverse("shell:home"))
    show_choice(answer, reading_of(person_id))
    return answer


@require_POST
def sign_out(request: ShellRequest) -> HttpResponse:
    """Forget the session."""
    request.session.flush()
    return redirect("shell:home")


@for_roles(roles.DONG_OFFICIAL, roles.ISSUER)
@require_http_methods(["GET", "HEAD", "POST"])
def desk_code(request: ShellRequest) -> HttpResponse:
    """An officer makes a sign-in code for the person at the desk and reads it out; the search is noted."""
    if request.method != "POST":
        return render(request, "shell/desk_code.html", {"form": PhoneForm()})
    form = PhoneForm(request.POST)
    if not form.is_valid():
        return unfinished(request, "shell/desk_code.html", {}, form)
    try:
        found = find_by_phone(acting_for(request, "SIGN_IN_CODE"), form.cleaned_data["phone"])
        code = issue_sign_in_code(acting_for(request, "SIGN_IN_CODE", found), found) if found else ""
    except Refusal as refusal:
        return refused(request, "shell/desk_code.html", {"form": form}, refusal)
    return render(request, "shell/desk_code.html", {"form": form, "code": code, "unknown": not found})
