"""What the frame of every page shows: district, menu, viewer, display choices, demo bar. Plain data only."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from pumasi.civic.shell import roles as role_codes
from pumasi.civic.shell.acting import NOBODY, Viewer, may_shift_clock
from pumasi.civic.shell.clock import next_wipe
from pumasi.civic.shell.display import TEXT_SIZES, display_of
from pumasi.civic.shell.language import page_language
from pumasi.civic.shell.manifest import Door, doors_for, links
from pumasi.civic.shell.personas import part_origins
from pumasi.civic.shell.pieces import Piece, note_urls, pieces_for


@dataclass(frozen=True)
class MenuEntry:
    """One entry of the menu."""

    url: str
    label: str
    current: bool


@dataclass(frozen=True)
class SizeChoice:
    """One button of the text-size switch."""

    value: str
    label: str
    pressed: bool


@dataclass(frozen=True)
class Shell:
    """All that `shell/frame.html` needs. `own`: what every resident has, folded away while there is work to do.

    parts: in the demo, persona slug -> the address of that part ("all" is the page of all parts); else empty.
    pieces: slot -> the texts that officers have put there; notes: slot -> where the viewer, being one, writes its note.
    leads_back: in the demo, everywhere but on the page of all parts. wipe: at a stand, how long until all is made anew.
    """

    district: str
    text: str
    contrast: str
    high_contrast: bool
    other_contrast: str
    text_sizes: tuple[SizeChoice, ...]
    here: str
    menu: tuple[MenuEntry, ...]
    own: tuple[MenuEntry, ...]
    own_open: bool
    links: dict[str, str]
    who: str
    demo: bool
    clock: str
    parts: dict[str, str]
    leads_back: bool
    wipe: str
    may_shift: bool
    may_leave: bool
    pieces: "SimpleLazyObject[dict[str, list[Piece]]]"
    notes: dict[str, str]


def shell(request: HttpRequest) -> dict[str, Shell]:
    """Template context `shell`; works on error pages too, where the request may lack a viewer."""
    viewer = getattr(request, "viewer", NOBODY)
    display = display_of(request, viewer.persona)
    high = display.contrast == "high"
    plays_parts = settings.DEMO and not settings.BOOTH
    menu, own = _menu(request, viewer)
    return {
        "shell": Shell(
            district=settings.DISTRICT_NAMES[page_language()],
            text=display.text,
            contrast=display.contrast,
            high_contrast=high,
            other_contrast="normal" if high else "high",
            text_sizes=tuple(SizeChoice(v, str(label), v == display.text) for v, label in TEXT_SIZES.items()),
            here=_here(request),
            menu=menu,
            own=own,
            own_open=any(entry.current for entry in own),
            links=links(),
            who=_who(viewer),
            demo=settings.DEMO,
            clock=_clock_text(request) if plays_parts else "",
            parts=_parts(request) if plays_parts else {},
            leads_back=plays_parts and (viewer.persona is not None or request.path != reverse("shell:home")),
            wipe=_wipe_text(request) if settings.BOOTH else "",
            may_shift=may_shift_clock(viewer),
            may_leave=viewer.person_id is not None and viewer.persona is None,
            pieces=pieces_for(request),
            notes=note_urls(viewer.roles),
        )
    }


def _here(request: HttpRequest) -> str:
    return request.get_full_path() if request.method in {"GET", "HEAD"} else request.path


def _menu(request: HttpRequest, viewer: Viewer) -> tuple[tuple[MenuEntry, ...], tuple[MenuEntry, ...]]:
    """The entries of the menu, and those that only everybody has beside the work; for residents all are of the menu."""
    doors = [door for door in doors_for(viewer.roles) if door.in_menu]
    work = [door for door in doors if role_codes.RESIDENT not in door.roles]
    if not work:
        return _entries(request, doors), ()
    return _entries(request, work), _entries(request, [door for door in doors if door not in work])


def _entries(request: HttpRequest, doors: Sequence[Door]) -> tuple[MenuEntry, ...]:
    return tuple(
        MenuEntry(url=url, label=str(door.label), current=request.path == url)
        for door, url in ((door, reverse(door.url_name)) for door in doors)
    )


def _who(viewer: Viewer) -> str:
    if viewer.persona:
        return str(viewer.persona.label)
    return _("signed in") if viewer.person_id else ""


def _parts(request: HttpRequest) -> dict[str, str]:
    return {slug or "all": origin for slug, origin in part_origins(request.get_host()).items()}


def _clock_text(request: HttpRequest) -> str:
    acting = getattr(request, "acting", None)
    return date_format(timezone.localtime(acting.at), "Y-m-d H:i") if acting else ""


def _wipe_text(request: HttpRequest) -> str:
    acting = getattr(request, "acting", None)
    if acting is None:
        return ""
    minutes = (next_wipe(acting.at) - acting.at) // timedelta(minutes=1)
    return _("wiped at 04:00, in %(hours)s h %(minutes)s min") % {"hours": minutes // 60, "minutes": minutes % 60}
