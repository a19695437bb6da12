"""Roles and deputies. The manifest for the shell."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from pumasi.civic.shell import roles
from pumasi.civic.shell.manifest import Door, Exercise, Manifest

WORKERS = frozenset(
    {
        roles.FACILITY_CASHIER,
        roles.DONG_OFFICIAL,
        roles.ISSUER,
        roles.BUDGET_OFFICER,
        roles.AUDITOR,
        roles.REVIEWER,
        roles.TREASURY,
        roles.CHARITY_MANAGER,
    }
)


class StaffConfig(AppConfig):
    name = "pumasi.services.staff"
    label = "staff"
    manifest = Manifest(
        key="staff",
        name_ko="역할과 대결",
        name_en="Roles and deputies",
        urls="pumasi.services.staff.urls",
        weekly="pumasi.services.staff.queries.weekly",
        inbox="pumasi.services.staff.queries.tasks",
        roles=WORKERS,
        exercises=(
            Exercise(
                "staff.ask",
                "staff:home",
                _("Name a deputy"),
                _("For a week of leave; another officer decides."),
                frozenset(
                    {
                        roles.ISSUER,
                        roles.BUDGET_OFFICER,
                        roles.TREASURY,
                        roles.AUDITOR,
                        roles.REVIEWER,
                        roles.DONG_OFFICIAL,
                        roles.FACILITY_CASHIER,
                    }
                ),
            ),
            Exercise(
                "staff.decide",
                "staff:home",
                _("Decide on a role"),
                _("One that a colleague has asked for."),
                frozenset({roles.ISSUER, roles.BUDGET_OFFICER}),
            ),
        ),
        doors=(
            Door(
                "staff:home",
                _("Roles and deputies"),
                _("Who holds which role until when, who stands in, what is handed over."),
                WORKERS,
                in_menu=False,
            ),
        ),
    )
