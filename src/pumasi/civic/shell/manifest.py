"""What a service says about itself in its `apps.py`; menu, home tiles, links and URLs are derived from it.

No service knows another one's addresses: a page asks here for a link by name, and gets none when that service is off.
Not here: the list of services that are switched on (`config/services.py`), rights on single objects (queries).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from uuid import UUID

from django.apps import apps
from django.urls import reverse

from pumasi.civic.shell.roles import RESIDENT

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise


@dataclass(frozen=True)
class Door:
    """One way into a service: a tile on the home page and, if `in_menu`, an entry of the menu.

    `roles` are the role codes (`roles`) that see it; `link` is the name by which other services' pages ask for it.
    """

    url_name: str
    label: "_StrOrPromise"
    say: "_StrOrPromise"
    roles: frozenset[str]
    in_menu: bool = True
    link: str = ""


@dataclass(frozen=True)
class Exercise:
    """Something to practise for who holds one of `roles`; done once the audit knows `action` by them."""

    action: str
    url_name: str
    title: "_StrOrPromise"
    say: "_StrOrPromise"
    roles: frozenset[str]


@dataclass(frozen=True)
class Manifest:
    """A service for the shell: its names, URL module, the roles that meet it, and its doors in order.

    scans: kind letter of `civic.codes` -> URL name (argument `text`) that takes a scanned code of that kind.
    receipts: kind of movement -> URL name (argument: a key) that shows what is behind it.
    proof: URL name (argument: the ledger's key of a transfer) that shows its proof in the public record.
    block: URL name (argument: the number of a block of the public record) that shows it to everybody.
    place: URL name (argument: a place's public number) that shows one place to everybody.
    parts: link name -> URL name of a live part of a page that other services' pages may show.
    exercises: what people of its roles practise before they work with it.
    pieces: dotted name of the function that answers the texts on pages of a day (`shell.pieces.Source`).
    note: URL name (argument: a slot of `shell.pieces.SLOTS`) where who holds one of `note_roles` writes its note.
    weekly: dotted name of the function that answers its part of the office's week (`shell.weekly.Source`).
    help_lines, help_words: dotted names: what a desk tells about a person, and what takes their words (`shell.help`).
    api: dotted name of the service's routes for programs (`civic.api.routes.Route`).
    entry: URL name (no argument) to which nobody is led instead of the sign-in, with `next`.
    inbox: dotted name of the function that answers what waits for a worker (`shell.inbox.Source`).
    """

    key: str
    name_ko: str
    name_en: str
    urls: str
    roles: frozenset[str]
    doors: tuple[Door, ...] = ()
    scans: Mapping[str, str] = field(default_factory=dict)
    receipts: Mapping[str, str] = field(default_factory=dict)
    proof: str = ""
    block: str = ""
    place: str = ""
    parts: Mapping[str, str] = field(default_factory=dict)
    entry: str = ""
    inbox: str = ""
    weekly: str = ""
    pieces: str = ""
    note: str = ""
    note_roles: frozenset[str] = frozenset()
    exercises: tuple[Exercise, ...] = ()
    api: str = ""
    help_lines: str = ""
    help_words: str = ""

    def name(self, language: str) -> str:
        """The service's name in `language` ("ko" or "en")."""
        return self.name_en if language == "en" else self.name_ko


@dataclass(frozen=True)
class ProofLink:
    """A link from a slip to the proof of a transfer in the public record."""

    label: str
    url: str


def manifests() -> list[Manifest]:
    """Manifests of the services that are switched on, in the order of `config/services.py`."""
    found = (getattr(config, "manifest", None) for config in apps.get_app_configs())
    return [each for each in found if isinstance(each, Manifest)]


def doors_for(roles: frozenset[str]) -> list[Door]:
    """The doors that a person with these roles may open: those of their work first, then what every resident has."""
    doors = [door for each in manifests() for door in each.doors if door.roles & roles]
    return sorted(doors, key=lambda door: RESIDENT in door.roles)


def links() -> dict[str, str]:
    """Link name -> address, for templates: `shell.links.earn`."""
    doors = {door.link: door.url_name for each in manifests() for door in each.doors if door.link}
    parts = {link: name for each in manifests() for link, name in each.parts.items()}
    return {link: reverse(name) for link, name in {**doors, **parts}.items()}


def scan_url(kind: str, text: str) -> str | None:
    """Where a scanned code of this kind goes on, or None when no service takes it."""
    names = [each.scans[kind] for each in manifests() if kind in each.scans]
    return reverse(names[0], kwargs={"text": text}) if names else None


def receipt_url(kind: str, key: UUID | None) -> str:
    """The page behind a movement, or "" when there is none."""
    names = [each.receipts[kind] for each in manifests() if kind in each.receipts]
    return reverse(names[0], args=[key]) if names and key else ""


def proof_url(key: UUID) -> str:
    """The page with the proof of a transfer, or "" when no service shows proofs."""
    names = [each.proof for each in manifests() if each.proof]
    return reverse(names[0], args=[key]) if names else ""


def block_url(number: int) -> str:
    """The public page of a block of the record, or "" when no service shows blocks."""
    names = [each.block for each in manifests() if each.block]
    return reverse(names[0], args=[number]) if names else ""


def place_url(number: int) -> str:
    """The public page of a place, or "" when no service shows places."""
    names = [each.place for each in manifests() if each.place]
    return reverse(names[0], args=[number]) if names else ""


def entry_url() -> str:
    """Where people without a membership come in by themselves, or "" when only the sign-in lets anybody in."""
    names = [each.entry for each in manifests() if each.entry]
    return reverse(names[0]) if names else ""


def proof_links(labelled: Iterable[tuple[str, UUID]]) -> tuple[ProofLink, ...]:
    """Links to the proofs of these transfers (label, ledger key); none when no service shows proofs."""
    links = (ProofLink(label, proof_url(key)) for label, key in labelled)
    return tuple(link for link in links if link.url)
