"""Opinions and objections. The manifest for the shell."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from pumasi.civic.shell import roles
from pumasi.civic.shell.manifest import Door, Exercise, Manifest

RESIDENTS = frozenset({roles.RESIDENT})
OFFICERS = frozenset({roles.REVIEWER, roles.DONG_OFFICIAL, roles.ISSUER})


class HearingsConfig(AppConfig):
    name = "pumasi.services.hearings"
    label = "hearings"
    manifest = Manifest(
        key="hearings",
        name_ko="의견과 이의",
        name_en="Opinions and objections",
        urls="pumasi.services.hearings.urls",
        weekly="pumasi.services.hearings.queries.weekly",
        api="pumasi.services.hearings.api.ROUTES",
        inbox="pumasi.services.hearings.queries.tasks",
        help_lines="pumasi.services.hearings.queries.help_lines",
        help_words="pumasi.coin.hearings.operations.take_words",
        roles=RESIDENTS | OFFICERS,
        exercises=(
            Exercise(
                "hearings.step",
                "hearings:desk",
                _("Give notice of a clawback"),
                _("Find a deed of today, write the reason and the clause; then drop the case."),
                frozenset({roles.REVIEWER, roles.DONG_OFFICIAL, roles.ISSUER}),
            ),
        ),
        doors=(
            Door(
                "hearings:mine",
                _("Opinions and objections"),
                _("What the district means to take back or stop, and what you say to it."),
                RESIDENTS,
                in_menu=False,
                link="objections",
            ),
            Door("hearings:desk", _("Clawbacks"), _("Notice, hearing, decision and objection."), OFFICERS),
        ),
    )
