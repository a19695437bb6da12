"""How a refusal looks: a clear box that says what was not done, by which rule, until when, and what to do next.

A view that can keep the visitor's input shows its own page again with the box; other refusals get their own page.
"""

from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from pumasi.civic.shell.language import page_language
from pumasi.kernel.result import Refusal


@dataclass(frozen=True)
class RefusalBox:
    """What the box prints. `until` is empty where the rule has no end."""

    title: str
    reason: str
    until: str


def box_for(refusal: Refusal) -> RefusalBox:
    """The box in the language of the page."""
    return RefusalBox(
        title=_("This was not done, and nothing has changed"),
        reason=refusal.text(page_language()),
        until=until if (until := str(refusal.facts.get("until", "-"))) != "-" else "",
    )


def refused(request: HttpRequest, template: str, context: dict[str, Any], refusal: Refusal) -> HttpResponse:
    """The visitor's own page again, input kept, with the box on top; status 409."""
    return render(request, template, {**context, "refusal": box_for(refusal)}, status=HTTPStatus.CONFLICT)


def unfinished(request: HttpRequest, template: str, context: dict[str, Any], form: Form) -> HttpResponse:
    """The page again because `form` has gaps or mistakes; status 422."""
    return render(request, template, {**context, "form": form}, status=HTTPStatus.UNPROCESSABLE_ENTITY)


class RefusalMiddleware:
    """The edge for refusals that no view has caught: a page of their own, status 409."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer a Refusal; leave every other exception to Django."""
        if isinstance(exception, Refusal):
            return refused(request, "shell/refused.html", {}, exception)
        return None
