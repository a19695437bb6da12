"""Members: joining, moving, deaths, the desk. The manifest for the shell."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from pumasi.civic.shell import roles
from pumasi.civic.shell.manifest import Door, Exercise, Manifest

RESIDENTS = frozenset({roles.RESIDENT})
NOBODY: frozenset[str] = frozenset()  # found by its link, from the page of signing in
DESK = frozenset({roles.DONG_OFFICIAL, roles.ISSUER})


class MembersConfig(AppConfig):
    name = "pumasi.services.members"
    label = "members"
    manifest = Manifest(
        key="members",
        name_ko="회원",
        name_en="Members",
        urls="pumasi.services.members.urls",
        weekly="pumasi.services.members.queries.weekly.weekly",
        roles=RESIDENTS | DESK,
        exercises=(
            Exercise(
                "people.join",
                "members:desk",
                _("Let somebody join"),
                _("Make up a name; ask the four questions, and give the slip."),
                frozenset({roles.DONG_OFFICIAL, roles.ISSUER}),
            ),
        ),
        doors=(
            Door("members:join", _("Join"), _("Four questions, with or without a phone."), NOBODY, link="join"),
            Door("members:desk", _("Desk"), _("Let people join, move, come back; report a death."), DESK),
            Door("members:requests", _("Second person"), _("What waits for a second officer."), DESK, in_menu=False),
            Door("members:estates", _("Estates"), _("Coins that wait for a family."), DESK, in_menu=False),
            Door(
                "members:mine",
                _("My membership"),
                _("Until when it holds, moving away, who looked at you."),
                RESIDENTS,
                in_menu=False,
                link="membership",
            ),
        ),
    )
