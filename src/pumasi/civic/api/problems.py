"""Everything that goes wrong, as application/problem+json (RFC 9457), in the language of Accept-Language."""

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from ninja import Schema

from pumasi.civic.api.errors import ScopeMissing, TokenUnknown, TooManyCalls
from pumasi.civic.shell.language import page_language
from pumasi.kernel.result import Refusal

MIME = "application/problem+json"
# Statuses that every route may answer with, beside its own.
STATUSES = frozenset({400, 401, 403, 404, 405, 409, 422, 429})
# The rules about who may; what is not there ends in "unknown" or starts with "no_such"; all others are conflicts.
FORBIDDEN = frozenset({"not_allowed", "not_an_officer", "not_the_manager", "officer_only", "session_no_leader"})


class Problem(Schema):
    """`code` names the rule (docs/refusals.md); `facts` are what `detail` says, for programs."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    facts: dict[str, str | int]


def of_refusal(refusal: Refusal) -> JsonResponse:
    """The answer to a refusal; nothing has changed."""
    status = _status(refusal)
    answer = problem(status, refusal.code, refusal.text(page_language()), dict(refusal.facts))
    if isinstance(refusal, TooManyCalls):
        answer["Retry-After"] = str(refusal.facts["seconds"])
    if status == HTTPStatus.UNAUTHORIZED:
        answer["WWW-Authenticate"] = "Bearer"
    return answer


def problem(status: int, code: str, detail: str, facts: dict[str, Any] | None = None) -> JsonResponse:
    """One problem. `code` without a dot is of the API itself."""
    title = _("This was not done, and nothing has changed")
    body = {"type": f"/api/problems/{code}/", "title": title, "status": int(status), "detail": detail, "code": code}
    return JsonResponse({**body, "facts": facts or {}}, status=int(status), content_type=MIME)


def unreadable(_request: HttpRequest) -> JsonResponse:
    """The body is no JSON."""
    return problem(HTTPStatus.BAD_REQUEST, "unreadable", _("The body cannot be read as JSON."))


def nothing_here(_request: HttpRequest, **_kwargs: object) -> JsonResponse:
    """No such address, or no such thing for this person."""
    return problem(HTTPStatus.NOT_FOUND, "not_found", _("There is nothing here, or nothing that you may see."))


def not_this_way() -> JsonResponse:
    """Another method than those of the address."""
    return problem(HTTPStatus.METHOD_NOT_ALLOWED, "method_not_allowed", _("This address takes another method."))


def not_understood(errors: list[dict[str, Any]]) -> JsonResponse:
    """Arguments that are missing or of the wrong kind; which ones, by their place."""
    facts = {".".join(map(str, each["loc"])): str(each["msg"]) for each in errors}
    return problem(
        HTTPStatus.UNPROCESSABLE_ENTITY, "not_understood", _("Some arguments are missing or cannot be read."), facts
    )


def _status(refusal: Refusal) -> HTTPStatus:
    last = refusal.code.rpartition(".")[2]
    if isinstance(refusal, TokenUnknown):
        return HTTPStatus.UNAUTHORIZED
    if isinstance(refusal, TooManyCalls):
        return HTTPStatus.TOO_MANY_REQUESTS
    if isinstance(refusal, ScopeMissing) or last in FORBIDDEN:
        return HTTPStatus.FORBIDDEN
    return HTTPStatus.NOT_FOUND if last.startswith("no_such") or last.endswith("unknown") else HTTPStatus.CONFLICT
