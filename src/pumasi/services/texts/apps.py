"""Texts of the pages. The manifest for the shell."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from pumasi.civic.shell import roles
from pumasi.civic.shell.manifest import Door, Exercise, Manifest

WRITERS = frozenset({roles.ISSUER})
READERS = frozenset({roles.RESIDENT})


class TextsConfig(AppConfig):
    name = "pumasi.services.texts"
    label = "texts"
    manifest = Manifest(
        key="texts",
        name_ko="안내 글",
        name_en="Texts",
        urls="pumasi.services.texts.urls",
        pieces="pumasi.services.texts.queries.shown",
        note="texts:note",
        note_roles=WRITERS,
        roles=WRITERS | READERS,
        exercises=(
            Exercise(
                "texts.write",
                "texts:all",
                _("Write an announcement"),
                _("See how it looks, show it, then hide it again."),
                frozenset({roles.ISSUER}),
            ),
        ),
        doors=(
            Door(
                "texts:all",
                _("Texts"),
                _("Announcements, questions and answers, days off, notes on pages."),
                WRITERS,
                in_menu=False,
            ),
            Door(
                "texts:help",
                _("Help"),
                _("Questions and answers, days off, whom to ask."),
                READERS,
                in_menu=False,
                link="help",
            ),
        ),
    )
