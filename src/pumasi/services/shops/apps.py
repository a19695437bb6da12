"""Shops and facilities: pay with coins, see what was received, undo and refund. The manifest for the shell."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from pumasi.civic.shell import roles
from pumasi.civic.shell.manifest import Door, Exercise, Manifest

RESIDENTS = frozenset({roles.RESIDENT})
KEEPERS = frozenset({roles.SHOP_KEEPER})
TAKERS = frozenset({roles.SHOP_KEEPER, roles.FACILITY_CASHIER})
OFFICERS = frozenset({roles.DONG_OFFICIAL, roles.ISSUER})


class ShopsConfig(AppConfig):
    name = "pumasi.services.shops"
    label = "shops"
    manifest = Manifest(
        key="shops",
        name_ko="코인 쓰기",
        name_en="Pay with coins",
        urls="pumasi.services.shops.urls",
        weekly="pumasi.services.shops.queries.weekly.weekly",
        api="pumasi.services.shops.api.ROUTES",
        inbox="pumasi.services.shops.queries.tasks.tasks",
        roles=RESIDENTS | TAKERS | OFFICERS,
        exercises=(
            Exercise(
                "places.set_need",
                "shops:my_needs",
                _("Say what you want today"),
                _("Set one item to full, and back."),
                frozenset({roles.SHOP_KEEPER}),
            ),
            Exercise(
                "shops.make_device_code",
                "shops:received",
                _("Bind a device for the counter"),
                _("Open your place, then its devices."),
                frozenset({roles.SHOP_KEEPER, roles.FACILITY_CASHIER}),
            ),
        ),
        doors=(
            Door(
                "shops:choose",
                _("Pay"),
                _("Pay in a shop or a public place, in steps of 10 coins."),
                RESIDENTS,
                link="pay",
            ),
            Door("shops:bring", _("Where to bring"), _("Which shop wants what today, before you walk."), RESIDENTS),
            Door("shops:received", _("Coins received"), _("Today's payments, undo and refund."), TAKERS),
            Door("shops:counter", _("Take coins"), _("Type the visitor's code and the amount."), TAKERS),
            Door("shops:my_needs", _("Needs"), _("Say what you want today, or that it is full."), KEEPERS),
            Door(
                "shops:desk",
                _("Shops"),
                _("Applications, suspensions, disputes, price lists."),
                OFFICERS,
                link="shop_desk",
            ),
            Door(
                "shops:my_shops",
                _("My shop"),
                _("Let your shop take coins, or see where it stands."),
                RESIDENTS,
                in_menu=False,
            ),
        ),
        scans={"A": "shops:at", "S": "shops:at", "P": "shops:counter_scanned", "C": "shops:counter_scanned"},
        receipts={
            "PAY": "shops:receipt",
            "REFUND": "shops:receipt",
            "REFUND_LATE": "shops:receipt",
            "DISPUTE_RETURNED": "shops:receipt",
        },
    )
