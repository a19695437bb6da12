"""Card payments beside coins: a port, a simulated provider, a page that compares. The manifest for the shell."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from pumasi.civic.shell import roles
from pumasi.civic.shell.manifest import Door, Manifest

TAKERS = frozenset({roles.SHOP_KEEPER, roles.FACILITY_CASHIER})
OFFICERS = frozenset({roles.TREASURY, roles.AUDITOR})
READERS = TAKERS | OFFICERS


class PosConfig(AppConfig):
    name = "pumasi.services.pos"
    label = "pos"
    manifest = Manifest(
        key="pos",
        name_ko="카드 결제 연동",
        name_en="Card payments",
        urls="pumasi.services.pos.urls",
        api="pumasi.services.pos.api.ROUTES",
        roles=READERS,
        doors=(
            Door(
                "pos:home",
                _("Card payments"),
                _("What was paid by card beside coins, and what waits."),
                READERS,
                in_menu=False,
            ),
        ),
    )
