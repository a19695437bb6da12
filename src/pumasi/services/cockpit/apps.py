"""The issuer's cockpit: budget, orders, books, tariff, freezes, Monday list. The manifest for the shell."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from pumasi.civic.shell import roles
from pumasi.civic.shell.manifest import Door, Exercise, Manifest

READERS = frozenset({roles.ISSUER, roles.BUDGET_OFFICER, roles.AUDITOR})
LOOKERS = frozenset({roles.ISSUER, roles.AUDITOR})
ISSUERS = frozenset({roles.ISSUER})
ORDERERS = frozenset({roles.ISSUER, roles.BUDGET_OFFICER})


class CockpitConfig(AppConfig):
    name = "pumasi.services.cockpit"
    label = "cockpit"
    manifest = Manifest(
        key="cockpit",
        name_ko="예산과 장부",
        name_en="Budget and books",
        urls="pumasi.services.cockpit.urls",
        weekly="pumasi.services.cockpit.queries.weekly.weekly",
        api="pumasi.services.cockpit.api.ROUTES",
        inbox="pumasi.services.cockpit.queries.tasks.tasks",
        roles=READERS,
        exercises=(
            Exercise(
                "coin.draft_change",
                "cockpit:tariff",
                _("Draft a change of the tariff"),
                _("Try it out on the last quarter, then withdraw it."),
                frozenset({roles.ISSUER}),
            ),
            Exercise(
                "coin.ask_freeze",
                "cockpit:freezes",
                _("Ask for a stop of earning"),
                _("For one kind, from tomorrow; a second person confirms."),
                frozenset({roles.ISSUER, roles.BUDGET_OFFICER}),
            ),
            Exercise(
                "coin.close_finding",
                "cockpit:monday",
                _("Close a finding of the Monday list"),
                _("Look behind it with a purpose, then say what came of it."),
                frozenset({roles.ISSUER, roles.AUDITOR}),
            ),
        ),
        doors=(
            Door("cockpit:budget", _("Budget"), _("Authorised, issued, left, and who is waiting."), READERS),
            Door(
                "cockpit:order",
                _("Book an order"),
                _("Enter a budget order that two officers have signed."),
                ORDERERS,
                link="budget_order",
            ),
            Door(
                "cockpit:cut",
                _("Cut the budget"),
                _("How far it can go down, and the text that two officers sign."),
                ORDERERS,
                in_menu=False,
            ),
            Door(
                "cockpit:raise",
                _("Raise the budget"),
                _("Write the order that two officers sign."),
                ORDERERS,
                in_menu=False,
            ),
            Door(
                "cockpit:keys",
                _("Officers' keys"),
                _("Whose signature opens the budget."),
                ISSUERS,
                in_menu=False,
            ),
            Door("cockpit:tariff", _("Tariff"), _("Change what deeds earn, with a second person."), READERS),
            Door("cockpit:freezes", _("Freeze switch"), _("Stop earning of a kind, a place or all."), READERS),
            Door("cockpit:monday", _("Monday list"), _("What the open rules noticed last week."), LOOKERS),
            Door(
                "cockpit:rosters",
                _("Paid elsewhere"),
                _("Upload hours that somebody else has paid for."),
                ISSUERS,
                in_menu=False,
            ),
            Door("cockpit:books", _("Books"), _("The trial balance and how to check it."), READERS),
        ),
    )
