"""Shops and facilities: pay with coins, see what was received, undo and refund. The manifest for the shell."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from pumasi.civic.shell import roles
from pumasi.civic.shell.manifest import Door, Manifest

RESIDENTS = frozenset({roles.RESIDENT})
TAKERS = frozenset({roles.SHOP_KEEPER, roles.FACILITY_CASHIER})


class ShopsConfig(AppConfig):
    name = "pumasi.services.shops"
    label = "shops"
    manifest = Manifest(
        key="shops",
        name_ko="코인 쓰기",
        name_en="Pay with coins",
        urls="pumasi.services.shops.urls",
        roles=RESIDENTS | TAKERS,
        doors=(
            Door(
                "shops:choose",
                _("Pay"),
                _("Pay in a shop or a public place, in steps of 10 coins."),
                RESIDENTS,
                link="pay",
            ),
            Door("shops:received", _("Coins received"), _("Today's payments, undo and refund."), TAKERS),
            Door("shops:counter", _("Take coins"), _("Type the visitor's code and the amount."), TAKERS),
        ),
        scans={"A": "shops:at", "P": "shops:counter_scanned"},
        receipts={"PAY": "shops:receipt", "REFUND": "shops:receipt", "REFUND_LATE": "shops:receipt"},
    )
