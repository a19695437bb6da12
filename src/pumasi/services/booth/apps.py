"""The stand of a fair. The manifest for the shell."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from pumasi.civic.shell import roles
from pumasi.civic.shell.manifest import Door, Manifest


class BoothConfig(AppConfig):
    name = "pumasi.services.booth"
    label = "booth"
    manifest = Manifest(
        key="booth",
        name_ko="체험 부스",
        name_en="Stand of a fair",
        urls="pumasi.services.booth.urls",
        roles=frozenset({roles.RESIDENT}),
        entry="booth:welcome",
        doors=(
            Door(
                "booth:board",
                _("Board of the stand"),
                _("What all guests have done today."),
                frozenset({roles.RESIDENT}),
                in_menu=False,
                link="booth_board",
            ),
        ),
    )
