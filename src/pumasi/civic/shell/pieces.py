"""Pieces of text that officers put on pages: asked once for a request, and only by a page that shows the frame.

A service names in its manifest the function that knows them (`pieces`) and where they are written (`note`).
Not here: writing them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from pumasi.civic.shell.manifest import manifests
from pumasi.civic.shell.sockets import load
from pumasi.kernel.clock import seoul_date

TOP = "top"
# Where a note can stand: slot -> what to call the place.
SLOTS = {
    "home": _("First page"),
    "join": _("Joining"),
    "earn": _("Earn"),
    "pay": _("Pay"),
    "giving": _("Giving"),
    "help": _("Help: whom to ask"),
    "footer": _("Bottom of every page"),
}


@dataclass(frozen=True)
class Piece:
    """A text on a page, in the language of the page; `easy`: the same in easy words, where there are such."""

    slot: str
    title: str
    body: str
    easy: str
    is_urgent: bool


type Source = Callable[[date], list[Piece]]


def pieces_for(request: HttpRequest) -> "SimpleLazyObject[dict[str, list[Piece]]]":
    """Slot -> its pieces, read when a template first asks."""
    return SimpleLazyObject(lambda: _read(request))


def note_urls(roles: frozenset[str]) -> dict[str, str]:
    """Slot -> where a person with these roles writes its note; empty for who writes none."""
    names = [each.note for each in manifests() if each.note_roles & roles]
    return {slot: reverse(names[0], args=[slot]) for slot in SLOTS} if names else {}


def _read(request: HttpRequest) -> dict[str, list[Piece]]:
    acting = getattr(request, "acting", None)
    found: dict[str, list[Piece]] = {}
    if acting is None:
        return found
    for manifest in manifests():
        source: Source | None = load(manifest.pieces) if manifest.pieces else None
        for piece in source(seoul_date(acting.at)) if source else ():
            found.setdefault(piece.slot, []).append(piece)
    return found
