"""A person's letters."""

import re
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from pumasi.civic.notices.errors import NoSuchNotice
from pumasi.civic.notices.models import Notice, NoticeRead
from pumasi.civic.people.queries import of_self

SHOWN = 60
_SENTENCE = re.compile(r"(?<=[.!?])\s+")


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter. `read_at` None: not opened yet."""

    id: UUID
    kind: str
    title_ko: str
    title_en: str
    text_ko: str
    text_en: str
    made_at: datetime
    read_at: datetime | None

    def title(self, language: str) -> str:
        """The title in "ko" or "en"."""
        return self.title_en if language == "en" else self.title_ko

    def sentences(self, language: str) -> tuple[str, ...]:
        """The text in "ko" or "en", one sentence after the other."""
        return tuple(_SENTENCE.split(self.text_en if language == "en" else self.text_ko))


def letters(person_id: UUID, limit: int = SHOWN) -> list[Letter]:
    """A person's letters, newest first."""
    rows = list(Notice.objects.filter(of_self(person_id)).order_by("-made_at", "-id")[:limit])
    read = dict(NoticeRead.objects.filter(notice__in=rows).values_list("notice_id", "at"))
    return [_letter(row, read.get(row.id)) for row in rows]


def handed_over(person_id: UUID, by: UUID, since: datetime) -> list[Letter]:
    """What this officer has given a person on paper after that moment, the oldest letter first."""
    read = dict(
        NoticeRead.objects.filter(by=by, at__gt=since)
        .filter(of_self(person_id, "notice__person"))
        .values_list("notice_id", "at")
    )
    rows = Notice.objects.filter(id__in=read).order_by("made_at", "id")
    return [_letter(row, read[row.id]) for row in rows]


def letter(notice_id: UUID, person_id: UUID) -> Letter:
    """One letter of this person; raises NoSuchNotice for anybody else's."""
    row = Notice.objects.filter(of_self(person_id), id=notice_id).first()
    if row is None:
        raise NoSuchNotice()
    return _letter(row, NoticeRead.objects.filter(notice=row).values_list("at", flat=True).first())


def unread(person_id: UUID) -> int:
    """How many letters were not opened yet."""
    return Notice.objects.filter(of_self(person_id)).exclude(id__in=NoticeRead.objects.values("notice_id")).count()


def _letter(row: Notice, read_at: datetime | None) -> Letter:
    return Letter(row.id, row.kind, row.title_ko, row.title_en, row.text_ko, row.text_en, row.made_at, read_at)
