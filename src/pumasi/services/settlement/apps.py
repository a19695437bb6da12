"""Settlement: the treasury's desk and the shops' payouts. The manifest for the shell."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from pumasi.civic.shell import roles
from pumasi.civic.shell.manifest import Door, Exercise, Manifest

READERS = frozenset({roles.TREASURY, roles.AUDITOR, roles.ISSUER, roles.BUDGET_OFFICER})
SHOPS = frozenset({roles.SHOP_KEEPER})


class SettlementConfig(AppConfig):
    name = "pumasi.services.settlement"
    label = "settlement"
    manifest = Manifest(
        key="settlement",
        name_ko="정산",
        name_en="Settlement",
        urls="pumasi.services.settlement.urls",
        weekly="pumasi.services.settlement.queries.weekly.weekly",
        api="pumasi.services.settlement.api.ROUTES",
        inbox="pumasi.services.settlement.queries.tasks.tasks",
        roles=READERS | SHOPS,
        exercises=(
            Exercise(
                "settlement.draft_batch",
                "settlement:desk",
                _("Draft a settlement"),
                _("All shops whose coins are old enough; then another one checks it."),
                frozenset({roles.TREASURY}),
            ),
        ),
        doors=(
            Door(
                "settlement:desk",
                _("Settlement"),
                _("Pay shops out: make, check, export, record."),
                READERS,
                link="settlement",
            ),
            Door(
                "settlement:around",
                _("Accounts and holds"),
                _("Bank accounts, holds, overrides, public facilities."),
                READERS,
                in_menu=False,
                link="settlement_around",
            ),
            Door(
                "settlement:unreachable",
                _("Unreachable money"),
                _("Takings of closed shops: custody, found again, written off."),
                READERS,
                in_menu=False,
            ),
            Door("settlement:mine", _("Payouts"), _("What your shop was paid, and when."), SHOPS, link="payouts"),
        ),
    )
