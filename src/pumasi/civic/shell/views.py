"""The shell's own pages: start page, display choices, demo clock, readiness. Sign-in is in `sign_in`."""

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST, require_safe

from pumasi.civic.people.reading import Reading
from pumasi.civic.shell.acting import ShellRequest, may_shift_clock
from pumasi.civic.shell.clock import demo_clock_path
from pumasi.civic.shell.display import keep_choice, known_choice
from pumasi.civic.shell.inbox import lines_for
from pumasi.civic.shell.manifest import doors_for, entry_url
from pumasi.civic.shell.personas import PERSONAS, part_origins
from pumasi.civic.shell.roles import RESIDENT
from pumasi.civic.shell.tour import tour
from pumasi.kernel.clock import DemoClock

SHIFTS_HOURS = (1, 24, 168)


@dataclass(frozen=True)
class PersonaLink:
    """One part to play, with its address on this port."""

    label: str
    say: str
    url: str


@dataclass(frozen=True)
class Tile:
    """One big button of the start page; `is_work`: it is there for what the visitor does for the district or a shop."""

    url: str
    label: str
    say: str
    is_work: bool


@require_safe
def home(request: ShellRequest) -> HttpResponse:
    """What the visitor can do: tiles for their roles; in the demo without a persona, the tour and all parts."""
    if request.viewer.person_id is None and entry_url():
        return redirect(entry_url())
    doors = doors_for(request.viewer.roles)
    tiles = [Tile(reverse(d.url_name), str(d.label), str(d.say), RESIDENT not in d.roles) for d in doors]
    shows_parts = settings.DEMO and not settings.BOOTH and not request.viewer.persona
    origins = part_origins(request.get_host()) if shows_parts else {}
    context = {
        "tiles": [each for each in tiles if not each.is_work],
        "work": [each for each in tiles if each.is_work],
        "personas": [
            PersonaLink(str(p.label), str(p.say), f"{origins[p.slug]}/") for p in PERSONAS if p.slug in origins
        ],
        "tour": tour(origins),
        "signed_in": request.viewer.person_id is not None,
        "todo": lines_for(request),
    }
    answer = render(request, "shell/home.html", context)
    add_never_cache_headers(answer)
    return answer


@require_POST
def display(request: ShellRequest) -> HttpResponse:
    """Keep the chosen language, text size or contrast, for every device of who is signed in; back to the same page."""
    answer = redirect(_safe_next(request))
    chosen = Reading(**{name: request.POST.get(name, "") for name in ("text", "contrast", "language")})
    keep_choice(answer, known_choice(chosen), request.viewer.person_id)
    return answer


@require_POST
def demo_clock(request: ShellRequest) -> HttpResponse:
    """Shift the demo's clock forward by 1, 24 or 168 hours; only in the demo (`may_shift_clock`)."""
    if not settings.DEMO:
        raise Http404
    if not may_shift_clock(request.viewer):
        raise PermissionDenied
    hours = request.POST.get("hours", "")
    if hours in {str(each) for each in SHIFTS_HOURS}:
        DemoClock.shift(demo_clock_path(), timedelta(hours=int(hours)))
    return redirect(_safe_next(request))


@require_GET
def ready(request: ShellRequest) -> HttpResponse:
    """For supervisors and the demo: 200 once the database answers."""
    connection.ensure_connection()
    answer = HttpResponse("ready\n", content_type="text/plain; charset=utf-8")
    add_never_cache_headers(answer)
    return answer


def _safe_next(request: ShellRequest) -> str:
    wanted = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()):
        return wanted
    return reverse("shell:home")
