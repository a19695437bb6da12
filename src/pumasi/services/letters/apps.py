"""The letter box. The manifest for the shell."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from pumasi.civic.shell import roles
from pumasi.civic.shell.manifest import Door, Manifest

RESIDENTS = frozenset({roles.RESIDENT})


class LettersConfig(AppConfig):
    name = "pumasi.services.letters"
    label = "letters"
    manifest = Manifest(
        key="letters",
        name_ko="편지함",
        name_en="Letters",
        urls="pumasi.services.letters.urls",
        roles=RESIDENTS,
        doors=(Door("letters:box", _("Letters"), _("What the district has to tell you."), RESIDENTS, link="letters"),),
    )
