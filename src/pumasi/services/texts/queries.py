"""What stands on the pages today, the help page, and all texts with their versions for who writes them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery

from pumasi.civic.shell.language import page_language
from pumasi.civic.shell.pieces import TOP, Piece
from pumasi.services.texts.models import Kind, Text, Version

# Pages know a text's kind from here.
__all__ = ["Kind", "all_texts", "days_off", "note_in", "questions", "shown", "text_line", "versions"]

EARLY = timedelta(days=3)  # days off are announced


@dataclass(frozen=True)
class Said:
    """The words of one version. `days`: from when to when, for what is dated."""

    number: int
    title_ko: str
    title_en: str
    body_ko: str
    body_en: str
    easy: str
    starts: date | None
    ends: date | None
    is_shown: bool
    at: datetime

    @property
    def title(self) -> str:
        return self.title_ko if page_language() == "ko" else self.title_en

    @property
    def body(self) -> str:
        return self.body_ko if page_language() == "ko" else self.body_en


@dataclass(frozen=True)
class TextLine:
    """A text as its latest version has it."""

    id: UUID
    kind: str
    slot: str
    said: Said


def shown(day: date) -> list[Piece]:
    """What stands on pages on that day: outages, days off and notes; one query."""
    rows = _latest().filter(is_shown=True).exclude(text__kind=Kind.QUESTION)
    return [
        Piece(
            slot=row.text.slot or TOP,
            title=said.title,
            body=said.body,
            easy=said.easy if page_language() == "ko" else "",
            is_urgent=row.text.kind == Kind.OUTAGE,
        )
        for row in rows
        for said in [_said(row)]
        if row.starts is None or _first(row) <= day <= (row.ends or day)
    ]


def questions() -> list[TextLine]:
    """The questions of the help page, the oldest first."""
    return _lines(_latest().filter(is_shown=True, text__kind=Kind.QUESTION))


def days_off(day: date) -> list[TextLine]:
    """Days on which the desks are closed, that are not over."""
    return _lines(_latest().filter(is_shown=True, text__kind=Kind.CLOSURE, ends__gte=day).order_by("starts"))


def all_texts() -> list[TextLine]:
    """All texts, by kind and age."""
    return _lines(_latest())


def text_line(text_id: UUID) -> TextLine | None:
    """One text, or None."""
    return next(iter(_lines(_latest().filter(text_id=text_id))), None)


def note_in(slot: str) -> UUID | None:
    """The note of a slot, where one was ever written."""
    return Text.objects.filter(slot=slot).values_list("id", flat=True).first()


def versions(text_id: UUID) -> list[Said]:
    """All versions of a text, the newest first."""
    return [_said(row) for row in Version.objects.filter(text_id=text_id).order_by("-number")]


def _latest() -> QuerySet[Version]:
    newest = Version.objects.filter(text=OuterRef("text")).order_by("-number").values("number")[:1]
    found = Version.objects.filter(number=Subquery(newest)).select_related("text")
    return found.order_by("text__kind", "text__slot", "text_id")


def _lines(rows: Iterable[Version]) -> list[TextLine]:
    return [TextLine(row.text_id, row.text.kind, row.text.slot, _said(row)) for row in rows]


def _said(row: Version) -> Said:
    return Said(
        row.number,
        row.title_ko,
        row.title_en,
        row.body_ko,
        row.body_en,
        row.easy,
        row.starts,
        row.ends,
        row.is_shown,
        row.at,
    )


def _first(row: Version) -> date:
    assert row.starts is not None
    return row.starts - EARLY if row.text.kind == Kind.CLOSURE else row.starts
