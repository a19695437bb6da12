"""Giving: campaigns for everybody, charities' and officers' desks. The manifest for the shell."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from pumasi.civic.shell import roles
from pumasi.civic.shell.manifest import Door, Exercise, Manifest

RESIDENTS = frozenset({roles.RESIDENT})
CHARITIES = frozenset({roles.CHARITY_MANAGER})
DESK = frozenset({roles.DONG_OFFICIAL, roles.ISSUER})
READERS = frozenset({roles.ISSUER, roles.BUDGET_OFFICER, roles.TREASURY, roles.AUDITOR})


class GivingConfig(AppConfig):
    name = "pumasi.services.giving"
    label = "giving"
    manifest = Manifest(
        key="giving",
        name_ko="기부",
        name_en="Giving",
        urls="pumasi.services.giving.urls",
        weekly="pumasi.services.giving.queries.weekly.weekly",
        api="pumasi.services.giving.api.ROUTES",
        inbox="pumasi.services.giving.queries.tasks.tasks",
        roles=RESIDENTS | CHARITIES | READERS,
        exercises=(
            Exercise(
                "giving.verify_charity",
                "giving:desk",
                _("Verify a charity"),
                _("Compare its registration, with its clause."),
                frozenset({roles.ISSUER, roles.BUDGET_OFFICER, roles.TREASURY}),
            ),
        ),
        doors=(
            Door(
                "giving:campaigns", _("Give"), _("To a campaign of a charity, or to a person."), RESIDENTS, link="give"
            ),
            Door("giving:charity", _("My charity"), _("Register, propose a campaign, say how it was used."), CHARITIES),
            Door(
                "giving:estate",
                _("Give an estate"),
                _("A family gives the coins of a deceased."),
                DESK,
                in_menu=False,
                link="estate_gift",
            ),
            Door("giving:desk", _("Campaigns"), _("Verify charities, open and release campaigns."), READERS),
        ),
        receipts={"DONATE": "giving:receipt", "DONATION_RETURN": "giving:receipt", "GIFT": "giving:gift_receipt"},
    )
