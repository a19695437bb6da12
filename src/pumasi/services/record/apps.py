"""The public record: explorer, proofs of transfers, verify page, log files. The manifest for the shell."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from pumasi.civic.shell import roles
from pumasi.civic.shell.manifest import Door, Manifest

HOLDERS = (roles.RESIDENT, roles.SHOP_KEEPER, roles.FACILITY_CASHIER)
EVERYBODY = frozenset(
    {*HOLDERS, roles.DONG_OFFICIAL, roles.ISSUER, roles.BUDGET_OFFICER, roles.AUDITOR, roles.REVIEWER}
)


class RecordConfig(AppConfig):
    name = "pumasi.services.record"
    label = "record"
    manifest = Manifest(
        key="record",
        name_ko="공개 기록",
        name_en="Public record",
        urls="pumasi.services.record.urls",
        weekly="pumasi.services.record.queries.weekly.weekly",
        roles=EVERYBODY,
        doors=(
            Door(
                "record:chain",
                _("Public record"),
                _("All transfers without names, for everybody to check."),
                EVERYBODY,
                in_menu=False,
                link="record",
            ),
        ),
        proof="record:receipt",
        block="record:block",
    )
