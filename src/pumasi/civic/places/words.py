"""Words for places that several rooms' pages say alike."""

from django.utils.translation import gettext as _

from pumasi.civic.places.models import Need, PlaceKind


def kind_names() -> dict[PlaceKind, str]:
    """What kind of place it is."""
    return {
        PlaceKind.SHOP: _("shop that takes coins"),
        PlaceKind.FACILITY: _("public facility"),
        PlaceKind.CENTRE: _("community centre"),
        PlaceKind.MACHINE: _("collecting machine"),
    }


def need_words() -> dict[str, tuple[str, str]]:
    """Need -> what the board says, tone."""
    return {
        Need.NEEDED: (_("Needed"), "good"),
        Need.ENOUGH: (_("Enough"), ""),
        Need.FULL: (_("Full today"), "bad"),
    }


def day_names() -> list[str]:
    """Monday first."""
    return [_("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday")]
