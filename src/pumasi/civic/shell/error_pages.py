"""The pages for a request that cannot be answered: 400, 403, 404, CSRF and 500, each with what to do.

The 500 page is a file without any template tag that can fail, because it is shown when something already has.
"""

from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from pumasi.civic.shell.acting import ShellRequest, recognise
from pumasi.civic.shell.language import page_language

_PLAIN_500 = Path(__file__).parent / "templates" / "shell"


@dataclass(frozen=True)
class ErrorText:
    """Title, reason and way on."""

    title: str
    reason: str
    next: str


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: the browser sent something that cannot be read."""
    return _page(
        request,
        HTTPStatus.BAD_REQUEST,
        ErrorText(
            title=_("We could not read this request"),
            reason=_("Something in the address or the form was broken on the way."),
            next=_("Go to the start page and try once more. Nothing was counted."),
        ),
    )


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: signed in, but this page is for another role."""
    return _page(
        request,
        HTTPStatus.FORBIDDEN,
        ErrorText(
            title=_("This page is for somebody else"),
            reason=_("Your present role does not open it."),
            next=_("If you need it for your work, ask the coin division of the district to give you the role."),
        ),
    )


def stale_form(request: ShellRequest, reason: str = "") -> HttpResponse:
    """403 of the CSRF guard: the form was open for too long or cookies are off."""
    recognise(request)
    return _page(
        request,
        HTTPStatus.FORBIDDEN,
        ErrorText(
            title=_("Please open the form again"),
            reason=_("The form was open for a long time, or this browser blocks cookies. Nothing was sent."),
            next=_("Go back, reload the page and press the button again."),
        ),
    )


def not_found(request: ShellRequest, exception: Exception | None = None) -> HttpResponse:
    """404: there is no such page, or it is not this person's to see (both look the same on purpose)."""
    recognise(request)
    return _page(
        request,
        HTTPStatus.NOT_FOUND,
        ErrorText(
            title=_("There is no such page"),
            reason=_("The address is wrong or old, or the page belongs to somebody else."),
            next=_("Check the address, or begin at the start page."),
        ),
    )


def server_error(request: HttpRequest) -> HttpResponse:
    """500: our fault."""
    language = page_language()
    text = (_PLAIN_500 / f"500.{language}.html").read_text(encoding="utf-8")
    return HttpResponse(text, status=HTTPStatus.INTERNAL_SERVER_ERROR)


def _page(request: HttpRequest, status: HTTPStatus, error: ErrorText) -> HttpResponse:
    return render(request, "shell/error.html", {"error": error}, status=status)
