"""Django registration of this room, and its door in the shell."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from pumasi.civic.shell import roles
from pumasi.civic.shell.manifest import Door, Manifest

WORKERS = frozenset(
    {
        roles.SHOP_KEEPER,
        roles.FACILITY_CASHIER,
        roles.DONG_OFFICIAL,
        roles.ISSUER,
        roles.BUDGET_OFFICER,
        roles.AUDITOR,
        roles.REVIEWER,
        roles.TREASURY,
        roles.CHARITY_MANAGER,
        roles.ORGANISATION_ADMIN,
    }
)


class ApiConfig(AppConfig):
    name = "pumasi.civic.api"
    label = "api"
    manifest = Manifest(
        key="api",
        name_ko="프로그램 연결(API)",
        name_en="API",
        urls="pumasi.civic.api.urls",
        roles=WORKERS,
        doors=(
            Door(
                "api:tokens",
                _("API tokens"),
                _("Let a program do your work: cash registers, machines, spreadsheets."),
                WORKERS,
                in_menu=False,
            ),
        ),
    )
