"""Guide: where to earn, bring and pay, as a list with a map beside it, and a page for each place. The manifest."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from pumasi.civic.shell import roles
from pumasi.civic.shell.manifest import Door, Manifest

RESIDENTS = frozenset({roles.RESIDENT})


class GuideConfig(AppConfig):
    name = "pumasi.services.guide"
    label = "guide"
    manifest = Manifest(
        key="guide",
        name_ko="가까운 곳",
        name_en="Places near you",
        urls="pumasi.services.guide.urls",
        roles=RESIDENTS,
        doors=(
            Door(
                "guide:places",
                _("Near you"),
                _("Shops and public places on a map and in a list: where to earn, bring and pay."),
                RESIDENTS,
                link="near",
            ),
        ),
        place="guide:place",
    )
