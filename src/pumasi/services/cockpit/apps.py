"""The issuer's cockpit: budget, waiting list, orders, books. The manifest for the shell."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from pumasi.civic.shell import roles
from pumasi.civic.shell.manifest import Door, Manifest

READERS = frozenset({roles.ISSUER, roles.BUDGET_OFFICER, roles.AUDITOR})
ORDERERS = frozenset({roles.ISSUER, roles.BUDGET_OFFICER})


class CockpitConfig(AppConfig):
    name = "pumasi.services.cockpit"
    label = "cockpit"
    manifest = Manifest(
        key="cockpit",
        name_ko="예산과 장부",
        name_en="Budget and books",
        urls="pumasi.services.cockpit.urls",
        roles=READERS,
        doors=(
            Door("cockpit:budget", _("Budget"), _("Authorised, issued, left, and who is waiting."), READERS),
            Door(
                "cockpit:order", _("Book an order"), _("Enter a budget order that two officers have signed."), ORDERERS
            ),
            Door("cockpit:books", _("Books"), _("The trial balance and how to check it."), READERS),
        ),
    )
