"""Words of the cockpit's pages for stored codes."""

from datetime import date

from django.utils.translation import gettext as _

from pumasi.coin.tariff import CapScope, EvidenceKind, Group, Measure


def lasts_text(day: date | None, today: date) -> str:
    """Until when a budget lasts: a day of this year, or its end, because a fund is for one fiscal year."""
    if day is None:
        return _("nothing was issued then")
    return _("the end of the year") if day.year > today.year else day.isoformat()


def change_state(state: str) -> tuple[str, str]:
    """(word, tone) of a change."""
    return {
        "DRAFT": (_("waits for a second person"), "warn"),
        "LATE": (_("its day came before a decision"), ""),
        "COMING": (_("approved, not begun"), "good"),
        "RECALL": (_("withdrawal waits for a second person"), "warn"),
        "IN_FORCE": (_("in force"), "good"),
        "REJECTED": (_("rejected"), "bad"),
        "WITHDRAWN": (_("withdrawn before its day"), ""),
    }[state]


def freeze_state(state: str) -> tuple[str, str]:
    """(word, tone) of a freeze."""
    return {
        "ASKED": (_("waits for a second person"), "warn"),
        "PLANNED": (_("confirmed, not begun"), "warn"),
        "URGENT": (_("stopped at once, not confirmed yet"), "bad"),
        "ACTIVE": (_("stopped"), "bad"),
        "OVER": (_("over"), ""),
        "LAPSED": (_("lapsed without a second person"), ""),
        "REFUSED": (_("refused by the second person"), ""),
        "LIFTED": (_("lifted"), "good"),
    }[state]


def freeze_whats() -> list[tuple[str, str]]:
    """What a freeze stops."""
    return [
        ("ALL", _("All earning")),
        ("PROMOTIONS", _("All promotions")),
        ("KIND", _("One kind of deed")),
        ("PLACE", _("One place")),
    ]


def causes() -> list[tuple[str, str]]:
    """Why a freeze stops it; the refusal says the same."""
    return [
        ("ELECTION", _("An election is near")),
        ("INQUIRY", _("Something is looked into")),
        ("SAFETY", _("Safety")),
        ("DISTRICT", _("Another decision of the district")),
    ]


def outcomes() -> list[tuple[str, str]]:
    """What comes out of a finding."""
    return [("HONEST", _("Explained, honest")), ("ASKED", _("Asked them to mend it")), ("ACTED", _("Acted on it"))]


def groups() -> list[tuple[str, str]]:
    return [(Group.ENVIRONMENT, _("Environment")), (Group.WELFARE, _("Welfare")), (Group.EDUCATION, _("Education"))]


def measures() -> list[tuple[str, str]]:
    return [
        (Measure.ITEM, _("pieces")),
        (Measure.MINUTE, _("minutes")),
        (Measure.GRAM, _("grams")),
        (Measure.USE, _("uses")),
        (Measure.FILING, _("filings")),
        (Measure.TIME, _("times")),
    ]


def evidences() -> list[tuple[str, str]]:
    return [
        (EvidenceKind.CODE, _("code of the place")),
        (EvidenceKind.STAFF, _("staff")),
        (EvidenceKind.ATTENDANCE, _("attendance")),
        (EvidenceKind.MACHINE, _("machine")),
        (EvidenceKind.PHOTO, _("photo")),
        (EvidenceKind.OUTCOME, _("outcome")),
    ]


def place_kinds() -> list[tuple[str, str]]:
    return [
        ("SHOP", _("shop")),
        ("FACILITY", _("public facility")),
        ("CENTRE", _("community centre")),
        ("MACHINE", _("collecting machine")),
    ]


def scopes() -> list[tuple[str, str]]:
    return [
        (CapScope.PERSON_DAY, _("one person a day")),
        (CapScope.PERSON_MONTH, _("one person a month")),
        (CapScope.PLACE_DAY, _("one place a day")),
        (CapScope.PAIR_DAY, _("one person at one place a day")),
        (CapScope.SHOP_DAY, _("a shop's own share a day")),
        (CapScope.L0_MONTH, _("one person before an identity check, a month")),
        (CapScope.L0_HOLD, _("held by one person before an identity check")),
    ]
