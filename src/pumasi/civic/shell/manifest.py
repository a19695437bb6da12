"""What a service says about itself in its `apps.py`; menu, home tiles and URLs are derived from it.

Not here: the list of services that are switched on (`config/services.py`), rights on single objects (queries).
"""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

from django.apps import apps

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise

ANYONE: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Door:
    """One way into a service: a tile on the home page and, if `in_menu`, an entry of the menu.

    `roles` are the role codes of `civic.people` that see it; empty means everybody, signed in or not.
    """

    url_name: str
    label: "_StrOrPromise"
    say: "_StrOrPromise"
    roles: frozenset[str]
    in_menu: bool = True


@dataclass(frozen=True)
class Manifest:
    """A service for the shell: its names, URL module, the roles that meet it, and its doors in order."""

    key: str
    name_ko: str
    name_en: str
    urls: str
    roles: frozenset[str]
    doors: tuple[Door, ...] = field(default_factory=tuple)

    def name(self, language: str) -> str:
        """The service's name in `language` ("ko" or "en")."""
        return self.name_en if language == "en" else self.name_ko


def manifests() -> list[Manifest]:
    """Manifests of the services that are switched on, in the order of `config/services.py`."""
    found = (getattr(config, "manifest", None) for config in apps.get_app_configs())
    return [cast(Manifest, each) for each in found if isinstance(each, Manifest)]


def doors_for(roles: frozenset[str]) -> list[Door]:
    """The doors that a person with these roles may open, in menu order."""
    return [door for each in manifests() for door in each.doors if not door.roles or door.roles & roles]
