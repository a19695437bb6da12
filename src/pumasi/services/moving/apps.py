"""Moving in and out: proposals, reconciliation, the way back, the exit export. The manifest for the shell."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from pumasi.civic.shell import roles
from pumasi.civic.shell.manifest import Door, Manifest

READERS = frozenset({roles.ISSUER, roles.BUDGET_OFFICER, roles.AUDITOR})
FINDERS = frozenset({roles.ISSUER, roles.DONG_OFFICIAL})


class MovingConfig(AppConfig):
    name = "pumasi.services.moving"
    label = "moving"
    manifest = Manifest(
        key="moving",
        name_ko="이관",
        name_en="Moving in and out",
        urls="pumasi.services.moving.urls",
        roles=READERS | FINDERS,
        doors=(
            Door(
                "moving:desk",
                _("Moving"),
                _("Approve what comes from another coin system, and what leaves."),
                READERS,
            ),
            Door("moving:find", _("Old id"), _("Find a member by the id of the old system."), FINDERS, in_menu=False),
        ),
    )
