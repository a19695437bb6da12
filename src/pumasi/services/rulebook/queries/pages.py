"""The rule book in words: kinds by field, states, decided changes, and the data file with its stamp."""

import json
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from pumasi.civic.shell.language import page_language
from pumasi.coin.district import district_tariff
from pumasi.coin.queries.monday import RuleView, rules_in_words
from pumasi.coin.queries.notices import stop_notices
from pumasi.coin.queries.rulebook import (
    ChangeView,
    RuleBook,
    RuleKind,
    RuleRow,
    changes,
    open_data,
    rule_book,
    rule_kind,
    rule_stamp,
)
from pumasi.kernel.clock import seoul_date

_PUBLIC = ("COMING", "RECALL", "IN_FORCE", "WITHDRAWN")


@dataclass(frozen=True)
class Group:
    """One field with its kinds: those that earn now, then the others."""

    name: str
    kinds: tuple[RuleKind, ...]


@dataclass(frozen=True)
class RulesPage:
    """The first page: fields, caps, and what is stopped now."""

    book: RuleBook
    groups: tuple[Group, ...]
    frozen: tuple[str, ...]


@dataclass(frozen=True)
class RowLine:
    """One row with the words for its state and basis."""

    row: RuleRow
    state: str
    tone: str
    basis: str


@dataclass(frozen=True)
class KindPage:
    """One kind with its history."""

    kind: RuleKind
    rows: tuple[RowLine, ...]


@dataclass(frozen=True)
class ChangeLine:
    """One decided change with the word for its state."""

    view: ChangeView
    state: str
    tone: str


def rules_page(at: datetime) -> RulesPage:
    """The rule book of today."""
    book = rule_book(at, page_language())
    names = dict.fromkeys(kind.group for kind in book.kinds)
    groups = (
        Group(name, tuple(sorted((k for k in book.kinds if k.group == name), key=lambda kind: kind.today is None)))
        for name in names
    )
    return RulesPage(book, tuple(groups), tuple(stop_notices(at, page_language())))


def kind_page(code: str, at: datetime) -> KindPage:
    """One kind; raises UnknownDeed."""
    kind = rule_kind(code, at, page_language())
    return KindPage(kind, tuple(_row(row) for row in kind.rows))


def change_lines(at: datetime) -> list[ChangeLine]:
    """Changes that were approved, newest first; drafts are the officers' business until then."""
    words = {
        "COMING": (_("decided, not begun"), "good"),
        "RECALL": (_("decided, not begun"), "good"),
        "IN_FORCE": (_("in force"), "good"),
        "WITHDRAWN": (_("withdrawn before its day"), ""),
    }
    return [ChangeLine(each, *words[each.state]) for each in changes(at, page_language()) if each.state in _PUBLIC]


def watch_rules() -> list[RuleView]:
    """The rules against fraud."""
    return rules_in_words(page_language())


def data_text(at: datetime) -> str:
    """The data file."""
    return json.dumps(open_data(at), ensure_ascii=False, indent=1)


def data_stamp(at: datetime) -> str:
    """Its ETag, without the quotes."""
    return rule_stamp(at, "*")


def _row(row: RuleRow) -> RowLine:
    states = {
        "NOW": (_("earns now"), "good"),
        "COMING": (_("is coming"), "warn"),
        "PAST": (_("over"), ""),
        "OFF": (_("not switched on: clause or document is missing"), "bad"),
    }
    bases = {
        "REPORTED": _("as reported"),
        "DERIVED": _("computed from a report"),
        "ASSUMED": _("assumed"),
        "DECIDED": _("decided by the district"),
    }
    return RowLine(row, *states[row.state], bases[row.basis])


@dataclass(frozen=True)
class EndingStep:
    """One last day, what it is the last day for, and what happens after it."""

    what: str
    then: str
    day: date
    is_over: bool


def ending_steps(at: datetime) -> list[EndingStep]:
    """The four last days of the programme in order; none while no end is planned."""
    ending, today = district_tariff().ending, seoul_date(at)
    if ending is None:
        return []
    rows = (
        (_("Last day to earn"), _("Deeds done later earn nothing."), ending.last_earn),
        (_("Last day to spend or give"), _("Coins that are left lapse the night after."), ending.last_spend),
        (
            _("Last day to settle with shops"),
            _("Takings that nobody could be paid for are written off."),
            ending.last_settle,
        ),
        (_("The books close after"), _("Every account stands at zero."), ending.archive),
    )
    return [EndingStep(what, then, day, day < today) for what, then, day in rows]
