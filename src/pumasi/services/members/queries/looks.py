"""Who looked at a member, in plain words, for the member."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from pumasi.civic.audit.queries import LookSeen


@dataclass(frozen=True)
class LookLine:
    """When, what for, and in which role; never by whom."""

    at: datetime
    what: str


def look_lines(looks: list[LookSeen]) -> list[LookLine]:
    """The looks in words; what has no words of its own is a look at the name."""
    words = {
        "people.find_by_phone": _("somebody searched for your telephone number"),
        "people.find_twins": _("somebody looked for members with your name and year of birth"),
        "people.find_members": _("you were looked up for a list of an organisation"),
        "members.balance_sheet": _("your coins were printed for you"),
        "notices.hand_over": _("your letters were printed for you"),
        "guardians.look": _("your guardian looked at your coins"),
        "people.person_card": _("your name and number were shown"),
    }
    return [LookLine(each.at, words.get(each.action, words["people.person_card"])) for each in looks]
