"""The office's week. The manifest for the shell."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from pumasi.civic.shell import roles
from pumasi.civic.shell.manifest import Door, Manifest

OFFICE = frozenset(
    {
        roles.ISSUER,
        roles.BUDGET_OFFICER,
        roles.TREASURY,
        roles.AUDITOR,
        roles.REVIEWER,
        roles.DONG_OFFICIAL,
    }
)


class WeekConfig(AppConfig):
    name = "pumasi.services.week"
    label = "week"
    manifest = Manifest(
        key="week",
        name_ko="주간 회의",
        name_en="The week",
        urls="pumasi.services.week.urls",
        roles=OFFICE,
        doors=(Door("week:home", _("The week"), _("What happened, what gave no sign, what comes."), OFFICE),),
    )
