"""The services' routes as one django-ninja API under /api/v1/, with its OpenAPI 3.1 document."""

import inspect
import json
from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Annotated, Any, get_args, get_type_hints
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern
from ninja import NinjaAPI, Router, Schema
from ninja.errors import HttpError, ValidationError
from ninja.params import functions as params
from ninja.security import HttpBearer
from pydantic import ConfigDict, WithJsonSchema, create_model

from pumasi.civic.api import problems
from pumasi.civic.api.errors import RoleMissing, ScopeMissing
from pumasi.civic.api.operations import Caller, let_in
from pumasi.civic.api.routes import Route, Set
from pumasi.civic.api.shapes import plain, shape
from pumasi.civic.people.queries import roles_of
from pumasi.civic.shell.acting import ALIKE, this_moment
from pumasi.civic.shell.language import page_language
from pumasi.civic.shell.manifest import Manifest, manifests
from pumasi.civic.shell.sockets import load
from pumasi.kernel.clock import seoul_date
from pumasi.kernel.result import Refusal

ROOT = "/api/v1/"
ABOUT = (
    "Operations of this district's coin and services, for programs that act in a person's name. A call that makes "
    "something carries an Idempotency-Key: the same key and arguments get the first answer, other arguments 409. "
    "A refusal is a problem (RFC 9457) whose code is listed in docs/refusals.md; after it nothing has changed."
)
BASE64 = Annotated[
    bytes,
    WithJsonSchema(
        {
            "type": "string",
            "contentEncoding": "base64",
            "pattern": "^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/][AQgw]==|[A-Za-z0-9+/]{2}[AEIMQUYcgkosw048]=)?$",
        }
    ),
]


class Arguments(Schema):
    """The body of a writing call: nothing that is not known; bytes are base64."""

    model_config = ConfigDict(extra="forbid", ser_json_bytes="base64", val_json_bytes="base64")


class Bearer(HttpBearer):
    """Authorization: Bearer, and no cookie."""

    def __call__(self, request: HttpRequest) -> Any:
        """Who calls; raises TokenUnknown and TooManyCalls."""
        scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
        return self.authenticate(request, secret.strip() if scheme.lower() == "bearer" else "")

    def authenticate(self, request: HttpRequest, token: str) -> Caller:
        """The caller with this secret."""
        return let_in(token, this_moment())


class Api(NinjaAPI):
    """Problems have a content type of their own, which ninja's document cannot say."""

    def get_root_path(self, _path_params: Any) -> str:
        """Where `urls` puts it."""
        return ROOT

    def get_openapi_schema(self, *args: Any, **kwargs: Any) -> Any:
        """The OpenAPI document."""
        document = super().get_openapi_schema(*args, **kwargs)
        said = {"schema": {"$ref": "#/components/schemas/Problem"}}
        answer = {"description": "A problem (RFC 9457)", "content": {problems.MIME: said}}
        document["components"]["responses"] = {"Problem": answer}
        for methods in document["paths"].values():
            for operation in methods.values():
                for status in sorted(problems.STATUSES):
                    operation["responses"][status] = {"$ref": "#/components/responses/Problem"}
        return document


_EDGES: dict[type[Exception], Callable[[HttpRequest, Any], HttpResponse]] = {
    Refusal: lambda _request, refusal: problems.of_refusal(refusal),
    Http404: lambda request, _error: problems.nothing_here(request),
    ObjectDoesNotExist: lambda request, _error: problems.nothing_here(request),
    ValidationError: lambda _request, error: problems.not_understood(error.errors),
    HttpError: lambda request, _error: problems.unreadable(request),
}


def build() -> Api:
    """The API of the services that are switched on."""
    api = Api(title="Pumasi", version="1", description=ABOUT, docs_url=None, auth=Bearer(), urls_namespace="api-1")
    for manifest in manifests():
        if manifest.api:
            api.add_router("", _router(manifest, load(manifest.api)))
    for kind, answer in _EDGES.items():
        api.add_exception_handler(kind, answer)
    return api


def patterns(api: Api) -> list[URLPattern]:
    """Its addresses; what is not there and what takes another method are problems too."""
    found = [each for each in api.urls[0] if isinstance(each, URLPattern)]
    for pattern in found:
        pattern.callback = _edge(pattern.callback)
    return found


def document() -> str:
    """The OpenAPI document as text, for docs/openapi.json."""
    return json.dumps(build().get_openapi_schema(), indent=1, ensure_ascii=False) + "\n"


def _edge(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    @wraps(view)
    def at_the_edge(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        answer = view(request, *args, **kwargs)
        if answer.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
            allowed, answer = answer["Allow"], problems.not_this_way()
            answer["Allow"] = allowed
        answer["Cache-Control"] = "no-store"
        return answer

    setattr(at_the_edge, ALIKE, True)  # asks for no session
    return at_the_edge


def _router(manifest: Manifest, routes: tuple[Route, ...]) -> Router:
    router = Router(tags=[manifest.key])
    for route in routes:
        scope = f"{manifest.key}:{'write' if route.is_write else 'read'}"
        router.api_operation(
            [route.method.value],
            f"/{manifest.key}{route.path}",
            response={200: _answer_type(route), problems.STATUSES: problems.Problem},
            operation_id=f"{manifest.key}.{route.call.__name__}",
            summary=route.call.__name__.replace("_", " "),
            description=f"{inspect.getdoc(route.call) or ''}\n\nScope: `{scope}`.",
        )(_view(route, scope))
    return router


def _view(route: Route, scope: str) -> Callable[..., object]:
    hints, returned = get_type_hints(route.call), _returned(route)
    wanted = [
        each
        for number, each in enumerate(inspect.signature(route.call).parameters.values())
        if not (route.is_write and number == 0) and each.name not in route.set
    ]

    def view(request: HttpRequest, **given: Any) -> object:
        caller: Caller = request.auth  # type: ignore[attr-defined]  # set by ninja from Bearer
        today = seoul_date(caller.acting.at)
        values = dict(zip(Set, (caller.person_id, caller.acting.at, today, page_language(), None), strict=True))
        if scope not in caller.scopes:
            raise ScopeMissing(scope=scope)
        if route.roles and not route.roles & {each.role.value for each in roles_of(caller.person_id, today)}:
            raise RoleMissing(roles=", ".join(sorted(route.roles)))
        body = given.pop("body", None)
        if body is not None:
            given |= {name: getattr(body, name) for name in type(body).model_fields}
        given |= {name: values[what] for name, what in route.set.items()}
        found = route.call(caller.acting, **given) if route.is_write else route.call(**given)
        if found is None and not route.is_write:
            raise Http404
        if returned is type(None):
            return {route.answer: None}
        return plain(found) if _is_record(returned) else {route.answer: plain(found)}

    view.__name__ = route.call.__name__
    request = inspect.Parameter("request", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=HttpRequest)
    parameters = [request, *_parameters(route, wanted, hints)]
    view.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]  # read by ninja
    return view


def _parameters(route: Route, wanted: list[inspect.Parameter], hints: dict[str, Any]) -> list[inspect.Parameter]:
    made: list[inspect.Parameter] = []
    body: dict[str, Any] = {}
    for each in wanted:
        hint = hints[each.name]
        if f"{{{each.name}}}" in route.path:
            made.append(_parameter(each.name, Annotated[hint, params.Path()]))
        elif each.name == "key":
            made.append(_parameter("key", Annotated[UUID, params.Header(alias="Idempotency-Key")]))
        elif route.is_write:
            body[each.name] = (
                BASE64 if hint is bytes else hint,
                ... if each.default is inspect.Parameter.empty else each.default,
            )
        else:
            made.append(_parameter(each.name, Annotated[hint, params.Query()], each.default))
    if body:
        name = "".join(word.capitalize() for word in route.call.__name__.split("_"))
        model: Any = create_model(f"{name}In", __base__=Arguments, __module__=route.call.__module__, **body)
        made.append(_parameter("body", Annotated[model, params.Body()]))
    return made


def _parameter(name: str, annotation: Any, default: Any = inspect.Parameter.empty) -> inspect.Parameter:
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, annotation=annotation, default=default)


def _returned(route: Route) -> Any:
    """The type of the answer; a row of the database says nothing outside."""
    hint = get_type_hints(route.call)["return"]
    return type(None) if isinstance(hint, type) and issubclass(hint, Model) else shape(hint)


def _is_record(hint: Any) -> bool:
    parts = [each for each in get_args(hint) if each is not type(None)] or [hint]
    return len(parts) == 1 and isinstance(parts[0], type) and issubclass(parts[0], Schema)


def _answer_type(route: Route) -> Any:
    returned = _returned(route)
    if _is_record(returned):
        return returned
    name = "".join(word.capitalize() for word in route.call.__name__.split("_"))
    parts: dict[str, Any] = {route.answer: (returned, ...)}
    return create_model(f"{name}Out", __base__=Schema, __module__=route.call.__module__, **parts)
