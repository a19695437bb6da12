"""Good deeds: claim coins for a deed, see one's coins, show a place's code. The manifest for the shell."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from pumasi.civic.shell import roles
from pumasi.civic.shell.manifest import Door, Exercise, Manifest

RESIDENTS = frozenset({roles.RESIDENT})
AT_A_PLACE = frozenset({roles.SHOP_KEEPER, roles.FACILITY_CASHIER})
OFFICIALS = frozenset({roles.DONG_OFFICIAL})
REVIEWERS = frozenset({roles.REVIEWER})
ADMINS = frozenset({roles.ORGANISATION_ADMIN})
ROLLS = frozenset({roles.FACILITY_CASHIER}) | OFFICIALS | ADMINS
OFFICERS = frozenset({roles.ISSUER}) | OFFICIALS


class DeedsConfig(AppConfig):
    name = "pumasi.services.deeds"
    label = "deeds"
    manifest = Manifest(
        key="deeds",
        name_ko="착한 일 적립",
        name_en="Good deeds",
        urls="pumasi.services.deeds.urls",
        weekly="pumasi.services.deeds.queries.weekly.weekly",
        api="pumasi.services.deeds.api.ROUTES",
        inbox="pumasi.services.deeds.queries.tasks.tasks",
        help_lines="pumasi.services.deeds.queries.help.help_lines",
        help_words="pumasi.services.deeds.operations.decide.take_objection",
        roles=RESIDENTS | AT_A_PLACE | OFFICIALS | REVIEWERS | ADMINS | OFFICERS,
        exercises=(
            Exercise(
                "visits.open_session",
                "deeds:rolls",
                _("Open a roll"),
                _("For an activity of today; name a second leader."),
                frozenset({roles.FACILITY_CASHIER, roles.DONG_OFFICIAL, roles.ORGANISATION_ADMIN}),
            ),
            Exercise(
                "deeds.register_organisation",
                "deeds:organisations",
                _("Register an organisation"),
                _("Then bind it to a coin centre and an admin."),
                frozenset({roles.DONG_OFFICIAL, roles.ISSUER}),
            ),
        ),
        doors=(
            Door("deeds:coins", _("My coins"), _("How many you have and what happened last."), RESIDENTS, link="coins"),
            Door(
                "deeds:earn",
                _("Earn"),
                _("Enter the code of the place where you did a good deed."),
                RESIDENTS,
                link="earn",
            ),
            Door("deeds:my_code", _("My code"), _("Show it at a counter to earn or pay."), RESIDENTS),
            Door(
                "deeds:confirm",
                _("Confirm a deed"),
                _("Give coins to the person in front of you."),
                AT_A_PLACE,
                link="confirm",
            ),
            Door(
                "deeds:my_places",
                _("Place screen"),
                _("Show the code that residents scan."),
                AT_A_PLACE,
                link="place_screen",
            ),
            Door("deeds:rolls", _("Call the roll"), _("Many people at one place: scan, close, approve."), ROLLS),
            Door(
                "deeds:review_inbox",
                _("Reviews"),
                _("Photos and objections, by deadline."),
                REVIEWERS,
                link="reviews",
            ),
            Door("deeds:outcomes", _("Households in need"), _("What residents have reported."), OFFICIALS),
            Door("deeds:lists", _("Our list"), _("Send in what your members did."), ADMINS),
            Door(
                "deeds:organisations",
                _("Organisations"),
                _("Bind them to a coin centre and an admin."),
                OFFICERS,
                in_menu=False,
            ),
            Door(
                "deeds:pool",
                _("Quarterly share"),
                _("Share what granted benefits add."),
                frozenset({roles.ISSUER}),
                in_menu=False,
            ),
            Door(
                "deeds:find",
                _("A household in need"),
                _("You have told the centre of somebody who needs help."),
                RESIDENTS,
                in_menu=False,
            ),
            Door("deeds:thanks", _("Say thank you"), _("To somebody who helped you."), RESIDENTS, in_menu=False),
        ),
        scans={"L": "deeds:scanned"},
        receipts={"EARN": "deeds:result", "VEST": "deeds:result"},
        parts={"confirm_waiting": "deeds:waiting_part"},
    )
