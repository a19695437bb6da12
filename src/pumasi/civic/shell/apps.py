"""Django registration of this room, and the one door that belongs to no service: the camera."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from pumasi.civic.shell import roles
from pumasi.civic.shell.manifest import Door, Manifest

RESIDENTS = frozenset({roles.RESIDENT})


class ShellConfig(AppConfig):
    name = "pumasi.civic.shell"
    label = "shell"
    manifest = Manifest(
        key="camera",
        name_ko="QR 찍기",
        name_en="Scan",
        urls="pumasi.civic.shell.camera_urls",
        roles=RESIDENTS,
        doors=(Door("camera:scan", _("Scan"), _("Hold the camera to a code."), RESIDENTS, link="scan"),),
    )
