"""How the API is used, a person's tokens, and the page of a problem."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pumasi.civic.api.apps import WORKERS
from pumasi.civic.api.forms import TokenForm
from pumasi.civic.api.operations import CALLS_A_MINUTE, LIFE, end_token, make_token
from pumasi.civic.api.queries import VERBS, tokens_of
from pumasi.civic.shell.access import for_roles
from pumasi.civic.shell.acting import ShellRequest, acting_for, person_of
from pumasi.civic.shell.language import page_language
from pumasi.civic.shell.manifest import manifests
from pumasi.civic.shell.refusals import refused, unfinished
from pumasi.kernel.clock import seoul_date
from pumasi.kernel.result import Refusal, all_refusals


@require_safe
def how(request: ShellRequest) -> HttpResponse:
    """Say how a program calls, for people who write programs."""
    return render(request, "api/how.html", {"limit": CALLS_A_MINUTE, "services": [m for m in manifests() if m.api]})


@require_safe
def problem(request: ShellRequest, code: str) -> HttpResponse:
    """The rule behind a problem, in both languages."""
    found = all_refusals().get(code)
    if found is None:
        raise Http404
    return render(request, "api/problem.html", {"code": code, "ko": found.ko, "en": found.en})


@for_roles(*WORKERS)
@require_http_methods(["GET", "HEAD", "POST"])
def tokens(request: ShellRequest) -> HttpResponse:
    """My tokens; POST makes one and shows its secret, this once."""
    form = TokenForm(request.POST if request.method == "POST" else None, scopes=_scopes(request))
    context = _tokens(request, form)
    if request.method != "POST":
        return render(request, "api/tokens.html", context)
    if not form.is_valid():
        return unfinished(request, "api/tokens.html", context, form)
    try:
        secret = make_token(acting_for(request, "API_TOKEN"), **form.cleaned_data)
    except Refusal as refusal:
        return refused(request, "api/tokens.html", context, refusal)
    return render(
        request, "api/tokens.html", {**_tokens(request, TokenForm(scopes=_scopes(request))), "secret": secret}
    )


@for_roles(*WORKERS)
@require_POST
def end(request: ShellRequest, token_id: UUID) -> HttpResponse:
    """End one of my tokens."""
    end_token(acting_for(request, "API_TOKEN"), token_id=token_id)
    return redirect("api:tokens")


def _tokens(request: ShellRequest, form: TokenForm) -> dict[str, object]:
    today = seoul_date(request.acting.at)
    mine = tokens_of(person_of(request), request.acting.at)
    return {"form": form, "tokens": mine, "first": today, "last": today + LIFE}


def _scopes(request: ShellRequest) -> list[tuple[str, str]]:
    """What the visitor's roles can use."""
    verbs = dict(zip(VERBS, (_("read"), _("write")), strict=True))
    language = page_language()
    return [
        (f"{each.key}:{verb}", f"{each.name(language)}: {verbs[verb]}")
        for each in manifests()
        if each.api and each.roles & request.viewer.roles
        for verb in VERBS
    ]
