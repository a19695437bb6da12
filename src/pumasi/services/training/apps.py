"""Practice. The manifest for the shell."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from pumasi.civic.shell import roles
from pumasi.civic.shell.manifest import Door, Manifest

WORKERS = frozenset(vars(roles)[name] for name in vars(roles) if name.isupper()) - {roles.RESIDENT}


class TrainingConfig(AppConfig):
    name = "pumasi.services.training"
    label = "training"
    manifest = Manifest(
        key="training",
        name_ko="연습",
        name_en="Practice",
        urls="pumasi.services.training.urls",
        roles=WORKERS,
        doors=(
            Door(
                "training:home",
                _("Practice"),
                _("What your work is in an ordinary month, to try before the first day."),
                WORKERS,
                in_menu=False,
            ),
        ),
    )
