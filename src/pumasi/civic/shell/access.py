"""Who may open a view: which roles, or all alike. The test of the permission matrix walks every URL and compares.

Not here: whether a person may see this one shop or receipt; that is part of the query that fetches it.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.http import urlencode

from pumasi.civic.shell.acting import ALIKE, ShellRequest
from pumasi.civic.shell.manifest import entry_url

View = Callable[..., HttpResponse]


def for_roles(*roles: str) -> Callable[[View], View]:
    """Let in who holds one of `roles`; nobody is sent to sign in (GET) or refused, others meet the 403 page.

    Where people come in by themselves (`manifest.entry_url`), nobody is sent there instead, with every method.
    With no role named, every signed-in person may enter. Answers are never cached: they are about a person.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: ShellRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.viewer.person_id is None:
                if request.method in {"GET", "HEAD"}:
                    way_in = entry_url() or reverse("shell:sign_in")
                    return redirect(f"{way_in}?{urlencode({'next': request.get_full_path()})}")
                if entry_url():
                    return redirect(entry_url())
                raise PermissionDenied
            if roles and not request.viewer.roles & frozenset(roles):
                raise PermissionDenied
            answer = view(request, *args, **kwargs)
            if not answer.has_header("Cache-Control"):
                add_never_cache_headers(answer)
            return answer

        return guarded

    return decorate


def for_all_alike(view: View) -> View:
    """The same answer for everybody: nobody is looked up, no session is read, so that it may be kept by caches.

    The view must not use `request.viewer` and `request.acting`, which are absent, nor the frame of the pages.
    """

    @wraps(view)
    def open_to_all(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return view(request, *args, **kwargs)

    setattr(open_to_all, ALIKE, True)
    return open_to_all


def or_404[Found](found: Found | None) -> Found:
    """What a query found. Raises Http404 when it found nothing."""
    if found is None:
        raise Http404
    return found
