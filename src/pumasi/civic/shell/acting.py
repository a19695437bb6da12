"""Who stands behind a request: the viewer, and the `Acting` that every operation takes, built in this one place.

In the demo a person is named by the host (personas, on the machine itself only); elsewhere by the signed-in session.
The channel comes from the persona or from the signed cookie of a bound device (desk, kiosk, machine); a browser without
one is somebody's phone.
Not here: what a role may do (`access`), rights on single objects (each service's queries).
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from ipaddress import ip_address
from uuid import UUID

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.signing import BadSignature
from django.http import HttpRequest, HttpResponse

from pumasi.civic.people import queries as people
from pumasi.civic.people.queries import HeldRole
from pumasi.civic.shell import roles
from pumasi.civic.shell.clock import current_clock
from pumasi.civic.shell.personas import Persona, persona_of, read_cast
from pumasi.kernel.acting import Acting, Channel
from pumasi.kernel.clock import seoul_date

SESSION_PERSON, SESSION_SINCE = "person", "since"
EVER = datetime(1970, 1, 1, tzinfo=UTC)
DEVICE_COOKIE = "pumasi_device"
ALIKE = "is_alike_for_all"  # set on a view that never asks who looks (`access.for_all_alike`)


@dataclass(frozen=True)
class Viewer:
    """The person who looks at the page: None when nobody has signed in. `held` are the roles in force today."""

    person_id: UUID | None
    held: tuple[HeldRole, ...]
    persona: Persona | None

    @property
    def roles(self) -> frozenset[str]:
        """The codes of the roles in force."""
        return frozenset(each.role.value for each in self.held)

    def places(self, *roles: str) -> list[UUID]:
        """The places at which one of these roles is held."""
        return sorted({each.place_id for each in self.held if each.place_id and each.role.value in roles})


NOBODY = Viewer(person_id=None, held=(), persona=None)


class ShellRequest(HttpRequest):
    """A request after `ActingMiddleware`."""

    acting: Acting
    viewer: Viewer


class ActingMiddleware:
    """Puts `request.viewer` and `request.acting` on each request whose view may ask for them."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: ShellRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: ShellRequest, view: object, args: object, kwargs: object) -> None:
        """Recognise the visitor, except where the answer is the same for all."""
        if not getattr(view, ALIKE, False):
            recognise(request)


def recognise(request: ShellRequest) -> None:
    """Find out who looks, once; asks the clock once."""
    if hasattr(request, "viewer"):
        return
    now = this_moment()
    persona = persona_of(request.get_host()) if settings.DEMO and is_from_here(request) else None
    person_id, since = (read_cast().get(persona.slug), now) if persona else _signed_in(request)
    held = people.known(person_id, seoul_date(now), since) if person_id else None
    if held is None:
        person_id = None
    request.viewer = Viewer(person_id=person_id, held=tuple(held or ()), persona=persona)
    request.acting = Acting(
        actor=person_id, subject=person_id, channel=_channel(request, persona), purpose="PAGE", at=now
    )


def this_moment() -> datetime:
    """The clock of the node, asked once for a request."""
    return current_clock().now()


def acting_for(request: ShellRequest, purpose: str, subject: UUID | None = None) -> Acting:
    """The request's `Acting` with this purpose and, at a counter, for this other person."""
    return replace(request.acting, purpose=purpose, subject=subject or request.acting.subject)


def person_of(request: ShellRequest) -> UUID:
    """The signed-in person of a view behind `for_roles`; raises PermissionDenied when there is none after all."""
    if request.viewer.person_id is None:
        raise PermissionDenied
    return request.viewer.person_id


def may_shift_clock(viewer: Viewer) -> bool:
    """Who moves the demo on: its page of all parts, and the offices that wait for a day to come."""
    if settings.BOOTH:
        return False
    return settings.DEMO and (viewer.persona is None or bool(viewer.roles & {roles.ISSUER, roles.TREASURY}))


def is_from_here(request: HttpRequest) -> bool:
    """Whether the request comes from this machine: a `Host` can be forged from another one, this address cannot."""
    try:
        return ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False


def begin_session(request: ShellRequest, person_id: UUID) -> None:
    """From now on this browser is the person's; what it did before stays under another session key."""
    request.session.cycle_key()
    request.session[SESSION_PERSON] = str(person_id)
    request.session[SESSION_SINCE] = request.acting.at.isoformat()


def _signed_in(request: HttpRequest) -> tuple[UUID | None, datetime]:
    """Whose session it is, and since when; one that does not say has been there for ever."""
    person, since = request.session.get(SESSION_PERSON), request.session.get(SESSION_SINCE)
    return UUID(person) if person else None, datetime.fromisoformat(since) if since else EVER


def _channel(request: HttpRequest, persona: Persona | None) -> Channel:
    if persona:
        return persona.channel
    try:
        return Channel(request.get_signed_cookie(DEVICE_COOKIE, default="") or Channel.PHONE)
    except (BadSignature, ValueError):
        return Channel.PHONE
