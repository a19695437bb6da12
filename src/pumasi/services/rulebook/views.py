"""The rule book's pages. Everybody may read them; the data file is cached by its ETag."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import condition, require_safe

from pumasi.civic.shell.acting import ShellRequest
from pumasi.coin.errors import UnknownDeed
from pumasi.services.rulebook.queries.pages import (
    change_lines,
    data_stamp,
    data_text,
    ending_steps,
    kind_page,
    rules_page,
    watch_rules,
)


@require_safe
def rules(request: ShellRequest) -> HttpResponse:
    """Every deed with its price, and the caps."""
    return render(request, "rulebook/rules.html", {"page": rules_page(request.acting.at)})


@require_safe
def kind(request: ShellRequest, code: str) -> HttpResponse:
    """One deed with every price it ever had."""
    try:
        page = kind_page(code, request.acting.at)
    except UnknownDeed as error:
        raise Http404 from error
    return render(request, "rulebook/kind.html", {"page": page})


@require_safe
def changes(request: ShellRequest) -> HttpResponse:
    """How the tariff was changed."""
    return render(request, "rulebook/changes.html", {"lines": change_lines(request.acting.at)})


@require_safe
def watch(request: ShellRequest) -> HttpResponse:
    """The open rules against fraud."""
    return render(request, "rulebook/watch.html", {"rules": watch_rules()})


@require_safe
def ending(request: ShellRequest) -> HttpResponse:
    """When the programme ends, and what happens on each day."""
    return render(request, "rulebook/ending.html", {"steps": ending_steps(request.acting.at)})


def _etag(request: ShellRequest) -> str:
    return f'"{data_stamp(request.acting.at)}"'


@require_safe
@condition(etag_func=_etag)
def tariff_json(request: ShellRequest) -> HttpResponse:
    """The rule book as open data."""
    answer = HttpResponse(data_text(request.acting.at), content_type="application/json; charset=utf-8")
    answer["Cache-Control"] = "public, max-age=300"
    return answer
