"""The year end: its list, liability note, carrying over, and the council's audit pack. The manifest for the shell."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from pumasi.civic.shell import roles
from pumasi.civic.shell.manifest import Door, Exercise, Manifest

READERS = frozenset({roles.ISSUER, roles.BUDGET_OFFICER, roles.TREASURY, roles.AUDITOR})
RESIDENTS = frozenset({roles.RESIDENT})
SHOPS = frozenset({roles.SHOP_KEEPER})


class YearEndConfig(AppConfig):
    name = "pumasi.services.yearend"
    label = "yearend"
    manifest = Manifest(
        key="yearend",
        name_ko="연말 마감",
        name_en="Year end",
        urls="pumasi.services.yearend.urls",
        api="pumasi.services.yearend.api.ROUTES",
        roles=READERS | SHOPS | RESIDENTS,
        exercises=(
            Exercise(
                "yearend.draw_sample",
                "yearend:audit",
                _("Draw a sample"),
                _("From words drawn in public; then follow one payment to its deed."),
                frozenset({roles.AUDITOR}),
            ),
        ),
        doors=(
            Door("yearend:home", _("Year end"), _("What has to be done by when, and what is open."), READERS),
            Door("yearend:audit", _("Audit pack"), _("From a payment number to the deed, and samples."), READERS),
            Door(
                "yearend:my_year",
                _("Takings of a year"),
                _("By month, to keep and for your tax adviser."),
                SHOPS,
                in_menu=False,
            ),
            Door(
                "yearend:mine_home",
                _("My year"),
                _("Earned, spent, given; what was there on 31 December."),
                RESIDENTS,
                in_menu=False,
            ),
        ),
    )
