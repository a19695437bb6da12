"""The public rule book: what earns coins, by which rule, and how it changed. The manifest for the shell."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from pumasi.civic.shell import roles
from pumasi.civic.shell.manifest import Door, Manifest

READERS = frozenset({roles.RESIDENT, roles.SHOP_KEEPER, roles.FACILITY_CASHIER, roles.DONG_OFFICIAL, roles.ISSUER})


class RulebookConfig(AppConfig):
    name = "pumasi.services.rulebook"
    label = "rulebook"
    manifest = Manifest(
        key="rulebook",
        name_ko="규칙집",
        name_en="Rule book",
        urls="pumasi.services.rulebook.urls",
        api="pumasi.services.rulebook.api.ROUTES",
        roles=READERS,
        doors=(
            Door(
                "rulebook:rules",
                _("Rule book"),
                _("What earns how much, since when and by which rule."),
                READERS,
                in_menu=False,
                link="rules",
            ),
        ),
    )
