"""Django registration of this room, and its door in the shell."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from pumasi.civic.api.apps import WORKERS
from pumasi.civic.shell.manifest import Door, Manifest


class HooksConfig(AppConfig):
    name = "pumasi.civic.hooks"
    label = "hooks"
    manifest = Manifest(
        key="hooks",
        name_ko="웹훅",
        name_en="Webhooks",
        urls="pumasi.civic.hooks.urls",
        roles=WORKERS,
        doors=(
            Door(
                "hooks:mine",
                _("Webhooks"),
                _("Let a program hear what is paid, given back and paid out at your place."),
                WORKERS,
                in_menu=False,
                link="webhooks",
            ),
        ),
    )
